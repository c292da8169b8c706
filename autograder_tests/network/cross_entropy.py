"""Checks of cross_entropy: the mean surprise at the right labels, without a logarithm of 0."""

import math

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.judging.spec import Law, Term

NUDGES = {f"nudged_by_1e_{power}": 10.0**-power for power in (15, 12, 10, 9, 8, 7)}
CLIPS = {f"clipped_at_1e_{power}": 10.0**-power for power in (15, 12, 10, 7)}


@np.errstate(all="ignore")
def model(logits, labels, on=frozenset()):
    """cross_entropy, with switches."""
    N, K = logits.shape
    if "labels_from_1" in on:
        labels = labels.astype(int) - 1
    if "winner_in_place_of_label" in on:
        labels = logits.argmax(axis=1)
    surprise = surprises(logits, labels, on)
    if "base_2" in on:
        surprise = surprise / math.log(2)
    if "base_10" in on:
        surprise = surprise / math.log(10)
    if "sign" in on:
        surprise = -surprise
    if "summed" in on:
        return float(surprise.sum())
    if "by_entries" in on:
        return float(surprise.sum() / (N * K))
    if "one_each" in on:
        return surprise
    if "log_of_mean" in on:
        return float(-np.log(np.mean(np.exp(-surprise))))
    if "last_image_only" in on:
        return float(surprise[-1])
    return float(surprise.mean())


def surprises(logits, labels, on):
    """One number for each image, the more the less probable its label."""
    N = len(logits)
    if "all_pairs" in on:
        return (log_sums(logits, on)[:, np.newaxis] - less_largest(logits, on)[:, labels]).mean(axis=1)
    of_label = np.arange(N), labels
    if "overflow" in on:
        powers = np.exp(with_room(logits, on))
        return -np.log((powers / powers.sum(axis=1, keepdims=True))[of_label])
    if "sum_overflows" in on:
        return np.log(np.exp(with_room(logits, on)).sum(axis=1)) - logits[of_label]
    shifted = less_largest(logits, on)
    if "maximum_not_added" in on:
        return log_sums(logits, on) - logits[of_label]
    if "label_left_out" in on:
        return log_sums(logits, on) + logits.max(axis=1)
    if "score_only" in on:
        return -logits[of_label].astype(float)
    if "down_columns" in on:
        shifted = logits.astype(float) - logits.max(axis=0)
        return np.log(np.exp(shifted).sum(axis=0))[labels] - shifted[of_label]
    probabilities = np.exp(shifted - log_sums(logits, on)[:, np.newaxis])
    for switch in on & NUDGES.keys():
        return -np.log(probabilities[of_label] + NUDGES[switch])
    for switch in on & CLIPS.keys():
        return -np.log(np.maximum(probabilities[of_label], CLIPS[switch]))
    if "log_of_zero" in on:
        return -np.log(probabilities[of_label])
    if "no_logarithm" in on:
        return 1 - probabilities[of_label]
    if "softmax_twice" in on:
        return np.log(np.exp(probabilities).sum(axis=1)) - probabilities[of_label]
    if "all_classes" in on:
        right = np.eye(logits.shape[1])[labels]
        return -np.log(np.where(right == 1, probabilities, 1 - probabilities)).sum(axis=1)
    return log_sums(logits, on) - shifted[of_label]


def less_largest(logits, on):
    """Each row less its largest score."""
    logits = with_room(logits, on)
    return logits - (logits.max() if "matrix_maximum" in on else logits.max(axis=1, keepdims=True))


def with_room(logits, on):
    """Whole numbers as fractions, whose differences do not wrap around."""
    return logits.astype(float) if logits.dtype.kind in "iu" and "eight_bits" not in on else logits


def log_sums(logits, on):
    """The logarithm of the sum of exponentials of each row, less its largest score."""
    return np.log(np.exp(less_largest(logits, on)).sum(axis=1))


