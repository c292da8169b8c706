"""Checks of softmax: each row by itself, and however large the scores."""

import math

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.judging.spec import Law, Term


@np.errstate(all="ignore")
def model(logits, on=frozenset()):
    """softmax, with switches."""
    axis = 1
    if "down_columns" in on:
        axis = 0
    if "whole_matrix" in on:
        axis = None
    shifted = less_largest(logits, axis, on)
    powers = np.exp2(shifted) if "powers_of_2" in on else np.exp(shifted)
    if "no_exponentials" in on:
        powers = shifted
    return shared_out(shifted, powers, axis, on)


def less_largest(logits, axis, on):
    """The scores less what keeps the exponentials small."""
    if logits.dtype.kind in "iu" and "eight_bits" not in on:
        logits = logits.astype(float)
    if "overflow" in on:
        return logits
    if "matrix_maximum" in on:
        return logits - logits.max()
    if "smallest_subtracted" in on:
        return logits - logits.min(axis=axis, keepdims=True)
    if "maximum_misaligned" in on:
        return logits - logits.max(axis=1)
    if "size_not_sign" in on:
        return logits - np.abs(logits).max(axis=axis, keepdims=True)
    return logits - logits.max(axis=axis, keepdims=True)


def shared_out(shifted, powers, axis, on):
    """The exponentials as parts of a whole."""
    if "sum_misaligned" in on:
        return powers / powers.sum(axis=1)
    if "sigmoid" in on:
        return 1 / (1 + np.exp(-shifted))
    total = powers.sum(axis=axis, keepdims=True)
    if "not_divided" in on:
        return powers
    if "by_length" in on:
        return powers / np.sqrt((powers**2).sum(axis=axis, keepdims=True))
    if "logarithm" in on:
        return shifted - np.log(total)
    if "winner_takes_all" in on:
        return (powers == powers.max(axis=axis, keepdims=True)).astype(float)
    return powers / total


MISTAKES = (
    Mistake(
        "down_columns",
        "axis",
        "the probabilities added up to 1 down each column",
        "Which axis counts the classes? Add up along it.",
    ),
    Mistake(
        "whole_matrix",
        "axis",
        "the probabilities of all images together added up to 1",
        "Each image has a row of its own, and shares with nobody.",
    ),
    Mistake(
        "overflow",
        "shift",
        "scores went into exp as they are, which overflows from about 710 and is 0 below about -745",
        "exp(l) / sum and exp(l - c) / sum of the same: which c makes the largest exponent 0?",
    ),
    Mistake(
        "matrix_maximum",
        "shift",
        "the largest score of the whole batch were subtracted from every row",
        "A row of small scores beside a row of large ones: what is left of the small ones?",
    ),
    Mistake(
        "smallest_subtracted",
        "shift",
        "the smallest score of each row were subtracted, not the largest",
        "Which exponents overflow, large ones or small ones?",
    ),
    Mistake(
        "maximum_misaligned",
        "shift",
        "the largest score of row 0 were subtracted from column 0, that of row 1 from column 1",
        "max(axis=1) has shape (N,), and meets the last axis. How does it keep the shape (N, 1)?",
    ),
    Mistake(
        "size_not_sign",
        "shift",
        "the score farthest from 0 were subtracted, whichever sign it has",
        "A row of -1000 and -990: which number must become 0?",
    ),
    Mistake(
        "eight_bits",
        "dtype",
        "scores of eight bits were not given more room before anything is computed from them",
        "What is np.uint8(3) - np.uint8(5)? Leave the whole numbers before you compute.",
    ),
    Mistake(
        "powers_of_2",
        "exponential",
        "powers of 2 were taken in place of powers of e",
        "Which function is it in the formula?",
    ),
    Mistake(
        "no_exponentials",
        "exponential",
        "the scores were shared out without exponentials",
        "Scores may be negative; what makes them positive, whatever they are?",
    ),
    Mistake(
        "sum_misaligned",
        "division",
        "column 0 were divided by the sum of row 0, column 1 by that of row 1",
        "sum(axis=1) has shape (N,), and meets the last axis. How does it keep the shape (N, 1)?",
    ),
    Mistake("not_divided", "division", "nothing were divided", "What must each row add up to?"),
    Mistake("by_length", "division", "the squares of each row added up to 1", "What must each row add up to?"),
    Mistake("sigmoid", "division", "each score were squashed by itself", "What must each row add up to?"),
    Mistake(
        "logarithm",
        "division",
        "the logarithm of the probabilities were asked for",
        "May a probability be negative?",
    ),
    Mistake(
        "winner_takes_all",
        "division",
        "the highest score got all of the probability",
        "Two scores that are nearly alike get nearly the same.",
    ),
)

