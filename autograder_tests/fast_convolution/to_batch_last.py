"""Checks of to_batch_last: from (N, C, H, W) to (H, C, W, N)."""

import numpy as np

from autograder_tests.fast_convolution import axis_orders
from autograder_tests.judging import Case, Mistake, Spec, call, laws

RIGHT = (2, 1, 3, 0)
WRONG = {
    "unchanged": (0, 1, 2, 3),
    "all_reversed": (3, 2, 1, 0),
    "ends_exchanged": (3, 1, 2, 0),
    "way_back": (3, 1, 0, 2),
    "batch_moved_only": (1, 2, 3, 0),
    "rows_moved_only": (2, 0, 1, 3),
    "channels_last": (0, 2, 3, 1),
    "channels_after_columns": (2, 3, 1, 0),
    "batch_before_columns": (2, 1, 0, 3),
}


def model(x, on=frozenset()):
    """to_batch_last, with switches."""
    return axis_orders.ordered(x, RIGHT, WRONG, on)


MISTAKES = (
    *axis_orders.MISTAKES,
    Mistake(
        "way_back",
        "order",
        "x had the layout (H, C, W, N) already and were to come out as (N, C, H, W)",
        "transpose(2, ...) means: the axis that comes first was axis 2 before. Which way round are your numbers?",
    ),
    Mistake(
        "batch_moved_only",
        "order",
        "the batch had moved to the end, and nothing else: (C, H, W, N)",
        "Which axis does the contract put first?",
    ),
    Mistake(
        "rows_moved_only",
        "order",
        "the rows had moved to the front, and nothing else: (H, N, C, W)",
        "Which axis does the contract put last?",
    ),
    Mistake(
        "channels_last",
        "order",
        "the channels were to be the last axis: (N, H, W, C)",
        "Other libraries put channels last. Which axis is it here?",
    ),
    Mistake(
        "channels_after_columns",
        "order",
        "channels came after the columns: (H, W, C, N)",
        "A row of the image with all its channels is to lie in one piece: which axis follows H?",
    ),
    Mistake(
        "batch_before_columns",
        "order",
        "only images and rows were exchanged: (H, C, N, W)",
        "Which axis runs fastest in the new layout?",
    ),
)

HINTS = (
    "Write the four letters of the input with their numbers, 0 to 3, and the letters of the result below them.",
    "The result's first axis is H, which is axis 2 of x. Which numbers have the other three?",
    "x.transpose(2, 1, 3, 0) is a view; .copy() of it moves the numbers.",
)


def shape(N, C, H, W):
    return N, C, H, W


def worked():
    yield Case("one image", "six pixels, two rows of three", call(np.arange(1.0, 7.0).reshape(1, 1, 2, 3)))
    yield Case("one image", "two channels of two rows", call(np.array([[[[1.0], [2.0]], [[10.0], [20.0]]]])))
    yield Case("a batch", "two images of three pixels", call(np.arange(1.0, 7.0).reshape(2, 1, 1, 3)))


def drawn(rng):
    yield from axis_orders.drawn(rng, shape)


def exact(rng):
    yield from axis_orders.exact(rng, shape, np.s_[1:2], np.s_[:, :, :, 1:2])
    x, moved = np.zeros((3, 2, 4, 5)), np.zeros((4, 2, 5, 3))
    x[2, 1, 3, 4] = moved[3, 1, 4, 2] = 1.0
    yield laws.equals("a batch", "one pixel: x[2, 1, 3, 4] must stand at [3, 1, 4, 2]", call(x), moved)


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
