"""Checks of conv3d_single: a box that moves along depth as well as down and to the right."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, Taps, call, laws
from autograder_tests.judging.numbers import lopsided, whole

TURNS = {
    "kernel_turned": np.s_[::-1, ::-1, ::-1],
    "kernel_turned_in_its_plane": np.s_[:, ::-1, ::-1],
    "kernel_reversed_in_depth": np.s_[::-1],
}


def model(volume, kernel, on=frozenset()):
    """conv3d_single, with switches."""
    if "small_whole_numbers" not in on:
        volume = volume.astype(float)
    for switch in sorted(on & TURNS.keys()):
        kernel = kernel[TURNS[switch]]
    if "first_slice_only" in on:
        kernel = kernel[:1]
    if "flat_kernel" in on:
        kernel = kernel.sum(axis=0, keepdims=True)
    if "same_size" in on:
        volume = np.pad(volume, [((k - 1) // 2, k // 2) for k in kernel.shape])
    sizes = places(volume.shape, kernel.shape, on)
    KD, KH, KW = kernel.shape
    output = np.zeros(sizes)
    for d, i, j in np.ndindex(sizes):
        front, top, left = corner(d, i, j, KD, on)
        box = volume[front : front + KD, top : top + KH, left : left + KW]
        output[d, i, j] = (box * kernel).sum() / (kernel.size if "mean" in on else 1)
    return laid_out(output, on)


def places(shape, kernel_shape, on):
    """Depth, height and width of the output."""
    OD, OH, OW = (n - k + 1 for n, k in zip(shape, kernel_shape))
    if "last_missed" in on:
        OD, OH, OW = OD - 1, OH - 1, OW - 1
    if "last_depth_missed" in on:
        OD -= 1
    if "height_for_depth" in on:
        OD = OH
    if "height_for_width" in on:
        OW = OH
    return OD, OH, OW


def corner(d, i, j, KD, on):
    """Where the box of output [d, i, j] begins."""
    if "boxes_do_not_overlap_in_depth" in on:
        d = d * KD
    if "rows_and_columns_exchanged" in on:
        i, j = j, i
    if "depth_and_rows_exchanged" in on:
        d, i = i, d
    return d, i, j


def laid_out(output, on):
    """The result, as the mistake returns it."""
    if "running_total" in on:
        output = output.cumsum().reshape(output.shape)
    if "depth_summed" in on:
        return output.sum(axis=0)
    if "first_depth_only" in on:
        return output[0]
    if "depth_last" in on:
        return np.moveaxis(output, 0, -1)
    if "output_transposed" in on:
        return output.swapaxes(1, 2)
    return np.trunc(output) if "integer_output" in on else output


MISTAKES = (
    Mistake(
        "kernel_turned",
        "kernel",
        "the kernel were turned round along all three axes before it slides",
        "Which kernel entry meets the first voxel of the box? The kernel is used as it is given.",
    ),
    Mistake(
        "kernel_turned_in_its_plane",
        "kernel",
        "every slice of the kernel were turned by 180 degrees before it slides",
        "From this chapter on, convolution means: slide the kernel as it is given.",
    ),
    Mistake(
        "kernel_reversed_in_depth",
        "kernel",
        "the slices of the kernel came in reverse order",
        "Which slice of the kernel meets the first slice of the box?",
    ),
    Mistake(
        "first_slice_only",
        "slices",
        "only the first slice of the kernel were used, on each slice of the volume by itself",
        "A kernel of depth 2 reads two slices at once: where do they meet in your code?",
    ),
    Mistake(
        "flat_kernel",
        "slices",
        "the kernel's slices were added up first, and the sum used on each slice of the volume by itself",
        "Each slice of the kernel meets its own slice of the box. What comes first, the product or the sum?",
    ),
    Mistake(
        "same_size",
        "size",
        "zeros were put around the volume, so that the output is as large as the volume",
        "The kernel must lie wholly inside the volume: where does your first box begin?",
    ),
    Mistake(
        "last_missed",
        "size",
        "the last place along every axis were left out",
        "A kernel of 2 on 4 slices: at how many places does it fit?",
    ),
    Mistake(
        "last_depth_missed",
        "size",
        "the last place along the depth were left out",
        "Compare the three sizes that you compute.",
    ),
    Mistake(
        "height_for_depth",
        "size",
        "the output were as deep as it is high",
        "Which lengths enter the depth of the output?",
    ),
    Mistake(
        "height_for_width",
        "size",
        "the output were as wide as it is high",
        "Which lengths enter the number of columns of the output?",
    ),
    Mistake(
        "boxes_do_not_overlap_in_depth",
        "box",
        "each box began, in depth, where the one before it ended",
        "How far does the box move from one slice of the output to the next?",
    ),
    Mistake(
        "rows_and_columns_exchanged",
        "box",
        "the box moved along columns when the output moves along rows, and the other way round",
        "Three loop variables, three slices of the volume: which belongs to which?",
    ),
    Mistake(
        "depth_and_rows_exchanged",
        "box",
        "the box moved along rows when the output moves along its depth, and the other way round",
        "Three loop variables, three slices of the volume: which belongs to which?",
    ),
    Mistake("mean", "sum", "the mean of the products were taken in place of their sum", "Sum, or mean?"),
    Mistake(
        "running_total",
        "total",
        "the sum of one place went on at the next",
        "What must the sum be before each new box?",
    ),
    Mistake(
        "depth_summed",
        "layout",
        "depth were summed away, as channels are",
        "Channels are summed, depth is slid along: which axes has the output?",
    ),
    Mistake(
        "first_depth_only",
        "layout",
        "the box never moved along the depth",
        "How many loops has your code, and along how many axes does the box move?",
    ),
    Mistake(
        "depth_last",
        "layout",
        "depth were the last axis of the output",
        "The output has shape (OD, OH, OW): in which order do your axes come?",
    ),
    Mistake(
        "output_transposed",
        "layout",
        "rows and columns of the output were exchanged",
        "Which index of the output counts its rows?",
    ),
    Mistake(
        "integer_output",
        "layout",
        "the output could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you write into?",
    ),
    Mistake(
        "small_whole_numbers",
        "type",
        "products were kept in the few bits that pixels have in a file, and what does not fit were lost",
        "What is np.uint8(200) * np.uint8(2)? Turn what you read from a file into floats first.",
    ),
)

HINTS = (
    "Three frames and a kernel of two: how many neighbours can it compare, and so how deep is the output?",
    "Take cross_correlate2d and give everything a third axis: sizes, loops, box.",
    "volume[d : d + KD, i : i + KH, j : j + KW] is the box; its products with the kernel add up to output [d, i, j].",
)


def worked():
    frames = np.array([[[1.0, 2.0]], [[4.0, 2.0]], [[9.0, 3.0]]])
    yield Case("by hand", "what changes from frame to frame", call(frames, np.array([[[-1.0]], [[1.0]]])))
    moving = np.zeros((3, 1, 4))
    moving[0, 0, 0] = moving[1, 0, 1] = moving[2, 0, 2] = 1.0
    yield Case("by hand", "a point that moves to the right", call(moving, np.array([[[1.0, 0.0]], [[0.0, 2.0]]])))
    one = np.zeros((3, 3, 3))
    one[1, 2, 1] = 1.0
    yield Case("by hand", "a single 1 in the volume", call(one, np.arange(1.0, 9.0).reshape(2, 2, 2)))
    yield Case(
        "any shape", "the kernel as deep as the volume", call(np.arange(12.0).reshape(3, 2, 2), np.ones((3, 1, 2)))
    )


def drawn(rng):
    for part, shape, kernel_shape in (
        ("by hand", (3, 2, 3), (2, 1, 2)), ("by hand", (3, 3, 3), (2, 2, 2)), ("by hand", (4, 3, 2), (2, 2, 1)),
        ("any shape", (4, 5, 6), (2, 3, 2)), ("any shape", (6, 4, 5), (3, 2, 3)), ("any shape", (5, 6, 3), (4, 2, 1)),
        ("any shape", (3, 4, 7), (1, 2, 3)), ("any shape", (4, 4, 3), (4, 1, 2)), ("any shape", (2, 5, 4), (2, 5, 4)),
        ("any shape", (5, 1, 6), (2, 1, 3)), ("any shape", (6, 3, 1), (3, 2, 1)), ("any shape", (1, 4, 5), (1, 3, 2)),
        ("any shape", (3, 3, 4), (1, 1, 1)), ("any shape", (7, 4, 6), (2, 2, 2)),
    ):  # fmt: skip
        name = f"a volume {shape}, a kernel {kernel_shape}"
        yield Case(part, name, call(whole(rng, *shape), lopsided(rng, *kernel_shape)))
    shape, kernel_shape = (4, 3, 5), (2, 2, 3)
    voxels, weights = rng.integers(0, 256, shape).astype(np.uint8), rng.integers(1, 9, kernel_shape)

    def normal():
        return rng.normal(size=shape), rng.normal(size=kernel_shape)

    yield Case("any numbers", "fractions", call(*normal()))
    yield Case("any numbers", "very small numbers", call(*(1e-9 * array for array in normal())))
    yield Case("any numbers", "large negative numbers", call(-1e6 - whole(rng, *shape), lopsided(rng, *kernel_shape)))
    yield Case("any numbers", "voxels as a file holds them", call(voxels, rng.normal(size=kernel_shape)))
    small = weights.astype(np.uint8)
    yield Case("any numbers", "voxels and weights of eight bits", call(voxels, small))
    yield Case("any numbers", "bright voxels and weights of eight bits", call(voxels // 4 + 190, small[:1]))
    yield Case("any numbers", "whole voxels, a kernel of eighths", call(voxels.astype(int), weights / 8))
    yield Case("any numbers", "single precision", call(*(array.astype(np.float32) for array in normal())))
    yield Case("any numbers", "not contiguous in memory", call(*normal(), layout="strided"))
    yield Case("any numbers", "columns first in memory", call(*normal(), layout="F"))


def exact(rng):
    part = "any numbers"
    volume, kernel = whole(rng, 4, 4, 5), lopsided(rng, 2, 2, 3)
    yield laws.linear(part, (volume, kernel), 0, "volume", rng)
    yield laws.linear(part, (volume, kernel), 1, "kernel", rng)
    yield from laws.shifts(part, (volume, kernel), 0, "volume")
    yield laws.equals(
        part, "the identity: a kernel [[[1]]] must return the volume", call(volume, np.ones((1, 1, 1))), volume
    )
    yield laws.cancels(
        part,
        "a kernel of depth 1 sees one slice at a time: the third slice alone must give what it gives in the volume",
        (1.0, call(volume[2:3], kernel[:1]), ()),
        (-1.0, call(volume, kernel[:1]), np.s_[2:3]),
    )


def working(cell, volume, kernel):
    return volume[tuple(slice(begin, begin + k) for begin, k in zip(cell, kernel.shape))], kernel, cell


def refused():
    yield Case(REFUSES, "a kernel deeper than the volume", call(np.ones((2, 4, 4)), np.ones((3, 2, 2))))
    yield Case(REFUSES, "an image in place of a volume", call(np.ones((4, 4)), np.ones((2, 2))))


SPEC = Spec(
    parts=(Part("by hand", 2), Part("any shape", 2), Part("any numbers", 1), Part(UNTOUCHED, 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "the kernel is as deep as the volume": lambda volume, kernel: len(kernel) == len(volume),
        "the kernel has depth 1": lambda volume, kernel: len(kernel) == 1,
        "the volume is as wide as high": lambda volume, kernel: volume.shape[1] == volume.shape[2],
        "the volume is as deep as high": lambda volume, kernel: volume.shape[0] == volume.shape[1],
        "the kernel is as wide as high": lambda volume, kernel: kernel.shape[1] == kernel.shape[2],
        "all numbers are whole": lambda volume, kernel: bool((volume % 1 == 0).all() and (kernel % 1 == 0).all()),
    },
    working=working,
    taps=Taps(0, 1, (4, 5, 6), (2, 3, 2)),
)
