"""Checks of softmax_cross_entropy_backward: probabilities less the right answer, shared over the batch."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.judging.spec import Law, Term


@np.errstate(all="ignore")
def model(logits, labels, on=frozenset()):
    """softmax_cross_entropy_backward, with switches."""
    N, K = logits.shape
    if "labels_from_1" in on:
        labels = labels.astype(int) - 1
    if "winner_in_place_of_label" in on:
        labels = logits.argmax(axis=1)
    gradient = shared(probabilities(logits, on), wanted(labels, N, K, on), on)
    if "sign" in on:
        gradient = -gradient
    if "label_only" in on:
        gradient = gradient * np.eye(K)[labels]
    if "one_for_each_image" in on:
        return gradient[np.arange(N), labels]
    if "batch_summed" in on:
        return gradient.sum(axis=0)
    return np.trunc(gradient) if "fractions_lost" in on else gradient


def probabilities(logits, on):
    """What takes the place of softmax, with switches."""
    if logits.dtype.kind in "iu" and "eight_bits" not in on:
        logits = logits.astype(float)
    if "overflow" in on:
        powers = np.exp(logits)
        return powers / powers.sum(axis=1, keepdims=True)
    if "sigmoid" in on:
        return 1 / (1 + np.exp(-logits))
    if "scores_as_they_are" in on:
        return logits
    axis = 0 if "down_columns" in on else 1
    if "matrix_maximum" in on:
        powers = np.exp(logits - logits.max())
    else:
        powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    if "over_the_whole_batch" in on:
        return powers / powers.sum()
    result = powers / powers.sum(axis=axis, keepdims=True)
    if "softmax_twice" in on:
        return probabilities(result, frozenset())
    return np.log(result) if "logarithms" in on else result


def wanted(labels, N, K, on):
    """What is subtracted from the probabilities, shape (N, K), with switches."""
    if "label_not_subtracted" in on:
        return np.zeros((N, K))
    if "all_pairs" in on:
        return np.tile(np.isin(np.arange(K), labels), (N, 1)).astype(float)
    if "label_added" in on:
        return -np.eye(K)[labels]
    return np.eye(K)[labels]


def shared(p, right, on):
    """The difference, and what it is divided by, with switches."""
    N, K = p.shape
    if "probability_alone_divided" in on:
        return p / N - right
    if "label_alone_divided" in on:
        return p - right / N
    difference = p - right
    if "diagonal_only" in on:
        difference = difference * p * (1 - p)
    if "by_probabilities" in on:
        difference = -right / p
    divisor = {"summed": 1, "by_classes": K, "by_entries": N * K}
    return difference / next((divisor[name] for name in sorted(on & divisor.keys())), N)


MISTAKES = (
    Mistake(
        "summed",
        "mean",
        "the loss were the sum over the batch, not the mean",
        "With every image twice in the batch, the mean loss stays. What becomes of each image's share?",
    ),
    Mistake(
        "by_classes",
        "mean",
        "the gradient were divided by the number of classes in place of the number of images",
        "Over what is the loss a mean?",
    ),
    Mistake(
        "by_entries",
        "mean",
        "the gradient were divided by the number of scores in place of the number of images",
        "How many terms has the mean?",
    ),
    Mistake(
        "probability_alone_divided",
        "mean",
        "the 1 were subtracted after the division by the number of images",
        "Which of the two, probability and 1, belong to the loss that is averaged?",
    ),
    Mistake(
        "label_alone_divided",
        "mean",
        "only the 1 at the label were divided by the number of images",
        "Which of the two, probability and 1, belong to the loss that is averaged?",
    ),
    Mistake(
        "label_not_subtracted",
        "label",
        "nothing were subtracted at the right class",
        "Does your result depend on the labels?",
    ),
    Mistake(
        "label_added",
        "label",
        "1 were added at the right class, not subtracted",
        "A higher score of the right class lowers the loss: which sign has the gradient there?",
    ),
    Mistake(
        "all_pairs",
        "label",
        "in every row 1 were subtracted at the labels of all images",
        "Which entries are meant by gradient[:, labels]? Each row needs one.",
    ),
    Mistake("label_only", "entries", "the other classes had no gradient", "A higher wrong score: what does it cost?"),
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
    Mistake("sign", "sign", "the sign were turned", "A higher wrong score makes the loss larger: which sign is that?"),
    Mistake(
        "diagonal_only",
        "slope",
        "the difference were multiplied by p (1 - p), the slope of the sigmoid",
        "Softmax and logarithm together are simpler than either. What does the contract's formula say?",
    ),
    Mistake(
        "by_probabilities",
        "slope",
        "the gradient by the probabilities were asked for",
        "By what is the loss to be differentiated: by the probabilities, or by the scores?",
    ),
    Mistake(
        "overflow",
        "probabilities",
        "the scores went into exp as they are, which overflows from about 710 and is 0 below about -745",
        "You have a softmax that is safe. Do you use it?",
    ),
    Mistake(
        "matrix_maximum",
        "probabilities",
        "the largest score of the whole batch were subtracted from every row",
        "A row of small scores beside a row of large ones: what is left of the small ones?",
    ),
    Mistake(
        "over_the_whole_batch",
        "probabilities",
        "the probabilities of a whole batch added up to 1",
        "What must a row of probabilities add up to?",
    ),
    Mistake(
        "down_columns",
        "probabilities",
        "the probabilities added up to 1 down each column",
        "Which axis counts the classes?",
    ),
    Mistake("sigmoid", "probabilities", "the sigmoid stood in place of softmax", "What must a row add up to?"),
    Mistake(
        "softmax_twice",
        "probabilities",
        "softmax were applied twice",
        "The argument holds scores. Do you pass probabilities on to something that makes probabilities of them?",
    ),
    Mistake(
        "scores_as_they_are",
        "probabilities",
        "the scores were probabilities already",
        "The argument holds scores. What makes probabilities of them?",
    ),
    Mistake(
        "logarithms",
        "probabilities",
        "the logarithms of the probabilities were used in their place",
        "Where does the contract's formula have a logarithm?",
    ),
    Mistake(
        "eight_bits",
        "room",
        "scores of eight bits were not given more room before anything is computed from them",
        "What is np.uint8(3) - np.uint8(5)? Leave the whole numbers before you compute.",
    ),
    Mistake("batch_summed", "form", "the gradients of all images were added up", "Which shape does the contract name?"),
    Mistake(
        "one_for_each_image",
        "form",
        "only the gradient at the right class were asked for, one number for each image",
        "Which shape does the contract name?",
    ),
    Mistake(
        "fractions_lost",
        "numbers",
        "the result could hold whole numbers only",
        "Which dtype has the array that you write into?",
    ),
)

HINTS = (
    "On paper: exponentials of 1, 2 and 5, and the label is class 2. The probabilities are 1/8, 2/8 and 5/8. Which"
    " score should rise, and which should fall?",
    "Begin with the probabilities. One entry of each row is to be made smaller by 1; then the mean.",
    "gradient[np.arange(N), labels] means one entry of each row; what is left is a division by N.",
)


def labelled(*labels):
    return np.array(labels)


def worked():
    scores = np.log(np.array([[1.0, 2.0, 5.0]]))
    yield Case("one image", "exponentials 1, 2 and 5, label 2", call(scores, labelled(2)))
    yield Case("one image", "the same, label 1", call(scores, labelled(1)))
    yield Case("one image", "four equal scores", call(np.zeros((1, 4)), labelled(3)))
    yield Case("a batch", "two images", call(np.log(np.array([[1.0, 3.0], [4.0, 1.0]])), labelled(1, 1)))
    yield Case("large scores", "a thousand", call(np.array([[1000.0, 1000.0 + np.log(3)]]), labelled(1)))
    yield Case("large scores", "certain, and wrong", call(np.array([[1000.0, 0.0, 0.0]]), labelled(1)))


def drawn(rng):
    def labels(N, K):
        drawn = rng.integers(0, K, N)
        drawn[0] = K - 1
        return drawn

    for K in (3, 5, 2):
        yield Case("one image", f"{K} classes", call(2 * rng.normal(size=(1, K)), labels(1, K)))
    for N, K in ((2, 4), (3, 3), (4, 2), (5, 3), (4, 4), (6, 5)):
        yield Case("a batch", f"{N} images, {K} classes", call(2 * rng.normal(size=(N, K)), labels(N, K)))
    part = "any numbers"
    yield Case(part, "whole scores", call(rng.permutation(8).reshape(2, 4), labels(2, 4)))
    for N, K in ((2, 3), (3, 4)):
        scores = rng.permutation(N * K).reshape(N, K).astype(np.uint8)
        yield Case(part, "scores and labels of eight bits", call(scores, labels(N, K).astype(np.uint8)))
    yield Case(part, "single precision", call(rng.normal(size=(3, 4)).astype(np.float32), labels(3, 4)))
    yield Case(part, "columns first in memory", call(rng.normal(size=(3, 4)), labels(3, 4), layout="F"))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=(4, 3)), labels(4, 3), layout="strided"))
    part, near = "large scores", rng.normal(size=(3, 4))
    yield Case(part, "around 900", call(900 + near, labels(3, 4)))
    yield Case(part, "around -900", call(near - 900, labels(3, 4)))
    apart = np.array([[2000.0], [0.0], [-2000.0]])
    yield Case(part, "images far apart", call(apart + near, labels(3, 4)))
    yield Case(part, "images far apart, square", call(apart + near[:, :3], labels(3, 3)))
    certain = near + np.array([800.0, 0.0, 0.0, 0.0])
    yield Case(part, "certain, and wrong", call(certain, labelled(1, 2, 3)))
    yield Case(part, "certain, and wrong about one", call(certain, labelled(0, 3, 0)))


def exact(rng):
    logits, labels = rng.integers(-4, 5, (3, 4)).astype(float), rng.integers(0, 4, 3)
    whole = call(logits, labels)
    yield Law(
        "a batch",
        "only differences count: 5 more for every score must change nothing",
        (Term(1.0, call(logits + 5, labels)), Term(-1.0, whole)),
    )
    yield Law(
        "a batch",
        "balance: what one score gains the others lose, so each row of the gradient must add up to 0",
        tuple(Term(1.0, whole, np.s_[:, k]) for k in range(4)),
    )
    for n in range(3):
        yield Law(
            "a batch",
            f"images keep apart: row {n} of three must be a third of what image {n} gives alone",
            (Term(1.0, whole, n), Term(-1 / 3, call(logits[n : n + 1], labels[n : n + 1]), 0)),
        )
    yield Law(
        "a batch",
        "central difference: each entry must be what the mean loss changes by when a score moves by 1e-5 up and down,"
        " divided by 2e-5",
        (Term(1.0, whole),),
        slopes(logits, labels),
        rtol=1e-7,
    )


def slopes(logits, labels, h=1e-5):
    """The gradient of the mean loss by every score, from losses alone."""
    moves = h * np.eye(logits.size).reshape(*logits.shape, *logits.shape)
    return (losses(logits + moves, labels) - losses(logits - moves, labels)) / (2 * h)


def losses(logits, labels):
    """Mean cross-entropies of batches of scores, shape (..., N, K)."""
    of_label = logits[..., np.arange(len(labels)), labels]
    return np.mean(np.log(np.exp(logits).sum(axis=-1)) - of_label, axis=-1)


def refused():
    yield Case(REFUSES, "a label that is no class", call(np.ones((2, 3)), np.array([0, 3])))
    yield Case(REFUSES, "a negative label", call(np.ones((2, 3)), np.array([0, -1])))
    yield Case(REFUSES, "one label for two images", call(np.ones((2, 3)), np.array([0])))
    yield Case(REFUSES, "labels with a point", call(np.ones((2, 3)), np.array([0.0, 1.0])))


SPEC = Spec(
    parts=(
        Part("one image", 1),
        Part("a batch", 1),
        Part("any numbers", 0.5),
        Part("large scores", 1),
        Part(UNTOUCHED, 0.5),
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
        "no score is farther from 0 than 700": lambda logits, labels: bool((np.abs(logits.astype(float)) <= 700).all()),
        "the scores are whole numbers of eight bits": lambda logits, labels: logits.dtype == np.uint8,
    },
)
