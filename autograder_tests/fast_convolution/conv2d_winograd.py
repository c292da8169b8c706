"""Checks of conv2d_winograd: tiles that cover the image, and the same numbers as the loops."""

import numpy as np

from autograder_tests.convolution_3d import layer_cases, layer_mistakes
from autograder_tests.fast_convolution import batch_last, tiles
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole


def model(x, w, b=None, padding=0, on=frozenset()):
    """conv2d_winograd, with switches."""
    images, filters = layer_mistakes.used(batch_last.batch_first(x), w, on)
    padded = tiles.surrounded(images, [tiles.frame(padding, on)] * 2, on)
    return batch_last.finished(tiles.convolved(padded, filters, on), w, b, on)


MISTAKES = (*tiles.MISTAKES, *batch_last.MISTAKES)

HINTS = (
    "Begin with one tile: 6×6 pixels, one channel, one filter. _both_axes(_PIXELS, tile), _both_axes(_KERNELS, kernel),"
    " a product entry by entry, _both_axes(_OUTPUTS, ...).",
    "np.matmul multiplies the last two axes and leaves those before them alone: (6, 6, F, C) @ (6, 6, C, TW * N).",
    "Band t needs the rows 4 t to 4 t + 6 of the padded image. Column c of all its tiles at once is"
    " padded[4 * t : 4 * t + 6, :, c : c + 4 * TW - 3 : 4].",
)


def worked():
    part = "one tile"
    rows = np.arange(6.0)[:, np.newaxis] + np.array([0.0, 1.0, 4.0, 9.0, 16.0, 25.0])
    image = rows[:, np.newaxis, :, np.newaxis]
    spot, step = np.zeros((1, 1, 3, 3)), np.zeros((1, 1, 3, 3))
    spot[0, 0, 0, 2] = 1.0
    step[0, 0, 1] = [-1.0, 0.0, 1.0]
    yield Case(part, "a kernel that picks its top right pixel", call(image, spot))
    yield Case(part, "a difference along the row", call(image, step))
    wide = np.arange(1.0, 9.0) * np.ones((3, 1))
    yield Case("many tiles", "six outputs in a row", call(wide[:, np.newaxis, :, np.newaxis], spot))
    yield Case("padding", "one pixel in a frame of zeros", call(np.full((1, 1, 1, 1), 2.0), step + 3 * spot, padding=1))


def drawn(rng):
    def pair(shape, C=1, F=1, N=1):
        return batch_last.arrays(rng, shape, C, F, (3, 3), N)

    for shape in ((6, 6), (6, 6), (5, 6), (6, 4), (3, 5), (4, 3)):
        yield Case("one tile", f"{shape[0]}×{shape[1]} pixels", call(*pair(shape)))
    for shape in ((10, 14), (14, 6), (6, 15), (9, 12), (7, 8), (12, 5), (3, 13), (11, 3)):
        yield Case("many tiles", f"{shape[0]}×{shape[1]} pixels", call(*pair(shape)))
    for shape, C, F, N in (
        ((6, 7), 3, 1, 1), ((5, 6), 1, 3, 1), ((6, 5), 1, 1, 3), ((7, 8), 2, 3, 2),
        ((8, 9), 3, 3, 2), ((5, 8), 2, 2, 4),
    ):  # fmt: skip
        name = f"{batch_last.named(N, C, F)}, {shape[0]}×{shape[1]} pixels"
        yield Case("channels, filters, images", name, call(*pair(shape, C, F, N)))
    for shape, C, F, N in (
        ((6, 6), 2, 3, 2), ((7, 9), 2, 2, 1), ((5, 8), 3, 2, 3), ((7, 5), 2, 3, 3),
        ((8, 6), 2, 4, 2), ((6, 7), 1, 2, 2),
    ):  # fmt: skip
        name = f"{batch_last.named(N, C, F)}, biases"
        yield Case("channels, filters, images", name, call(*pair(shape, C, F, N), layer_cases.biases(rng, F)))
    for shape, C, F, N, padding in (
        ((6, 8), 1, 1, 1, 1), ((5, 7), 1, 1, 1, 2), ((8, 4), 2, 1, 2, 1), ((2, 6), 1, 2, 1, 1), ((1, 5), 2, 2, 1, 2),
        ((9, 7), 2, 2, 2, 1), ((4, 4), 2, 3, 1, 3),
    ):  # fmt: skip
        name = f"{batch_last.named(N, C, F)}, {shape[0]}×{shape[1]} pixels, padding {padding}"
        b = {"b": layer_cases.biases(rng, F)} if F > 1 else {}
        yield Case("padding", name, call(*pair(shape, C, F, N), **b, padding=padding))
    yield from batch_last.any_numbers(rng, (7, 2, 8, 2), (2, 3, 3))


def exact(rng):
    part = "any numbers"
    x, w, b = whole(rng, 7, 2, 9, 3), lopsided(rng, 2, 2, 3, 3), layer_cases.biases(rng, 2)
    yield laws.linear(part, (x, w), 0, "images", rng)
    yield laws.linear(part, (x, w), 1, "filters", rng)
    yield from batch_last.alone(part, x, w, b)
    yield laws.cancels(
        part,
        "shift equivariance, across the borders of tiles: images without their first row and their first three columns"
        " must give the result without them",
        (1.0, call(x[1:, :, 3:], w, b), ()),
        (-1.0, call(x, w, b), np.s_[1:, :, 3:]),
    )
    yield laws.cancels(
        part,
        "padding = zeros around the image: padding 1 must give what an image with a frame of zeros gives",
        (1.0, call(x, w, padding=1), ()),
        (-1.0, call(np.pad(x, ((1, 1), (0, 0), (1, 1), (0, 0))), w), ()),
    )


def refused():
    yield Case(REFUSES, "a kernel of 5×5", call(np.ones((6, 2, 6, 1)), np.ones((1, 2, 5, 5))))
    yield Case(REFUSES, "channels that do not match", call(np.ones((6, 3, 6, 1)), np.ones((2, 1, 3, 3))))
    yield Case(REFUSES, "one bias for two filters", call(np.ones((6, 1, 6, 1)), np.ones((2, 1, 3, 3)), np.ones(1)))
    yield Case(REFUSES, "an image of two rows", call(np.ones((2, 1, 6, 1)), np.ones((1, 1, 3, 3))))
    yield Case(REFUSES, "padding below 0", call(np.ones((6, 1, 6, 1)), np.ones((1, 1, 3, 3)), padding=-1))


SPEC = Spec(
    parts=(
        Part("one tile", 1),
        Part("many tiles", 1.5),
        Part("channels, filters, images", 1),
        Part("padding", 1),
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
    features={
        "padding = 0": lambda x, w, b=None, padding=0: padding == 0,
        "there is no b": lambda x, w, b=None, padding=0: b is None,
        "there is one image": lambda x, w, b=None, padding=0: x.shape[3] == 1,
        "there is one channel": lambda x, w, b=None, padding=0: x.shape[1] == 1,
        "there is one filter": lambda x, w, b=None, padding=0: len(w) == 1,
        "there are as many filters as channels": lambda x, w, b=None, padding=0: w.shape[0] == w.shape[1],
        "the images are square": lambda x, w, b=None, padding=0: x.shape[0] == x.shape[2],
        "one tile holds all": lambda x, w, b=None, padding=0: max(x.shape[0], x.shape[2]) + 2 * padding <= 6,
        "the tiles are full": lambda x, w, b=None, padding=0: (
            (x.shape[0] + 2 * padding) % 4 == 2 and (x.shape[2] + 2 * padding) % 4 == 2
        ),
    },
)
