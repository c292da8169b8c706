"""Checks of shift_sensitivity: how far the pooled map is from itself when the image moves."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole
from autograder_tests.pooling import max_pool2d
from autograder_tests.pooling.windows import BATCH, SIZE, STRIDE, named

SHARED = tuple(
    mistake
    for mistake in (*STRIDE, *SIZE, *BATCH)
    if mistake.name in ("stride_defaults_to_one", "stride_is_window", "last_missed", "over_channels")
)


def model(x, window, stride=None, shift=1, on=frozenset()):
    """shift_sensitivity, with switches."""
    still = pooled(x, window, stride, on)
    if "moved_after_pooling" in on:
        return compared(still, np.roll(still, shift, axis=3), on)
    return compared(still, pooled(shifted(x.astype(float), shift, on), window, stride, on), on)


def pooled(x, window, stride, on):
    """The map whose change is measured, with switches."""
    if "not_pooled" in on:
        return x.astype(float)
    return max_pool2d.model(x, window, stride, on=on & {mistake.name for mistake in SHARED} | on & {"mean_taken"})


def shifted(x, shift, on):
    """The images after the move, with switches."""
    if "always_by_one" in on:
        shift = 1
    if "to_the_left" in on:
        shift = -shift
    if "down" in on:
        return np.roll(x, shift, axis=2)
    if "down_and_right" in on:
        return np.roll(x, (shift, shift), axis=(2, 3))
    if "as_one_long_row" in on:
        return np.roll(x, shift)
    moved = np.roll(x, shift, axis=3)
    if "zeros_enter" in on:
        entered = np.arange(x.shape[3]) < shift if shift >= 0 else np.arange(x.shape[3]) >= x.shape[3] + shift
        moved[..., entered] = 0.0
    return moved


def compared(still, moved, on):
    """The one number, with switches."""
    if not still.any():
        raise ValueError("the pooled map is 0 everywhere")
    change = moved - still
    if "squares_not_rooted" in on:
        return float((change**2).sum() / (still**2).sum())
    if "root_below_only" in on:
        return float((change**2).sum() / np.sqrt((still**2).sum()))
    if "absolute_sums" in on:
        return float(np.abs(change).sum() / np.abs(still).sum())
    if "mean_absolute" in on:
        return float(np.abs(change).mean())
    if "largest_change" in on:
        return float(np.abs(change).max() / np.abs(still).max())
    if "share_of_entries" in on:
        return float((change != 0).mean())
    lengths = np.sqrt((change**2).sum(axis=(1, 2, 3))), np.sqrt((still**2).sum(axis=(1, 2, 3)))
    if "image_by_image" in on:
        return float((lengths[0] / lengths[1]).mean())
    length = np.sqrt((change**2).sum())
    if "not_divided" in on:
        return float(length)
    if "divided_by_moved" in on:
        return float(length / np.sqrt((moved**2).sum()))
    if "divided_by_count" in on:
        return float(np.sqrt((change**2).mean()))
    return float(length / np.sqrt((still**2).sum()))


MISTAKES = (
    Mistake(
        "down",
        "move",
        "the image moved down instead of sideways",
        "Which axis of (N, C, H, W) counts columns?",
    ),
    Mistake(
        "down_and_right",
        "move",
        "the image moved down as well as sideways",
        "Which axis of (N, C, H, W) counts columns?",
    ),
    Mistake(
        "as_one_long_row",
        "move",
        "all pixels stood in one long row when they move",
        "What does np.roll do when no axis is given?",
    ),
    Mistake("to_the_left", "direction", "the image moved to the left", "Which way does a positive shift move?"),
    Mistake("always_by_one", "distance", "the image always moved by one pixel", "Where does shift enter?"),
    Mistake(
        "zeros_enter",
        "border",
        "zeros entered where the image has moved away",
        "What leaves on one side: where does the contract put it?",
    ),
    Mistake(
        "moved_after_pooling",
        "place of the move",
        "the pooled map were moved, not the image",
        "What comes first: the move, or the pooling?",
    ),
    Mistake("not_pooled", "pooling", "nothing were pooled", "Which two arrays do you compare?"),
    Mistake("mean_taken", "pooling", "the mean of each window were taken", "Which of your two poolings is asked for?"),
    Mistake("not_divided", "measure", "the change were not divided by anything", "Compared with what is it large?"),
    Mistake(
        "divided_by_moved",
        "measure",
        "the change were compared with the map after the move",
        "With which of the two maps does the contract compare?",
    ),
    Mistake(
        "divided_by_count",
        "measure",
        "the change were the root of a mean, with no map to compare it with",
        "By what does the contract divide?",
    ),
    Mistake(
        "squares_not_rooted",
        "measure",
        "the roots were left out",
        "Two differences of 3 and 4 make a length of 5, not of 25.",
    ),
    Mistake(
        "root_below_only",
        "measure",
        "the root of the upper sum were left out",
        "Is |...| the same above and below the line?",
    ),
    Mistake(
        "absolute_sums",
        "measure",
        "absolute values were added up instead of squares",
        "Two differences of 3 and 4 make a length of 5, not of 7.",
    ),
    Mistake(
        "mean_absolute",
        "measure",
        "the mean of the absolute changes were returned, compared with nothing",
        "Compared with what is it large?",
    ),
    Mistake(
        "largest_change",
        "measure",
        "only the largest change and the largest entry counted",
        "All entries have their share in a length.",
    ),
    Mistake(
        "share_of_entries",
        "measure",
        "it were counted how many entries change",
        "An entry may change by little or by much.",
    ),
    Mistake(
        "image_by_image",
        "measure",
        "each image had a number of its own, and their mean were returned",
        "Over which axes does the sum of squares run?",
    ),
    *SHARED,
)

HINTS = (
    "Which of the two comes first, the move or the pooling? Try one row of four pixels on paper.",
    "np.roll(x, shift, axis=...) moves the image; max_pool2d, which you have written, pools both.",
    "np.sqrt(np.sum(a**2)) is the length of an array of any shape. One length divided by the other is the answer.",
)


def worked():
    row = np.array([3.0, 0.0, 0.0, 4.0, 0.0, 0.0])[None, None, None]
    yield Case("worked by hand", "one row, window 2", call(row, (1, 2)))
    yield Case("worked by hand", "the same in one window", call(row, (1, 6)))
    yield Case("window and stride", "one row, overlapping windows", call(row, (1, 2), 1))
    yield Case("other moves", "one row, moved by two", call(row, (1, 2), shift=2))
    yield Case("other moves", "not moved at all", call(row, (1, 2), shift=0))


def drawn(rng):
    for shape, window in (((1, 1, 4, 6), 2), ((1, 1, 6, 4), 2), ((1, 1, 3, 9), 3), ((1, 1, 5, 7), 2)):
        yield Case("worked by hand", named(shape, window), call(whole(rng, *shape), window))
    for shape, window, stride in (
        ((1, 1, 5, 7), 2, 1), ((1, 1, 6, 8), 3, 2), ((1, 1, 8, 7), (2, 3), None), ((1, 1, 7, 8), (3, 2), (1, 2)),
        ((1, 1, 8, 9), 2, 3), ((1, 1, 6, 7), 1, (2, 3)), ((1, 1, 5, 6), 1, 1),
    ):  # fmt: skip
        yield Case("window and stride", named(shape, window, stride), call(whole(rng, *shape), window, stride))
    for shape, window, stride, shift in (
        ((1, 1, 4, 8), 2, None, 2), ((1, 1, 5, 7), 2, 1, 3), ((1, 1, 4, 7), 3, 2, -1), ((1, 1, 6, 6), (2, 3), None, 5),
    ):  # fmt: skip
        name = f"{named(shape, window, stride)}, moved by {shift}"
        yield Case("other moves", name, call(whole(rng, *shape), window, stride, shift))
    for shape in ((2, 1, 4, 6), (1, 3, 5, 4), (3, 2, 4, 5)):
        scales = 1.0 + 4.0 * np.arange(shape[0])[:, None, None, None]
        yield Case("images and channels", named(shape, 2), call(scales * whole(rng, *shape), 2))
    part = "any numbers"
    yield Case(part, "fractions", call(rng.normal(size=(2, 2, 4, 6)), 2))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=(2, 1, 5, 4)), 2, 1))
    yield Case(part, "pixels as a file holds them", call(rng.integers(0, 256, (2, 1, 4, 6)).astype(np.uint8), 2))
    yield Case(part, "whole numbers", call(rng.integers(-9, 9, (1, 2, 5, 6)), 3, 1, 2))
    yield Case(part, "single precision", call(rng.normal(size=(1, 2, 5, 6)).astype(np.float32), 2))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=(2, 2, 4, 5)), 2, layout="strided"))


def exact(rng):
    x = rng.uniform(1, 9, (2, 2, 4, 6))
    yield laws.cancels(
        "any numbers",
        "contrast: ten times as bright an image has the same sensitivity",
        (1.0, call(10 * x, 2), ()),
        (-1.0, call(x, 2), ()),
    )
    yield laws.cancels(
        "other moves",
        "all the way round: a move by the image's width and one pixel is a move by one pixel",
        (1.0, call(x, 2, None, 7), ()),
        (-1.0, call(x, 2, None, 1), ()),
    )


def refused():
    yield Case(REFUSES, "nothing but zeros", call(np.zeros((1, 1, 4, 4)), 2))
    yield Case(REFUSES, "a pooled map of zeros", call(-np.eye(4)[None, None], 2))
    yield Case(REFUSES, "a window taller than the image", call(np.ones((1, 1, 2, 5)), 3))


SPEC = Spec(
    parts=(
        Part("worked by hand", 1),
        Part("window and stride", 1),
        Part("other moves", 1),
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
        "the image moves by one pixel": lambda x, window, stride=None, shift=1: shift == 1,
        "no stride is given": lambda x, window, stride=None, shift=1: stride is None,
        "there is one image": lambda x, window, stride=None, shift=1: x.shape[0] == 1,
        "there is one channel": lambda x, window, stride=None, shift=1: x.shape[1] == 1,
    },
)
