"""Checks of max_pool2x2: which four pixels make a block, in a layout whose batch comes last."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole
from autograder_tests.pooling.windows import distinct

ROWS, COLUMNS = 0, 2


def model(x, on=frozenset()):
    """max_pool2x2, with switches."""
    if "first_channel_only" in on:
        x = np.broadcast_to(x[:, :1], x.shape)
    if "first_image_only" in on:
        x = np.broadcast_to(x[..., :1], x.shape)
    if "over_channels" in on:
        x = np.broadcast_to(x.max(axis=1, keepdims=True), x.shape)
    if "over_images" in on:
        x = np.broadcast_to(x.max(axis=3, keepdims=True), x.shape)
    output = pooled(np.abs(x.astype(float)) if "absolute" in on else x, on)
    if "begins_at_zero" in on:
        output = np.maximum(output, 0)
    if "integer_output" in on:
        output = np.trunc(output)
    if "output_transposed" in on:
        output = output.swapaxes(ROWS, COLUMNS)
    return output.transpose(3, 1, 0, 2) if "output_batch_first" in on else output


def pooled(x, on):
    """One number for each block."""
    down, right = axes(on)
    tops, bottoms = (x.take(places, axis=down) for places in partners(x.shape[down], on))
    lefts, rights = partners(x.shape[right], on)
    corners = [half.take(places, axis=right) for half in (tops, bottoms) for places in (lefts, rights)]
    if "mean_taken" in on:
        return np.mean(corners, axis=0)
    if "smallest" in on:
        return np.minimum.reduce(corners)
    return np.maximum.reduce([corners[number] for number in counted(on)])


def axes(on):
    """The two axes along which blocks are two long."""
    if "last_two_axes" in on:
        return 2, 3
    if "first_two_axes" in on:
        return 0, 1
    return ROWS, COLUMNS


def partners(n, on):
    """The places along one axis that begin a block, and those that end it."""
    if "windows_overlap" in on:
        return np.arange(n - 1), np.arange(1, n)
    if "halves_compared" in on:
        return np.arange(n // 2), np.arange(n // 2, n // 2 * 2)
    if "ragged_edge_kept" in on:
        first = np.arange(0, n, 2)
        return first, np.minimum(first + 1, n - 1)
    first = np.arange(n % 2 if "first_left_out" in on else 0, n - 1, 2)
    return first, first + 1


def counted(on):
    """Which corners take part: 0 and 1 are above, 0 and 2 on the left."""
    corners = {
        "top_left_kept": (0,),
        "top_pixels_only": (0, 1),
        "left_pixels_only": (0, 2),
        "diagonal_only": (0, 3),
        "last_corner_forgotten": (0, 1, 2),
    }
    return next((corners[name] for name in sorted(on & corners.keys())), (0, 1, 2, 3))


CORNERS = "A block has four corners: which slices do you compare?"
AXES = "x has shape (H, C, W, N): which two of these axes are rows and columns?"

MISTAKES = (
    Mistake("top_left_kept", "corners", "the top left pixel of each block were kept, unseen the others", CORNERS),
    Mistake("top_pixels_only", "corners", "only the two upper pixels of a block counted", CORNERS),
    Mistake("left_pixels_only", "corners", "only the two left pixels of a block counted", CORNERS),
    Mistake("diagonal_only", "corners", "only the top left and the bottom right pixel of a block counted", CORNERS),
    Mistake("last_corner_forgotten", "corners", "the bottom right pixel of a block did not count", CORNERS),
    Mistake("last_two_axes", "axes", "the blocks lay along the last two axes of x, columns and images", AXES),
    Mistake("first_two_axes", "axes", "the blocks lay along the first two axes of x, rows and channels", AXES),
    Mistake(
        "windows_overlap",
        "partners",
        "a block began at every pixel, so that blocks overlap",
        "Where does the second block begin? What is the step of your slices?",
    ),
    Mistake(
        "halves_compared",
        "partners",
        "each pixel were compared with the one that lies half the image away",
        "x[:H // 2] is the upper half of the image. Which rows are the upper rows of the blocks?",
    ),
    Mistake(
        "ragged_edge_kept",
        "partners",
        "a last row or column without a partner made blocks of its own",
        "How many blocks fit on five rows? What becomes of the fifth?",
    ),
    Mistake(
        "first_left_out",
        "partners",
        "of an odd number of rows or columns the first were left out, not the last",
        "Five rows hold two pairs. Which row does the contract leave out?",
    ),
    Mistake("mean_taken", "maximum", "the mean were taken in place of the largest", "Largest, or mean?"),
    Mistake("smallest", "maximum", "the smallest pixel were taken", "Which way does your comparison point?"),
    Mistake("absolute", "sign", "pixels lost their sign before they were compared", "Is −9 larger than 2?"),
    Mistake(
        "begins_at_zero",
        "floor",
        "0 took part in every block: nothing in the result is negative",
        "With which number does your search for the largest begin?",
    ),
    Mistake(
        "over_channels",
        "batch",
        "a block reached through all channels, so that every channel gets the same map",
        "Along which axes does a block extend?",
    ),
    Mistake(
        "over_images",
        "batch",
        "a block reached through all images, so that every image gets the same map",
        "Along which axes does a block extend?",
    ),
    Mistake("first_channel_only", "batch", "every channel were the first", "Which index of x have you left at 0?"),
    Mistake("first_image_only", "batch", "every image were the first", "Which index of x have you left at 0?"),
    Mistake(
        "integer_output",
        "dtype",
        "the output could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you write into?",
    ),
    Mistake(
        "output_transposed",
        "layout",
        "rows and columns of the output were exchanged",
        "Which index of the output counts its rows?",
    ),
    Mistake(
        "output_batch_first",
        "layout",
        "the output came in the other layout, its first axis counting images",
        "The contract gives the order of the output's axes: in which order do yours come?",
    ),
)

HINTS = (
    "On paper: four rows of four pixels. Mark the top left pixel of each block. In which rows and columns do they lie?",
    "x[0:H:2] are the upper rows of all blocks, x[1:H:2] the lower ones, once H is even. np.maximum compares two"
    " arrays entry by entry.",
    "Columns lie on the third axis: of what the rows left over, compare [:, :, 0:W:2] and [:, :, 1:W:2] in their turn.",
)


def image(rows):
    """One image of one channel, in the layout (H, C, W, N)."""
    return np.array(rows, float)[:, np.newaxis, :, np.newaxis]


def worked():
    pixels = image([[1, 5, 2, 0], [3, 4, 8, 6], [0, 2, 1, 1], [7, 0, 1, 3]])
    yield Case("by hand", "a 4×4 image", call(pixels))
    yield Case("by hand", "all pixels negative", call(pixels - 9))
    ragged = image([[1, 2, 0, 0, 9], [0, 0, 3, 4, 9], [9, 9, 9, 9, 9]])
    yield Case("odd sizes", "three rows, five columns", call(ragged))


def drawn(rng):
    for H, W in ((4, 6), (6, 4), (2, 8), (8, 2), (6, 6), (4, 10)):
        yield Case("by hand", f"{H}×{W} pixels", call(distinct(rng, H, 1, W, 1)))
    for H, W in ((5, 6), (4, 7), (7, 5), (3, 3), (9, 4), (2, 9)):
        yield Case("odd sizes", f"{H}×{W} pixels", call(distinct(rng, H, 1, W, 1)))
    for H, C, W, N in (
        (4, 3, 6, 1), (4, 1, 6, 3), (4, 2, 6, 3), (6, 3, 4, 2), (5, 2, 7, 4), (7, 4, 4, 3), (4, 4, 4, 4),
    ):  # fmt: skip
        name = f"{N} images, {C} channels, {H}×{W} pixels"
        yield Case("images and channels", name, call(distinct(rng, H, C, W, N)))
    part = "any numbers"
    yield Case(part, "fractions", call(rng.normal(size=(4, 2, 6, 3))))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=(5, 1, 4, 2))))
    yield Case(part, "hugely negative numbers", call(-1e12 * rng.uniform(1, 2, (4, 2, 6, 1))))
    yield Case(part, "pixels as a file holds them", call(rng.integers(0, 256, (5, 1, 6, 2)).astype(np.uint8)))
    yield Case(part, "whole numbers", call(rng.integers(-90, -9, (4, 2, 5, 2))))
    yield Case(part, "single precision", call(rng.normal(size=(5, 2, 6, 2)).astype(np.float32)))
    yield Case(part, "equal pixels", call(whole(rng, 6, 2, 6, 2, largest=1)))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=(4, 2, 5, 3)), layout="strided"))
    yield Case(part, "first index first in memory", call(rng.normal(size=(5, 2, 4, 3)), layout="F"))


def exact(rng):
    x = distinct(rng, 6, 2, 8, 3)
    yield laws.cancels(
        "images and channels",
        "an image gives the same alone as in its batch",
        (1.0, call(x[..., 1:2]), ()),
        (-1.0, call(x), np.s_[:, :, :, 1:2]),
    )
    yield laws.cancels(
        "any numbers",
        "order: three times every pixel, less 50, must give three times the result, less 50",
        (1.0, call(3 * x - 50), ()),
        (-3.0, call(x), ()),
        (50.0, call(np.ones(x.shape)), ()),
    )
    yield laws.cancels(
        "any numbers",
        "shift equivariance, by whole blocks: the images without their first two rows must give the result without its"
        " first row",
        (1.0, call(x[2:]), ()),
        (-1.0, call(x), np.s_[1:]),
    )


def refused():
    yield Case(REFUSES, "a single row", call(np.ones((1, 2, 4, 3))))
    yield Case(REFUSES, "a single column", call(np.ones((4, 2, 1, 3))))
    yield Case(REFUSES, "an image without a batch", call(np.ones((4, 2, 4))))
    yield Case(REFUSES, "an empty batch", call(np.ones((4, 2, 4, 0))))


SPEC = Spec(
    parts=(
        Part("by hand", 1),
        Part("odd sizes", 1),
        Part("images and channels", 1),
        Part("any numbers", 0.5),
        Part(UNTOUCHED, 0.5),
        Part(REFUSES, 0.5),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    whole=True,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "the number of rows is even": lambda x: x.shape[0] % 2 == 0,
        "the number of columns is even": lambda x: x.shape[2] % 2 == 0,
        "there is one image": lambda x: x.shape[3] == 1,
        "there is one channel": lambda x: x.shape[1] == 1,
        "there are as many images as channels": lambda x: x.shape[1] == x.shape[3],
        "some pixel is positive": lambda x: bool((x > 0).any()),
        "all pixels are whole numbers": lambda x: bool((x % 1 == 0).all()),
    },
)
