"""Checks of max_pool2d: the largest pixel of each window, and a border that never wins."""

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
    reduced,
    spread,
)

FILLS = {"zeros_can_win": 0.0, "minus_one_can_win": -1.0, "large_negative_can_win": -1e9}


def model(x, window, stride=None, padding=0, on=frozenset()):
    """max_pool2d, with switches."""
    layout = lay(x, window, stride, padding, on)
    fill = next((FILLS[name] for name in sorted(on & FILLS.keys())), -np.inf)
    padded = layout.pad(spread(x, on), fill)
    output = np.zeros((*x.shape[:2], layout.OH, layout.OW), int if "integer_output" in on else float)
    for place in layout.places:
        patch = padded[:, :, place.rows, place.columns]
        output[:, :, place.i, place.j] = reduced(patch, lambda pixels, axes: winner(pixels, axes, on), on)
    if not np.isfinite(output).all():
        raise ValueError("a window without pixels of the image")
    return output.swapaxes(2, 3) if "output_transposed" in on else output


def winner(pixels, axes, on):
    """The number that a window gives."""
    if "mean_taken" in on:
        return pixels.mean(axis=axes)
    if "smallest" in on:
        return pixels.min(axis=axes)
    if "absolute" in on:
        return np.abs(pixels).max(axis=axes)
    if "begins_at_zero" in on:
        return pixels.max(axis=axes, initial=0.0)
    return pixels.max(axis=axes)


MISTAKES = (
    Mistake(
        "zeros_can_win",
        "fill",
        "the padding held zeros, which win where all pixels are negative",
        "All pixels of a window at the border are −5. What must come out, and what does your padding hold?",
    ),
    Mistake(
        "minus_one_can_win",
        "fill",
        "the padding held −1, which wins where all pixels lie below it",
        "All pixels of a window at the border are −5. What must come out, and what does your padding hold?",
    ),
    Mistake(
        "large_negative_can_win",
        "fill",
        "the padding held −1,000,000,000, which wins where all pixels lie below it",
        "Is there a number below every pixel, however small?",
    ),
    Mistake(
        "begins_at_zero",
        "maximum",
        "0 took part in every window: nothing in the result is negative",
        "With which number does your search for the largest begin?",
    ),
    Mistake("mean_taken", "maximum", "the mean were taken in place of the largest", "Largest, or mean?"),
    Mistake("smallest", "maximum", "the smallest pixel were taken", "Which way does your comparison point?"),
    Mistake("absolute", "maximum", "pixels lost their sign before they were compared", "Is −9 larger than 2?"),
    Mistake(
        "integer_output",
        "output",
        "the output could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you write into?",
    ),
    *WINDOW,
    *STRIDE,
    *SIZE,
    *PADDING,
    *BATCH,
    TRANSPOSED,
)

HINTS = (
    "On paper: one row of 5 pixels, a window of 2. How many windows fit when the stride is 2? Where does each begin?",
    "Two loops, over the rows and columns of the output. The window of [i, j] begins at row i * sh and column j * sw "
    "of the padded image.",
    "Pad with -np.inf, which loses against everything; .max(axis=(2, 3)) of a window leaves images and channels alone.",
)


def worked():
    image = np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 6.0], [0.0, 2.0, 1.0, 1.0], [7.0, 0.0, 1.0, 3.0]])
    yield Case("worked by hand", "a 4×4 image, a 2×2 window", call(image[None, None], 2))
    yield Case("worked by hand", "all pixels negative", call(image[None, None] - 9.0, 2))
    row = np.array([3.0, 1.0, 4.0, 1.0, 5.0])[None, None, None]
    yield Case("window and stride", "one row, windows that overlap", call(row, (1, 3), 1))
    yield Case("window and stride", "one row, a pixel is left over", call(row, (1, 2)))
    yield Case("window and stride", "one column, a gap between windows", call(row.swapaxes(2, 3), (1, 1), (2, 1)))
    yield Case("padding", "one row, padded left and right", call(-row, (1, 2), (1, 1), (0, 1)))
    yield Case("padding", "every pixel is −5", call(np.full((1, 1, 2, 3), -5.0), 2, 1, 1))


