"""Checks of avg_pool2d: the mean of each window, and what it is divided by at the border."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole
from autograder_tests.pooling.windows import (
    BATCH,
    PADDING,
    SIZE,
    STRIDE,
    TRANSPOSED,
    WINDOW,
    distinct,
    lay,
    named,
    pair,
    reduced,
    spread,
    steps,
)


def model(x, window, stride=None, padding=0, count_padding=True, on=frozenset()):
    """avg_pool2d, with switches."""
    layout = lay(x, window, stride, padding, on)
    x = spread(x, on)
    padded = layout.pad(x, 0.0)
    if "edge_repeated" in on:
        padded = np.pad(x.astype(float), ((0, 0), (0, 0), *layout.padding), mode="edge")
    counted = layout.pad(np.ones(x.shape), counts_padding(count_padding, on))
    if "zeros_not_counted" in on and not count_padding:
        counted = (padded != 0).astype(float)
    divisor = fixed_divisor(window, steps(window, stride, on), on)
    output = np.zeros((*x.shape[:2], layout.OH, layout.OW), x.dtype if "dtype_kept" in on else float)
    for place in layout.places:
        spot = np.s_[:, :, place.rows, place.columns]
        output[:, :, place.i, place.j] = middle(padded[spot], counted[spot], divisor, x.dtype, on)
    return output.swapaxes(2, 3) if "output_transposed" in on else output


def middle(patch, counted, divisor, dtype, on):
    """The number that a window gives for each image and channel, with switches."""
    if "maximum_taken" in on:
        return reduced(patch, np.max, on)
    sums = reduced(patch, np.sum, on)
    if "sum_wraps" in on and dtype.kind in "iu":
        sums = sums.astype(dtype)
    counts = reduced(counted, np.sum, on) if divisor is None else divisor
    if not np.all(counts):
        raise ZeroDivisionError("a window without pixels that count")
    mean = sums / counts
    return np.trunc(mean) if "whole_quotient" in on else mean


def counts_padding(count_padding, on):
    """Whether padding counts, with switches."""
    if "padding_always_counted" in on:
        return True
    if "padding_never_counted" in on:
        return False
    return not count_padding if "count_upside_down" in on else count_padding


def fixed_divisor(window, stride, on):
    """What the sum is divided by, whatever lies under the window; None where that is counted."""
    kh, kw = pair(window)
    divisors = {
        "not_divided": 1,
        "divided_by_four": 4,
        "divided_by_height_squared": kh * kh,
        "divided_by_sum_of_lengths": kh + kw,
        "divided_by_stride": stride[0] * stride[1],
    }
    return next((divisors[name] for name in sorted(on & divisors.keys())), None)


MISTAKES = (
    Mistake("not_divided", "divisor", "the sum were returned in place of the mean", "A mean is a sum divided by what?"),
    Mistake(
        "divided_by_four",
        "divisor",
        "every window had four pixels",
        "How many pixels are there in a window of 3 by 2?",
    ),
    Mistake(
        "divided_by_height_squared",
        "divisor",
        "the sum were divided by the square of the window's height",
        "How many pixels are there in a window of 3 by 2?",
    ),
    Mistake(
        "divided_by_sum_of_lengths",
        "divisor",
        "the sum were divided by height plus width of the window",
        "How many pixels are there in a window of 3 by 2?",
    ),
    Mistake(
        "divided_by_stride",
        "divisor",
        "the sum were divided by the product of the strides",
        "Does a mean over a window depend on where the next window begins?",
    ),
    Mistake(
        "zeros_not_counted",
        "divisor",
        "pixels of the image that are 0 did not count, when padding does not count",
        "A black pixel of the image counts. How can it be told from a padded one?",
    ),
    Mistake(
        "padding_always_counted",
        "count",
        "padding counted always",
        "What does count_padding=False ask for?",
    ),
    Mistake(
        "padding_never_counted",
        "count",
        "padding never counted",
        "What does count_padding=True, the default, ask for?",
    ),
    Mistake(
        "count_upside_down",
        "count",
        "count_padding=True meant that padding does not count",
        "Which branch is taken when count_padding is True?",
    ),
    Mistake(
        "edge_repeated",
        "fill",
        "the padding repeated the pixels at the border",
        "With what does the contract pad?",
    ),
    Mistake("maximum_taken", "mean", "the largest were taken in place of the mean", "Largest, or mean?"),
    Mistake(
        "sum_wraps",
        "sum",
        "the sum were kept in the dtype of the images: in eight bits it begins again at 0 after 255",
        "With pixels from a file, which dtype has your sum? What is 200 + 100 in eight bits?",
    ),
    Mistake(
        "dtype_kept",
        "output",
        "the output could hold only what the images hold, so that fractions are cut off for whole pixels",
        "Which dtype has the array that you write into?",
    ),
    Mistake(
        "whole_quotient",
        "output",
        "everything behind the decimal point were cut off",
        "Which kind of division do you use, and which dtype has the array that you write into?",
    ),
    *WINDOW,
    *STRIDE,
    *SIZE,
    *PADDING,
    *BATCH,
    TRANSPOSED,
)

HINTS = (
    "max_pool2d has all of the geometry already: what is different in the middle of the loop?",
    "Padding is with zeros here, so the sums are right whatever counts. Only the divisor depends on count_padding.",
    "Pad an image of ones in the same way, with ones or with zeros: the sum of its window is how many pixels count.",
)


def worked():
    image = np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 3.0, 8.0, 6.0], [0.0, 2.0, 1.0, 1.0], [7.0, 0.0, 1.0, 3.0]])
    yield Case("worked by hand", "a 4×4 image, a 2×2 window", call(image[None, None], 2))
    yield Case("worked by hand", "all pixels negative", call(image[None, None] - 9.0, 2))
    row = np.array([3.0, 1.0, 4.0, 1.0, 5.0])[None, None, None]
    yield Case("window and stride", "one row, windows that overlap", call(row, (1, 2), 1))
    yield Case("window and stride", "one row, two pixels are left over", call(row, (1, 3)))
    yield Case("padding counts", "one row, padded left and right", call(row, (1, 2), (1, 2), (0, 1)))
    yield Case("padding counts", "every pixel is 8", call(np.full((1, 1, 2, 3), 8.0), 2, 1, 1))
    yield Case("padding does not count", "every pixel is 8", call(np.full((1, 1, 2, 3), 8.0), 2, 1, 1, False))
    yield Case("padding does not count", "one row, padded", call(row, (1, 2), (1, 2), (0, 1), count_padding=False))


PADDED = (
    ((1, 1, 5, 6), 3, 2, 1), ((1, 1, 6, 5), 2, None, 1), ((2, 2, 4, 6), (2, 4), (2, 1), (1, 2)),
    ((1, 2, 5, 7), (4, 2), (1, 3), (2, 0)), ((2, 1, 7, 4), (3, 2), None, (0, 1)),
)  # fmt: skip


def drawn(rng):
    for shape, window in (((1, 1, 4, 6), 2), ((1, 1, 6, 4), 2), ((1, 1, 6, 9), 3), ((1, 1, 4, 4), (2, 2))):
        yield Case("worked by hand", named(shape, window), call(whole(rng, *shape), window))
    for shape, window, stride in (
        ((1, 1, 5, 7), 2, None), ((1, 1, 7, 5), 2, 1), ((1, 1, 6, 8), 3, 2), ((2, 1, 8, 7), (2, 3), None),
        ((1, 3, 7, 8), (3, 2), (1, 2)), ((1, 1, 9, 7), (2, 3), (3, 1)), ((2, 2, 8, 9), 2, 3), ((1, 1, 6, 7), 1, (2, 3)),
        ((1, 2, 5, 6), (5, 6), None), ((1, 1, 8, 5), (4, 1), 2), ((1, 1, 1, 9), (1, 3), 2), ((3, 2, 9, 1), (2, 1), 3),
    ):  # fmt: skip
        yield Case("window and stride", named(shape, window, stride), call(distinct(rng, *shape), window, stride))
    for shape, window, stride, padding in PADDED:
        words = named(shape, window, stride, padding)
        yield Case("padding counts", words, call(whole(rng, *shape) + 12, window, stride, padding))
        ones_and_zeros = rng.integers(0, 3, shape).astype(float)
        yield Case("padding does not count", words, call(ones_and_zeros, window, stride, padding, count_padding=False))
    yield Case("padding counts", "said outright", call(whole(rng, 1, 1, 4, 5), 3, 1, 1, count_padding=True))
    yield Case("padding does not count", "no padding", call(whole(rng, 1, 1, 4, 5), 3, 1, 0, count_padding=False))
    yield from any_numbers(rng)


def any_numbers(rng):
    part = "any numbers"
    yield Case(part, "fractions", call(rng.normal(size=(1, 2, 4, 6)), 2))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=(2, 1, 5, 4)), 2, 1))
    yield Case(part, "pixels as a file holds them", call(rng.integers(200, 256, (2, 1, 4, 6)).astype(np.uint8), 2))
    file = rng.integers(0, 256, (1, 2, 5, 4)).astype(np.uint8)
    yield Case(part, "pixels as a file holds them, padded", call(file, 3, 2, 1, False))
    yield Case(part, "whole numbers", call(rng.integers(-9, 9, (1, 1, 5, 4)), (2, 3), 1))
    yield Case(part, "single precision", call(rng.normal(size=(1, 2, 5, 6)).astype(np.float32), 3, 1))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=(2, 2, 4, 5)), 2, layout="strided"))
    yield Case(part, "last index first in memory", call(rng.normal(size=(2, 2, 5, 4)), (2, 1), layout="F"))


def exact(rng):
    x = whole(rng, 2, 3, 5, 6)
    yield from laws.shifts("window and stride", (x, (2, 3), 1), 0, "batch")
    every_second = (slice(None), slice(None), slice(None, None, 2), slice(None, None, 2))
    yield laws.cancels(
        "window and stride",
        "stride is subsampling: stride 2 must give every second row and column of stride 1",
        (1.0, call(x, 2, 2), ()),
        (-1.0, call(x, 2, 1), every_second),
    )
    yield laws.linear("any numbers", (x, 2), 0, "images", rng)
    sevens = np.full((1, 2, 4, 5), 7.0)
    yield laws.equals(
        "padding does not count",
        "the mean of equal pixels is that pixel, at the border too",
        call(sevens, 2, 1, 1, False),
        np.full((1, 2, 5, 6), 7.0),
    )


def _of(holds):
    """A feature that looks at the arguments by name."""
    return lambda x, window, stride=None, padding=0, count_padding=True: holds(
        x, window, stride, padding, count_padding
    )


def refused():
    yield Case(REFUSES, "a window wider than the image", call(np.ones((1, 1, 5, 2)), (2, 3)))
    yield Case(REFUSES, "padding of more than half the window", call(np.ones((1, 1, 5, 5)), 2, padding=2))
    yield Case(REFUSES, "negative padding", call(np.ones((1, 1, 5, 5)), 2, padding=-1))


SPEC = Spec(
    parts=(
        Part("worked by hand", 1),
        Part("window and stride", 2),
        Part("padding counts", 1),
        Part("padding does not count", 1),
        Part("any numbers", 1),
        Part(UNTOUCHED, 1),
        Part(REFUSES, 0.5),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "padding is 0": _of(lambda x, window, stride, padding, counts: not np.any(padding)),
        "padding counts or is 0": _of(lambda x, window, stride, padding, counts: counts or not np.any(padding)),
        "no stride is given": _of(lambda x, window, stride, padding, counts: stride is None),
        "the window is square": _of(lambda x, window, stride, padding, counts: len({*np.ravel(window)}) == 1),
        "there is one image": _of(lambda x, window, stride, padding, counts: x.shape[0] == 1),
        "there is one channel": _of(lambda x, window, stride, padding, counts: x.shape[1] == 1),
        "the images are square": _of(lambda x, window, stride, padding, counts: x.shape[2] == x.shape[3]),
    },
)
