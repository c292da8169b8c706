"""Checks of relu_backward: the gradient passes where the number passed, and nowhere else."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole

PASSES = {
    "mask_from_gradient": lambda dy, x: dy > 0,
    "passes_at_zero": lambda dy, x: x >= 0,
    "everything_passes": lambda dy, x: np.ones(x.shape),
    "negatives_pass": lambda dy, x: x < 0,
    "only_zero_stops": lambda dy, x: x != 0,
    "both_positive": lambda dy, x: (x > 0) & (dy > 0),
    "passes_above_one": lambda dy, x: x >= 1,
    "leaky": lambda dy, x: np.where(x > 0, 1.0, 0.01),
    "sigmoid_slope": lambda dy, x: np.exp(-x) / (1 + np.exp(-x)) ** 2,
    "tanh_slope": lambda dy, x: 1 - np.tanh(x) ** 2,
    "times_input": lambda dy, x: np.maximum(x, 0),
}


@np.errstate(all="ignore")
def model(dy, x, on=frozenset()):
    """relu_backward, with switches."""
    dy, x = dy.astype(float), x.astype(float)
    slope = x > 0
    for switch in on & PASSES.keys():
        slope = PASSES[switch](dy, x)
    if "slope_only" in on:
        dy = np.ones(dy.shape)
    if "sign" in on:
        dy = -dy
    gradient = dy * slope
    if "input_in_place_of_gradient" in on:
        gradient = np.where(dy > 0, x, 0.0)
    if "fractions_lost" in on:
        gradient = np.trunc(gradient)
    if "zeros_left_out" in on:
        return gradient[x > 0]
    return gradient.ravel() if "unrolled" in on else gradient


MISTAKES = (
    Mistake(
        "mask_from_gradient",
        "mask",
        "the sign of dy decided what passes, not the sign of x",
        "What did relu look at on the way forward? Can a gradient be negative?",
    ),
    Mistake(
        "passes_at_zero",
        "mask",
        "the gradient passed where x is 0, too",
        "What does the contract say about x = 0?",
    ),
    Mistake(
        "everything_passes",
        "mask",
        "the whole gradient passed, whatever x is",
        "Move x from -3 to -2.9: does the output of relu move?",
    ),
    Mistake(
        "negatives_pass",
        "mask",
        "the gradient passed where x is negative",
        "Move x from -3 to -2.9: does the output of relu move?",
    ),
    Mistake(
        "only_zero_stops",
        "mask",
        "only an x of 0 stopped the gradient",
        "Move x from -3 to -2.9: does the output of relu move?",
    ),
    Mistake(
        "both_positive",
        "mask",
        "a negative gradient were stopped, too",
        "The loss may fall when an output grows. Which sign has dy then, and may it pass?",
    ),
    Mistake(
        "passes_above_one",
        "mask",
        "the gradient passed from x = 1 on",
        "Move x from 0.5 to 0.6: does the output of relu move?",
    ),
    Mistake(
        "leaky",
        "mask",
        "a hundredth of the gradient passed where x is not positive (the leaky relu)",
        "Move x from -3 to -2.9: by how much does the output of relu move?",
    ),
    Mistake(
        "sigmoid_slope",
        "mask",
        "dy were multiplied by the slope of the sigmoid",
        "Which slope has relu at 5, and which at -5?",
    ),
    Mistake(
        "tanh_slope",
        "mask",
        "dy were multiplied by the slope of tanh",
        "Which slope has relu at 5, and which at -5?",
    ),
    Mistake(
        "times_input",
        "mask",
        "dy were multiplied by the output of relu",
        "The slope of relu at 5 is not 5. What is it?",
    ),
    Mistake(
        "slope_only",
        "gradient",
        "dy were 1 everywhere",
        "Does your result change when dy is twice as large?",
    ),
    Mistake("sign", "gradient", "the sign of dy were turned", "Where relu lets a number pass, what becomes of dy?"),
    Mistake(
        "input_in_place_of_gradient",
        "roles",
        "x passed where dy is above 0",
        "Which of the two arrays decides, and which one passes?",
    ),
    Mistake(
        "fractions_lost",
        "numbers",
        "the result could hold whole numbers only",
        "Which dtype has the array that you write into?",
    ),
    Mistake(
        "zeros_left_out",
        "shape",
        "entries that do not pass were left out",
        "How many entries must the result have?",
    ),
    Mistake("unrolled", "shape", "the array were unrolled into one long row", "The result has the shape of x."),
)

HINTS = (
    "On paper: x is -2, 0, 3 and dy is 5, 6, -7. If an x moves a little, which outputs of relu move with it?",
    "Where x is above 0 the output moves as x does, so dy passes whole; elsewhere nothing that x does is seen.",
    "A comparison gives True and False for each entry, and they multiply as 1 and 0.",
)


def worked():
    yield Case("signs", "four numbers", call(np.array([5.0, 6.0, -7.0, 8.0]), np.array([-2.0, 0.0, 3.0, 0.5])))
    yield Case(
        "signs", "gradients of both signs", call(np.array([1.5, -1.5, 2.5, -2.5]), np.array([4.0, 4.0, -4.0, -4.0]))
    )
    x = np.array([[1.5, -1.0, 2.0], [-3.0, 0.0, 8.0]])
    yield Case("any shape, any numbers", "a feature map", call(np.arange(1.0, 7.0).reshape(2, 3), x))


def mixed(rng, *shape):
    """Inputs of both signs, small and large, and a 0: the first five entries are of each kind."""
    x = 3 * rng.normal(size=shape)
    x.flat[:5] = rng.permutation([0.0, 0.25, 2.75, -0.25, -4.5])[: x.size]
    return x


def slopes(rng, *shape):
    """Gradients of both signs, none of them 0, and no fraction lost unseen."""
    return lopsided(rng, *shape) + 0.25


def drawn(rng):
    part = "signs"
    yield Case(part, "a row of numbers", call(slopes(rng, 8), mixed(rng, 8)))
    yield Case(part, "another row of numbers", call(slopes(rng, 6), mixed(rng, 6)))
    yield Case(part, "positive inputs", call(slopes(rng, 5), rng.uniform(0.1, 9, 5)))
    yield Case(
        part, "negative inputs, and one that is not", call(slopes(rng, 5), np.append(-rng.uniform(0.1, 9, 4), 2))
    )
    yield Case(part, "inputs of 0, and one that is not", call(slopes(rng, 5), np.append(np.zeros(4), 1.5)))
    yield Case(part, "negative gradients", call(-rng.uniform(1.1, 9, 7), mixed(rng, 7)))
    yield Case(part, "positive gradients", call(rng.uniform(1.1, 9, 7), mixed(rng, 7)))
    part = "any shape, any numbers"
    for shape in ((3, 5), (2, 3, 4), (2, 3, 4, 5), (1, 6), (5, 1, 2)):
        yield Case(part, f"shape {shape}", call(slopes(rng, *shape), mixed(rng, *shape)))
    yield Case(part, "whole inputs", call(slopes(rng, 3, 4), rng.permutation(12).reshape(3, 4) - 6))
    pixels = rng.permutation([0, 1, 7, 200, 254, 255]).reshape(2, 3).astype(np.uint8)
    yield Case(part, "inputs of eight bits", call(slopes(rng, 2, 3), pixels))
    yield Case(part, "very small gradients", call(1e-9 * slopes(rng, 3, 4), mixed(rng, 3, 4)))
    yield Case(part, "very small inputs", call(slopes(rng, 3, 4), 1e-9 * mixed(rng, 3, 4)))
    yield Case(part, "large inputs", call(slopes(rng, 2, 5), 1e4 * mixed(rng, 2, 5)))
    single = rng.normal(size=(3, 4)).astype(np.float32), mixed(rng, 3, 4).astype(np.float32)
    yield Case(part, "single precision", call(*single))
    yield Case(part, "not contiguous in memory", call(slopes(rng, 3, 4), mixed(rng, 3, 4), layout="strided"))
    yield Case(part, "columns first in memory", call(slopes(rng, 4, 3), mixed(rng, 4, 3), layout="F"))


def exact(rng):
    dy, x = slopes(rng, 3, 4), whole(rng, 3, 4) + 0.5
    yield laws.linear("signs", (dy, x), 0, "gradient", rng)
    yield laws.cancels(
        "signs",
        "two halves: what passes for x and what passes for -x must add up to dy",
        (1.0, call(dy, x), ()),
        (1.0, call(dy, -x), ()),
        (-1.0, call(dy, np.ones(x.shape)), ()),
    )
    moved = (np.maximum(x + 0.25, 0) - np.maximum(x - 0.25, 0)) / 0.5
    yield laws.equals(
        "signs",
        "central difference: with x moved by 0.25 up and down, dy times the slope of relu in between",
        call(dy, x),
        dy * moved,
    )


def refused():
    yield Case(REFUSES, "two gradients for three inputs", call(np.ones(2), np.ones(3)))
    yield Case(REFUSES, "a row of gradients for a map", call(np.ones(3), np.ones((2, 3))))


SPEC = Spec(
    parts=(Part("signs", 1), Part("any shape, any numbers", 1), Part(UNTOUCHED, 0.5), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "no entry of x is 0": lambda dy, x: bool((x != 0).all()),
        "no entry of x is negative": lambda dy, x: bool((x >= 0).all()),
        "no entry of dy is negative": lambda dy, x: bool((dy >= 0).all()),
        "x has one axis": lambda dy, x: x.ndim == 1,
        "x holds whole numbers by type": lambda dy, x: x.dtype.kind in "iu",
    },
)
