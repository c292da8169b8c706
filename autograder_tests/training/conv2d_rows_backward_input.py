"""Checks of conv2d_rows_backward_input: what was copied is added, what was padded is cut off."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole
from autograder_tests.training.batch_last import counts, shifted, slid, slopes


def model(dy, w, padding=0, on=frozenset()):
    """conv2d_rows_backward_input, with switches."""
    dy, w = used(dy.astype(float), w.astype(float), on)
    dtype = int if "integer_output" in on else float
    drows, copies = to_rows(dy, w, dtype, on)
    dpadded, pixels = to_pixels(drows, copies, on)
    if "overlaps_averaged" in on:
        dpadded = dpadded / np.maximum(pixels, 1)
    if "batch_averaged" in on:
        dpadded = dpadded / dy.shape[3]
    return cut(dpadded, padding, on)


def used(dy, w, on):
    """dy and the filters as the mistake uses them."""
    if "turned" in on:
        w = w[:, :, ::-1, ::-1]
    if "kernel_rows_reversed" in on:
        w = w[:, :, ::-1]
    if "filters_and_channels_exchanged" in on:
        if w.shape[0] != w.shape[1]:
            raise ValueError("there are not as many filters as channels")
        w = w.swapaxes(0, 1)
    if "weights_reshaped_straight" in on:
        F, C, KH, KW = w.shape
        w = w.reshape(F, KH, C, KW).transpose(0, 2, 1, 3)
    if "first_filter_only" in on:
        dy, w = dy[:, :1], w[:1]
    if "filters_averaged" in on:
        w = w / len(w)
    if "dy_taken_as_ones" in on:
        dy = np.ones(dy.shape)
    return dy, w


def to_rows(dy, w, dtype, on):
    """The gradient of the shifted rows, and how many products each row got."""
    (OH, _, OW, N), (_, C, KH, KW) = dy.shape, w.shape
    drows, copies = np.zeros((OH + KH - 1, C, KW, OW, N), dtype), np.zeros(OH + KH - 1)
    for i in range(OH - 1 if "last_row_missed" in on else OH):
        product = np.einsum("fjn,fcuv->ucvjn", dy[i], w).astype(dtype)
        first = 0 if "rows_stand_still" in on else i
        if "rows_replaced" in on:
            drows[first : first + KH] = product
        else:
            drows[first : first + KH] += product
        copies[first : first + KH] += 1
    return drows, copies


def to_pixels(drows, copies, on):
    """The gradient of the padded image, and how many products each pixel got."""
    H, C, KW, OW, N = drows.shape
    dpadded = np.zeros((H, C, OW + KW - 1, N), drows.dtype)
    pixels = np.zeros(dpadded.shape)
    for v in range(KW):
        first = 0 if "copies_not_shifted" in on else KW - 1 - v if "copies_shifted_back" in on else v
        if "columns_replaced" in on:
            dpadded[:, :, first : first + OW] = drows[:, :, v]
        else:
            dpadded[:, :, first : first + OW] += drows[:, :, v]
        pixels[:, :, first : first + OW] += copies[:, np.newaxis, np.newaxis, np.newaxis]
    return dpadded, pixels


def cut(dpadded, p, on):
    """The gradient of the image within that of the padded one."""
    H, W = dpadded.shape[0] - 2 * p, dpadded.shape[2] - 2 * p
    if "empty_without_padding" in on:
        return dpadded[p:-p, :, p:-p]
    if "one_always_cut" in on:
        return dpadded[1:-1, :, 1:-1]
    if "padding_kept" in on:
        return dpadded
    if "rows_cut_only" in on:
        return dpadded[p : p + H]
    if "cut_at_the_end_only" in on:
        return dpadded[:H, :, :W]
    if "cut_at_the_beginning_only" in on:
        return dpadded[p:, :, p:]
    if "frame_set_to_0" in on:
        return np.pad(dpadded[p : p + H, :, p : p + W], ((p, p), (0, 0), (p, p), (0, 0)))
    if "batch_first" in on:
        return dpadded[p : p + H, :, p : p + W].transpose(3, 1, 0, 2)
    return dpadded[p : p + H, :, p : p + W]


CUT = "Padding is an argument, and lies on all four sides of the image. Which rows and columns are the image's own?"
GATHER = "A pixel that was used several times gets something from each use. What becomes of it in your function?"

MISTAKES = (
    Mistake(
        "rows_replaced",
        "gather rows",
        "of several matrices that share a row only the last counted for it",
        GATHER,
    ),
    Mistake(
        "columns_replaced",
        "gather columns",
        "of the shifted copies of a pixel only the last counted",
        GATHER,
    ),
    Mistake(
        "overlaps_averaged",
        "mean",
        "what meets in a pixel were averaged in place of added",
        "This is not the inverse of the convolution but its gradient. Is anything to be divided?",
    ),
    Mistake(
        "batch_averaged",
        "batch mean",
        "the result were divided by the number of images",
        "If the loss is a mean over the batch, where has the division by N been done already?",
    ),
    Mistake(
        "empty_without_padding",
        "cut",
        "padding were cut off by a slice that ends at -padding, which leaves nothing where padding is 0",
        "What is np.arange(5)[0:-0]? Say where the image ends by its length.",
    ),
    Mistake("one_always_cut", "cut", "the padding were 1, whatever is given", CUT),
    Mistake("padding_kept", "cut", "the padding were not cut off", CUT),
    Mistake("rows_cut_only", "cut", "the padding were cut off above and below only", CUT),
    Mistake("cut_at_the_end_only", "cut", "all of the padding were cut off at the far ends", CUT),
    Mistake("cut_at_the_beginning_only", "cut", "the padding were cut off above and left only", CUT),
    Mistake("frame_set_to_0", "cut", "the padding were set to 0, but not cut off", CUT),
    Mistake(
        "batch_first",
        "cut",
        "the result were laid out with the batch first",
        "In which layout did the input come, and which shape has its gradient?",
    ),
    Mistake(
        "turned",
        "kernel",
        "the kernels were turned by 180 degrees before they meet dy",
        "Where results are sent back one by one, is there anything to be turned?",
    ),
    Mistake(
        "kernel_rows_reversed",
        "kernel",
        "the rows of the kernels came in reverse order",
        "Forward, row u of the kernel met row i + u of the input. Where does its share go back?",
    ),
    Mistake(
        "filters_and_channels_exchanged",
        "kernel",
        "the first two axes of w were exchanged, filters for channels",
        "dy has one map a filter. With which axis of w does it meet?",
    ),
    Mistake(
        "weights_reshaped_straight",
        "weights",
        "the weights of a filter had been laid out row by row first, and channel by channel after",
        "In which order do KH, C and KW lie in the rows? Forward you have moved the axes of w for it.",
    ),
    Mistake(
        "first_filter_only",
        "filters",
        "only the first filter sent anything back",
        "Each pixel is seen by all filters. Over which axis does the sum run?",
    ),
    Mistake(
        "filters_averaged",
        "filters",
        "what the filters send back were averaged in place of added",
        "Each pixel is seen by all filters. Do their shares add up, or are they averaged?",
    ),
    Mistake(
        "dy_taken_as_ones",
        "dy",
        "dy were 1 everywhere",
        "The weights say how a pixel moves the output. What says how the output moves the loss?",
    ),
    Mistake("last_row_missed", "places", "the last output row were left out", "How many output rows has dy?"),
    Mistake(
        "rows_stand_still",
        "row",
        "every output row had been made from the first rows of the input",
        "Which rows of the input lay under the kernel when output row i was made?",
    ),
    Mistake(
        "copies_not_shifted",
        "column",
        "the shifted copies of a row were added without being shifted back",
        "Copy v of a row began at its pixel v. Where does its gradient begin?",
    ),
    Mistake(
        "copies_shifted_back",
        "column",
        "the last copy of a row began at its first pixel, and the first copy last",
        "Copy v of a row began at its pixel v. Where does its gradient begin?",
    ),
    Mistake(
        "integer_output",
        "output",
        "the result could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you add to?",
    ),
)

HINTS = (
    "One row of three pixels and a filter [1, 10] give two outputs. If dy is [2, 3], pixel 0 gets 1*2, pixel 1 gets "
    "10*2 + 1*3, pixel 2 gets 10*3.",
    "With weights (KH * C * KW, F), laid out as in the forward pass, weights @ dy[i] is the gradient of the matrix of "
    "output row i. Matrices of neighbours share rows: +=.",
    "Copy v goes back with dpadded[:, :, v : v + OW] += drows[:, :, v]. The image is dpadded[padding : padding + H, :, "
    "padding : padding + W].",
)


def batch_last(rows):
    """A list of rows as one image of one channel, (H, 1, W, 1)."""
    return np.array(rows, float)[:, np.newaxis, :, np.newaxis]


def worked():
    filter = np.array([1.0, 10.0]).reshape(1, 1, 1, 2)
    yield Case("by hand", "one row, two weights", call(batch_last([[2, 3]]), filter))
    kernel = np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 1, 2, 2)
    yield Case("by hand", "a single 1 in dy", call(batch_last([[0, 1], [0, 0]]), kernel))
    yield Case("by hand", "2×2 outputs that overlap", call(batch_last([[1, 10], [100, 1000]]), kernel))
    column = np.array([1.0, 2.0, 5.0]).reshape(1, 1, 3, 1)
    yield Case("by hand", "one column, three weights", call(batch_last([[1], [10]]), column))
    square = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)
    yield Case("padding", "a single pixel, padding 1", call(batch_last([[2]]), square, 1))
    yield Case("padding", "2×2 pixels, padding 1", call(batch_last([[1, 10], [100, 1000]]), square, padding=1))


def pair(rng, OH, OW, N=1, C=1, F=1, kernel=(2, 2)):
    """A drawn dy and drawn filters."""
    return whole(rng, OH, F, OW, N), lopsided(rng, F, C, *kernel)


def drawn(rng):
    for OH, OW, kernel in ((3, 4, (2, 3)), (4, 3, (3, 2)), (2, 5, (1, 3)), (5, 2, (4, 1))):
        name = f"{OH}×{OW} outputs, {kernel[0]}×{kernel[1]} kernel"
        yield Case("by hand", name, call(lopsided(rng, OH, 1, OW, 1), lopsided(rng, 1, 1, *kernel)))
    for OH, OW, kernel, padding in (
        (4, 5, (3, 3), 1), (3, 4, (2, 3), 1), (5, 3, (3, 2), 1), (5, 6, (5, 5), 2), (4, 5, (4, 3), 2), (6, 7, (2, 2), 2)
    ):  # fmt: skip
        name = f"{OH}×{OW} outputs, {kernel[0]}×{kernel[1]} kernel, padding {padding}"
        yield Case("padding", name, call(lopsided(rng, OH, 1, OW, 1), lopsided(rng, 1, 1, *kernel), padding))
    for OH, OW, N, C, F, kernel, padding in (
        (3, 4, 1, 3, 1, (2, 3), 0), (3, 4, 1, 1, 3, (3, 2), 0), (2, 4, 3, 1, 1, (2, 2), 0), (3, 2, 2, 2, 2, (2, 3), 0),
        (3, 4, 2, 3, 3, (3, 2), 0), (4, 3, 2, 3, 2, (3, 3), 1), (3, 5, 3, 2, 3, (2, 4), 1), (5, 4, 2, 2, 2, (4, 5), 2),
        (4, 3, 2, 3, 2, (1, 1), 0),
    ):  # fmt: skip
        name = ", ".join([*counts(N, C, F), f"{OH}×{OW} outputs, padding {padding}"])
        how = {"padding": padding} if padding else {}
        yield Case("channels, filters, batch", name, call(*pair(rng, OH, OW, N, C, F, kernel), **how))
    part = "any numbers"
    dy, w = pair(rng, 4, 5, N=2, C=2, F=3, kernel=(3, 2))
    noise, weights = rng.normal(size=dy.shape), rng.normal(size=w.shape)
    yield Case(part, "fractions", call(noise, weights, 1))
    yield Case(part, "very small numbers", call(1e-9 * noise, weights))
    yield Case(part, "whole dy, weights in eighths", call(dy.astype(int), w / 8, 1))
    yield Case(part, "single precision", call(noise.astype(np.float32), weights.astype(np.float32), 1))
    yield Case(part, "not contiguous in memory", call(noise, weights, layout="strided"))
    yield Case(part, "last index first in memory", call(noise, weights, 1, layout="F"))


def exact(rng):
    part = "channels, filters, batch"
    dy, w = pair(rng, 3, 4, N=3, C=2, F=2, kernel=(2, 3))
    yield laws.linear(part, (dy, w, 1), 0, "output's gradient", rng)
    yield laws.linear(part, (dy, w, 1), 1, "filters", rng)
    yield laws.cancels(
        part,
        "a batch is its images one by one: the second of three must get alone what it gets in the batch",
        (1.0, call(dy[..., 1:2], w), ()),
        (-1.0, call(dy, w), np.s_[:, :, :, 1:2]),
    )
    yield laws.equals(
        part,
        "gradient check: one more in a pixel must change sum(dy * output) by that pixel's gradient",
        call(dy[..., :1], w, padding=1),
        slopes(lambda x: float((dy[..., :1] * slid(shifted(x, 3, 1), w)).sum()), np.zeros((2, 2, 4, 1))),
    )


def refused():
    dy, w = np.ones((2, 1, 3, 1)), np.ones((1, 2, 2, 2))
    yield Case(REFUSES, "a dy of two filters for a single one", call(np.ones((2, 2, 3, 1)), w))
    yield Case(REFUSES, "an empty batch", call(dy[..., :0], w))
    yield Case(REFUSES, "padding below 0", call(dy, w, -1))
    yield Case(REFUSES, "half a pixel of padding", call(dy, w, 0.5))
    yield Case(REFUSES, "so much padding that no pixel is left", call(dy, w, 2))


SPEC = Spec(
    parts=(
        Part("by hand", 1),
        Part("padding", 1),
        Part("channels, filters, batch", 2),
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
        "padding = 0": lambda dy, w, padding=0: padding == 0,
        "there is one output row": lambda dy, w, padding=0: len(dy) == 1,
        "the kernel has one row": lambda dy, w, padding=0: w.shape[2] == 1,
        "the kernel has one column": lambda dy, w, padding=0: w.shape[3] == 1,
        "there is one image": lambda dy, w, padding=0: dy.shape[3] == 1,
        "there is one channel": lambda dy, w, padding=0: w.shape[1] == 1,
        "there is one filter": lambda dy, w, padding=0: len(w) == 1,
        "there are as many filters as channels": lambda dy, w, padding=0: w.shape[0] == w.shape[1],
    },
)