MISTAKES = (
    Mistake(
        "overflow",
        "surprise",
        "the scores went into exp as they are, which overflows from about 710 and is 0 below about -745",
        "Subtract each row's largest score first: what must change with it?",
    ),
    Mistake(
        "log_of_zero",
        "surprise",
        "the probability were computed first and its logarithm taken after, which is infinite where exp gives 0",
        "The logarithm of a quotient is a difference of logarithms: which of the two is a score already?",
    ),
    Mistake(
        "sum_overflows",
        "surprise",
        "the scores were summed up in exp as they are, which overflows from about 710 and is 0 below about -745",
        "Subtract each row's largest score first: what must change with it?",
    ),
    *(
        Mistake(
            name,
            "surprise",
            f"probabilities below {least:g} were raised to {least:g}",
            "That hides the logarithm of 0, and caps the loss. Can you do without a logarithm of a probability?",
        )
        for name, least in CLIPS.items()
    ),
    *(
        Mistake(
            name,
            "surprise",
            f"{nudge:g} were added to the probability before the logarithm is taken",
            "That hides the logarithm of 0, and caps the loss. Can you do without a logarithm of a probability?",
        )
        for name, nudge in NUDGES.items()
    ),
    Mistake(
        "maximum_not_added",
        "surprise",
        "the largest score were subtracted in one place and not in the other",
        "Which scores do you use in the sum, and which for the label?",
    ),
    Mistake(
        "label_left_out",
        "surprise",
        "the score of the right class were never subtracted",
        "Does your result depend on the labels?",
    ),
    Mistake(
        "score_only",
        "surprise",
        "the score of the right class were all that counts",
        "A score is no probability: where do the other classes come in?",
    ),
    Mistake(
        "no_logarithm",
        "surprise",
        "what is missing from the right class's probability were the loss",
        "A label of probability 1/8 costs log 8, not 7/8.",
    ),
    Mistake(
        "softmax_twice",
        "surprise",
        "softmax were applied twice",
        "The argument holds scores. Do you pass probabilities on to something that makes probabilities of them?",
    ),
    Mistake(
        "all_classes",
        "surprise",
        "each class were a yes-or-no question of its own (binary cross-entropy)",
        "Only the right class is looked up; the others count through the sum.",
    ),
    Mistake(
        "down_columns",
        "surprise",
        "the probabilities added up to 1 down each column",
        "Which axis counts the classes?",
    ),
    Mistake(
        "all_pairs",
        "surprise",
        "every image were asked for the labels of all images",
        "What shape has logits[:, labels]? Each row needs one entry.",
    ),
    Mistake(
        "matrix_maximum",
        "shift",
        "the largest score of the whole batch were subtracted from every row",
        "A row of small scores beside a row of large ones: what is left of the small ones?",
    ),
    Mistake(
        "eight_bits",
        "dtype",
        "scores of eight bits were not given more room before anything is computed from them",
        "What is np.uint8(3) - np.uint8(5)? Leave the whole numbers before you compute.",
    ),
    Mistake(
        "labels_from_1",
        "labels",
        "labels counted from 1",
        "Which column belongs to label 0?",
    ),
    Mistake(
        "winner_in_place_of_label",
        "labels",
        "the class with the highest score were always the right one",
        "Where do the labels come in?",
    ),
    Mistake("base_2", "base", "the logarithm had base 2", "Which logarithm undoes exp?"),
    Mistake("base_10", "base", "the logarithm had base 10", "Which logarithm undoes exp?"),
    Mistake("sign", "sign", "the sign were turned", "Is the logarithm of a probability positive or negative?"),
    Mistake(
        "summed", "mean", "the losses were added up, not averaged", "What must happen when every image comes twice?"
    ),
    Mistake(
        "by_entries",
        "mean",
        "the sum were divided by the number of scores in place of the number of images",
        "How many terms has the sum?",
    ),
    Mistake("one_each", "mean", "each image's loss were asked for", "One number for the whole batch."),
    Mistake(
        "log_of_mean",
        "mean",
        "the probabilities were averaged before the logarithm",
        "The mean of logarithms, or the logarithm of a mean?",
    ),
    Mistake("last_image_only", "mean", "only the last image counted", "Is a value overwritten in your loop?"),
)

HINTS = (
    "On paper: exponentials of 1, 2 and 5, and the label is class 2. Its probability is 5/8; the loss is log(8/5).",
    "-log(exp(a) / sum) is log(sum) - a. No probability is needed.",
    "logits[np.arange(N), labels] looks up one score a row. Subtract the row's largest score from the scores first.",
)


def labelled(*labels):
    return np.array(labels)


def worked():
    scores = np.log(np.array([[1.0, 2.0, 5.0]]))
    yield Case("one image", "exponentials 1, 2 and 5, label 2", call(scores, labelled(2)))
    yield Case("one image", "the same, label 1", call(scores, labelled(1)))
    yield Case("one image", "ten equal scores", call(np.zeros((1, 10)), labelled(4)))
    yield Case("a batch", "two images", call(np.log(np.array([[1.0, 3.0], [4.0, 1.0]])), labelled(1, 1)))
    yield Case("large scores", "a thousand", call(np.array([[1000.0, 1000.0 + math.log(3)]]), labelled(1)))
    yield Case("large scores", "certain, and wrong", call(np.array([[1000.0, 0.0, 0.0]]), labelled(1)))


