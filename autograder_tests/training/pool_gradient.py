"""What the gradients of both poolings share: where windows lie, how the frame is cut off, and what goes wrong there."""

from __future__ import annotations

import numpy as np

from autograder_tests.judging import Mistake
from autograder_tests.judging.numbers import lopsided


def pair(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def geometry(window, stride, padding, on=frozenset()):
    """Window, step and frame for rows and columns, with switches."""
    (kh, kw), (ph, pw) = pair(window), pair(padding)
    sh, sw = (kh, kw) if stride is None else pair(stride)
    if "window_exchanged" in on:
        kh, kw = kw, kh
    if "window_square" in on:
        kw = kh
    if "window_always_two" in on:
        kh, kw = 2, 2
    if "stride_always_one" in on:
        sh, sw = 1, 1
    if "stride_is_window" in on:
        sh, sw = pair(window)
    if "stride_defaults_to_one" in on and stride is None:
        sh, sw = 1, 1
    if "stride_of_rows" in on:
        sw = sh
    if "stride_on_rows_only" in on:
        sw = 1
    if "padding_of_rows" in on:
        pw = ph
    return (kh, kw), (sh, sw), (ph, pw)


def windows(dy, shape, window, step, on=frozenset()):
    """Each place (i, j) of dy, and top and left of its window in images of ``shape``, padding included."""
    (kh, kw), (sh, sw) = window, step
    for i, j in np.ndindex(dy.shape[2:]):
        if i * sh + kh > shape[2] or j * sw + kw > shape[3]:
            raise IndexError("a window beyond the image")
        yield i, j, i * sh, j * sw
        if "first_window_only" in on:
            return


def upstream(dy, on):
    """The gradient of the output, as the mistake sees it."""
    dy = dy.astype(float)
    if "gradient_ignored" in on:
        return np.ones(dy.shape)
    if "first_image_for_all" in on:
        return np.broadcast_to(dy[:1], dy.shape)
    if "first_channel_for_all" in on:
        return np.broadcast_to(dy[:, :1], dy.shape)
    if "channels_summed" in on:
        return np.broadcast_to(dy.sum(axis=1, keepdims=True), dy.shape)
    if "divided_by_batch" in on:
        return dy / len(dy)
    return -dy if "sign" in on else dy


def cropped(dpadded, shape, frame, on):
    """The gradient of the images, cut out of that of the padded ones."""
    (H, W), (ph, pw) = shape[2:], frame
    if "fractions_lost" in on:
        dpadded = np.trunc(dpadded)
    if "cropped_by_minus_padding" in on:
        return dpadded[:, :, ph:-ph, pw:-pw]
    if "not_cropped" in on:
        return dpadded
    if "cropped_at_the_end" in on:
        return dpadded[:, :, :H, :W]
    if "cropped_at_the_start" in on:
        return dpadded[:, :, 2 * ph :, 2 * pw :]
    dx = dpadded[:, :, ph : ph + H, pw : pw + W]
    return dx.swapaxes(2, 3) if "transposed" in on else dx


OVERLAP = "Neighbouring windows share pixels. When the next share of a pixel comes, what becomes of the one before it?"
START = "Where does the window of dy[0, 0, 1, 1] begin when the stride is 2? Look at every place where you cut one."
FRAME = "The image lies in the middle of its frame: with which row of the frame does it begin?"

REPLACED = Mistake("replaced", "gather", "a pixel's share of one window replaced what it had before", OVERLAP)

SHARED = (
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
        "window_always_two",
        "window",
        "every window had two rows and two columns",
        "Which number stands in your code where the window should?",
    ),
    Mistake("stride_always_one", "stride", "the window moved on by one pixel, whatever the stride is", START),
    Mistake(
        "stride_is_window",
        "stride",
        "the stride were as large as the window, whatever is given",
        "Windows may overlap, or leave gaps. What decides?",
    ),
    Mistake(
        "stride_defaults_to_one",
        "stride",
        "the stride were 1 when none is given",
        "What does the contract say about a stride that is left out?",
    ),
    Mistake(
        "stride_of_rows",
        "stride",
        "the stride for rows were used for columns too",
        "Of a pair of strides, which belongs to columns?",
    ),
    Mistake(
        "stride_on_rows_only",
        "stride",
        "the stride moved the window along rows only, and by one along columns",
        "Which index does the stride multiply? Does the other one need it too?",
    ),
    Mistake(
        "padding_of_rows",
        "padding",
        "the padding for rows were used for columns too",
        "Of a pair of paddings, which belongs to columns?",
    ),
    Mistake(
        "cropped_by_minus_padding",
        "crop",
        "the frame were cut off by a slice that ends at minus the padding, which leaves nothing when that is 0",
        "What does a[p:-p] give when p is 0? Which number, counted from the front, is the end of the image?",
    ),
    Mistake(
        "not_cropped", "crop", "the result kept its frame", "A gradient has the shape of what it belongs to: of x."
    ),
    Mistake("cropped_at_the_end", "crop", "the frame were cut off below and on the right only", FRAME),
    Mistake("cropped_at_the_start", "crop", "the frame were cut off above and on the left only", FRAME),
    Mistake(
        "transposed",
        "crop",
        "rows and columns of the result were exchanged",
        "Which index of the result counts its rows?",
    ),
    Mistake(
        "first_window_only",
        "places",
        "there were only one window, the first",
        "Does your loop run to its end? Look at the column where return stands.",
    ),
    Mistake(
        "gradient_ignored",
        "upstream",
        "dy were 1 everywhere",
        "Does your result change when dy is twice as large?",
    ),
    Mistake(
        "first_image_for_all",
        "upstream",
        "every image had the dy of the first",
        "Which index of dy changes from one image to the next?",
    ),
    Mistake(
        "first_channel_for_all",
        "upstream",
        "every channel had the dy of the first",
        "Which index of dy changes from one channel to the next?",
    ),
    Mistake(
        "channels_summed",
        "upstream",
        "every channel were given the dy of all channels",
        "Pooling treats each channel by itself. Over what does your code sum?",
    ),
    Mistake(
        "divided_by_batch",
        "upstream",
        "dy were divided by the number of images before it is used",
        "The loss was a mean, and dy knows that already. Should a layer divide once more?",
    ),
    Mistake("sign", "upstream", "the sign of dy were turned", "The step downhill is made later; what is asked here?"),
    Mistake(
        "fractions_lost",
        "numbers",
        "the result could hold whole numbers only",
        "Which dtype has the array that you write into?",
    ),
)

