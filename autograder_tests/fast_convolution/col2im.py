"""Checks of col2im: every entry back to its pixel, and what meets there is added."""

import numpy as np

from autograder_tests.convolution_3d.conv2d import GEOMETRIES, words
from autograder_tests.fast_convolution import im2col, window_grid
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole


def model(columns, input_shape, kernel_shape, stride=1, padding=0, dilation=1, on=frozenset()):
    """col2im, with switches."""
    N, C, H, W = input_shape
    grid = window_grid.lay((H, W), kernel_shape, stride, padding, dilation, on)
    windows = window_grid.spread(unfolded(columns.astype(float), (N, C, *grid.shape), on), on)
    if "kernel_turned" in on:
        windows = windows[:, :, ::-1, ::-1]
    above, left = grid.around
    padded = gathered(windows, np.zeros((N, C, H + sum(above), W + sum(left))), grid, on)
    images = cropped(padded, H, W, window_grid.pair(padding), on)
    return np.trunc(images) if "integer_output" in on else images


def unfolded(columns, shape, on):
    """The columns as windows ``(N, C, KH, KW, OH, OW)``, in the order in which the mistake reads them."""
    N, C, KH, KW, OH, OW = shape
    if "channels_innermost" in on:
        return np.moveaxis(columns.reshape(N, KH, KW, C, OH, OW), 3, 1)
    if "kernel_columns_first" in on:
        return columns.reshape(N, C, KW, KH, OH, OW).swapaxes(2, 3)
    if "windows_columns_first" in on:
        return columns.reshape(N, C, KH, KW, OW, OH).swapaxes(4, 5)
    if "reshaped_only" in on:
        return columns.reshape(N, C, OH, OW, KH, KW).transpose(0, 1, 4, 5, 2, 3)
    return columns.reshape(shape)


def gathered(windows, padded, grid, on):
    """The padded images after all entries have come."""
    if "later_places_replace" in on:
        for u, v in np.ndindex(grid.shape[:2]):
            padded[:, :, grid.rows[u][:, None], grid.columns[v]] = windows[:, :, u, v]
        return padded
    if "later_windows_replace" in on:
        for i, j in np.ndindex(grid.shape[2:]):
            padded[:, :, grid.rows[:, i][:, None], grid.columns[:, j]] = windows[..., i, j]
        return padded
    np.add.at(padded, grid.places, windows)
    if "overlaps_averaged" in on:
        times = np.zeros(padded.shape)
        np.add.at(times, grid.places, 1.0)
        padded = padded / np.maximum(times, 1.0)
    return padded


def cropped(padded, H, W, padding, on):
    """The images without their padding, with switches."""
    ph, pw = padding
    if "padding_kept" in on:
        return padded
    if "corner_kept" in on:
        return padded[:, :, :H, :W]
    if "cut_from_both_ends" in on:
        return padded[:, :, ph:-ph, pw:-pw]  # which leaves nothing where the padding is 0
    if "cut_as_rows_are" in on:
        return padded[:, :, ph : ph + H, ph : ph + W]
    return padded[:, :, ph : ph + H, pw : pw + W]


MISTAKES = (
    Mistake(
        "later_places_replace",
        "gather",
        "an entry replaced what was in its pixel, one place of the kernel after the other",
        "A pixel stands in several windows. What becomes of the first entry when the second comes?",
    ),
    Mistake(
        "later_windows_replace",
        "gather",
        "an entry replaced what was in its pixel, one window after the other",
        "A pixel stands in several windows. What becomes of the first entry when the second comes?",
    ),
    Mistake(
        "overlaps_averaged",
        "gather",
        "entries that meet in a pixel were averaged, as if this were the inverse of im2col",
        "The contract says what becomes of entries that meet. Is anything divided?",
    ),
    Mistake(
        "padding_kept",
        "crop",
        "the padding were still around the images",
        "Which shape must the result have: that of the padded images, or that of the images?",
    ),
    Mistake(
        "corner_kept",
        "crop",
        "the padding were cut off below and on the right only, twice as much of it",
        "Where in the padded image does pixel [0, 0] stand?",
    ),
    Mistake(
        "cut_from_both_ends",
        "crop",
        "a slice that ends at minus the padding cut it off, so that without padding nothing is left",
        "What is x[0:-0]?",
    ),
    Mistake(
        "cut_as_rows_are",
        "crop",
        "as many zeros were cut off on the left as above",
        "Of a pair of paddings, which belongs to columns?",
    ),
    *window_grid.ORDER,
    Mistake(
        "reshaped_only",
        "windows",
        "the columns were reshaped with the windows' rows and columns before those of the kernel",
        "An axis that im2col made of (C, KH, KW): which three axes does it become again, and where do they stand?",
    ),
    *window_grid.STEPS,
    *window_grid.ONE_FOR_ALL,
    window_grid.WHOLE,
)

