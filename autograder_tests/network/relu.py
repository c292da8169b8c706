"""Checks of relu: clipped below, unbounded above."""

import numpy as np

from autograder_tests.judging import UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole
from autograder_tests.judging.spec import Law, Term

FUNCTIONS = {
    "nothing_clipped": lambda x: x,
    "positives_clipped": lambda x: np.minimum(x, 0),
    "absolute": np.abs,
    "step": lambda x: (x > 0).astype(float),
    "leaky": lambda x: np.where(x > 0, x, 0.01 * x),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": np.tanh,
    "softplus": lambda x: np.log1p(np.exp(x)),
    "clipped_at_1": lambda x: np.clip(x, 0, 1),
    "clipped_at_6": lambda x: np.clip(x, 0, 6),
    "at_least_1": lambda x: np.maximum(x, 1),
    "scaled_to_1": lambda x: np.maximum(x, 0) / np.maximum(x, 0).max(),
}


@np.errstate(all="ignore")
def model(x, on=frozenset()):
    """relu, with switches."""
    x = x.astype(float)
    result = np.maximum(x, 0)
    for switch in on & FUNCTIONS.keys():
        result = FUNCTIONS[switch](x)
    if "fractions_lost" in on:
        result = np.trunc(result)
    if "zeros_left_out" in on:
        return result[x > 0]
    if "unrolled" in on:
        return result.ravel()
    if "largest_only" in on:
        return float(result.max())
    return result


MISTAKES = (
    Mistake("nothing_clipped", "function", "every entry passed as it came", "What must -3 become?"),
    Mistake(
        "positives_clipped",
        "function",
        "positive entries were set to 0 and negative ones passed",
        "Which is larger, -3 or 0? And which of the two is wanted?",
    ),
    Mistake("absolute", "function", "negative entries lost their sign", "What must -3 become: 3, or 0?"),
    Mistake(
        "step",
        "function",
        "every positive entry became 1 (the slope of relu, not relu)",
        "A comparison says where entries are positive. Which numbers belong there?",
    ),
    Mistake(
        "leaky",
        "function",
        "negative entries passed at a hundredth of their size (the leaky relu)",
        "What is left of a negative entry here?",
    ),
    Mistake("sigmoid", "function", "it were the sigmoid, which squashes into 0 to 1", "What must 5 become?"),
    Mistake("tanh", "function", "it were tanh, which squashes into -1 to 1", "What must 5 become?"),
    Mistake("softplus", "function", "it were softplus, a relu with its corner rounded", "What must 0 become?"),
    Mistake("clipped_at_1", "function", "large entries were clipped at 1", "Is there a bound above?"),
    Mistake("clipped_at_6", "function", "large entries were clipped at 6", "Is there a bound above?"),
    Mistake("at_least_1", "function", "entries were raised to 1 at least", "From which number on does an entry pass?"),
    Mistake(
        "scaled_to_1",
        "function",
        "the result were divided by its largest entry",
        "Each entry is treated by itself, whatever the others are.",
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
        "entries that are not positive were left out",
        "How many entries must the result have?",
    ),
    Mistake("unrolled", "shape", "the array were unrolled into one long row", "The result has the shape of x."),
    Mistake(
        "largest_only",
        "shape",
        "only the largest entry were asked for",
        "Which NumPy function compares entry by entry: np.max, or np.maximum?",
    ),
)

HINTS = (
    "Write five numbers on paper, some of them negative, and below each what must come of it.",
    "For each entry: the larger of two numbers, one of which is always the same.",
    "np.maximum compares entry by entry, in any shape, and writes into a new array.",
)


def worked():
    yield Case("signs", "five numbers", call(np.array([-2.0, -0.5, 0.0, 0.5, 3.0])))
    yield Case("signs", "far from zero", call(np.array([-40.0, 7.0, 40.0])))
    yield Case("any shape", "a feature map", call(np.array([[1.5, -1.0, 2.0], [-3.0, 0.0, 8.0]])))


def drawn(rng):
    yield Case("signs", "a row of whole numbers", call(np.append(whole(rng, 7), [2.5, -1.5])))
    yield Case("signs", "a row of fractions", call(np.append(rng.normal(size=6), [1.25, -0.75])))
    yield Case("signs", "positive numbers only", call(rng.uniform(0.1, 9, 5)))
    yield Case("signs", "negative numbers, and one that is not", call(np.append(-rng.uniform(0.1, 9, 5), 2.5)))
    for shape in ((1, 1), (3, 5), (2, 3, 4), (2, 3, 4, 5), (1, 2, 1, 3)):
        numbers = 3 * rng.normal(size=shape)
        numbers.flat[0] = rng.uniform(6.5, 9)
        yield Case("any shape", f"shape {shape}", call(numbers))
    yield Case("any numbers", "whole numbers", call(np.append(rng.integers(-9, 10, 6), [-4, 8])))
    yield Case("any numbers", "pixels as a file holds them", call(rng.integers(2, 256, (3, 4)).astype(np.uint8)))
    yield Case("any numbers", "very small numbers", call(1e-9 * np.append(rng.normal(size=5), [1.5, -1.5])))
    yield Case("any numbers", "very large numbers", call(1e30 * np.append(rng.normal(size=5), [1.5, -1.5])))
    yield Case("any numbers", "single precision", call(np.append(rng.normal(size=4), 1.5).astype(np.float32)))
    image = rng.normal(size=(3, 4))
    image[0, 0] = 2.5
    yield Case("any numbers", "not contiguous in memory", call(image, layout="strided"))
    yield Case("any numbers", "columns first in memory", call(image[::-1] + 0.5, layout="F"))


def exact(rng):
    x = whole(rng, 3, 4)
    yield Law(
        "signs",
        "two halves: relu(x) less relu(-x) must give x again",
        (Term(1.0, call(x)), Term(-1.0, call(-x))),
        x,
    )
    yield laws.cancels(
        "any numbers",
        "scale: twice the input must give twice the result",
        (1.0, call(2 * x), ()),
        (-2.0, call(x), ()),
    )


SPEC = Spec(
    parts=(Part("signs", 1), Part("any shape", 1), Part("any numbers", 1), Part(UNTOUCHED, 1)),
    worked=worked,
    drawn=drawn,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "no entry is negative": lambda x: bool((x >= 0).all()),
        "no entry is above 1": lambda x: bool((x <= 1).all()),
        "x has one axis": lambda x: x.ndim == 1,
        "all numbers are whole": lambda x: bool((x % 1 == 0).all()),
        "x lies in memory row by row": lambda x: bool(x.flags.c_contiguous),
    },
)
