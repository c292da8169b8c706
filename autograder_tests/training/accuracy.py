"""Checks of accuracy: the share of images whose highest score is at the right class."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.judging.spec import Law, Term


@np.errstate(all="ignore")
def model(logits, labels, on=frozenset()):
    """accuracy, with switches."""
    N, K = logits.shape
    if "labels_from_1" in on:
        labels = labels.astype(int) - 1
    hits = right(logits.astype(float), labels, on)
    if "class_by_class" in on:
        return float(np.mean([hits[labels == label].mean() for label in np.unique(labels)]))
    if "by_classes" in on:
        return float(hits.sum() / K)
    if "by_entries" in on:
        return float(hits.sum() / (N * K))
    if "counted" in on:
        return float(hits.sum())
    if "one_each" in on:
        return hits.astype(float)
    share = float(hits.mean())
    if "percent" in on:
        return 100 * share
    if "errors" in on:
        return 1 - share
    return float(int(share)) if "whole_quotient" in on else share


def right(scores, labels, on):
    """Whether each image's vote is its label, with switches."""
    N, K = scores.shape
    rows = np.arange(N)
    if "size_not_sign" in on:
        scores = np.abs(scores)
    if "positives_only" in on:
        scores = np.maximum(scores, 0)
    if "whole_scores" in on:
        scores = np.trunc(scores)
    if "any_of_equals" in on:
        return scores[rows, labels] == scores.max(axis=1)
    if "second_counts" in on:
        return (np.argsort(-scores, axis=1, kind="stable")[:, :2] == labels[:, np.newaxis]).any(axis=1)
    if "positive_counts" in on:
        return scores[rows, labels] > 0
    if "above_half" in on:
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return (powers / powers.sum(axis=1, keepdims=True))[rows, labels] > 0.5
    if "down_columns" in on:
        votes = scores.argmax(axis=0)
        if K != N:
            raise ValueError("as many votes as classes")
    elif "lowest" in on:
        votes = scores.argmin(axis=1)
    elif "last_of_equals" in on:
        votes = K - 1 - scores[:, ::-1].argmax(axis=1)
    else:
        votes = scores.argmax(axis=1)
    if "all_pairs" in on:
        return votes[:, np.newaxis] == labels
    if "sorted_alike" in on:
        return np.sort(votes) == np.sort(labels)
    return (votes == labels)[:1] if "first_image_only" in on else votes == labels