def drawn(rng):
    def labels(N, K):
        drawn = rng.integers(0, K, N)
        drawn[0] = K - 1
        return drawn

    for K in (3, 5, 2):
        yield Case("one image", f"{K} classes", call(2 * rng.normal(size=(1, K)), labels(1, K)))
    for N, K in ((2, 4), (3, 3), (4, 2), (5, 3), (4, 4)):
        yield Case("a batch", f"{N} images, {K} classes", call(2 * rng.normal(size=(N, K)), labels(N, K)))
    yield Case("any numbers", "whole scores", call(rng.permutation(8).reshape(2, 4), labels(2, 4)))
    for N, K in ((2, 3), (3, 4)):
        scores = rng.permutation(N * K).reshape(N, K).astype(np.uint8)
        yield Case("any numbers", "scores and labels of eight bits", call(scores, labels(N, K).astype(np.uint8)))
    yield Case("any numbers", "single precision", call(rng.normal(size=(3, 4)).astype(np.float32), labels(3, 4)))
    yield Case("any numbers", "columns first in memory", call(rng.normal(size=(3, 4)), labels(3, 4), layout="F"))
    yield Case("any numbers", "not contiguous in memory", call(rng.normal(size=(4, 3)), labels(4, 3), layout="strided"))
    near = rng.normal(size=(3, 4))
    yield Case("large scores", "around 900", call(900 + near, labels(3, 4)))
    yield Case("large scores", "around -900", call(near - 900, labels(3, 4)))
    apart = np.array([[2000.0], [0.0], [-2000.0]])
    yield Case("large scores", "images far apart", call(apart + near, labels(3, 4)))
    yield Case("large scores", "images far apart, square", call(apart + near[:, :3], labels(3, 3)))
    wrong = near.copy()
    wrong[:, 0] += 800
    yield Case("large scores", "certain, and wrong", call(wrong, labelled(1, 2, 3)))
    yield Case("large scores", "certain, and wrong about one", call(wrong, labelled(0, 3, 0)))
    less = near.copy()
    less[:, 0] += 30
    yield Case("large scores", "almost certain, and wrong", call(less, labelled(1, 2, 3)))
    yield Case("large scores", "almost certain, wrong about one", call(less, labelled(0, 3, 0)))


def exact(rng):
    logits, labels = rng.integers(-4, 5, (3, 4)).astype(float), rng.integers(0, 4, 3)
    once = Term(-1.0, call(logits, labels))
    yield Law(
        "a batch",
        "only differences count: 5 more for every score must change nothing",
        (Term(1.0, call(logits + 5, labels)), once),
    )
    yield Law(
        "a batch",
        "the mean: every image twice must change nothing",
        (Term(1.0, call(np.tile(logits, (2, 1)), np.tile(labels, 2))), once),
    )
    alone = tuple(Term(-1 / 3, call(logits[n : n + 1], labels[n : n + 1])) for n in range(3))
    yield Law(
        "a batch",
        "images keep apart: the loss of three must be the mean of their losses",
        (Term(1.0, call(logits, labels)), *alone),
    )


def refused():
    yield Case(REFUSES, "a label that is no class", call(np.ones((2, 3)), np.array([0, 3])))
    yield Case(REFUSES, "a negative label", call(np.ones((2, 3)), np.array([0, -1])))
    yield Case(REFUSES, "one label for two images", call(np.ones((2, 3)), np.array([0])))


SPEC = Spec(
    parts=(
        Part("one image", 1),
        Part("a batch", 2),
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
        "there is one image": lambda logits, labels: len(logits) == 1,
        "every label is the class with the highest score": lambda logits, labels: np.array_equal(
            logits.argmax(axis=1), labels
        ),
        "there are as many images as classes": lambda logits, labels: logits.shape[0] == logits.shape[1],
        "no score is above 700": lambda logits, labels: bool((logits <= 700).all()),
        "no score is below -700": lambda logits, labels: bool((logits >= -700).all()),
        "no score is farther from 0 than 700": lambda logits, labels: bool((np.abs(logits.astype(float)) <= 700).all()),
        "the scores are whole numbers of eight bits": lambda logits, labels: logits.dtype == np.uint8,
    },
)
