"""Checks of im2col: every window a column, in the order that the contract gives."""

import numpy as np

from autograder_tests.convolution_3d.conv2d import GEOMETRIES, words
from autograder_tests.fast_convolution import window_grid
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole


def model(x, kernel_shape, stride=1, padding=0, dilation=1, on=frozenset()):
    """im2col, with switches."""
    grid = window_grid.lay(x.shape[2:], kernel_shape, stride, padding, dilation, on)
    windows = surrounded(window_grid.spread(x.astype(float), on), grid.around, on)[grid.places]
    if "kernel_turned" in on:
        windows = windows[:, :, ::-1, ::-1]
    matrix = flattened(windows, on)
    return np.trunc(matrix) if "integer_output" in on else matrix


def surrounded(x, around, on):
    """The padded images."""
    widths = ((0, 0), (0, 0), *around)
    if "edge_padding" in on:
        return np.pad(x, widths, mode="edge")
    if "batch_and_channels_padded" in on:
        if around[0] != around[1]:
            raise ValueError("one number pads all axes alike; two do not say which is for which")
        N, C = x.shape[:2]
        return np.pad(x, around[0][0])[:N, :C]
    return np.pad(x, widths)


def flattened(windows, on):
    """Windows ``(N, C, KH, KW, OH, OW)`` as the mistake lays them out."""
    N, C, KH, KW, OH, OW = windows.shape
    rows, places = C * KH * KW, OH * OW
    if "axes_left_apart" in on:
        return windows
    if "channels_innermost" in on:
        windows = np.moveaxis(windows, 1, 3)
    if "kernel_columns_first" in on:
        windows = windows.swapaxes(2, 3)
    if "windows_columns_first" in on:
        windows = windows.swapaxes(4, 5)
    if "reshaped_only" in on:
        windows = windows.transpose(0, 1, 4, 5, 2, 3)
    matrix = windows.reshape(N, rows, places)
    if "windows_as_rows" in on:
        return matrix.swapaxes(1, 2)
    if "images_side_by_side" in on:
        return matrix.swapaxes(0, 1).reshape(rows, N * places)
    if "images_innermost" in on:
        return np.moveaxis(matrix, 0, -1).reshape(rows, places * N)
    return matrix


MISTAKES = (
    *window_grid.ORDER,
    Mistake(
        "reshaped_only",
        "windows",
        "the windows' own axes came after the axes that count the windows, and were reshaped without being moved",
        "reshape never moves a number. Which axes must come first before you reshape?",
    ),
    Mistake(
        "windows_as_rows",
        "layout",
        "every window were a row of the matrix, not a column",
        "A filter stands on the left of the product. Along which axis must a window lie then?",
    ),
    Mistake(
        "images_side_by_side",
        "layout",
        "the matrices of all images stood side by side in one",
        "How many axes has the result, and which of them counts images?",
    ),
    Mistake(
        "images_innermost",
        "layout",
        "there were one matrix for the batch, in which the images take turns from column to column",
        "How many axes has the result, and which of them counts images?",
    ),
    Mistake(
        "axes_left_apart",
        "layout",
        "the axes of channels, kernel and windows were left apart",
        "Three axes become one, and two more become another: how many are left?",
    ),
    *window_grid.STEPS,
    Mistake("padding_ignored", "border", "the padding were always 0", "Where does your code use padding?"),
    *window_grid.SIDES,
    Mistake(
        "edge_padding",
        "border",
        "the pixels at the border were repeated in place of zeros",
        "What does the contract say that the padding is filled with?",
    ),
    Mistake(
        "batch_and_channels_padded",
        "border",
        "the batch and the channels were padded too, so that images and channels move on by as many places",
        "np.pad with one number pads every axis. How many axes has x, and which of them want padding?",
    ),
    *window_grid.ONE_FOR_ALL,
    window_grid.WHOLE,
)

HINTS = (
    "On paper: a 3×3 image and a 2×2 kernel. Write the four windows down as columns. What stands in the first row?",
    "The first row holds the top left pixel of every window: that is a slice of the padded image. Which slice is the "
    "row of place (u, v)?",
    "columns[:, :, u, v] = padded[:, :, top : top + sh * (OH - 1) + 1 : sh, left : left + sw * (OW - 1) + 1 : sw] with "
    "columns of shape (N, C, KH, KW, OH, OW); at the end one reshape.",
)


def worked():
    image = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)
    yield Case("one image", "pixels 1 to 9, a 2×2 kernel", call(image, (2, 2)))
    yield Case("one image", "a kernel of one row", call(image[:, :, :2], (1, 2)))
    two = np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]).reshape(1, 2, 1, 3)
    yield Case("images and channels", "two channels of one row", call(two, (1, 2)))
    yield Case("images and channels", "the same rows as two images", call(two.reshape(2, 1, 1, 3), (1, 2)))
    row = np.arange(1.0, 8.0).reshape(1, 1, 1, 7)
    yield Case("stride, padding, dilation", "along a row, stride 2", call(row, (1, 2), stride=(1, 2)))
    yield Case("stride, padding, dilation", "along a row, padding 1", call(row, (1, 2), padding=(0, 1)))
    yield Case("stride, padding, dilation", "along a row, dilation 3", call(row, (1, 2), dilation=(1, 3)))