MISTAKES = (
    Mistake(
        "down_columns",
        "votes",
        "each class voted for an image: the highest score was looked for down the columns",
        "Which axis of logits counts the classes?",
    ),
    Mistake("lowest", "votes", "the lowest score won", "Highest, or lowest?"),
    Mistake(
        "last_of_equals",
        "votes",
        "the last of equal scores counted",
        "Which of equal scores counts, says the contract?",
    ),
    Mistake(
        "any_of_equals",
        "votes",
        "it were enough to share the highest score",
        "Which of equal scores counts, says the contract?",
    ),
    Mistake(
        "second_counts",
        "votes",
        "the second highest score counted, too",
        "How many votes has an image?",
    ),
    Mistake(
        "positive_counts",
        "votes",
        "an image were right when its label's score is positive",
        "A positive score can be beaten by a higher one, and a negative one can win.",
    ),
    Mistake(
        "above_half",
        "votes",
        "an image were right when its label has a probability above one half",
        "Of three classes the highest may have a probability of 0.4. Has it won?",
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
    Mistake("whole_scores", "scores", "fractions of scores did not count", "2.7 is higher than 2.3."),
    Mistake("labels_from_1", "labels", "labels counted from 1", "Which number has the first class?"),
    Mistake(
        "all_pairs",
        "hits",
        "every image's vote were compared with the labels of all images",
        "Which shapes meet in your comparison? N votes and N labels give N answers.",
    ),
    Mistake(
        "sorted_alike",
        "hits",
        "votes and labels were sorted before they are compared",
        "Which label belongs to which image?",
    ),
    Mistake("first_image_only", "hits", "there were only one image", "What becomes of the other images?"),
    Mistake("counted", "share", "the right images were counted, not their share", "Of how many images?"),
    Mistake("percent", "share", "the share were asked for in per cent", "What does a perfect network get here?"),
    Mistake("errors", "share", "the share of wrong images were asked for", "What does a perfect network get here?"),
    Mistake(
        "by_classes",
        "share",
        "the number of right images were divided by the number of classes",
        "A share of what: of the images, or of the classes?",
    ),
    Mistake(
        "by_entries",
        "share",
        "the number of right images were divided by the number of scores",
        "How many votes are there?",
    ),
    Mistake(
        "class_by_class",
        "share",
        "the shares of the classes were averaged, however few images a class has",
        "Does an image of a rare class count for more here?",
    ),
    Mistake("one_each", "share", "an answer for each image were asked for", "One number for the whole batch."),
    Mistake(
        "whole_quotient",
        "share",
        "everything behind the decimal point were cut off",
        "Which kind of division do you use?",
    ),
)

HINTS = (
    "On paper: underline the highest score of each row. In how many rows does it stand at the label?",
    "You have a function for the votes from chapter 05. Compare them with the labels, all at once.",
    "The mean of True and False is the share of True.",
)


def worked():
    scores = np.array([[1.0, 0.5, 4.0], [9.5, 3.0, 5.0], [2.0, 6.0, 1.0], [-3.0, -2.0, -1.0]])
    yield Case("a batch", "four images, three of them right", call(scores, np.array([2, 0, 0, 2])))
    yield Case("a batch", "all right", call(scores, np.array([2, 0, 1, 2])))
    yield Case("a batch", "none right", call(scores, np.array([0, 1, 2, 1])))
    equal = np.array([[1.0, 7.0, 7.0], [3.0, 0.0, 3.0], [2.0, 2.0, 2.0]])
    yield Case("equal or extreme", "equal scores", call(equal, np.array([1, 2, 0])))


def scores(rng, N, K):
    """Different scores in each row, around 0, close together."""
    return np.array([rng.permutation(K) for _ in range(N)]) * 0.3 + rng.uniform(0, 0.2, (N, 1)) - 0.15 * K


def labelled(rng, logits, hits):
    """Labels of which so many are right, in any order; the second best class is among the wrong ones."""
    N, K = logits.shape
    ranks = np.append(np.zeros(hits, int), 1 + np.arange(N - hits) % (K - 1))
    return np.argsort(-logits, axis=1, kind="stable")[np.arange(N), rng.permutation(ranks)]


def answered(rng, name, logits, hits, layout="C", part="a batch"):
    return Case(part, name, call(logits, labelled(rng, logits, hits), layout=layout))


def drawn(rng):
    for N, K, hits in ((5, 3, 2), (4, 4, 1), (3, 5, 2), (8, 2, 3), (1, 4, 1), (7, 6, 4), (6, 6, 5), (5, 5, 3)):
        yield answered(rng, f"{N} image{'s' * (N > 1)}, {K} classes", scores(rng, N, K), hits)
    yield answered(rng, "whole scores", np.array([rng.permutation(5) for _ in range(4)]), 3)
    eight_bits = np.array([rng.permutation([0, *rng.permutation(255)[:3] + 1]) for _ in range(5)]).astype(np.uint8)
    yield answered(rng, "scores of eight bits", eight_bits, 3)
    yield answered(rng, "single precision", scores(rng, 5, 4).astype(np.float32), 2)
    yield answered(rng, "not contiguous in memory", scores(rng, 4, 3), 3, layout="strided")
    yield answered(rng, "columns first in memory", scores(rng, 4, 6), 1, layout="F")
    part = "equal or extreme"
    for hits in (2, 3):
        equal = np.array([rng.permutation([1.0, 5.0, 5.0, 2.0, 5.0]) for _ in range(5)])
        yield answered(rng, "three winners a row", equal, hits, part=part)
    yield answered(rng, "all negative", scores(rng, 5, 4) - 9, 3, part=part)
    yield answered(rng, "hugely negative", scores(rng, 4, 5) - 1000, 3, part=part)
    yield answered(rng, "very large", scores(rng, 5, 3) + 1000, 2, part=part)
    yield answered(rng, "very small", 1e-9 * scores(rng, 5, 5), 3, part=part)


def exact(rng):
    logits = scores(rng, 6, 4)
    labels = labelled(rng, logits, 4)
    once = Term(-1.0, call(logits, labels))
    yield Law(
        "a batch",
        "only the order counts: scores twice as large, and 5 more, must change nothing",
        (Term(1.0, call(2 * logits + 5, labels)), once),
    )
    yield Law(
        "a batch",
        "the mean: every image twice must change nothing",
        (Term(1.0, call(np.tile(logits, (2, 1)), np.tile(labels, 2))), once),
    )
    halves = tuple(Term(0.5, call(logits[half], labels[half])) for half in (slice(0, 3), slice(3, 6)))
    yield Law("a batch", "halves: six images must give the mean of what each three of them give", (*halves, once))


def refused():
    yield Case(REFUSES, "a label that is no class", call(np.ones((2, 3)), np.array([0, 3])))
    yield Case(REFUSES, "a column of labels", call(np.ones((2, 3)), np.array([[0], [1]])))
    yield Case(REFUSES, "no images", call(np.ones((0, 3)), np.zeros(0, int)))


SPEC = Spec(
    parts=(Part("a batch", 1), Part("equal or extreme", 1), Part(UNTOUCHED, 0.5), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "there is one image": lambda logits, labels: len(logits) == 1,
        "there are as many images as classes": lambda logits, labels: logits.shape[0] == logits.shape[1],
        "all scores are negative": lambda logits, labels: bool((logits < 0).all()),
        "all scores of a row differ": lambda logits, labels: all(len(set(row.tolist())) == len(row) for row in logits),
        "every image is right": lambda logits, labels: bool((logits.argmax(axis=1) == labels).all()),
    },
)