APART = (  # shape of the images, window, stride: windows that share no pixel
    ((1, 1, 4, 6), 2, None), ((1, 1, 5, 7), 2, None), ((2, 1, 6, 9), 3, None), ((1, 2, 7, 8), (3, 2), None),
    ((2, 2, 5, 8), (2, 3), None), ((1, 1, 8, 7), 2, 3), ((2, 1, 7, 9), (2, 1), (3, 2)), ((1, 3, 1, 9), (1, 3), None),
    ((3, 2, 9, 1), (2, 1), (3, 1)), ((1, 2, 4, 5), (4, 5), None),
)  # fmt: skip

OVERLAPPING = (
    ((1, 1, 4, 5), 2, 1), ((1, 1, 5, 7), 3, 2), ((2, 1, 6, 5), (3, 2), 1), ((1, 2, 5, 8), (2, 3), (1, 2)),
    ((2, 2, 7, 6), (4, 2), (3, 1)), ((1, 1, 1, 8), (1, 3), 1), ((2, 3, 5, 6), (3, 4), (2, 1)),
)  # fmt: skip

PADDED = (
    ((1, 1, 4, 4), 2, None, 1), ((1, 1, 3, 5), 3, 1, 1), ((2, 1, 5, 4), (2, 3), 1, (0, 1)),
    ((1, 2, 4, 5), (3, 2), 2, (1, 0)), ((2, 2, 5, 6), 3, 2, 1), ((1, 2, 4, 7), (2, 4), (1, 3), (1, 2)),
    ((2, 1, 6, 3), (4, 2), None, (2, 1)), ((1, 1, 5, 5), (2, 4), (2, 1), (1, 2)),
)  # fmt: skip


def slopes(rng, shape, window, stride=None, padding=0):
    """Gradients of the output: different whole numbers, none of them 0."""
    (kh, kw), (sh, sw), (ph, pw) = geometry(window, stride, padding)
    N, C, H, W = shape
    return lopsided(rng, N, C, (H + 2 * ph - kh) // sh + 1, (W + 2 * pw - kw) // sw + 1)


def features():
    """Properties of a call; x may be an array or a shape."""

    def of(holds):
        return lambda dy, x, window, stride=None, padding=0: holds(
            np.shape(dy), getattr(x, "shape", x), pair(window), stride, pair(padding)
        )

    return {
        "padding is 0": of(lambda dy, x, window, stride, padding: padding == (0, 0)),
        "padding is 0 for rows or columns": of(lambda dy, x, window, stride, padding: 0 in padding),
        "no stride is given": of(lambda dy, x, window, stride, padding: stride is None),
        "windows do not overlap": of(
            lambda dy, x, window, stride, padding: all(s >= k for s, k in zip(pair(stride or window), window))
        ),
        "the window is square": of(lambda dy, x, window, stride, padding: window[0] == window[1]),
        "there is one window": of(lambda dy, x, window, stride, padding: dy[2:] == (1, 1)),
        "there is one image": of(lambda dy, x, window, stride, padding: x[0] == 1),
        "there is one channel": of(lambda dy, x, window, stride, padding: x[1] == 1),
        "the images are square": of(lambda dy, x, window, stride, padding: x[2] == x[3]),
    }