HINTS = (
    "On paper: a 3×3 image and a 2×2 kernel. In how many of the four windows does the middle pixel stand? So many "
    "entries come back to it.",
    "columns.reshape(N, C, KH, KW, OH, OW) takes the matrix apart again. Entry (u, v) of all windows belongs to one "
    "slice of the padded image, the same as in im2col.",
    "That slice += windows[:, :, u, v], for each u and v; then padded[:, :, ph : ph + H, pw : pw + W].",
)


def asked(columns, images, kernel_shape, layout="C", **how):
    """A call with columns of the right shape, made of numbers from ``columns(shape)``."""
    KH, KW, OH, OW = window_grid.lay(images[2:], kernel_shape, **how).shape
    return call(columns((images[0], images[1] * KH * KW, OH * OW)), images, kernel_shape, layout=layout, **how)


def counting(shape):
    return np.arange(1.0, np.prod(shape) + 1).reshape(shape)


def worked():
    yield Case("one image", "columns of ones: how many windows has a pixel?", asked(np.ones, (1, 1, 3, 3), (2, 2)))
    yield Case("one image", "a row of four pixels, entries 1 to 6", asked(counting, (1, 1, 1, 4), (1, 2)))
    yield Case("images and channels", "two channels of one row", asked(counting, (1, 2, 1, 3), (1, 2)))
    yield Case("images and channels", "two images of one row", asked(counting, (2, 1, 1, 3), (1, 2)))
    part, row = "stride, padding, dilation", (1, 1, 1, 7)
    yield Case(part, "along a row, stride 2: a pixel is left over", asked(counting, row, (1, 2), stride=(1, 2)))
    yield Case(part, "along a row, padding 1", asked(counting, row, (1, 2), padding=(0, 1)))
    yield Case(part, "along a row, dilation 3", asked(counting, row, (1, 2), dilation=(1, 3)))


def drawn(rng):
    def numbers(shape):
        return whole(rng, *shape)

    for shape, kernel_shape in (
        ((4, 5), (2, 3)), ((5, 4), (3, 2)), ((3, 6), (1, 3)), ((6, 3), (3, 1)), ((3, 4), (3, 4)), ((4, 3), (1, 1)),
    ):  # fmt: skip
        yield Case("one image", im2col.named(shape, kernel_shape), asked(numbers, (1, 1, *shape), kernel_shape))
    for N, C, shape, kernel_shape in (
        (1, 3, (3, 4), (2, 2)), (3, 1, (4, 3), (2, 2)), (2, 2, (3, 5), (2, 3)), (2, 3, (4, 4), (3, 2)),
        (4, 2, (3, 3), (1, 2)),
    ):  # fmt: skip
        name = f"{N} images of {C} channels, {im2col.named(shape, kernel_shape)}"
        yield Case("images and channels", name, asked(numbers, (N, C, *shape), kernel_shape))
    for number, (shape, kernel_shape, how) in enumerate(GEOMETRIES):
        N, C = ((1, 1), (2, 2), (1, 3))[number % 3]
        name = f"{im2col.named(shape, kernel_shape)}, {words(how)}"
        yield Case("stride, padding, dilation", name, asked(numbers, (N, C, *shape), kernel_shape, **how))
    yield from any_numbers(rng)


def any_numbers(rng):
    part, images = "any numbers", (2, 2, 4, 5)

    def fractions(shape):
        return rng.normal(size=shape)

    yield Case(part, "fractions", asked(fractions, images, (2, 3), padding=1))
    yield Case(part, "very small numbers", asked(lambda shape: 1e-9 * fractions(shape), images, (2, 2), stride=2))
    yield Case(part, "negative numbers", asked(lambda shape: -rng.uniform(0.5, 9, shape), images, (3, 2), padding=1))
    yield Case(part, "whole numbers", asked(lambda shape: rng.integers(-9, 10, shape), images, (3, 3), padding=1))
    single = asked(lambda shape: fractions(shape).astype(np.float32), images, (2, 3), padding=(1, 2))
    yield Case(part, "single precision", single)
    yield Case(part, "not contiguous in memory", asked(fractions, images, (2, 2), layout="strided", padding=1))
    yield Case(part, "columns first in memory", asked(fractions, images, (2, 3), layout="F", stride=2))


