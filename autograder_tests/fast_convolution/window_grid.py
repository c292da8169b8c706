"""Where the windows of im2col lie, and how learners misplace them: what its checks share with those of col2im."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder_tests.judging import Mistake


@dataclass(frozen=True)
class Grid:
    """Which pixel of the padded images stands where in which window.

    Parameters
    ----------
    rows : ndarray, shape (KH, OH)
    columns : ndarray, shape (KW, OW)
    around : pair of pairs
        Zeros above and below, zeros on the left and on the right.
    """

    rows: np.ndarray
    columns: np.ndarray
    around: tuple[tuple[int, int], tuple[int, int]]

    @property
    def places(self):
        """An index that takes ``(N, C, KH, KW, OH, OW)`` out of the padded images."""
        return np.s_[:, :, self.rows[:, None, :, None], self.columns[None, :, None, :]]

    @property
    def shape(self):
        """``(KH, KW, OH, OW)``."""
        (KH, OH), (KW, OW) = self.rows.shape, self.columns.shape
        return KH, KW, OH, OW


def pair(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def lay(lengths, kernel_shape, stride=1, padding=0, dilation=1, on=frozenset()):
    """The grid over images of these lengths, with switches. There are as many windows as there should be."""
    widths = (0, 0) if "padding_ignored" in on else pair(padding)
    stride, dilation = pair(stride), pair(dilation)
    steps, gaps = moved(stride, dilation, on)
    axes = []
    for n, k, s, p, d, step, gap in zip(lengths, kernel_shape, stride, widths, dilation, steps, gaps, strict=True):
        count = (n + 2 * p - d * (k - 1) - 1) // s + 1
        axes.append(gap * np.arange(k)[:, None] + step * np.arange(count))
    return Grid(*axes, tuple(around(width, on) for width in widths))


def moved(stride, dilation, on):
    """How far the window moves, and how far apart the places of a window lie."""
    if "stride_and_dilation_exchanged" in on:
        stride, dilation = dilation, stride
    (sh, sw), (dh, dw) = stride, dilation
    if "stride_ignored" in on:
        sh = sw = 1
    if "stride_on_rows_only" in on:
        sw = 1
    if "first_stride_for_both" in on:
        sw = sh
    if "dilation_ignored" in on:
        dh = dw = 1
    if "first_dilation_for_both" in on:
        dw = dh
    return (sh, sw), (dh, dw)


def around(width, on):
    """Zeros before and after along one axis."""
    if "padding_after_only" in on:
        return 0, 2 * width
    if "padding_before_only" in on:
        return 2 * width, 0
    return width, width


STEPS = (
    Mistake(
        "stride_ignored",
        "steps",
        "there were as many windows as there should be, but each only one pixel from the last",
        "Where does window [1, 1] begin when the stride is 2? Which slice picks every second pixel?",
    ),
    Mistake(
        "stride_on_rows_only",
        "steps",
        "the stride moved the window along rows only, and by one pixel along columns",
        "Two slices, two steps: does the second have one?",
    ),
    Mistake(
        "first_stride_for_both",
        "steps",
        "the first stride of a pair held for rows and columns alike",
        "Of a pair of strides, which belongs to columns?",
    ),
    Mistake(
        "dilation_ignored",
        "gaps",
        "the places of a window always lay side by side, whatever the dilation",
        "With dilation 2, which pixel of the padded image is the second of the first window?",
    ),
    Mistake(
        "first_dilation_for_both",
        "gaps",
        "the first dilation of a pair held for rows and columns alike",
        "Of a pair of dilations, which belongs to columns?",
    ),
    Mistake(
        "stride_and_dilation_exchanged",
        "roles",
        "stride and dilation had exchanged their roles",
        "One of them takes you to the next window, the other to the next place within a window.",
    ),
)

SIDES = (
    Mistake(
        "padding_after_only",
        "border",
        "all zeros lay below and right of the image, and the image in the corner",
        "Where in the padded image does pixel [0, 0] stand?",
    ),
    Mistake(
        "padding_before_only",
        "border",
        "all zeros lay above and left of the image",
        "An image has four borders. At how many of them do you pad?",
    ),
)

ORDER = (
    Mistake(
        "channels_innermost",
        "rows",
        "channels ran fastest down a column of the matrix, and the places of the kernel slower",
        "The contract says which row holds channel c, place (u, v). Which of the three runs slowest?",
    ),
    Mistake(
        "kernel_columns_first",
        "rows",
        "the places of the kernel were counted down its columns, not along its rows",
        "In which order are the places of a 2×2 kernel counted: does [0, 1] come second, or [1, 0]?",
    ),
    Mistake(
        "kernel_turned",
        "kernel",
        "the places of the kernel were counted from the last to the first",
        "Which pixel of a window stands in the first row of the matrix?",
    ),
    Mistake(
        "windows_columns_first",
        "windows",
        "the windows were counted down the columns of the image, not along its rows",
        "Which window comes second: the one to the right of the first, or the one below it?",
    ),
)

ONE_FOR_ALL = (
    Mistake(
        "first_image_for_all",
        "images",
        "every image were the first of the batch",
        "Which index changes from one image to the next?",
    ),
    Mistake(
        "first_channel_for_all",
        "channels",
        "every channel were the first",
        "Which index changes from one channel to the next?",
    ),
)

WHOLE = Mistake(
    "integer_output",
    "dtype",
    "the result could hold whole numbers only, so that fractions are cut off",
    "Which dtype has the array that you write into?",
)


def spread(array, on):
    """Images and channels as the mistake takes them; the first two axes count them."""
    if "first_image_for_all" in on:
        array = np.broadcast_to(array[:1], array.shape)
    if "first_channel_for_all" in on:
        array = np.broadcast_to(array[:, :1], array.shape)
    return array


FEATURES = {
    "padding = 0": lambda lengths, stride, padding, dilation: pair(padding) == (0, 0),
    "stride = 1": lambda lengths, stride, padding, dilation: pair(stride) == (1, 1),
    "dilation = 1": lambda lengths, stride, padding, dilation: pair(dilation) == (1, 1),
    "there is one image": lambda lengths, *_: lengths[0] == 1,
    "there is one channel": lambda lengths, *_: lengths[1] == 1,
    "the images are square": lambda lengths, *_: lengths[2] == lengths[3],
}
