"""Checks of conv1x1: one matrix for every pixel, and the pixels stay where they are."""

import numpy as np

from autograder_tests.convolution_3d import layer_cases, layer_mistakes
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole


def model(x, w, b=None, on=frozenset()):
    """conv1x1, with switches."""
    x, w = layer_mistakes.used(x, w, on)
    if "first_weight_for_all" in on:
        w = np.broadcast_to(w[:, :1], w.shape)
    N, _, H, W = x.shape
    pixels = np.moveaxis(x, 1, -1)  # (N, H, W, C)
    if "channels_reshaped" in on:
        pixels = x.reshape(N, H, W, -1)
    if "channels_kept" in on:
        return x[:, np.newaxis] * w[:, :, np.newaxis, np.newaxis]
    if "largest_channel" in on:
        return (x[:, np.newaxis] * w[:, :, np.newaxis, np.newaxis]).max(axis=2)
    mixed = pixels @ w.T  # (N, H, W, F)
    output = mixed.reshape(N, len(w), H, W) if "filters_reshaped" in on else np.moveaxis(mixed, -1, 1)
    if "pixels_in_one_row" in on:
        return layer_mistakes.finished(output, w, b, on).reshape(N, len(w), H * W)
    return layer_mistakes.finished(output, w, b, on)


MISTAKES = (
    Mistake(
        "channels_reshaped",
        "pixels",
        "each pixel were made of numbers that lie side by side in memory, which come from other pixels",
        "reshape never moves a number. Which function moves an axis?",
    ),
    Mistake(
        "filters_reshaped",
        "back",
        "the results were read off in memory's order, pixel by pixel, and put into the output map by map",
        "reshape never moves a number. Which function moves an axis?",
    ),
    Mistake(
        "pixels_in_one_row",
        "back",
        "the pixels were left in one long row",
        "The output has rows and columns, as the input has.",
    ),
    Mistake(
        "channels_kept",
        "sum",
        "pixels and weights were multiplied, but not added up over the channels",
        "One filter gives one map. Which axis is still there that should be summed away?",
    ),
    Mistake(
        "largest_channel",
        "sum",
        "the largest of the channels' products were taken in place of their sum",
        "All channels count, also where their share is small or negative.",
    ),
    *layer_mistakes.but("first_slice_for_all", "bias_per_product"),
    Mistake(
        "first_weight_for_all",
        "sum",
        "every channel had the first weight of its filter",
        "A filter has a weight for each channel: does yours change with the channel?",
    ),
)

HINTS = (
    "One pixel is a column of C numbers. Which matrix makes F numbers of it?",
    "Give the pixels of an image one axis: (C, H * W). Then w stands on its left.",
    "w @ x.reshape(N, C, H * W) does all images at once; the biases want the shape (F, 1).",
)


def worked():
    pixel = np.array([3.0, 1.0, 2.0]).reshape(1, 3, 1, 1)
    mix = np.array([[1.0, 1.0, 1.0], [1.0, -1.0, 0.0]])
    yield Case("one image", "one pixel: a sum and a difference", call(pixel, mix))
    row = np.array([[3.0, 0.0, 5.0], [1.0, 4.0, 5.0]]).reshape(1, 2, 1, 3)
    yield Case("one image", "three pixels in a row", call(row, np.array([[1.0, -1.0]])))
    yield Case("batch and bias", "the same with a bias", call(row, np.array([[1.0, -1.0]]), np.array([10.0])))


def drawn(rng):
    for C, F, shape in (
        (3, 2, (2, 4)), (2, 3, (4, 3)), (3, 3, (3, 5)), (1, 4, (3, 2)), (4, 1, (2, 5)), (5, 2, (1, 6)), (2, 2, (5, 1)),
    ):  # fmt: skip
        name = f"{C} channels, {F} filters, {shape[0]}×{shape[1]} pixels"
        yield Case("one image", name, call(whole(rng, 1, C, *shape), lopsided(rng, F, C)))
    for N, C, F, shape in (
        (2, 3, 2, (3, 4)), (3, 2, 4, (2, 3)), (2, 4, 4, (3, 4)), (4, 2, 3, (4, 2)), (2, 3, 5, (3, 5)),
        (3, 5, 1, (2, 4)),
    ):  # fmt: skip
        name = f"{N} images, {C} channels, {F} filters, biases"
        arrays = whole(rng, N, C, *shape), lopsided(rng, F, C)
        yield Case("batch and bias", name, call(*arrays, layer_cases.biases(rng, F)))
    yield Case("batch and bias", "no bias", call(whole(rng, 3, 2, 2, 4), lopsided(rng, 3, 2)))
    yield Case("batch and bias", "biases of 0", call(whole(rng, 2, 3, 3, 2), lopsided(rng, 2, 3), np.zeros(2)))
    yield from layer_cases.any_numbers(rng, (3, 4), (), steps=False)


def exact(rng):
    part = "any numbers"
    x, w, b = whole(rng, 3, 2, 4, 5), lopsided(rng, 2, 2), layer_cases.biases(rng, 2)
    yield laws.linear(part, (x, w), 0, "images", rng)
    yield laws.linear(part, (x, w), 1, "filters", rng)
    yield from layer_cases.alone(part, x, w, b)
    yield laws.equals(part, "the identity: a unit matrix must return the images", call(x, np.eye(2)), x)
    yield laws.cancels(
        part,
        "pixels do not meet: pixels in another order must give results in that order",
        (1.0, call(x[:, :, ::-1, ::-1], w), ()),
        (-1.0, call(x, w), np.s_[:, :, ::-1, ::-1]),
    )


def refused():
    yield Case(REFUSES, "channels that do not match", call(np.ones((1, 3, 4, 4)), np.ones((2, 1))))
    yield Case(REFUSES, "one bias for two filters", call(np.ones((1, 3, 4, 4)), np.ones((2, 3)), np.ones(1)))


SPEC = Spec(
    parts=(
        Part("one image", 1),
        Part("batch and bias", 2),
        Part("any numbers", 1),
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
        "there is no b": lambda x, w, b=None: b is None,
        "there is one image": lambda x, w, b=None: len(x) == 1,
        "there is one channel": lambda x, w, b=None: x.shape[1] == 1,
        "there is one filter": lambda x, w, b=None: len(w) == 1,
        "there are as many filters as channels": lambda x, w, b=None: w.shape[0] == w.shape[1],
        "the images are square": lambda x, w, b=None: x.shape[2] == x.shape[3],
    },
)
