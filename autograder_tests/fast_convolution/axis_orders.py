"""What the checks of to_batch_last and to_batch_first share: four axes, of which only the order changes."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, call, laws
from autograder_tests.judging.numbers import whole

PARTS = (
    Part("one image", 0.5),
    Part("a batch", 0.5),
    Part("any numbers", 0.5),
    Part(UNTOUCHED, 0.25),
    Part(REFUSES, 0.25),
)


def ordered(x, right, wrong, on):
    """``x`` with its axes in the right order, or in that of the switch that is on; ``wrong`` has one for each."""
    if "reshaped" in on:
        x = x.reshape([x.shape[axis] for axis in right])
    else:
        x = x.transpose(next((wrong[name] for name in sorted(on & wrong.keys())), right))
    return np.trunc(x) if "integer_output" in on else x


MISTAKES = (
    Mistake(
        "unchanged",
        "order",
        "the axes were left as they come",
        "transpose gives a new view, and leaves x as it is: what becomes of the view?",
    ),
    Mistake(
        "reshaped",
        "order",
        "the lengths had got their new order, but the numbers had not: they are as before in memory",
        "reshape never moves a number. Which function moves an axis?",
    ),
    Mistake(
        "all_reversed",
        "order",
        "all four axes came in reverse order",
        "Which axis stays where it is?",
    ),
    Mistake(
        "ends_exchanged",
        "order",
        "only the first axis and the last were exchanged",
        "Rows and columns of an image: which of the two comes first in the new layout?",
    ),
    Mistake(
        "integer_output",
        "dtype",
        "the result could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you write into?",
    ),
)


def drawn(rng, shape):
    """Cases; ``shape(N, C, H, W)`` puts the lengths in the order of the input's axes."""
    for lengths in ((1, 2, 3, 4), (1, 1, 4, 3), (1, 3, 1, 5), (1, 3, 5, 1), (1, 4, 4, 4)):
        yield Case("one image", named(*lengths), call(whole(rng, *shape(*lengths))))
    for lengths in (
        (2, 3, 4, 5), (5, 4, 3, 2), (3, 1, 2, 4), (4, 2, 3, 1), (3, 3, 2, 2), (2, 3, 3, 2), (2, 2, 3, 3), (3, 3, 3, 3),
        (4, 1, 1, 2), (2, 5, 2, 4),
    ):  # fmt: skip
        yield Case("a batch", named(*lengths), call(whole(rng, *shape(*lengths))))
    part, lengths = "any numbers", shape(3, 2, 4, 5)
    yield Case(part, "fractions", call(rng.normal(size=lengths)))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=lengths)))
    yield Case(part, "pixels as a file holds them", call(rng.integers(0, 256, lengths).astype(np.uint8)))
    yield Case(part, "whole numbers", call(rng.integers(-9, 10, lengths)))
    yield Case(part, "single precision", call(rng.normal(size=lengths).astype(np.float32)))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=lengths), layout="strided"))
    yield Case(part, "first axis fastest in memory", call(rng.normal(size=lengths), layout="F"))


def named(N, C, H, W):
    return f"N = {N}, C = {C}, {H}×{W} pixels"


def exact(rng, shape, images, turned):
    """Laws; ``images`` and ``turned`` take the second of three images out of the input, and out of the result."""
    x = whole(rng, *shape(3, 2, 4, 5))
    yield laws.linear("any numbers", (x,), 0, "images", rng)
    yield laws.cancels(
        "a batch",
        "a batch is its images one by one: the second of three must give alone what it gives in the batch",
        (1.0, call(x[images]), ()),
        (-1.0, call(x), turned),
    )


def refused():
    yield Case(REFUSES, "three axes", call(np.ones((2, 3, 4))))
    yield Case(REFUSES, "five axes", call(np.ones((1, 2, 3, 4, 5))))
    yield Case(REFUSES, "an axis of length 0", call(np.ones((2, 3, 0, 4))))


def features(shape):
    """Properties of the input; ``shape`` as in :func:`drawn`."""
    N, C, H, W = map("".join(shape(*"NCHW")).index, "NCHW")
    return {
        "there is one image": lambda x: x.shape[N] == 1,
        "there is one channel": lambda x: x.shape[C] == 1,
        "the images are square": lambda x: x.shape[H] == x.shape[W],
        "all four lengths are equal": lambda x: len(set(x.shape)) == 1,
        "x lies in memory with its last axis fastest": lambda x: bool(x.flags.c_contiguous),
    }
