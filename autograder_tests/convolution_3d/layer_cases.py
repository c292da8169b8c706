"""What the checks of a layer share, in two dimensions and in three: images by hand, biases, kinds of numbers, laws."""

import numpy as np

from autograder_tests.judging import Case, call, laws
from autograder_tests.judging.numbers import lopsided, whole
from autograder_tests.judging.spec import Law, Term


def by_hand(axes):
    """One image of two channels and two filters of two slices, 3 long and 2 long along each of ``axes`` axes."""
    image = np.zeros((1, 2, *(3,) * axes))
    image[0, 0, ..., 0] = 1.0
    image[0, 1, ..., 1, :] = [0.0, 2.0, 5.0]
    filters = np.zeros((2, 2, *(2,) * axes))
    filters[0, 0, ..., 0, :] = [1.0, 2.0]
    filters[0, 1, ..., 1, :] = [3.0, 0.0]
    filters[1, 1, ..., 0, 1] = -1.0
    return image, filters


def biases(rng, F):
    """A different bias for each filter, none of them 0."""
    return 10.0 * lopsided(rng, F)


def any_numbers(rng, shape, kernel_shape, steps=True):
    """Cases of the part "any numbers"; ``steps``: the function knows stride and padding."""
    part = "any numbers"
    x_shape, w_shape = (2, 3, *shape), (2, 3, *kernel_shape)
    pixels, weights = rng.integers(0, 256, x_shape).astype(np.uint8), rng.integers(1, 9, w_shape)
    padded, strided = ({"padding": 1}, {"stride": 2}) if steps else ({}, {})

    def normal():
        return rng.normal(size=x_shape), rng.normal(size=w_shape), rng.normal(size=2)

    x, w, b = normal()
    yield Case(part, "fractions", call(x, w, b, **padded))
    x, w, b = normal()
    yield Case(part, "very small numbers", call(1e-9 * x, w, 1e-9 * b, **strided))
    yield Case(part, "large negative numbers", call(-1e6 - whole(rng, *x_shape), lopsided(rng, *w_shape), **padded))
    yield Case(part, "pixels as a file holds them", call(pixels, rng.normal(size=w_shape), rng.normal(size=2)))
    yield Case(part, "pixels and weights of eight bits", call(pixels, weights.astype(np.uint8), **padded))
    yield Case(part, "whole pixels, weights in eighths", call(pixels.astype(int), weights / 8, np.array([0.5, 0.25])))
    single = [array.astype(np.float32) for array in normal()]
    yield Case(part, "single precision", call(*single, **strided, **padded))
    yield Case(part, "not contiguous in memory", call(*normal(), **padded, layout="strided"))
    yield Case(part, "columns first in memory", call(*normal(), **strided, layout="F"))


def alone(part, x, w, b):
    """Laws by which images, filters and channels can be told apart; ``x`` holds three images of two channels."""
    yield laws.cancels(
        part,
        "a batch is its images one by one: the second of three must give alone what it gives in the batch",
        (1.0, call(x[1:2], w, b), ()),
        (-1.0, call(x, w, b), np.s_[1:2]),
    )
    yield laws.cancels(
        part,
        "a bank is its filters one by one: the second filter must give alone what it gives in the bank",
        (1.0, call(x, w[1:2], b[1:2]), ()),
        (-1.0, call(x, w, b), np.s_[:, 1:2]),
    )
    yield laws.cancels(
        part,
        "the sum over channels: the results of the two channels, each alone with its slices, must add up to the result"
        " of both",
        (1.0, call(x, w), ()),
        (-1.0, call(x[:, :1], w[:, :1]), ()),
        (-1.0, call(x[:, 1:], w[:, 1:]), ()),
    )
    yield Law(
        part,
        "the bias of a filter is added to each entry of its map, once",
        (Term(1.0, call(x, w, b), np.s_[:, 1]), Term(-1.0, call(x, w), np.s_[:, 1])),
        constant=float(b[1]),
    )
