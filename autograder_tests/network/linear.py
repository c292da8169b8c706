"""Checks of linear: each image's row against each unit's row, and a bias for each unit."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole


@np.errstate(all="ignore")
def model(x, w, b, on=frozenset()):
    """linear, with switches."""
    (N, M), K = x.shape, len(w)
    if "eight_bits" in on and x.dtype.kind in "iu" and w.dtype.kind in "iu":
        products = (x @ w.T).astype(float)
    else:
        products = x.astype(float) @ weights(w, M, K, on)
    if "mean" in on:
        products = products / M
    result = biased(products, b, M, on)
    if "relu_after" in on:
        result = np.maximum(result, 0)
    if "sigmoid_after" in on:
        result = 1 / (1 + np.exp(-result))
    if "fractions_lost" in on:
        result = np.trunc(result)
    if "transposed" in on:
        return result.T
    if "first_image_only" in on:
        return result[0]
    if "batch_summed" in on:
        return np.tile(result.sum(axis=0), (N, 1))
    return result


def weights(w, M, K, on):
    """The right-hand side of the matrix product, shape (M, K)."""
    if "not_transposed" in on:
        return w
    if "reshaped" in on:
        return w.reshape(M, K)
    if "first_unit_for_all" in on:
        return np.tile(w[0], (K, 1)).T
    if "inputs_reversed" in on:
        return w.T[::-1]
    return w.T


def biased(products, b, M, on):
    """The products with the bias that the switches leave."""
    if "bias_forgotten" in on:
        return products
    if "bias_each_product" in on:
        return products + M * b
    if "bias_subtracted" in on:
        return products - b
    if "first_bias_for_all" in on:
        return products + b[0]
    if "biases_added_up" in on:
        return products + b.sum()
    return products + b


MISTAKES = (
    Mistake(
        "not_transposed",
        "weights",
        "the weights were not transposed, which goes unnoticed where there are as many units as inputs",
        "Unit k has its weights in row k. Which axis of w must meet the numbers of an image?",
    ),
    Mistake(
        "reshaped",
        "weights",
        "the weights were given another shape in place of a transpose",
        "Write w with the numbers 1 to 6 in shape (2, 3). What does reshape(3, 2) make of it, what .T?",
    ),
    Mistake(
        "first_unit_for_all",
        "weights",
        "all units had the weights of the first",
        "Which row of w belongs to unit k?",
    ),
    Mistake(
        "inputs_reversed",
        "weights",
        "the first number of an image met the last weight",
        "Which weight of a unit belongs to the first number of an image?",
    ),
    Mistake(
        "eight_bits",
        "products",
        "products of whole numbers had to fit in eight or sixteen bits",
        "In which dtype does NumPy multiply uint8 by int8? Leave it before you multiply.",
    ),
    Mistake("mean", "sum", "the mean of the products were taken in place of their sum", "Sum, or mean?"),
    Mistake("bias_forgotten", "bias", "there were no bias", "What does a unit give for an image of zeros?"),
    Mistake(
        "bias_each_product",
        "bias",
        "the bias were added once for every input",
        "One bias a unit: is it added inside the sum, or after it?",
    ),
    Mistake("bias_subtracted", "bias", "the bias were subtracted", "Which sign has the bias in the formula?"),
    Mistake(
        "first_bias_for_all",
        "bias",
        "all units shared the first bias",
        "Which entry of b belongs to unit k?",
    ),
    Mistake(
        "biases_added_up",
        "bias",
        "every unit were given all the biases",
        "Which entry of b belongs to unit k?",
    ),
    Mistake(
        "relu_after",
        "activation",
        "negative results were set to 0",
        "A linear layer ends with the bias; relu is a function of its own.",
    ),
    Mistake(
        "sigmoid_after",
        "activation",
        "the results were squashed into 0 to 1",
        "A linear layer ends with the bias; activations come after it.",
    ),
    Mistake(
        "fractions_lost",
        "numbers",
        "the result could hold whole numbers only",
        "Which dtype has the array that you write into?",
    ),
    Mistake("transposed", "layout", "the result had a row for each unit", "Which axis of the result counts images?"),
    Mistake("first_image_only", "layout", "there were only one image", "What becomes of the other images?"),
    Mistake(
        "batch_summed",
        "layout",
        "the results of all images were added up, and given to each of them",
        "Over which index is the sum, and over which is it not?",
    ),
)

HINTS = (
    "On paper: one image of 3 numbers and 2 units. How many weights are there, how many biases, how many results?",
    "One result is the sum of products of a row of x and a row of w, plus one bias.",
    "x @ w.T has shape (N, K); b, of shape (K,), is added to every row of it.",
)


def worked():
    yield Case(
        "one image",
        "three numbers, two units",
        call(np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]), np.array([10.0, 20.0])),
    )
    yield Case(
        "one image",
        "two numbers, two units",
        call(np.array([[1.0, 2.0]]), np.array([[1.0, 3.0], [0.0, 4.0]]), np.array([0.5, -9.0])),
    )
    yield Case(
        "a batch",
        "two images, no bias worth the name",
        call(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 1.0], [2.0, 0.0], [0.0, -1.0]]), np.zeros(3)),
    )


def drawn(rng):
    for part, N, M, K in (
        ("one image", 1, 4, 3), ("one image", 1, 2, 5), ("one image", 1, 3, 3), ("one image", 1, 1, 4),
        ("one image", 1, 5, 1), ("a batch", 3, 4, 2), ("a batch", 4, 2, 3), ("a batch", 2, 3, 3),
        ("a batch", 3, 3, 3), ("a batch", 4, 1, 2), ("a batch", 2, 6, 1), ("a batch", 5, 2, 4),
    ):  # fmt: skip
        name = f"{N} image{'s' * (N > 1)} of {M}, {K} unit{'s' * (K > 1)}"
        yield Case(part, name, call(whole(rng, N, M), lopsided(rng, K, M), lopsided(rng, K)))
    yield Case("any numbers", "fractions", call(rng.normal(size=(3, 4)), rng.normal(size=(2, 4)), rng.normal(size=2)))
    yield Case(
        "any numbers",
        "very small numbers",
        call(1e-9 * rng.normal(size=(2, 4)), rng.normal(size=(3, 4)), 1e-9 * rng.normal(size=3)),
    )
    for N, M, K in ((2, 4, 3), (3, 5, 2)):
        pixels = rng.integers(100, 256, (N, M)).astype(np.uint8)
        small = rng.integers(90, 128, (K, M)).astype(np.int8)
        yield Case("any numbers", "whole numbers of eight bits", call(pixels, small, rng.normal(size=K)))
    yield Case(
        "any numbers",
        "whole pixels, weights of fractions",
        call(rng.integers(0, 9, (2, 3)), rng.integers(1, 8, (2, 3)) / 8, rng.integers(1, 8, 2) / 4),
    )
    single = (rng.normal(size=shape).astype(np.float32) for shape in ((3, 4), (2, 4), (2,)))
    yield Case("any numbers", "single precision", call(*single))
    for layout, name in (("strided", "not contiguous in memory"), ("F", "columns first in memory")):
        arrays = rng.normal(size=(3, 4)), rng.normal(size=(2, 4)), rng.normal(size=2)
        yield Case("any numbers", name, call(*arrays, layout=layout))


def exact(rng):
    x, w = whole(rng, 3, 4), lopsided(rng, 2, 4)
    yield laws.linear("any numbers", (x, w, np.zeros(2)), 0, "images", rng)
    yield laws.linear("any numbers", (x, w, np.zeros(2)), 1, "weights", rng)
    yield laws.equals(
        "any numbers",
        "the identity: weights of 1 from each input to its own unit return the images",
        call(x, np.eye(4), np.zeros(4)),
        x,
    )
    for n in range(len(x)):
        yield laws.cancels(
            "a batch",
            f"images keep apart: row {n} of the result must be what image {n} gives alone",
            (1.0, call(x, w, np.ones(2)), n),
            (-1.0, call(x[n : n + 1], w, np.ones(2)), 0),
        )


def working(cell, x, w, b):
    n, k = cell
    return np.append(x[n].astype(float), 1.0), np.append(w[k].astype(float), b[k]), (n, 0)


def refused():
    yield Case(REFUSES, "as many inputs as weights but one", call(np.ones((2, 3)), np.ones((4, 2)), np.ones(4)))
    yield Case(REFUSES, "one bias for two units", call(np.ones((2, 3)), np.ones((2, 3)), np.ones(1)))


SPEC = Spec(
    parts=(Part("one image", 1), Part("a batch", 2), Part("any numbers", 1), Part(UNTOUCHED, 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "there is one image": lambda x, w, b: len(x) == 1,
        "there are as many units as inputs": lambda x, w, b: w.shape[0] == w.shape[1],
        "there is one unit": lambda x, w, b: len(w) == 1,
        "an image has one number": lambda x, w, b: x.shape[1] == 1,
        "all biases are 0": lambda x, w, b: not b.any(),
        "the images are whole numbers by type": lambda x, w, b: x.dtype.kind in "iu",
        "the images are whole numbers of eight bits": lambda x, w, b: x.dtype == np.uint8,
    },
    working=working,
)
