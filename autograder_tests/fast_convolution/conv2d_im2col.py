"""Checks of conv2d_im2col: filters as rows, windows as columns, and the way back to maps."""

import numpy as np

from autograder_tests.convolution_3d import layer_cases, layer_mistakes
from autograder_tests.convolution_3d.conv2d import GEOMETRIES, words
from autograder_tests.convolution_3d.conv2d import SPEC as LAYER
from autograder_tests.fast_convolution import im2col, window_grid
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, Taps, call, laws
from autograder_tests.judging.numbers import lopsided, whole


def model(x, w, b=None, stride=1, padding=0, dilation=1, on=frozenset()):
    """conv2d_im2col, with switches."""
    if "stride_not_handed_on" in on:
        stride = 1
    if "padding_not_handed_on" in on:
        padding = 0
    if "dilation_not_handed_on" in on:
        dilation = 1
    x, w = layer_mistakes.used(x, w, on)
    KH, KW, *places = window_grid.lay(x.shape[2:], w.shape[2:], stride, padding, dilation).shape
    product = weights(w, on) @ im2col.model(x, (KH, KW), stride, padding, dilation)  # (N, F, OH * OW)
    if "bias_along_places" in on and b is not None:
        product, b = product + b, None  # NumPy refuses where there are not as many places as filters
    return layer_mistakes.finished(laid_out(product, *places, on), w, b, on)


def weights(w, on):
    """The filters as a matrix ``(F, C * KH * KW)``, with switches."""
    F = len(w)
    if "kernel_turned" in on:
        w = w[:, :, ::-1, ::-1]
    if "weights_channels_last" in on:
        w = np.moveaxis(w, 1, 3)
    if "weights_columns_first" in on:
        w = w.swapaxes(2, 3)
    if "weights_dealt_out" in on:
        return w.reshape(-1, F).T
    return w.reshape(F, -1)


def laid_out(product, OH, OW, on):
    """The product as maps, with switches."""
    N, F, places = product.shape
    if "images_side_by_side" in on:
        return product.swapaxes(0, 1).reshape(N, F, OH, OW)
    if "images_innermost" in on:
        return np.moveaxis(product, 0, -1).reshape(N, F, OH, OW)
    if "maps_innermost" in on:
        return product.swapaxes(1, 2).reshape(N, F, OH, OW)
    if "places_in_one_row" in on:
        return product
    if "width_before_height" in on:
        return product.reshape(N, F, OW, OH)
    if "columns_first" in on:
        return product.reshape(N, F, OW, OH).swapaxes(2, 3)
    return product.reshape(N, F, OH, OW)


MISTAKES = (
    Mistake(
        "weights_channels_last",
        "weights",
        "the weights of a filter stood with the channels running fastest, while those of a window do not",
        "Write down which pixel is in each row of im2col's matrix. Does each weight of your row meet its own?",
    ),
    Mistake(
        "weights_columns_first",
        "weights",
        "the weights of a filter were read down its columns",
        "Write down which pixel is in each row of im2col's matrix. Does each weight of your row meet its own?",
    ),
    Mistake(
        "weights_dealt_out",
        "weights",
        "the weights were dealt out to the filters in turn, as w.reshape(-1, F) reads them",
        "Does row 0 of your matrix hold weights of filter 0 only? reshape never moves a number.",
    ),
    Mistake(
        "kernel_turned",
        "sum",
        "every filter were turned by 180 degrees before it slides",
        "From chapter 03 on, convolution means: slide the kernel as it is given.",
    ),
    Mistake(
        "images_side_by_side",
        "back",
        "one product (F, N * places) for the batch had been reshaped, without moving the axis of images to the front",
        "In memory, what follows the first map of image 0: its second map, or the first map of image 1?",
    ),
    Mistake(
        "images_innermost",
        "back",
        "one product (F, places * N) for the batch had been reshaped, without moving the axis of images to the front",
        "In memory, what follows the first place of image 0: its second place, or the first place of image 1?",
    ),
    Mistake(
        "maps_innermost",
        "back",
        "the product had places before filters, and was reshaped without being moved",
        "On which side of the product do the filters stand? reshape never moves a number.",
    ),
    Mistake(
        "places_in_one_row",
        "back",
        "the places were left in one long row",
        "The output has rows and columns. How many of each?",
    ),
    Mistake(
        "width_before_height",
        "back",
        "a map were as high as it should be wide",
        "Which of the two lengths comes first in the shape of the output?",
    ),
    Mistake(
        "columns_first",
        "back",
        "the places were counted down the columns of a map",
        "Column i * OW + j of im2col is which place?",
    ),
    Mistake(
        "bias_along_places",
        "bias",
        "the biases were laid along the places of the product",
        "b has one entry a filter. With which axis of the product does NumPy line it up when you add the two?",
    ),
    Mistake(
        "stride_not_handed_on",
        "arguments",
        "the stride were always 1",
        "Where does your code use stride? Both im2col and the size of the output need it.",
    ),
    Mistake(
        "padding_not_handed_on",
        "arguments",
        "the padding were always 0",
        "Where does your code use padding? Both im2col and the size of the output need it.",
    ),
    Mistake(
        "dilation_not_handed_on",
        "arguments",
        "the dilation were always 1",
        "Where does your code use dilation? Both im2col and the size of the output need it.",
    ),
    *layer_mistakes.but(
        "last_channel_only", "channels_averaged", "first_slice_for_all", "bias_per_channel", "bias_along_columns"
    ),
)

