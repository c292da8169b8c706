"""Checks of he_init: the given random numbers, at the scale that keeps a ReLU network alive."""

import math

import numpy as np

from autograder_tests.judging import REFUSES, Case, Mistake, Part, Spec, call, laws

VARIANCES = {
    "fan_out": lambda shape: 2 / shape[0],
    "glorot": lambda shape: 2 / (shape[0] + math.prod(shape[1:])),
    "lecun": lambda shape: 1 / math.prod(shape[1:]),
    "channels_only": lambda shape: 2 / shape[1],
    "last_length_only": lambda shape: 2 / shape[-1],
    "kernel_only": lambda shape: 2 / math.prod(shape[2:]),
    "all_lengths": lambda shape: 2 / math.prod(shape),
    "lengths_added_up": lambda shape: 2 / sum(shape[1:]),
    "receptive_field_of_outputs": lambda shape: 2 / (shape[0] * math.prod(shape[2:])),
    "unscaled": lambda shape: 1.0,
    "a_hundredth": lambda shape: 1e-4,
    "root_forgotten": lambda shape: (2 / math.prod(shape[1:])) ** 2,
    "two_outside_the_root": lambda shape: 4 / math.prod(shape[1:]),
}

DRAWS = {
    "uniform_draw": lambda rng, shape: rng.random(shape),
    "uniform_both_sides": lambda rng, shape: rng.uniform(-1, 1, shape),
    "uniform_of_same_spread": lambda rng, shape: rng.uniform(-math.sqrt(3), math.sqrt(3), shape),
    "positive": lambda rng, shape: np.abs(rng.standard_normal(shape)),
    "transposed_draw": lambda rng, shape: rng.standard_normal(shape[::-1]).T,
}


def model(shape, seed=0, on=frozenset()):
    """he_init, with switches."""
    variance = 2 / math.prod(shape[1:])
    for switch in on & VARIANCES.keys():
        variance = VARIANCES[switch](shape)
    weights = numbers(shape, 0 if "seed_ignored" in on else seed, on) * math.sqrt(variance)
    if "mean_removed" in on:
        weights = weights - weights.mean()
    return weights.ravel() if "unrolled" in on else weights


def numbers(shape, seed, on):
    """The numbers that are drawn, before they are scaled."""
    if "old_generator" in on:
        return np.random.RandomState(seed).standard_normal(shape)
    for switch in on & DRAWS.keys():
        return DRAWS[switch](np.random.default_rng(seed), shape)
    return np.random.default_rng(seed).standard_normal(shape)


FAN_IN = "How many numbers does one output add up? Draw one filter, and count."

MISTAKES = (
    Mistake("fan_out", "scale", "the first length, how many outputs there are, set the scale", FAN_IN),
    Mistake(
        "glorot",
        "scale",
        "inputs and outputs set the scale together (Glorot's rule)",
        "Which fan does the contract name?",
    ),
    Mistake(
        "lecun",
        "scale",
        "the variance were 1 over the number of inputs, as it is without a relu",
        "A relu lets half of its inputs pass: what must the variance make up for?",
    ),
    Mistake("channels_only", "scale", "only the second length counted for the number of inputs", FAN_IN),
    Mistake("last_length_only", "scale", "only the last length counted for the number of inputs", FAN_IN),
    Mistake("kernel_only", "scale", "only height and width counted for the number of inputs", FAN_IN),
    Mistake("all_lengths", "scale", "all lengths, the first one too, counted for the number of inputs", FAN_IN),
    Mistake("lengths_added_up", "scale", "the lengths were added up where they must be multiplied", FAN_IN),
    Mistake(
        "receptive_field_of_outputs",
        "scale",
        "the number of filters stood where the number of channels belongs",
        FAN_IN,
    ),
    Mistake("unscaled", "scale", "the numbers were not scaled at all", "What must the weights be multiplied with?"),
    Mistake(
        "a_hundredth",
        "scale",
        "every weight were a hundredth of the number drawn",
        "Does your scale depend on the shape?",
    ),
    Mistake(
        "root_forgotten",
        "scale",
        "the numbers were multiplied by the variance, not by its root",
        "Numbers of variance 1, times 3: which variance have they then?",
    ),
    Mistake(
        "two_outside_the_root",
        "scale",
        "the 2 stood outside the root",
        "What stands under the root?",
    ),
    Mistake(
        "uniform_draw",
        "draw",
        "the numbers were drawn evenly from 0 to 1",
        "Which distribution does the contract name? Can a weight be negative?",
    ),
    Mistake(
        "uniform_both_sides",
        "draw",
        "the numbers were drawn evenly from -1 to 1",
        "Which distribution does the contract name?",
    ),
    Mistake(
        "uniform_of_same_spread",
        "draw",
        "the numbers were drawn evenly, with the right spread (the other rule of the same paper)",
        "Which distribution does the contract name?",
    ),
    Mistake("positive", "draw", "all weights were positive", "Can a weight be negative?"),
    Mistake(
        "transposed_draw",
        "draw",
        "the numbers were drawn for the reversed shape, and then transposed",
        "Which shape do you draw?",
    ),
    Mistake(
        "old_generator",
        "draw",
        "the numbers came from the older generator of np.random.seed and np.random.randn",
        "Which generator does the contract name?",
    ),
    Mistake("seed_ignored", "seed", "the seed were always 0", "Where does your function use seed?"),
    Mistake(
        "mean_removed",
        "mean",
        "the mean of the weights were taken off",
        "Numbers drawn around 0 need not have the mean 0. Are they used as they are drawn?",
    ),
    Mistake("unrolled", "form", "the weights were one long row", "Which shape must the weights have?"),
)