HINTS = (
    "On paper: scores of 0, 0 and log 2. The exponentials are 1, 1 and 2; what are the three parts of their sum?",
    "Subtracting the same number from a whole row changes nothing in the result. Which number helps most?",
    "axis=1 with keepdims=True keeps the shape (N, 1), so that each row meets its own number.",
)


def worked():
    log = math.log
    yield Case("one row", "two equal scores", call(np.array([[3.0, 3.0]])))
    yield Case("one row", "exponentials 1, 1 and 2", call(np.array([[0.0, 0.0, log(2)]])))
    yield Case("one row", "exponentials 1, 2 and 5", call(np.log(np.array([[1.0, 2.0, 5.0]]))))
    yield Case("a batch", "two rows", call(np.array([[0.0, log(3)], [log(4), 0.0]])))
    yield Case("large scores", "a thousand", call(np.array([[1000.0, 1000.0 + log(3)]])))
    yield Case("large scores", "minus a thousand", call(np.array([[-1000.0, -1000.0 + log(4), -1000.0]])))


def drawn(rng):
    for K in (3, 5, 2):
        yield Case("one row", f"{K} classes", call(2 * rng.normal(size=(1, K))))
    for N, K in ((2, 4), (3, 3), (2, 2), (4, 4), (5, 2), (3, 1)):
        name = f"{N} rows, {K} class{'es' * (K > 1)}"
        yield Case("a batch", name, call(2 * rng.normal(size=(N, K))))
    yield Case("any numbers", "whole scores", call(rng.integers(-4, 5, (2, 3))))
    for N, K in ((2, 3), (3, 4)):
        yield Case("any numbers", "scores of eight bits", call(rng.permutation(N * K).reshape(N, K).astype(np.uint8)))
    yield Case("any numbers", "scores nearly alike", call(1e-9 * rng.normal(size=(2, 3))))
    yield Case("any numbers", "single precision", call(rng.normal(size=(3, 4)).astype(np.float32)))
    yield Case("any numbers", "not contiguous in memory", call(rng.normal(size=(3, 4)), layout="strided"))
    yield Case("any numbers", "columns first in memory", call(rng.normal(size=(4, 3)), layout="F"))
    near = rng.normal(size=(2, 3))
    yield Case("large scores", "around 900", call(900 + near))
    yield Case("large scores", "around -900", call(near - 900))
    apart = np.array([[2000.0], [0.0], [-2000.0]])
    yield Case("large scores", "rows far apart", call(apart + rng.normal(size=(3, 4))))
    yield Case("large scores", "rows far apart, square", call(apart + rng.normal(size=(3, 3))))
    yield Case("large scores", "far apart in one row", call(np.array([[0.0, 1500.0, -1500.0]]) + near[:1]))
    yield Case("large scores", "far apart in every row", call(np.array([[-800.0, 800.0, 0.0]]) + near))
    yield Case("large scores", "single precision", call((100 + near).astype(np.float32)))


def exact(rng):
    logits = rng.integers(-4, 5, (3, 4)).astype(float)
    columns = tuple(Term(1.0, call(logits), (slice(None), k)) for k in range(4))
    yield Law("a batch", "probabilities: each row must add up to 1", columns, np.ones(3))
    yield Law(
        "a batch",
        "only differences count: 5 more for every score must change nothing",
        (Term(1.0, call(logits + 5)), Term(-1.0, call(logits))),
    )
    for n in range(len(logits)):
        alone = Term(-1.0, call(logits[n : n + 1]), 0)
        yield Law(
            "a batch",
            f"images keep apart: row {n} of the result must be what row {n} gives alone",
            (Term(1.0, call(logits), n), alone),
        )


def refused():
    yield Case(REFUSES, "a single row without its axis", call(np.ones(3)))
    yield Case(REFUSES, "no classes", call(np.ones((2, 0))))


SPEC = Spec(
    parts=(
        Part("one row", 1),
        Part("a batch", 1),
        Part("any numbers", 1),
        Part("large scores", 2),
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
        "there is one row": lambda logits: len(logits) == 1,
        "there are as many rows as classes": lambda logits: logits.shape[0] == logits.shape[1],
        "no score is above 700": lambda logits: bool((logits <= 700).all()),
        "no score is below -700": lambda logits: bool((logits >= -700).all()),
        "no score is farther from 0 than 700": lambda logits: bool((np.abs(logits.astype(float)) <= 700).all()),
        "all scores are whole numbers": lambda logits: logits.dtype.kind in "iu",
        "the scores are whole numbers of eight bits": lambda logits: logits.dtype == np.uint8,
    },
)
