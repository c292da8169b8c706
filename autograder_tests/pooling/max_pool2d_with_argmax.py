"""Checks of max_pool2d_with_argmax: the winner, and its place in the image."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole
from autograder_tests.pooling.windows import BATCH, SIZE, STRIDE, WINDOW, distinct, lay, named

SHARED = tuple(
    mistake
    for mistake in (*WINDOW, *STRIDE, *SIZE, *BATCH)
    if mistake.name not in ("over_channels", "over_everything", "first_channel_only", "first_image_only")
)


def model(x, window, stride=None, on=frozenset()):
    """max_pool2d_with_argmax, with switches."""
    layout = lay(x, window, stride, 0, on)
    x = x.astype(float)
    output = np.zeros((*x.shape[:2], layout.OH, layout.OW), int if "integer_output" in on else float)
    argmax = np.zeros(output.shape, int)
    for spot in layout.places:
        patch = x[:, :, spot.rows, spot.columns]
        row, column = winner(patch, on)
        largest = patch.max(axis=(2, 3), initial=0.0 if "begins_at_zero" in on else -np.inf)
        output[:, :, spot.i, spot.j] = largest
        argmax[:, :, spot.i, spot.j] = place(x, spot, row, column, patch, on)
    if "place_first" in on:
        return argmax, output
    return output, argmax


def winner(patch, on):
    """Row and column of the largest pixel within each window, with switches."""
    N, C, kh, kw = patch.shape
    if "ties_by_column" in on:
        found = patch.swapaxes(2, 3).reshape(N, C, -1).argmax(axis=2)
        return found % kh, found // kh
    pixels = patch.reshape(N, C, -1)
    found = pixels.argmax(axis=2)
    if "last_of_ties" in on:
        found = kh * kw - 1 - pixels[:, :, ::-1].argmax(axis=2)
    across = kh if "unpacked_by_height" in on else kw
    return found // across, found % across


def place(x, spot, row, column, patch, on):
    """The winner's index in its image, with switches."""
    N, C, H, W = x.shape
    top, left = spot.rows.start, spot.columns.start
    if "begin_forgotten" in on:
        top, left = 0, 0
    if "begin_without_stride" in on:
        top, left = spot.i, spot.j
    if "begin_by_window" in on:
        top, left = spot.i * patch.shape[2], spot.j * patch.shape[3]
    if "in_window" in on:
        return row * patch.shape[3] + column
    if "first_equal_in_image" in on:
        largest = patch.max(axis=(2, 3))[:, :, np.newaxis]
        return (x.reshape(N, C, -1) == largest).argmax(axis=2)
    index = (top + row) * W + left + column
    if "height_for_width" in on:
        index = (top + row) * H + left + column
    if "columns_first" in on:
        index = (left + column) * H + top + row
    if "row_only" in on:
        index = top + row
    if "counted_from_one" in on:
        index = index + 1
    if "through_channels" in on:
        index = index + np.arange(C) * H * W
    if "through_batch" in on:
        index = index + np.arange(N * C).reshape(N, C) * H * W
    return index


