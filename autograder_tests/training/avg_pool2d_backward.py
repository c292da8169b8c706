"""Checks of avg_pool2d_backward: an equal share for every pixel of a window, and sums where windows overlap."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.pooling.windows import named
from autograder_tests.training import pool_gradient
from autograder_tests.training.pool_gradient import APART, OVERLAPPING, PADDED, REPLACED, SHARED, slopes


def model(dy, input_shape, window, stride=None, padding=0, on=frozenset()):
    """avg_pool2d_backward, with switches."""
    (kh, kw), step, frame = pool_gradient.geometry(window, stride, padding, on)
    if "shape_exchanged" in on:
        input_shape = *input_shape[:2], *input_shape[:1:-1]
    (N, C, H, W), (ph, pw), dy = input_shape, frame, pool_gradient.upstream(dy, on)
    dpadded = np.zeros((N, C, H + 2 * ph, W + 2 * pw))
    counted = np.pad(np.ones((H, W)), ((ph, ph), (pw, pw)))
    for i, j, top, left in pool_gradient.windows(dy, dpadded.shape, (kh, kw), step, on):
        slope = dy[:, :, i, j, np.newaxis, np.newaxis] / divisor(counted[top : top + kh, left : left + kw], step, on)
        spot = np.s_[:, :, top : top + kh, left : left + kw]
        if "first_pixel_only" in on:
            spot = np.s_[:, :, top : top + 1, left : left + 1]
        if "middle_pixel_only" in on:
            spot = np.s_[:, :, top + kh // 2 : top + kh // 2 + 1, left + kw // 2 : left + kw // 2 + 1]
        dpadded[spot] = slope if "replaced" in on else dpadded[spot] + slope
    if "overlaps_averaged" in on:
        dpadded = dpadded / times(dy, dpadded.shape, (kh, kw), step)
    return pool_gradient.cropped(dpadded, input_shape, frame, on)


def divisor(counted, step, on):
    """What dy is divided by, for a window whose pixels of the image are 1."""
    kh, kw = counted.shape
    divisors = {
        "not_divided": 1,
        "divided_by_four": 4,
        "divided_by_height_squared": kh * kh,
        "divided_by_sum_of_lengths": kh + kw,
        "divided_by_stride": step[0] * step[1],
        "divided_twice": (kh * kw) ** 2,
        "multiplied": 1 / (kh * kw),
        "padding_not_counted": counted.sum(),
    }
    return next((divisors[name] for name in sorted(on & divisors.keys())), kh * kw)


def times(dy, shape, window, step):
    """In how many windows each pixel lies; 1 for none."""
    counts = np.zeros(shape)
    for _, _, top, left in pool_gradient.windows(dy, shape, window, step):
        counts[:, :, top : top + window[0], left : left + window[1]] += 1
    return np.maximum(counts, 1)


PIXELS = "How many pixels are there in a window of 3 by 2?"
SHARE = "A mean over four pixels: when one of them moves by 1, by how much does the mean move?"

MISTAKES = (
    Mistake("not_divided", "divisor", "every pixel of a window got the whole of dy", SHARE),
    Mistake("divided_by_four", "divisor", "every window had four pixels", PIXELS),
    Mistake(
        "divided_by_height_squared",
        "divisor",
        "dy were divided by the square of the window's height",
        PIXELS,
    ),
    Mistake(
        "divided_by_sum_of_lengths",
        "divisor",
        "dy were divided by height plus width of the window",
        PIXELS,
    ),
    Mistake(
        "divided_by_stride",
        "divisor",
        "dy were divided by the product of the strides",
        "Does a mean over a window depend on where the next window begins?",
    ),
    Mistake("divided_twice", "divisor", "dy were divided by the number of pixels twice over", SHARE),
    Mistake("multiplied", "divisor", "dy were multiplied by the number of pixels", SHARE),
    Mistake(
        "padding_not_counted",
        "divisor",
        "padding did not count, so that pixels at the border get larger shares",
        "By what did the mean divide at the border, says the contract?",
    ),
    Mistake("first_pixel_only", "pixels", "only the first pixel of a window got a share", SHARE),
    Mistake("middle_pixel_only", "pixels", "only the pixel in the middle of a window got a share", SHARE),
    Mistake(
        "overlaps_averaged",
        "repeated",
        "the shares that a pixel gets from several windows were averaged",
        "A pixel in two windows moves two outputs. What becomes of their gradients?",
    ),
    Mistake(
        "shape_exchanged",
        "shape",
        "the input shape were given as images, channels, width, height",
        "Which number of input_shape counts rows?",
    ),
    REPLACED,
    *SHARED,
)

HINTS = (
    "On paper: a row of 4 pixels, windows of 2 side by side, dy is 10 and 20. What does each pixel get?",
    "Every pixel of a window is one part of kh * kw in its mean, padding or not. In two windows it gets two shares.",
    "At each place: dpadded[window] += dy / (kh * kw), with dy of shape (N, C, 1, 1). Then cut the frame.",
)


def worked():
    dy = np.array([[[[8.0, 4.0], [-12.0, 2.0]]]])
    yield Case("windows apart", "a 4×4 image, a 2×2 window", call(dy, (1, 1, 4, 4), 2))
    yield Case("windows apart", "one row, a pixel is left over", call(dy[:, :, :1], (1, 1, 1, 5), (1, 2)))
    steps = np.array([[[[2.0, 4.0, 8.0]]]])
    yield Case("windows overlap", "one row, stride 1", call(steps, (1, 1, 1, 4), (1, 2), 1))
    yield Case("padding", "one row, padded left and right", call(steps, (1, 1, 1, 4), (1, 2), (1, 2), (0, 1)))


def drawn(rng):
    for part, table in (("windows apart", APART), ("windows overlap", OVERLAPPING)):
        for shape, window, stride in table:
            yield Case(
                part, named(shape, window, stride), call(slopes(rng, shape, window, stride), shape, window, stride)
            )
    for shape, *how in PADDED:
        yield Case("padding", named(shape, *how), call(slopes(rng, shape, *how), shape, *how))
    part, shape, how = "any numbers", (2, 2, 5, 6), ((2, 3), 1, 1)
    yield Case(part, "fractions", call(gradient(rng, shape, how), shape, *how))
    yield Case(part, "more fractions", call(gradient(rng, shape, (2,)), shape, 2))
    yield Case(part, "very small gradients", call(1e-9 * gradient(rng, shape, how), shape, *how))
    yield Case(part, "large gradients", call(1e9 * gradient(rng, shape, how), shape, *how))
    yield Case(part, "a gradient of 0", call(0 * gradient(rng, shape, how), shape, *how))
    yield Case(part, "a stride by name", call(gradient(rng, shape, (3, 2)), shape, 3, stride=2))
    yield Case(part, "single precision", call(gradient(rng, shape, how).astype(np.float32), shape, *how))
    yield Case(part, "not contiguous in memory", call(gradient(rng, shape, how), shape, *how, layout="strided"))
    yield Case(part, "last index first in memory", call(gradient(rng, shape, how), shape, *how, layout="F"))


def gradient(rng, shape, how):
    return rng.normal(size=slopes(rng, shape, *how).shape)


def exact(rng):
    shape, how = (2, 2, 5, 6), ((2, 3), (1, 2))
    dy = slopes(rng, shape, *how)
    yield laws.linear("windows overlap", (dy, shape, *how), 0, "gradient", rng)
    yield laws.cancels(
        "windows overlap",
        "an image gives the same alone as in its batch",
        (1.0, call(dy[1:], (1, *shape[1:]), *how), ()),
        (-1.0, call(dy, shape, *how), np.s_[1:]),
    )
    slope = slopes(rng, (1, 1, 4, 6), 2)
    yield laws.equals(
        "windows apart",
        "blocks: with windows of 2 side by side every pixel must get a quarter of the dy of its block",
        call(slope, (1, 1, 4, 6), 2),
        np.kron(slope, np.full((2, 2), 0.25)),
    )
    yield laws.equals(
        "windows overlap",
        "ones: where dy is 1 everywhere, a pixel must get a quarter for each of the windows of 2 by 2 that it lies in",
        call(np.ones((1, 1, 2, 3)), (1, 1, 3, 4), 2, 1),
        np.array([[[[0.25, 0.5, 0.5, 0.25], [0.5, 1.0, 1.0, 0.5], [0.25, 0.5, 0.5, 0.25]]]]),
    )


def refused():
    dy = np.ones((1, 1, 2, 2))
    yield Case(REFUSES, "a gradient of another stride", call(dy, (1, 1, 4, 4), 2, 1))
    yield Case(REFUSES, "a shape without channels", call(dy, (1, 4, 4), 2))
    yield Case(REFUSES, "stride 0", call(dy, (1, 1, 4, 4), 2, stride=0))
    yield Case(REFUSES, "padding of more than half the window", call(np.ones((1, 1, 4, 4)), (1, 1, 4, 4), 2, padding=2))
    yield Case(REFUSES, "a window taller than the image", call(dy, (1, 1, 4, 4), (5, 2)))


SPEC = Spec(
    parts=(
        Part("windows apart", 1),
        Part("windows overlap", 1),
        Part("padding", 1),
        Part("any numbers", 0.5),
        Part(UNTOUCHED, 0.5),
        Part(REFUSES, 0.5),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features=pool_gradient.features(),
)
