"""Checks of predict: the place of the highest score in each row, the first of equals."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.judging.spec import Law, Term


@np.errstate(all="ignore")
def model(logits, on=frozenset()):
    """predict, with switches."""
    scores = logits.astype(float)
    K = scores.shape[1]
    if "size_not_sign" in on:
        scores = np.abs(scores)
    if "positives_only" in on:
        scores = np.maximum(scores, 0)
    if "softmax_overflows" in on:
        powers = np.exp(logits)
        scores = powers / powers.sum(axis=1, keepdims=True)
    if "whole_scores" in on:
        scores = np.trunc(scores)
    if "last_class_missed" in on:
        scores = scores[:, :-1]
    if "down_columns" in on:
        return scores.argmax(axis=0)
    if "whole_matrix" in on:
        return int(scores.argmax())
    if "lowest" in on:
        classes = scores.argmin(axis=1)
    elif "last_of_equals" in on:
        classes = K - 1 - scores[:, ::-1].argmax(axis=1)
    elif "second" in on:
        classes = np.argsort(scores, axis=1)[:, -2]
    else:
        classes = scores.argmax(axis=1)
    if "from_1" in on:
        classes = classes + 1
    if "scores_returned" in on:
        return scores.max(axis=1)
    if "one_hot" in on:
        return np.eye(K)[classes]
    if "axis_kept" in on:
        return classes[:, np.newaxis]
    if "first_image_only" in on:
        return int(classes[0])
    return classes


MISTAKES = (
    Mistake("down_columns", "winner", "the best image of each class were asked for", "Which axis counts the classes?"),
    Mistake(
        "whole_matrix",
        "winner",
        "there were one winner in the whole batch",
        "Each image has a class of its own: along which axis lie the classes?",
    ),
    Mistake("lowest", "winner", "the lowest score won", "Highest, or lowest?"),
    Mistake("second", "winner", "the second highest score won", "Where does a sorted row end?"),
    Mistake(
        "last_of_equals",
        "winner",
        "the last of equal scores won",
        "Your comparison meets an equal score later in the row: should it replace the winner?",
    ),
    Mistake(
        "size_not_sign",
        "scores",
        "the score farthest from 0 won, whichever sign it has",
        "Which is higher, -9 or 2?",
    ),
    Mistake(
        "positives_only",
        "scores",
        "negative scores were all alike",
        "What may the highest score of a row be? With what does your search begin?",
    ),
    Mistake(
        "softmax_overflows",
        "scores",
        "large scores went through an exp that overflows",
        "Does softmax change which class is first? Then you can do without it.",
    ),
    Mistake("whole_scores", "scores", "fractions of scores did not count", "2.7 is higher than 2.3."),
    Mistake(
        "last_class_missed",
        "classes",
        "the last class could not win",
        "How many classes does your search look at?",
    ),
    Mistake("from_1", "numbering", "classes counted from 1", "Which number has the first class?"),
    Mistake(
        "scores_returned",
        "result",
        "the highest score itself were asked for",
        "What is wanted: how high it is, or where it stands?",
    ),
    Mistake(
        "one_hot",
        "result",
        "a row of zeros with a single 1 were asked for",
        "One whole number for each image.",
    ),
    Mistake("axis_kept", "result", "the result kept an axis of length 1", "Which shape does the contract name?"),
    Mistake("first_image_only", "result", "there were only one image", "What becomes of the other images?"),
)

HINTS = (
    "On paper: two images, three classes. Underline the highest score of each row, and write down its column.",
    "The place of the maximum, not the maximum.",
    "argmax takes an axis: the one that disappears.",
)


def worked():
    yield Case("one image", "three classes", call(np.array([[0.5, 2.5, -1.0]])))
    yield Case("one image", "negative scores", call(np.array([[-5.0, -4.0, -3.0, -2.0, -2.5]])))
    yield Case("a batch", "two images", call(np.array([[1.0, 0.0, 4.0], [9.0, 3.0, 5.0]])))
    yield Case("equal or extreme", "equal scores", call(np.array([[1.0, 7.0, 7.0], [3.0, 0.0, 3.0]])))


def scores(rng, N, K):
    """Different scores for each row, the winners not all alike."""
    rows = np.array([rng.permutation(K) for _ in range(N)]) + rng.uniform(0.1, 0.9, (N, K)) - K / 2
    winners = (rng.permutation(max(N, K)) % K)[:N]
    rows[np.arange(N), winners] = rows.max(axis=1) + 0.3
    return rows


def drawn(rng):
    for K, winner in ((5, 4), (4, 1), (6, 2)):
        row = scores(rng, 1, K)
        row[0, winner] = row.max() + 0.5
        yield Case("one image", f"{K} classes", call(row))
    for N, K in ((3, 4), (4, 4), (5, 3), (2, 6), (7, 5)):
        yield Case("a batch", f"{N} images, {K} classes", call(scores(rng, N, K)))
    yield Case("a batch", "whole scores", call(np.array([rng.permutation(5) for _ in range(4)])))
    yield Case("a batch", "scores of eight bits", call(rng.permutation(20).reshape(4, 5).astype(np.uint8)))
    yield Case("a batch", "single precision", call(scores(rng, 3, 5).astype(np.float32)))
    yield Case("a batch", "not contiguous in memory", call(scores(rng, 4, 3), layout="strided"))
    yield Case("a batch", "columns first in memory", call(scores(rng, 4, 6), layout="F"))
    equal = np.array([rng.permutation([1.0, 5.0, 5.0, 2.0, 5.0]) for _ in range(4)])
    yield Case("equal or extreme", "three winners a row", call(equal))
    yield Case("equal or extreme", "all negative", call(scores(rng, 4, 5) - 9))
    yield Case("equal or extreme", "hugely negative", call(scores(rng, 4, 5) - 1000))
    yield Case("equal or extreme", "very large", call(scores(rng, 4, 5) + 1000))
    yield Case("equal or extreme", "very small", call(1e-9 * scores(rng, 4, 5)))


def exact(rng):
    logits = scores(rng, 3, 5)
    yield Law(
        "a batch",
        "only the order counts: scores twice as large, and 5 more, must change nothing",
        (Term(1.0, call(2 * logits + 5)), Term(-1.0, call(logits))),
    )
    for n in range(3):
        yield Law(
            "a batch",
            f"images keep apart: class {n} of the result must be what row {n} gives alone",
            (Term(1.0, call(logits), n), Term(-1.0, call(logits[n : n + 1]), 0)),
        )


def refused():
    yield Case(REFUSES, "a single row without its axis", call(np.ones(3)))
    yield Case(REFUSES, "no classes", call(np.ones((2, 0))))


SPEC = Spec(
    parts=(
        Part("one image", 1),
        Part("a batch", 1),
        Part("equal or extreme", 1),
        Part(UNTOUCHED, 1),
        Part(REFUSES, 0.5),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    whole=True,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "there is one image": lambda logits: len(logits) == 1,
        "all scores are negative": lambda logits: bool((logits < 0).all()),
        "no score is above 700": lambda logits: bool((logits <= 700).all()),
        "all scores of a row differ": lambda logits: all(len(set(row.tolist())) == len(row) for row in logits),
        "there are as many images as classes": lambda logits: logits.shape[0] == logits.shape[1],
        "all scores are whole": lambda logits: bool((logits % 1 == 0).all()),
    },
)
