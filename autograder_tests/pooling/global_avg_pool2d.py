"""Checks of global_avg_pool2d: rows and columns go, images and channels stay."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole

AXES = {
    "channels_averaged": (1, 2, 3),
    "images_averaged": (0, 2, 3),
    "everything_averaged": (0, 1, 2, 3),
    "rows_left": (3,),
    "columns_left": (2,),
    "across_channels": (1,),
    "channels_and_rows": (1, 2),
}


def model(x, on=frozenset()):
    """global_avg_pool2d, with switches."""
    axes = next((AXES[name] for name in sorted(on & AXES.keys())), (2, 3))
    keep = "axes_kept" in on
    if "maximum_taken" in on:
        result = x.max(axis=axes, keepdims=keep).astype(float)
    elif "median_taken" in on:
        result = np.median(x, axis=axes, keepdims=keep)
    else:
        wraps = "sum_wraps" in on and x.dtype.kind in "iu"
        result = x.sum(axis=axes, keepdims=keep, dtype=x.dtype if wraps else float) / divisor(x, axes, on)
    if "cut_off" in on:
        result = np.trunc(result)
    return np.asarray(result).T if "channels_first" in on else np.asarray(result)


def divisor(x, axes, on):
    """What the sum is divided by."""
    H, W = x.shape[2:]
    if "not_divided" in on:
        return 1
    if "divided_by_height_squared" in on:
        return H * H
    if "divided_by_everything" in on:
        return x.size
    return np.prod([x.shape[axis] for axis in axes])


MISTAKES = (
    Mistake(
        "channels_averaged", "axes", "channels were averaged too: one number an image", "How many axes must remain?"
    ),
    Mistake("images_averaged", "axes", "images were averaged too: one number a channel", "How many axes must remain?"),
    Mistake("everything_averaged", "axes", "the whole batch were one window", "How many axes must remain?"),
    Mistake("rows_left", "axes", "each row kept a mean of its own", "Two axes go. Which is the other one?"),
    Mistake("columns_left", "axes", "each column kept a mean of its own", "Two axes go. Which is the other one?"),
    Mistake(
        "across_channels",
        "axes",
        "the mean were taken across channels, pixel by pixel",
        "Name the four axes of x. Which of them are pixels?",
    ),
    Mistake(
        "channels_and_rows",
        "axes",
        "channels and rows went, and columns stayed",
        "Name the four axes of x, counting from 0. Which of them are pixels?",
    ),
    Mistake(
        "axes_kept",
        "shape",
        "rows and columns stayed, with length 1",
        "The result has two axes. What does keepdims do?",
    ),
    Mistake("channels_first", "order", "channels came before images", "Which axis of the result counts images?"),
    Mistake("maximum_taken", "mean", "the largest were taken in place of the mean", "Largest, or mean?"),
    Mistake("median_taken", "mean", "the median were taken in place of the mean", "Middle one, or mean?"),
    Mistake("not_divided", "divisor", "the sum were returned in place of the mean", "A mean is a sum divided by what?"),
    Mistake(
        "divided_by_height_squared", "divisor", "images were as wide as they are high", "How many pixels has a channel?"
    ),
    Mistake(
        "divided_by_everything",
        "divisor",
        "the sum were divided by the number of all pixels of the batch",
        "How many pixels has one channel of one image?",
    ),
    Mistake(
        "sum_wraps",
        "sum",
        "the sum were kept in the dtype of the images: in eight bits it begins again at 0 after 255",
        "With pixels from a file, which dtype has your sum? What is 200 + 100 in eight bits?",
    ),
    Mistake(
        "cut_off",
        "output",
        "everything behind the decimal point were cut off",
        "Which kind of division do you use, or which dtype has the array that you write into?",
    ),
)

HINTS = (
    "A photograph in three colours gives three numbers: how red, how green, how blue it is on the whole.",
    "It is avg_pool2d with a window as large as the image, without the two axes of length 1.",
    "x.mean takes a pair of axes. Counted from 0, which two are rows and columns?",
)


def worked():
    one = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]])
    yield Case("worked by hand", "one image, one channel", call(one[None, None]))
    yield Case("worked by hand", "one pixel", call(np.array([[[[-7.0]]]])))
    yield Case("images and channels", "one image, two channels", call(np.stack([one, -one])[None]))
    yield Case("images and channels", "two images, one channel", call(np.stack([one, 10 * one])[:, None]))


def drawn(rng):
    for shape in ((1, 1, 2, 3), (1, 1, 5, 2), (1, 1, 1, 6), (1, 1, 4, 1)):
        yield Case("worked by hand", f"{shape[2]}×{shape[3]} pixels", call(whole(rng, *shape)))
    for shape in ((2, 3, 4, 5), (3, 2, 5, 4), (1, 4, 3, 6), (4, 1, 6, 3), (2, 2, 2, 2), (3, 3, 2, 5), (2, 4, 1, 1)):
        name = f"{shape[0]} images of {shape[1]} channels, {shape[2]}×{shape[3]} pixels"
        yield Case("images and channels", name, call(whole(rng, *shape)))
    part = "any numbers"
    yield Case(part, "fractions", call(rng.normal(size=(2, 3, 4, 6))))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=(2, 1, 5, 4))))
    yield Case(part, "pixels as a file holds them", call(rng.integers(200, 256, (2, 3, 4, 5)).astype(np.uint8)))
    yield Case(part, "bright pixels as a file holds them", call(rng.integers(240, 256, (1, 2, 3, 2)).astype(np.uint8)))
    yield Case(part, "whole numbers", call(rng.integers(-9, 9, (1, 2, 5, 4))))
    yield Case(part, "single precision", call(rng.normal(size=(2, 2, 5, 6)).astype(np.float32)))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=(2, 3, 4, 5)), layout="strided"))
    yield Case(part, "last index first in memory", call(rng.normal(size=(3, 2, 5, 4)), layout="F"))


def exact(rng):
    x = whole(rng, 3, 2, 4, 5)
    yield laws.linear("any numbers", (x,), 0, "images", rng)
    yield laws.cancels(
        "images and channels",
        "an image gives the same alone as in its batch",
        (1.0, call(x[1:2]), ()),
        (-1.0, call(x), (slice(1, 2),)),
    )
    yield laws.cancels(
        "any numbers",
        "invariance: pixels that move round within their channel change nothing",
        (1.0, call(np.roll(x, (1, 2), axis=(2, 3))), ()),
        (-1.0, call(x), ()),
    )


def refused():
    yield Case(REFUSES, "three axes", call(np.ones((2, 4, 4))))
    yield Case(REFUSES, "five axes", call(np.ones((1, 2, 2, 4, 4))))


SPEC = Spec(
    parts=(
        Part("worked by hand", 1),
        Part("images and channels", 1),
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
        "there is one image": lambda x: x.shape[0] == 1,
        "there is one channel": lambda x: x.shape[1] == 1,
        "the images are square": lambda x: x.shape[2] == x.shape[3],
        "the pixels are whole numbers of eight bits": lambda x: x.dtype == np.uint8,
    },
)