HINTS = (
    "Which shapes have the two matrices, so that their product has one row a filter and one column a place?",
    "A row of im2col is one channel and one place of the kernel; w.reshape(F, -1) puts the weights in the same order.",
    "w.reshape(F, -1) @ im2col(...) has shape (N, F, OH * OW). The biases want the shape (F, 1); then reshape.",
)


def worked():
    image, filters = layer_cases.by_hand(2)
    yield Case("one image", "two channels, one filter", call(image, filters[:1]))
    yield Case("one image", "the same image, two filters", call(image, filters))
    yield Case("bias and batch", "the same with a bias a filter", call(image, filters, np.array([10.0, -20.0])))
    rows, two = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0, 10.0], [0.0, -1.0]])
    yield Case("bias and batch", "two images of one row, two filters", call(rows[:, None, None], two[:, None, None]))
    row, tap = np.arange(1.0, 8.0).reshape(1, 1, 1, 7), np.array([1.0, 10.0]).reshape(1, 1, 1, 2)
    yield Case("stride, padding, dilation", "along a row, stride 2", call(row, tap, stride=(1, 2)))
    yield Case("stride, padding, dilation", "along a row, padding 1", call(row, tap, padding=(0, 1)))
    yield Case("stride, padding, dilation", "along a row, dilation 3", call(row, tap, dilation=(1, 3)))


def drawn(rng):
    for C, F, shape, kernel_shape in (
        (3, 1, (4, 5), (2, 2)), (1, 3, (5, 4), (3, 2)), (2, 2, (4, 6), (2, 3)), (3, 3, (3, 5), (2, 2)),
        (2, 4, (3, 5), (1, 3)), (4, 4, (3, 4), (1, 1)), (2, 3, (3, 4), (3, 4)),
    ):  # fmt: skip
        name = f"{C} channels, {F} filters, {im2col.named(shape, kernel_shape)}"
        yield Case("one image", name, call(whole(rng, 1, C, *shape), lopsided(rng, F, C, *kernel_shape)))
    for N, C, F, shape, kernel_shape in (
        (3, 2, 2, (3, 5), (2, 2)), (2, 3, 4, (3, 4), (2, 3)), (2, 1, 3, (3, 5), (3, 3)), (4, 2, 2, (2, 4), (1, 4)),
        (2, 3, 1, (4, 3), (2, 3)),
    ):  # fmt: skip
        name = f"{N} images, {C} channels, {F} filters, biases"
        arrays = whole(rng, N, C, *shape), lopsided(rng, F, C, *kernel_shape)
        yield Case("bias and batch", name, call(*arrays, layer_cases.biases(rng, F)))
    yield Case("bias and batch", "no bias", call(whole(rng, 3, 2, 3, 4), lopsided(rng, 2, 2, 2, 2)))
    yield Case("bias and batch", "biases of 0", call(whole(rng, 2, 2, 3, 4), lopsided(rng, 3, 2, 2, 2), np.zeros(3)))
    for number, (shape, kernel_shape, how) in enumerate(GEOMETRIES):
        N, C, F = ((1, 1, 1), (2, 2, 3), (1, 3, 2))[number % 3]
        name = f"{im2col.named(shape, kernel_shape)}, {words(how)}"
        arrays = whole(rng, N, C, *shape), lopsided(rng, F, C, *kernel_shape)
        bias = {"b": layer_cases.biases(rng, F)} if number >= 9 else {}
        yield Case("stride, padding, dilation", name, call(*arrays, **bias, **how))
    for case in layer_cases.any_numbers(rng, (4, 5), (2, 3)):
        if case.call.args[1].dtype.kind == "f":  # as the contract says
            yield case
    file = rng.integers(0, 256, (2, 3, 4, 5)).astype(np.uint8)
    filters = rng.normal(size=(2, 3, 2, 3)).astype(np.float32)
    yield Case("any numbers", "pixels as a file holds them, weights in single precision", call(file, filters))


def exact(rng):
    part = "any numbers"
    x, w, b = whole(rng, 3, 2, 5, 6), lopsided(rng, 2, 2, 2, 3), layer_cases.biases(rng, 2)
    yield laws.linear(part, (x, w), 0, "images", rng)
    yield laws.linear(part, (x, w), 1, "filters", rng)
    yield from layer_cases.alone(part, x, w, b)
    tap = np.zeros((1, 2, 2, 3))
    tap[0, 1, 1, 2] = 1.0
    yield laws.equals(
        part,
        "a filter with a single 1, at channel 1 and place (1, 2), must return the pixels of channel 1 from there on",
        call(x, tap),
        x[:, 1:, 1:, 2:],
    )


def refused():
    x, w = np.ones((1, 3, 4, 4)), np.ones((2, 3, 2, 2))
    yield Case(REFUSES, "channels that do not match", call(x, w[:, :1]))
    yield Case(REFUSES, "one bias for two filters", call(x, w, np.ones(1)))
    yield Case(REFUSES, "an empty batch", call(x[:0], w))
    yield Case(REFUSES, "stride 0", call(x, w, stride=0))
    yield Case(REFUSES, "a kernel wider than the padded image", call(x[..., :1], w.repeat(2, axis=3), padding=1))


SPEC = Spec(
    parts=(
        Part("one image", 1.5),
        Part("bias and batch", 1),
        Part("stride, padding, dilation", 1),
        Part("any numbers", 0.5),
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
    features=LAYER.features,
    taps=Taps(0, 1, (1, 1, 9, 11), (1, 1, 2, 3), dict(stride=(2, 3), padding=(1, 2), dilation=(3, 2)), axes=2),
)