HINTS = (
    "A filter of shape (3, 5, 5) adds up 75 products. Numbers of variance 1 would come out with variance 75.",
    "The variance of a weight is 2 / fan_in; a number of variance 1 times s has variance s².",
    "Every length but the first: their product is fan_in. Draw once, in the shape that is asked for.",
)


def worked():
    yield Case("dense layers", "one unit of two inputs: a scale of 1", call((1, 2)))
    yield Case("dense layers", "two units of eight inputs: a scale of 1/2", call((2, 8)))
    yield Case("convolutions", "filters of 2 channels, 2×2: a scale of 1/2", call((3, 2, 2, 2)))


def drawn(rng):
    def seed():
        return int(rng.integers(1, 10_000))

    for K, M in ((4, 3), (2, 9), (7, 5), (1, 6), (3, 1), (12, 10)):
        K = K + int(rng.integers(0, 3))
        yield Case("dense layers", f"{K} units of {M} inputs", call((K, M), seed()))
    yield Case("dense layers", "a seed by name", call((3, 7), seed=seed()))
    for F, C, KH, KW in ((4, 3, 2, 5), (2, 1, 3, 3), (3, 6, 1, 1), (6, 2, 5, 5), (1, 4, 3, 2), (5, 3, 1, 4)):
        F = F + int(rng.integers(0, 3))
        yield Case("convolutions", f"{F} filters of shape {(C, KH, KW)}", call((F, C, KH, KW), seed()))
    yield Case("convolutions", "filters of a volume", call((2, 3, 2, 1, 2), seed()))


def exact(rng):
    seed = int(rng.integers(1, 1000))
    for entry in ((0, 0), (0, 1)):
        yield laws.cancels(
            "dense layers",
            f"four times as many inputs: weight {list(entry)}, drawn from the same seed, must be half as large",
            (1.0, call((2, 12), seed), entry),
            (-0.5, call((8, 3), seed), entry),
        )
    yield laws.cancels(
        "convolutions",
        "a filter of shape (3, 2, 2) adds up as much as a unit of 12 inputs: its first weight must be the same",
        (1.0, call((5, 3, 2, 2), seed), (0, 0, 0, 0)),
        (-1.0, call((5, 12), seed), (0, 0)),
    )


def refused():
    yield Case(REFUSES, "a shape of one length", call((5,)))
    yield Case(REFUSES, "no inputs", call((5, 0)))
    yield Case(REFUSES, "a length with a point", call((5, 2.5)))


SPEC = Spec(
    parts=(Part("dense layers", 1), Part("convolutions", 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "there are two lengths": lambda shape, seed=0: len(shape) == 2,
        "the first length is 1": lambda shape, seed=0: shape[0] == 1,
        "there is one channel": lambda shape, seed=0: shape[1] == 1,
        "the kernel is 1×1": lambda shape, seed=0: len(shape) > 2 and math.prod(shape[2:]) == 1,
        "no seed is given": lambda shape, seed=0: seed == 0,
    },
)