def drawn(rng):
    for shape, window in (((1, 1, 4, 6), 2), ((1, 1, 6, 4), 2), ((1, 1, 6, 9), 3), ((1, 1, 4, 4), (2, 2))):
        yield Case("worked by hand", named(shape, window), call(distinct(rng, *shape), window))
    for shape, window, stride in (
        ((1, 1, 5, 7), 2, None), ((1, 1, 7, 5), 2, 1), ((1, 1, 6, 8), 3, 2), ((1, 1, 8, 7), (2, 3), None),
        ((1, 1, 7, 8), (3, 2), (1, 2)), ((1, 1, 9, 7), (2, 3), (3, 1)), ((1, 1, 8, 9), 2, 3), ((1, 1, 6, 7), 1, (2, 3)),
        ((1, 1, 5, 6), (5, 6), None), ((1, 1, 8, 5), (4, 1), 2), ((1, 1, 1, 9), (1, 3), 2), ((1, 1, 9, 1), (2, 1), 3),
    ):  # fmt: skip
        yield Case("window and stride", named(shape, window, stride), call(distinct(rng, *shape), window, stride))
    for shape, window, stride in (((2, 3, 4, 5), 2, None), ((3, 2, 5, 4), (2, 1), 1), ((2, 2, 5, 5), 3, 2)):
        yield Case(
            "images and channels", named(shape, window, stride), call(distinct(rng, *shape), window, stride=stride)
        )
    for shape, window, stride, padding in (
        ((1, 1, 5, 6), 3, 2, 1), ((1, 1, 6, 5), 2, None, 1), ((2, 2, 4, 6), (2, 4), (2, 1), (1, 2)),
        ((1, 2, 5, 7), (4, 2), (1, 3), (2, 0)), ((2, 1, 7, 4), (3, 2), None, (0, 1)),
    ):  # fmt: skip
        x = distinct(rng, *shape)
        yield Case("padding", named(shape, window, stride, padding), call(x, window, stride, padding))
    below = -rng.integers(2, 30, (1, 2, 4, 5)).astype(float)
    yield Case("padding", "all pixels negative", call(below, 2, 2, padding=1))
    for window in (2, 3):
        huge = -1e12 * rng.uniform(1, 2, (1, 2, 4, 6))
        yield Case("padding", "hugely negative pixels", call(huge, window, stride=2, padding=1))
    yield from any_numbers(rng)


def any_numbers(rng):
    part = "any numbers"
    file = rng.integers(0, 256, (2, 1, 4, 6)).astype(np.uint8)
    file[..., :1, :1] = 0
    yield Case(part, "fractions", call(rng.normal(size=(1, 2, 4, 6)), 2))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=(2, 1, 5, 4)), 2, 1))
    yield Case(part, "pixels as a file holds them, padded", call(file, 3, 2, 1))
    yield Case(part, "whole numbers, padded", call(rng.integers(-90, 9, (1, 1, 5, 4)), (2, 3), 2, (1, 0)))
    yield Case(part, "single precision", call(rng.normal(size=(1, 2, 5, 6)).astype(np.float32), 3, 1))
    yield Case(part, "equal pixels", call(whole(rng, 1, 2, 6, 6, largest=1), 2))
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
    alone = (slice(1, 2),)
    yield laws.cancels(
        "images and channels",
        "an image gives the same alone as in its batch",
        (1.0, call(x[1:2], 2), ()),
        (-1.0, call(x, 2), alone),
    )
    yield laws.cancels(
        "padding",
        "order: three times every pixel, less 50, must give three times the result, less 50, at the border too",
        (1.0, call(3 * x - 50, 3, 2, 1), ()),
        (-3.0, call(x, 3, 2, 1), ()),
        (50.0, call(np.ones((2, 3, 5, 6)), 3, 2, 1), ()),
    )


def refused():
    yield Case(REFUSES, "a window taller than the image", call(np.ones((1, 1, 2, 5)), (3, 2)))
    yield Case(REFUSES, "padding of more than half the window", call(np.ones((1, 1, 5, 5)), 2, padding=2))
    yield Case(REFUSES, "stride 0", call(np.ones((1, 1, 5, 5)), 2, stride=0))


SPEC = Spec(
    parts=(
        Part("worked by hand", 1),
        Part("window and stride", 2),
        Part("images and channels", 1),
        Part("padding", 1),
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
        "padding is 0": lambda x, window, stride=None, padding=0: not np.any(padding),
        "no stride is given": lambda x, window, stride=None, padding=0: stride is None,
        "the window is square": lambda x, window, stride=None, padding=0: len({*np.ravel(window)}) == 1,
        "there is one image": lambda x, window, stride=None, padding=0: x.shape[0] == 1,
        "there is one channel": lambda x, window, stride=None, padding=0: x.shape[1] == 1,
        "the images are square": lambda x, window, stride=None, padding=0: x.shape[2] == x.shape[3],
        "some pixel is positive": lambda x, window, stride=None, padding=0: bool((x > 0).any()),
        "all pixels are whole numbers": lambda x, window, stride=None, padding=0: bool((x % 1 == 0).all()),
    },
)
