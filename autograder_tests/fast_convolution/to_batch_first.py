"""Checks of to_batch_first: from (H, C, W, N) back to (N, C, H, W)."""

import numpy as np

from autograder_tests.fast_convolution import axis_orders
from autograder_tests.judging import Case, Mistake, Spec, call, laws

RIGHT = (3, 1, 0, 2)
WRONG = {
    "unchanged": (0, 1, 2, 3),
    "all_reversed": (3, 2, 1, 0),
    "ends_exchanged": (3, 1, 2, 0),
    "way_there": (2, 1, 3, 0),
    "batch_moved_only": (3, 0, 1, 2),
    "channels_before_images": (1, 3, 0, 2),
    "channels_last": (3, 0, 2, 1),
}


def model(x, on=frozenset()):
    """to_batch_first, with switches."""
    return axis_orders.ordered(x, RIGHT, WRONG, on)


MISTAKES = (
    *axis_orders.MISTAKES,
    Mistake(
        "way_there",
        "order",
        "x had the layout (N, C, H, W) and were to come out as (H, C, W, N)",
        "The order that leads there does not lead back. Which numbers undo it?",
    ),
    Mistake(
        "batch_moved_only",
        "order",
        "the batch had moved to the front, and nothing else: (N, H, C, W)",
        "Where do channels stand in the result, and where did they stand in x?",
    ),
    Mistake(
        "channels_before_images",
        "order",
        "channels came before images: (C, N, H, W)",
        "Which of the four axes comes first in the result?",
    ),
    Mistake(
        "channels_last",
        "order",
        "the channels were to be the last axis: (N, H, W, C)",
        "Other libraries put channels last. Which axis is it here?",
    ),
)

HINTS = (
    "Write the four letters of the input with their numbers, 0 to 3, and the letters of the result below them.",
    "The result's first axis is N, which is axis 3 of x. Which numbers have the other three?",
    "x.transpose(3, 1, 0, 2) is a view; .copy() of it moves the numbers.",
)


def shape(N, C, H, W):
    return H, C, W, N


def worked():
    yield Case("one image", "six pixels, two rows of three", call(np.arange(1.0, 7.0).reshape(2, 1, 3, 1)))
    yield Case("one image", "two channels of two rows", call(np.array([[[[1.0]], [[10.0]]], [[[2.0]], [[20.0]]]])))
    yield Case("a batch", "two images of three pixels", call(np.array([[[[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]]])))


def drawn(rng):
    yield from axis_orders.drawn(rng, shape)


def exact(rng):
    yield from axis_orders.exact(rng, shape, np.s_[:, :, :, 1:2], np.s_[1:2])
    x, moved = np.zeros((4, 2, 5, 3)), np.zeros((3, 2, 4, 5))
    x[3, 1, 4, 2] = moved[2, 1, 3, 4] = 1.0
    yield laws.equals("a batch", "one pixel: x[3, 1, 4, 2] must stand at [2, 1, 3, 4]", call(x), moved)


SPEC = Spec(
    parts=axis_orders.PARTS,
    worked=worked,
    drawn=drawn,
    refused=axis_orders.refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features=axis_orders.features(shape),
)
