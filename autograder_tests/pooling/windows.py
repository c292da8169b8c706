"""Where the windows of a pooling layer lie, and how learners misplace them: what this chapter's checks share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder_tests.judging import Mistake


@dataclass(frozen=True)
class Place:
    """One entry of the output, with the rows and columns of the padded image that it looks at."""

    i: int
    j: int
    rows: slice
    columns: slice


@dataclass(frozen=True)
class Layout:
    """All windows over an image; ``padding`` is (above, below), (left, right)."""

    OH: int
    OW: int
    padding: tuple[tuple[int, int], tuple[int, int]]
    places: tuple[Place, ...]

    def pad(self, x, fill):
        """The batch in a frame of ``fill``."""
        (N, C, H, W), ((above, below), (left, right)) = x.shape, self.padding
        framed = np.full((N, C, above + H + below, left + W + right), float(fill))
        framed[:, :, above : above + H, left : left + W] = x
        return framed


def pair(value):
    """Two numbers, for rows and for columns."""
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def lay(x, window, stride, padding, on):
    """The layout of the windows, with switches."""
    H, W = x.shape[2:]
    if "first_number_only" in on:
        window = pair(window)[0]
    if "cut_into_blocks" in on:
        (kh, kw), stride, padding = pair(window), None, 0
        if H % kh or W % kw:
            raise ValueError("the blocks do not fill the image")
    (kh, kw), (sh, sw), (ph, pw) = pair(window), steps(window, stride, on), pair(padding)
    if "window_exchanged" in on:
        kh, kw = kw, kh
    if "window_square" in on:
        kw = kh
    if "padding_ignored" in on:
        ph, pw = 0, 0
    if "padding_of_rows" in on:
        pw = ph
    around = [[ph, ph], [pw, pw]]
    if "padding_before_only" in on:
        around = [[ph, 0], [pw, 0]]
    if "padding_after_only" in on:
        around = [[0, ph], [0, pw]]
    OH, OW = places_along(H + sum(around[0]), kh, sh, on), places_along(W + sum(around[1]), kw, sw, on)
    if "height_for_both" in on:
        OW = OH
    (step_down, step_right), (tall, wide) = (sh, sw), (kh, kw)
    if "stride_for_size_only" in on:
        step_down, step_right = 1, 1
    if "extent_from_stride" in on:
        tall, wide = sh, sw
    places = tuple(
        Place(i, j, slice(i * step_down, i * step_down + tall), slice(j * step_right, j * step_right + wide))
        for i in range(OH)
        for j in range(OW)
    )
    return Layout(OH, OW, (tuple(around[0]), tuple(around[1])), places)


def steps(window, stride, on):
    """How far the window moves along rows and columns, with switches."""
    sh, sw = pair(window if stride is None else stride)
    if "stride_defaults_to_one" in on and stride is None:
        sh, sw = 1, 1
    if "stride_defaults_to_two" in on and stride is None:
        sh, sw = 2, 2
    if "stride_always_one" in on:
        sh, sw = 1, 1
    if "stride_is_window" in on:
        sh, sw = pair(window)
    if "stride_of_rows" in on:
        sw = sh
    if "stride_exchanged" in on:
        sh, sw = sw, sh
    return sh, sw


def places_along(length, k, s, on):
    """How many windows there are along one axis, with switches."""
    if "last_missed" in on:
        return (length - k) // s
    if "ragged_edge_kept" in on:
        return -(-(length - k) // s) + 1
    return (length - k) // s + 1


def distinct(rng, *shape):
    """Different whole numbers around 0, in random order: no two pixels are equal."""
    size = int(np.prod(shape))
    return (rng.permutation(size) - size // 2).reshape(shape).astype(float)


WINDOW = (
    Mistake(
        "window_exchanged",
        "window",
        "height and width of the window were exchanged",
        "Of a pair, which number belongs to rows?",
    ),
    Mistake(
        "window_square",
        "window",
        "the window were as wide as it is high",
        "Which number of the pair bounds the window's columns?",
    ),
    Mistake(
        "first_number_only",
        "window",
        "only the first number of the window counted: for its width, too, and for a stride that is left out",
        "Of a pair, which number bounds the window's columns, and which is the stride along them?",
    ),
    Mistake(
        "cut_into_blocks",
        "blocks",
        "the image were cut into blocks of the window's size, with no stride or padding of its own",
        "Windows may overlap, and pixels may be left over. Can blocks do that?",
    ),
    Mistake(
        "extent_from_stride",
        "extent",
        "each window ended where the next one begins, whatever its size",
        "Which number says where a window ends: the stride, or the window's length?",
    ),
)

STRIDE = (
    Mistake(
        "stride_defaults_to_one",
        "stride",
        "the stride were 1 when none is given",
        "What does the contract say about a stride that is left out?",
    ),
    Mistake(
        "stride_defaults_to_two",
        "stride",
        "the stride were 2 when none is given",
        "What does the contract say about a stride that is left out?",
    ),
    Mistake(
        "stride_always_one",
        "stride",
        "the stride were 1, whatever is given",
        "Where does the stride enter your function?",
    ),
    Mistake(
        "stride_is_window",
        "stride",
        "the stride were as large as the window, whatever is given",
        "Windows may overlap, or leave gaps. What decides?",
    ),
    Mistake(
        "stride_of_rows",
        "stride",
        "the stride for rows were used for columns too",
        "Of a pair of strides, which belongs to columns?",
    ),
    Mistake(
        "stride_exchanged",
        "stride",
        "the strides for rows and columns were exchanged",
        "Of a pair of strides, which belongs to rows?",
    ),
    Mistake(
        "stride_for_size_only",
        "start",
        "the output had the right size, but the window moved on by one pixel at a time",
        "Where does the window of output [1, 1] begin when the stride is 2?",
    ),
)

SIZE = (
    Mistake(
        "last_missed",
        "size",
        "the last row and the last column of places were left out",
        "A window of 2 on 4 pixels, stride 2: how many places are there?",
    ),
    Mistake(
        "ragged_edge_kept",
        "size",
        "a last window that does not fit whole were kept, cut off at the border",
        "Only windows that fit whole count. Which way must the division be rounded?",
    ),
    Mistake(
        "height_for_both",
        "size",
        "the output were as wide as it is high",
        "Which lengths enter the number of columns of the output?",
    ),
)

PADDING = (
    Mistake(
        "padding_ignored",
        "padding",
        "there were no padding, whatever is given",
        "Where does the padding enter your function?",
    ),
    Mistake(
        "padding_of_rows",
        "padding",
        "the padding for rows were used for columns too",
        "Of a pair of paddings, which belongs to columns?",
    ),
    Mistake(
        "padding_before_only",
        "sides",
        "the padding lay above and left of the image only",
        "An image has four borders. At how many of them do you pad?",
    ),
    Mistake(
        "padding_after_only",
        "sides",
        "the padding lay below and right of the image only",
        "An image has four borders. At how many of them do you pad?",
    ),
)

BATCH = (
    Mistake(
        "over_channels",
        "axes",
        "a window reached through all channels, so that every channel gets the same map",
        "Along which axes does a window extend?",
    ),
    Mistake(
        "over_everything",
        "axes",
        "a window reached through all images and channels",
        "Along which axes does a window extend?",
    ),
    Mistake(
        "first_channel_only",
        "axes",
        "every channel were the first",
        "Which index of x have you left at 0?",
    ),
    Mistake(
        "first_image_only",
        "axes",
        "every image were the first of the batch",
        "Which index of x have you left at 0?",
    ),
)

TRANSPOSED = Mistake(
    "output_transposed",
    "layout",
    "rows and columns of the output were exchanged",
    "Which index of the output counts its rows?",
)


def spread(x, on):
    """The batch as seen by a function that mixes or forgets images or channels."""
    if "first_channel_only" in on:
        x = np.broadcast_to(x[:, :1], x.shape)
    if "first_image_only" in on:
        x = np.broadcast_to(x[:1], x.shape)
    return x


def reduced(patch, reduce, on):
    """A window's number for each image and channel; ``reduce`` takes the patch and the axes that go."""
    if "over_everything" in on:
        return np.broadcast_to(reduce(patch, (0, 1, 2, 3)), patch.shape[:2])
    if "over_channels" in on:
        return np.broadcast_to(reduce(patch, (1, 2, 3))[:, np.newaxis], patch.shape[:2])
    return reduce(patch, (2, 3))


def named(shape, window, stride=None, padding=0):
    """What is drawn, in words."""
    N, C, H, W = shape
    words = [f"{H}×{W} pixels", f"window {_words(window)}"]
    words += [f"stride {_words(stride)}"] if stride is not None else []
    words += [f"padding {_words(padding)}"] if padding != 0 else []
    return ", ".join(words) + (f", {N} images of {C} channels" if N * C > 1 else "")


def _words(value):
    return str(value) if np.ndim(value) == 0 else f"{value[0]} and {value[1]}"