def drawn(rng):
    for shape, kernel_shape in (
        ((4, 5), (2, 3)), ((5, 4), (3, 2)), ((3, 6), (1, 3)), ((6, 3), (3, 1)), ((3, 4), (3, 4)), ((4, 3), (1, 1)),
    ):  # fmt: skip
        yield Case("one image", named(shape, kernel_shape), call(whole(rng, 1, 1, *shape), kernel_shape))
    for N, C, shape, kernel_shape in (
        (1, 3, (3, 4), (2, 2)), (3, 1, (4, 3), (2, 2)), (2, 2, (3, 5), (2, 3)), (2, 3, (4, 4), (3, 2)),
        (4, 2, (3, 3), (1, 2)),
    ):  # fmt: skip
        name = f"{N} images of {C} channels, {named(shape, kernel_shape)}"
        yield Case("images and channels", name, call(whole(rng, N, C, *shape), kernel_shape))
    for number, (shape, kernel_shape, how) in enumerate(GEOMETRIES):
        N, C = ((1, 1), (2, 2), (1, 3))[number % 3]
        name = f"{named(shape, kernel_shape)}, {words(how)}"
        yield Case("stride, padding, dilation", name, call(whole(rng, N, C, *shape), kernel_shape, **how))
    yield from any_numbers(rng)


def any_numbers(rng):
    part, shape = "any numbers", (2, 3, 4, 5)
    file = rng.integers(0, 256, shape).astype(np.uint8)
    yield Case(part, "fractions", call(rng.normal(size=shape), (2, 3), padding=1))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=shape), (2, 2), stride=2))
    yield Case(part, "negative numbers", call(-rng.uniform(0.5, 9.0, shape), (3, 2), padding=1))
    yield Case(part, "pixels as a file holds them", call(file, (2, 3), padding=(1, 2)))
    yield Case(part, "whole numbers", call(rng.integers(-9, 10, shape), (3, 3), 2, 1))
    yield Case(part, "single precision", call(rng.normal(size=shape).astype(np.float32), (2, 3), padding=1))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=shape), (2, 2), padding=1, layout="strided"))
    yield Case(part, "columns first in memory", call(rng.normal(size=shape), (2, 3), stride=2, layout="F"))


def named(shape, kernel_shape):
    return f"{shape[0]}×{shape[1]} pixels, a {kernel_shape[0]}×{kernel_shape[1]} kernel"


def exact(rng):
    x = whole(rng, 3, 2, 5, 6)
    yield laws.linear("any numbers", (x, (2, 3)), 0, "images", rng)
    yield laws.equals(
        "one image",
        "with a 1×1 kernel each channel is a row, its pixels in their order",
        call(x, (1, 1)),
        x.reshape(3, 2, 30),
    )
    yield laws.cancels(
        "images and channels",
        "the second of three images must give alone what it gives in the batch",
        (1.0, call(x[1:2], (2, 3)), ()),
        (-1.0, call(x, (2, 3)), np.s_[1:2]),
    )
    yield laws.cancels(
        "images and channels",
        "the second channel alone must give the second half of the rows",
        (1.0, call(x[:, 1:], (2, 3)), ()),
        (-1.0, call(x, (2, 3)), np.s_[:, 6:]),
    )
    part, windows = "stride, padding, dilation", np.arange(20).reshape(4, 5)
    yield laws.cancels(
        part,
        "stride = subsampling: stride (2, 3) must give the windows of every second row and every third column",
        (1.0, call(x, (2, 2), stride=(2, 3)), ()),
        (-1.0, call(x, (2, 2)), np.s_[:, :, windows[::2, ::3].ravel()]),
    )
    places = np.arange(30).reshape(2, 3, 5)
    yield laws.cancels(
        part,
        "a dilated kernel leaves places out: 2×3 with dilation 2 must give six rows of each channel of a 3×5 kernel",
        (1.0, call(x, (2, 3), dilation=2), ()),
        (-1.0, call(x, (3, 5)), np.s_[:, places[:, ::2, ::2].ravel()]),
    )
    yield laws.cancels(
        part,
        "padding = zeros around the image: padding (1, 2) must give what an image with a frame of zeros gives",
        (1.0, call(x, (3, 2), padding=(1, 2)), ()),
        (-1.0, call(np.pad(x, ((0, 0), (0, 0), (1, 1), (2, 2))), (3, 2)), ()),
    )


def refused():
    x = np.ones((1, 2, 4, 5))
    yield Case(REFUSES, "one image without a batch", call(x[0], (2, 2)))
    yield Case(REFUSES, "an empty batch", call(x[:0], (2, 2)))
    yield Case(REFUSES, "stride 0", call(x, (2, 2), stride=0))
    yield Case(REFUSES, "negative padding", call(x, (2, 2), padding=(0, -1)))
    yield Case(REFUSES, "a dilated kernel taller than the padded image", call(x, (3, 1), padding=1, dilation=3))


def feature(holds):
    """A property of the images and the three numbers, asked of a whole call."""
    return lambda x, kernel_shape, stride=1, padding=0, dilation=1: holds(x.shape, stride, padding, dilation)


SPEC = Spec(
    parts=(
        Part("one image", 1),
        Part("images and channels", 1),
        Part("stride, padding, dilation", 2),
        Part("any numbers", 1),
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
        **{name: feature(holds) for name, holds in window_grid.FEATURES.items()},
        "the kernel is square": lambda x, kernel_shape, *_, **__: kernel_shape[0] == kernel_shape[1],
    },
)