MISTAKES = (
    Mistake(
        "in_window",
        "index",
        "the place were counted within the window, not within the image",
        "The window of output [1, 1]: at which pixel of the image does it begin?",
    ),
    Mistake(
        "begin_forgotten",
        "begin",
        "every window began at the image's top left corner when places are counted",
        "The window of output [1, 1]: at which pixel of the image does it begin?",
    ),
    Mistake(
        "begin_without_stride",
        "begin",
        "the window of output [i, j] began at row i and column j of the image when places are counted",
        "With stride 2, at which row does the window of output [1, 0] begin?",
    ),
    Mistake(
        "begin_by_window",
        "begin",
        "windows lay side by side when places are counted, whatever the stride",
        "With a window of 3 and stride 2, at which row does the window of output [1, 0] begin?",
    ),
    Mistake(
        "height_for_width",
        "index",
        "a row of the image were as long as the image is high",
        "How many pixels does one step down skip?",
    ),
    Mistake(
        "columns_first",
        "index",
        "places were counted down the columns",
        "Pixel 1 is the neighbour of pixel 0: to the right, or below?",
    ),
    Mistake("row_only", "index", "the place were the row alone", "A place is a row and a column, as one number."),
    Mistake("counted_from_one", "first", "places were counted from 1", "Which number has the first pixel?"),
    Mistake(
        "through_channels",
        "start",
        "counting went on from one channel to the next",
        "Where does counting begin in the second channel?",
    ),
    Mistake(
        "through_batch",
        "start",
        "counting went on through all channels and images",
        "Where does counting begin in the second channel?",
    ),
    Mistake(
        "first_equal_in_image",
        "index",
        "the place were that of the first equal pixel in the whole image, which may lie in another window",
        "An equal pixel may stand elsewhere. Where must you search?",
    ),
    Mistake(
        "unpacked_by_height",
        "unpacking",
        "a row of the window were as long as the window is high",
        "The winner's number within the window: by what must it be divided to give its row?",
    ),
    Mistake(
        "last_of_ties",
        "tie",
        "of equal pixels the last won",
        "Equal pixels: which of them does the contract name? Look at your comparison.",
    ),
    Mistake(
        "ties_by_column",
        "tie",
        "of equal pixels the first won, column by column",
        "Equal pixels: in which order does the contract count?",
    ),
    Mistake(
        "begins_at_zero",
        "maximum",
        "0 took part in every window: no value in the result is negative",
        "With which number does your search for the largest begin?",
    ),
    Mistake(
        "integer_output",
        "output",
        "the values could be whole numbers only, so that fractions are cut off",
        "Which dtype has the array of values?",
    ),
    Mistake(
        "place_first",
        "order",
        "the places were returned before the values",
        "In which order does the contract return the two?",
    ),
    *SHARED,
)

HINTS = (
    "On paper: a 4×4 image whose pixels are numbered 0 to 15 row by row, a window of 2. Which number has the pixel in "
    "the middle of the last row of output [1, 1]'s window?",
    "patch.argmax() numbers the pixels of the window. // and % by the window's width make a row and a column of it.",
    "Add where the window begins, i * sh and j * sw. Then row * W + column is the place in the image.",
)


def worked():
    image = np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 6.0], [0.0, 2.0, 1.0, 9.0], [7.0, -1.0, -2.0, -3.0]])
    yield Case("worked by hand", "a 4×4 image, a 2×2 window", call(image[None, None], 2))
    yield Case("worked by hand", "all pixels negative", call(image[None, None] - 10.0, 2))
    row = np.array([3.0, 1.0, 4.0, 2.0, 5.0])[None, None, None]
    yield Case("window and stride", "one row, windows that overlap", call(row, (1, 3), 1))
    yield Case("window and stride", "one column, a pixel left over", call(row.swapaxes(2, 3), (2, 1)))
    yield Case("equal pixels", "nothing but zeros", call(np.zeros((1, 1, 2, 4)), 2))
    yield Case("equal pixels", "two winners", call(np.array([[[[1.0, 7.0, 7.0], [7.0, 2.0, 7.0]]]]), (2, 3)))


