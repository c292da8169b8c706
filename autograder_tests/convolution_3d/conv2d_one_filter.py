"""Checks of conv2d_one_filter: a window that holds all channels, and one number from all of it."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, Taps, call, laws
from autograder_tests.judging.numbers import lopsided, whole


def model(image, kernel, on=frozenset()):
    """conv2d_one_filter, with switches."""
    if "small_whole_numbers" not in on:
        image = image.astype(float)
    if "kernel_turned" in on:
        kernel = kernel[:, ::-1, ::-1]
    if "slices_reversed" in on:
        kernel = kernel[::-1]
    if "first_slice_for_all" in on:
        kernel = np.broadcast_to(kernel[:1], kernel.shape)
    if "grey_first" in on:
        image, kernel = image.sum(axis=0, keepdims=True), kernel.sum(axis=0, keepdims=True)
    if "first_channel_only" in on:
        image, kernel = image[:1], kernel[:1]
    if "last_channel_only" in on:
        image, kernel = image[-1:], kernel[-1:]
    (_, H, W), (C, KH, KW) = image.shape, kernel.shape
    if "channels_as_height" in on:
        H, W = image.shape[:2]
    OH, OW = H - KH + 1, W - KW + 1
    if "last_missed" in on:
        OH, OW = OH - 1, OW - 1
    if "height_for_both" in on:
        OW = OH
    maps = np.zeros((C, OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = (j, i) if "window_exchanged" in on else (i, j)
            maps[:, i, j] = np.sum(image[:, top : top + KH, left : left + KW] * kernel, axis=(1, 2))
    return combined(maps, kernel, on)


def combined(maps, kernel, on):
    """The maps of the channels, one of each, made one."""
    if "channels_kept" in on:
        return maps
    if "largest_channel" in on:
        return maps.max(axis=0)
    output = maps.sum(axis=0)
    if "channels_averaged" in on:
        output = output / len(kernel)
    if "mean" in on:
        output = output / kernel.size
    if "running_total" in on:
        output = output.cumsum().reshape(output.shape)
    if "channel_axis_kept" in on:
        return output[np.newaxis]
    if "output_transposed" in on:
        return output.T
    return np.trunc(output) if "integer_output" in on else output


MISTAKES = (
    Mistake(
        "kernel_turned",
        "kernel",
        "every slice of the kernel were turned by 180 degrees before it slides",
        "From this chapter on, convolution means: slide the kernel as it is given.",
    ),
    Mistake(
        "slices_reversed",
        "slices",
        "the last slice of the kernel met the first channel, and so on backwards",
        "Which slice of the kernel belongs to channel 0?",
    ),
    Mistake(
        "first_slice_for_all",
        "slices",
        "every channel met the first slice of the kernel",
        "The kernel has a slice for each channel: does yours change with the channel?",
    ),
    Mistake(
        "grey_first",
        "channels",
        "the channels were added up to one grey image first, and the slices of the kernel too",
        "Red minus green is lost once red and green have been added. What comes first, the product or the sum?",
    ),
    Mistake(
        "first_channel_only",
        "channels",
        "only the first channel counted",
        "Over which channels does your sum run?",
    ),
    Mistake(
        "last_channel_only",
        "channels",
        "only the last channel counted",
        "When the next channel's share comes, what becomes of the shares before it?",
    ),
    Mistake(
        "largest_channel",
        "sum",
        "the largest of the channels' results were taken in place of their sum",
        "All channels count, also where their share is small or negative.",
    ),
    Mistake(
        "channels_averaged",
        "sum",
        "the channels' results were averaged in place of added",
        "Is anything to be divided by the number of channels?",
    ),
    Mistake(
        "mean", "sum", "the mean of all products were taken in place of their sum", "Sum, or mean: what is asked for?"
    ),
    Mistake(
        "channels_kept",
        "sum",
        "the sum ran over rows and columns only, so that every channel keeps a map of its own",
        "One filter gives one map. Which axis is still there that should be summed away?",
    ),
    Mistake(
        "last_missed",
        "size",
        "the last row and the last column of places were left out",
        "A kernel of 2 on 4 pixels: at how many places does it fit?",
    ),
    Mistake(
        "height_for_both",
        "size",
        "the output were as wide as it is high",
        "Which lengths enter the number of columns of the output?",
    ),
    Mistake(
        "channels_as_height",
        "size",
        "the number of channels were the height of the image, and its height the width",
        "Print image.shape: which of its numbers is the height?",
    ),
    Mistake(
        "window_exchanged",
        "window",
        "the window moved along columns when the output moves along rows, and the other way round",
        "Which loop variable belongs to rows: in the window and in the output?",
    ),
    Mistake(
        "running_total",
        "total",
        "the sum of one place went on at the next",
        "What must the sum be before each new window?",
    ),
    Mistake(
        "channel_axis_kept",
        "layout",
        "an axis of length 1 were left where the channels have been",
        "The result has rows and columns, nothing else.",
    ),
    Mistake(
        "output_transposed",
        "layout",
        "rows and columns of the output were exchanged",
        "Which index of the output counts its rows?",
    ),
    Mistake(
        "integer_output",
        "output",
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
    "On paper: two channels of 2×2 pixels and a kernel of the same shape. How many products, how many sums?",
    "There are two loops, not three: the window moves down and to the right, and always holds all channels.",
    "image[:, i : i + KH, j : j + KW] has the kernel's shape; multiply the two and sum over everything.",
)


def worked():
    yield Case(
        "by hand",
        "two channels, one place",
        call(np.array([[[1.0, 2.0], [0.0, 1.0]], [[3.0, 0.0], [1.0, 4.0]]]), np.array([[[1.0, 0.0], [2.0, 3.0]]] * 2)),
    )
    yield Case(
        "by hand",
        "the first channel less the second",
        call(
            np.array([[[5.0, 1.0, 2.0]], [[3.0, 1.0, 4.0]]]),
            np.array([[[1.0]], [[-1.0]]]),
        ),
    )
    one = np.zeros((3, 3, 4))
    one[1, 1, 2] = 1.0
    yield Case(
        "by hand", "a single 1 in the second of three channels", call(one, np.arange(1.0, 13.0).reshape(3, 2, 2))
    )
    yield Case(
        "any shape", "one row of pixels", call(np.arange(10.0).reshape(2, 1, 5), np.array([[[1, 2.0]], [[0, 3]]]))
    )
    yield Case("any shape", "one column of pixels", call(np.arange(8.0).reshape(2, 4, 1), np.array([[[1], [2.0]]] * 2)))


def drawn(rng):
    for part, C, shape, kernel_shape in (
        ("by hand", 2, (3, 3), (2, 2)), ("by hand", 2, (4, 5), (2, 2)), ("by hand", 1, (4, 4), (3, 3)),
        ("any shape", 3, (4, 6), (2, 3)), ("any shape", 3, (6, 4), (3, 2)), ("any shape", 4, (5, 5), (3, 3)),
        ("any shape", 2, (7, 4), (4, 1)), ("any shape", 5, (3, 6), (1, 4)), ("any shape", 3, (3, 4), (3, 4)),
        ("any shape", 6, (5, 4), (1, 1)), ("any shape", 1, (3, 5), (2, 2)), ("any shape", 4, (4, 7), (2, 3)),
    ):  # fmt: skip
        name = f"{C} channels of {shape[0]}×{shape[1]} pixels, a {kernel_shape[0]}×{kernel_shape[1]} kernel"
        yield Case(part, name, call(whole(rng, C, *shape), lopsided(rng, C, *kernel_shape)))
    file = rng.integers(0, 256, (3, 4, 5)).astype(np.uint8)
    weights = rng.integers(1, 9, (3, 2, 2)).astype(np.uint8)
    yield Case("any numbers", "fractions", call(rng.normal(size=(3, 5, 4)), rng.normal(size=(3, 2, 3))))
    yield Case("any numbers", "very small numbers", call(1e-9 * rng.normal(size=(2, 4, 5)), rng.normal(size=(2, 3, 2))))
    yield Case("any numbers", "large negative numbers", call(-1e6 - whole(rng, 3, 4, 4), lopsided(rng, 3, 2, 3)))
    yield Case("any numbers", "pixels as a file holds them", call(file, rng.normal(size=(3, 3, 2))))
    yield Case("any numbers", "pixels and weights of eight bits", call(file, weights))
    yield Case("any numbers", "bright pixels and weights of eight bits", call(file // 4 + 190, weights[:, :1]))
    yield Case(
        "any numbers", "whole pixels, a kernel of eighths", call(file.astype(int), rng.integers(1, 8, (3, 2, 2)) / 8)
    )
    single = rng.normal(size=(3, 4, 6)).astype(np.float32), rng.normal(size=(3, 2, 3)).astype(np.float32)
    yield Case("any numbers", "single precision", call(*single))
    arrays = rng.normal(size=(2, 5, 6)), rng.normal(size=(2, 2, 3))
    yield Case("any numbers", "not contiguous in memory", call(*arrays, layout="strided"))
    yield Case("any numbers", "columns first in memory", call(*arrays, layout="F"))


def exact(rng):
    image, kernel = whole(rng, 3, 5, 6), lopsided(rng, 3, 2, 3)
    yield laws.linear("any numbers", (image, kernel), 0, "image", rng)
    yield laws.linear("any numbers", (image, kernel), 1, "kernel", rng)
    yield laws.cancels(
        "any numbers",
        "the sum over channels: the results of the channels, each alone with its slice of the kernel, must add up to"
        " the result of all",
        (1.0, call(image, kernel), ()),
        *((-1.0, call(image[c : c + 1], kernel[c : c + 1]), ()) for c in range(3)),
    )
    yield laws.cancels(
        "any numbers",
        "channels have no order: reordering those of the image and of the kernel alike must change nothing",
        (1.0, call(image, kernel), ()),
        (-1.0, call(image[[2, 0, 1]], kernel[[2, 0, 1]]), ()),
    )
    yield laws.cancels(
        "any numbers",
        "shift equivariance: the image without its first row must give the result without its first row",
        (1.0, call(image[:, 1:], kernel), ()),
        (-1.0, call(image, kernel), np.s_[1:]),
    )


def working(cell, image, kernel):
    i, j = cell
    return image[:, i : i + kernel.shape[1], j : j + kernel.shape[2]], kernel, (0, i, j)


def refused():
    yield Case(REFUSES, "more channels in the image than in the kernel", call(np.ones((3, 4, 4)), np.ones((1, 2, 2))))
    yield Case(REFUSES, "a kernel taller than the image", call(np.ones((2, 3, 5)), np.ones((2, 4, 2))))


SPEC = Spec(
    parts=(Part("by hand", 1), Part("any shape", 2), Part("any numbers", 1), Part(UNTOUCHED, 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "the image has one channel": lambda image, kernel: len(image) == 1,
        "the image is square": lambda image, kernel: image.shape[1] == image.shape[2],
        "the kernel is square": lambda image, kernel: kernel.shape[1] == kernel.shape[2],
        "the kernel has one entry a channel": lambda image, kernel: kernel.shape[1:] == (1, 1),
        "all numbers are whole": lambda image, kernel: bool((image % 1 == 0).all() and (kernel % 1 == 0).all()),
    },
    working=working,
    taps=Taps(0, 1, (1, 6, 8), (1, 3, 2), axes=2),
)