def exact(rng):
    x, images = whole(rng, 3, 2, 5, 6), (3, 2, 5, 6)
    part = "stride, padding, dilation"
    yield laws.linear("any numbers", (whole(rng, 3, 12, 16), images, (2, 3)), 0, "columns", rng)
    yield laws.equals(
        "one image",
        "where windows do not overlap nothing is added: the columns of im2col must come back as the images",
        call(im2col.model(x[:, :, :4], (2, 3), (2, 3)), (3, 2, 4, 6), (2, 3), (2, 3)),
        x[:, :, :4],
    )
    times = np.array([1, 2, 2, 2, 1])[:, None] * np.array([1, 2, 3, 3, 2, 1])
    yield laws.equals(
        "one image",
        "it is no inverse: the columns of im2col come back as the images, each pixel times the windows that it is in",
        call(im2col.model(x, (2, 3)), images, (2, 3)),
        x * times,
    )
    yield adjoint(part, whole(rng, 1, 6, 9), (1, 1, 4, 5), dict(kernel_shape=(2, 3), stride=(2, 1), padding=(1, 0)))
    yield adjoint(part, whole(rng, 1, 4, 6), (1, 1, 4, 5), dict(kernel_shape=(2, 2), dilation=(2, 2)))
    columns = whole(rng, 3, 12, 16)
    yield laws.cancels(
        "images and channels",
        "the second of three images must give alone what it gives in the batch",
        (1.0, call(columns[1:2], (1, 2, 5, 6), (2, 3)), ()),
        (-1.0, call(columns, images, (2, 3)), np.s_[1:2]),
    )
    columns = whole(rng, 3, 12, 48)
    yield laws.cancels(
        part,
        "padding = a frame that is cut off: padding (1, 2) must give the middle of what images with that frame give",
        (1.0, call(columns, images, (2, 3), padding=(1, 2)), ()),
        (-1.0, call(columns, (3, 2, 7, 10), (2, 3)), np.s_[:, :, 1:-1, 2:-2]),
    )


def adjoint(part, y, images, how):
    """``sum(im2col(x) * y) == sum(x * col2im(y))`` for each x that is a single 1: the right side is one pixel then."""
    ones = np.eye(int(np.prod(images))).reshape(-1, *images)
    left = np.array([np.sum(im2col.model(x, **how) * y) for x in ones]).reshape(images)
    sentence = "adjointness: sum(im2col(x) * y) must be sum(x * col2im(y)) for every image x with a single 1"
    return laws.equals(part, f"{sentence}, {words(how)}", call(y, images, **how), left)


def refused():
    columns, images = np.ones((1, 4, 6)), (1, 1, 3, 4)
    yield Case(REFUSES, "one column too few", call(columns[:, :, :5], images, (2, 2)))
    yield Case(REFUSES, "as many entries, in another shape", call(columns.reshape(1, 6, 4), images, (2, 2)))
    yield Case(REFUSES, "images of three lengths", call(columns, (1, 3, 4), (2, 2)))
    yield Case(REFUSES, "stride 0", call(columns, images, (2, 2), stride=0))
    yield Case(REFUSES, "negative padding", call(columns, images, (2, 2), padding=-1))
    yield Case(REFUSES, "a kernel wider than the image", call(columns, images, (1, 5)))


def feature(holds):
    """A property of the images and the three numbers, asked of a whole call."""
    return lambda columns, images, kernel_shape, stride=1, padding=0, dilation=1: holds(
        images, stride, padding, dilation
    )


def apart(columns, images, kernel_shape, stride=1, padding=0, dilation=1):
    """Whether no pixel stands in two windows."""
    grid = window_grid.lay(images[2:], kernel_shape, stride, padding, dilation)
    return all(np.unique(places).size == places.size for places in (grid.rows, grid.columns))


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
        "no two windows share a pixel": apart,
        **{name: feature(holds) for name, holds in window_grid.FEATURES.items()},
        "the kernel is square": lambda columns, images, kernel_shape, *_, **__: kernel_shape[0] == kernel_shape[1],
    },
)