def drawn(rng):
    for shape, window in (((1, 1, 4, 6), 2), ((1, 1, 6, 4), 2), ((1, 1, 6, 9), 3)):
        yield Case("worked by hand", named(shape, window), call(distinct(rng, *shape), window))
    for shape, window, stride in (
        ((1, 1, 5, 7), 2, None), ((1, 1, 7, 5), 2, 1), ((1, 1, 6, 8), 3, 2), ((1, 1, 8, 7), (2, 3), None),
        ((1, 1, 7, 8), (3, 2), (1, 2)), ((1, 1, 9, 7), (2, 3), (3, 1)), ((1, 1, 8, 9), 2, 3), ((1, 1, 6, 7), 1, (2, 3)),
        ((1, 1, 5, 6), (5, 6), None), ((1, 1, 8, 5), (4, 1), 2), ((1, 1, 1, 9), (1, 3), 2), ((1, 1, 9, 1), (2, 1), 3),
    ):  # fmt: skip
        yield Case("window and stride", named(shape, window, stride), call(distinct(rng, *shape), window, stride))
    for shape, window, stride in (((1, 1, 5, 6), 3, 1), ((2, 1, 6, 5), 2, None), ((1, 2, 4, 7), (2, 3), (1, 2))):
        x = rng.integers(0, 2, shape).astype(float)
        yield Case("equal pixels", f"zeros and ones, {named(shape, window, stride)}", call(x, window, stride))
    for shape, window, stride in (((2, 3, 4, 5), 2, None), ((3, 2, 5, 4), (2, 1), 1), ((2, 2, 5, 5), 3, 2)):
        x = distinct(rng, *shape)
        yield Case("images and channels", named(shape, window, stride), call(x, window, stride=stride))
    part = "any numbers"
    yield Case(part, "fractions", call(rng.normal(size=(1, 2, 4, 6)), 2))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=(2, 1, 5, 4)), 2, 1))
    yield Case(part, "hugely negative numbers", call(-1e12 * rng.uniform(1, 2, (1, 1, 4, 6)), 2))
    yield Case(part, "pixels as a file holds them", call(rng.integers(0, 256, (2, 1, 4, 6)).astype(np.uint8), 3, 1))
    yield Case(part, "more pixels than a byte can count", call(distinct(rng, 1, 1, 24, 17), 6))
    dark = rng.integers(0, 2, (1, 2, 4, 6)).astype(np.uint8) * rng.integers(1, 256, (1, 2, 4, 6)).astype(np.uint8)
    yield Case(part, "a dark file", call(dark, 2))
    yield Case(part, "single precision", call(rng.normal(size=(1, 2, 5, 6)).astype(np.float32), 3, 1))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=(2, 2, 4, 5)), 2, layout="strided"))
    yield Case(part, "last index first in memory", call(rng.normal(size=(2, 2, 5, 4)), (2, 1), layout="F"))


def exact(rng):
    x = whole(rng, 3, 2, 5, 6)
    both = (slice(None), slice(1, 2))
    yield laws.cancels(
        "images and channels",
        "an image gives the same alone as in its batch",
        (1.0, call(x[1:2], 2), ()),
        (-1.0, call(x, 2), both),
    )
    yield laws.cancels(
        "any numbers",
        "order: the same number added to every pixel leaves every winner in its place",
        (1.0, call(x + 40, (2, 3), 1), (1,)),
        (-1.0, call(x, (2, 3), 1), (1,)),
    )


def refused():
    yield Case(REFUSES, "a window taller than the image", call(np.ones((1, 1, 2, 5)), (3, 2)))
    yield Case(REFUSES, "stride 0", call(np.ones((1, 1, 5, 5)), 2, stride=0))


SPEC = Spec(
    parts=(
        Part("worked by hand", 1),
        Part("window and stride", 2),
        Part("equal pixels", 1),
        Part("images and channels", 1),
        Part("any numbers", 1),
        Part(UNTOUCHED, 1),
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
        "the image has one window": lambda x, window, stride=None: x.shape[2:] == tuple(np.broadcast_to(window, 2)),
        "no stride is given": lambda x, window, stride=None: stride is None,
        "the window is square": lambda x, window, stride=None: len({*np.ravel(window)}) == 1,
        "there is one image": lambda x, window, stride=None: x.shape[0] == 1,
        "there is one channel": lambda x, window, stride=None: x.shape[1] == 1,
        "the images are square": lambda x, window, stride=None: x.shape[2] == x.shape[3],
        "no two pixels are equal": lambda x, window, stride=None: np.unique(x).size == x.size,
    },
)
