"""Checks of rows_product: rows that lie one after another already are the matrix that a filter needs."""

import numpy as np

from autograder_tests.convolution_3d import layer_mistakes
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole

CHANNELS_AND_FILTERS = (
    "first_channel_only",
    "first_filter_for_all",
    "filters_and_channels_exchanged",
)


def model(rows, w, on=frozenset()):
    """rows_product, with switches."""
    file = rows.dtype
    rows, w = used(rows, w, on)
    OH = len(rows) - w.shape[2] + 1
    counted = weights(w, on)  # (F, KH, C, KW)
    KH = counted.shape[1]
    bands = np.stack([rows[begin(i, on) : begin(i, on) + KH] for i in range(OH)])  # (OH, KH, C, KW, OW, N)
    output = np.moveaxis(np.tensordot(counted, bands, ((1, 2, 3), (1, 2, 3))), 0, 1)
    if "last_row_missed" in on:
        output[-1] = 0.0
    if "rows_left_over" in on:
        output = np.concatenate([output, np.zeros((w.shape[2] - 1, *output.shape[1:]))])
    output = laid_out(output, on)
    return output.astype(file) if "dtype_of_rows" in on else output


def used(rows, w, on):
    """Rows and filters as the mistake uses them."""
    images, w = layer_mistakes.used(rows.swapaxes(0, 1)[np.newaxis], w, on)
    rows = images[0].swapaxes(0, 1)
    if "first_copy_for_all" in on:
        rows = np.broadcast_to(rows[:, :, :1], rows.shape)
    if "first_image_for_all" in on:
        rows = np.broadcast_to(rows[..., :1], rows.shape)
    return rows, w


def begin(i, on):
    """The first of the rows that make output row ``i``."""
    return 0 if "first_band_for_all" in on else i


def weights(w, on):
    """The filters as ``(F, KH, C, KW)``, with switches."""
    F, C, KH, KW = w.shape
    if "first_kernel_row_only" in on:
        w = w[:, :, :1]
    if "kernel_turned" in on:
        w = w[:, :, ::-1, ::-1]
    if "kernel_upside_down" in on:
        w = w[:, :, ::-1]
    if "weights_unmoved" in on:
        return w.reshape(F, KH, C, KW)
    if "weights_channels_last" in on:
        return w.transpose(0, 2, 3, 1).reshape(F, KH, C, KW)
    if "weights_dealt_out" in on:
        return w.transpose(0, 2, 1, 3).reshape(-1, F).T.reshape(F, KH, C, KW)
    return w.transpose(0, 2, 1, 3)


def laid_out(output, on):
    """``(OH, F, OW, N)`` as the mistake returns it."""
    OH, F, OW, N = output.shape
    if "filters_first" in on:
        return output.swapaxes(0, 1)
    if "batch_first" in on:
        return output.transpose(3, 1, 0, 2)
    if "places_and_images_in_one" in on:
        return output.reshape(OH, F, OW * N)
    if "images_before_places" in on:
        return output.reshape(OH, F, N, OW)
    if "images_read_first" in on:
        return output.reshape(OH, F, N, OW).swapaxes(2, 3)
    return output


MISTAKES = (
    Mistake(
        "weights_unmoved",
        "weights",
        "the weights of a filter stood channel by channel, while rows come kernel row by kernel row",
        "Write down the axes of rows[i : i + KH], and below them those of w. In which order must those of w be?",
    ),
    Mistake(
        "weights_channels_last",
        "weights",
        "the weights of a filter stood with the channels running fastest",
        "Write down the axes of rows[i : i + KH], and below them those of w. In which order must those of w be?",
    ),
    Mistake(
        "weights_dealt_out",
        "weights",
        "the weights were dealt out to the filters in turn",
        "Does row 0 of your matrix hold weights of filter 0 only? reshape never moves a number.",
    ),
    Mistake(
        "kernel_turned",
        "kernel",
        "every filter were turned by 180 degrees",
        "From chapter 03 on, convolution means: slide the kernel as it is given.",
    ),
    Mistake(
        "kernel_upside_down",
        "kernel",
        "the rows of every filter came in reverse order",
        "Which row of the kernel meets the first of the KH rows?",
    ),
    Mistake(
        "first_kernel_row_only",
        "kernel",
        "only the first row of every filter counted",
        "How many rows of `rows` enter one output row?",
    ),
    Mistake(
        "first_copy_for_all",
        "copies",
        "every column of the kernel met the first copy",
        "Which index of rows goes with the column of the kernel?",
    ),
    Mistake(
        "first_band_for_all",
        "band",
        "every output row came from the first rows",
        "Which of the rows make output row 1?",
    ),
    Mistake(
        "last_row_missed",
        "size",
        "the last output row were never computed, and left 0",
        "A kernel of 2 rows on 4 rows: how many output rows are there?",
    ),
    Mistake(
        "rows_left_over",
        "size",
        "there were as many output rows as rows, and zeros in those where the kernel does not fit",
        "A kernel of 2 rows on 4 rows: how many output rows are there?",
    ),
    Mistake(
        "filters_first",
        "layout",
        "the first axis of the output counted filters, and the second its rows",
        "The contract gives the order of the output's axes: in which order do yours come?",
    ),
    Mistake(
        "batch_first",
        "layout",
        "the output had the layout (N, F, OH, OW)",
        "Between the fast functions no layout is changed: in which do the rows come?",
    ),
    Mistake(
        "places_and_images_in_one",
        "layout",
        "places and images were left as one axis",
        "How many axes has the output?",
    ),
    Mistake(
        "images_before_places",
        "layout",
        "the last axis of the output had been taken apart into images first and places second",
        "A row of your product holds OW * N numbers: do the first N of them belong to one image, or to one place?",
    ),
    Mistake(
        "images_read_first",
        "layout",
        "the last axis of the product had been taken apart into images and places, and the two were exchanged then",
        "A row of your product holds OW * N numbers: do the first N of them belong to one image, or to one place?",
    ),
    *(mistake for mistake in layer_mistakes.MISTAKES if mistake.name in CHANNELS_AND_FILTERS),
    Mistake(
        "first_image_for_all",
        "images",
        "every image were the first of the batch",
        "Which index changes from one image to the next?",
    ),
    Mistake(
        "dtype_of_rows",
        "dtype",
        "the output had the dtype of rows, so that whole numbers stay whole",
        "Which dtype has the array that you write into? np.result_type(rows, w) knows which it must be.",
    ),
)

HINTS = (
    "Which rows does output row 0 need, and which does output row 1? They overlap, and nothing has to be copied.",
    "rows[i : i + KH] has the axes (KH, C, KW, OW, N). The first three are summed away: give the filters the order "
    "(F, KH, C, KW).",
    "w.transpose(0, 2, 1, 3).reshape(F, -1) @ rows[i : i + KH].reshape(KH * C * KW, OW * N), reshaped to (F, OW, N), "
    "is output row i.",
)


def worked():
    ladder = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]).reshape(3, 1, 1, 2, 1)
    sum_of_two = np.array([1.0, 10.0]).reshape(1, 1, 2, 1)
    yield Case("one channel", "three rows of two places, a filter of two rows", call(ladder, sum_of_two))
    copies = np.array([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]]).reshape(1, 1, 2, 3, 1)
    yield Case("one channel", "one row in two copies", call(copies, np.array([1.0, 10.0]).reshape(1, 1, 1, 2)))
    two = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]).reshape(2, 2, 1, 2, 1)
    numbered = np.array([[1.0, 10.0], [100.0, 1000.0]]).reshape(1, 2, 2, 1)
    yield Case("channels and filters", "two channels, one filter of two rows", call(two, numbered))
    yield Case("channels and filters", "the same with two filters", call(two, np.concatenate([numbered, -numbered])))
    yield Case(
        "a batch", "two images of two places", call(np.arange(1.0, 5.0).reshape(1, 1, 1, 2, 2), np.ones((1, 1, 1, 1)))
    )


def drawn(rng):
    for (H, OW), (KH, KW) in (((4, 3), (2, 3)), ((5, 2), (3, 2)), ((3, 4), (3, 1)), ((4, 5), (1, 2)), ((2, 3), (2, 2))):
        name = f"{H} rows of {OW} places, a {KH}×{KW} kernel"
        yield Case("one channel", name, call(whole(rng, H, 1, KW, OW, 1), lopsided(rng, 1, 1, KH, KW)))
    for C, F, (H, OW), (KH, KW) in (
        (2, 1, (4, 3), (2, 2)), (3, 2, (3, 4), (2, 3)), (1, 3, (4, 2), (3, 2)), (2, 2, (3, 3), (2, 2)),
        (3, 3, (4, 3), (2, 1)), (2, 4, (3, 5), (1, 3)), (4, 2, (2, 3), (1, 1)),
    ):  # fmt: skip
        name = f"{C} channels, {F} filters, {H} rows of {OW} places, a {KH}×{KW} kernel"
        yield Case("channels and filters", name, call(whole(rng, H, C, KW, OW, 1), lopsided(rng, F, C, KH, KW)))
    for N, C, F, (H, OW), (KH, KW) in (
        (2, 1, 1, (3, 4), (2, 2)), (3, 2, 2, (4, 2), (2, 3)), (4, 2, 3, (3, 3), (3, 2)), (3, 3, 2, (4, 3), (2, 2)),
        (2, 2, 2, (3, 2), (2, 2)), (5, 1, 2, (3, 1), (2, 2)),
    ):  # fmt: skip
        name = f"{N} images, {C} channels, {F} filters, {H} rows of {OW} places, a {KH}×{KW} kernel"
        yield Case("a batch", name, call(whole(rng, H, C, KW, OW, N), lopsided(rng, F, C, KH, KW)))
    yield from any_numbers(rng)


def any_numbers(rng):
    part, shape, kernels = "any numbers", (4, 2, 3, 3, 2), (3, 2, 2, 3)
    file = rng.integers(0, 256, shape).astype(np.uint8)
    yield Case(part, "fractions", call(rng.normal(size=shape), rng.normal(size=kernels)))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=shape), rng.normal(size=kernels)))
    yield Case(part, "pixels as a file holds them", call(file, rng.normal(size=kernels)))
    yield Case(part, "whole rows, weights in eighths", call(rng.integers(-9, 10, shape), lopsided(rng, *kernels) / 8))
    single = (rng.normal(size=size).astype(np.float32) for size in (shape, kernels))
    yield Case(part, "single precision", call(*single))
    mixed = rng.normal(size=shape).astype(np.float32), rng.normal(size=kernels)
    yield Case(part, "rows in single precision, weights in double", call(*mixed))
    arrays = rng.normal(size=shape), rng.normal(size=kernels)
    yield Case(part, "not contiguous in memory", call(*arrays, layout="strided"))
    yield Case(part, "first axis fastest in memory", call(*arrays, layout="F"))


def exact(rng):
    rows, w = whole(rng, 5, 2, 3, 4, 3), lopsided(rng, 2, 2, 2, 3)
    yield laws.linear("any numbers", (rows, w), 0, "rows", rng)
    yield laws.linear("any numbers", (rows, w), 1, "filters", rng)
    tap = np.zeros((1, 2, 2, 3))
    tap[0, 1, 1, 2] = 1.0
    yield laws.equals(
        "channels and filters",
        "a filter with a single 1, at channel 1 and place (1, 2), must return copy 2 of channel 1 from row 1 on",
        call(rows, tap),
        rows[1:, 1:, 2],
    )
    yield laws.cancels(
        "channels and filters",
        "the sum over channels: the results of two channels, each alone with its slices, must add up to that of both",
        (1.0, call(rows, w), ()),
        (-1.0, call(rows[:, :1], w[:, :1]), ()),
        (-1.0, call(rows[:, 1:], w[:, 1:]), ()),
    )
    yield laws.cancels(
        "channels and filters",
        "a bank is its filters one by one: the second filter must give alone what it gives in the bank",
        (1.0, call(rows, w[1:]), ()),
        (-1.0, call(rows, w), np.s_[:, 1:]),
    )
    yield laws.cancels(
        "a batch",
        "a batch is its images one by one: the second of three must give alone what it gives in the batch",
        (1.0, call(rows[..., 1:2], w), ()),
        (-1.0, call(rows, w), np.s_[:, :, :, 1:2]),
    )


def working(cell, rows, w):
    i, f, j, n = cell
    return rows[i : i + w.shape[2], :, :, j, n], w[f].swapaxes(0, 1), (i, 0, 0, j, n)


def refused():
    rows, w = np.ones((4, 2, 3, 5, 1)), np.ones((2, 2, 2, 3))
    yield Case(REFUSES, "images in place of their rows", call(rows[:, :, 0], w))
    yield Case(REFUSES, "channels that do not match", call(rows, w[:, :1]))
    yield Case(REFUSES, "more copies than the kernel has columns", call(rows, w[..., :2]))
    yield Case(REFUSES, "fewer rows than the kernel has", call(rows[:1], w))


SPEC = Spec(
    parts=(
        Part("one channel", 1),
        Part("channels and filters", 1.5),
        Part("a batch", 1),
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
        "there is one image": lambda rows, w: rows.shape[4] == 1,
        "there is one channel": lambda rows, w: rows.shape[1] == 1,
        "there is one filter": lambda rows, w: len(w) == 1,
        "the kernel has one row": lambda rows, w: w.shape[2] == 1,
        "the kernel has one column": lambda rows, w: w.shape[3] == 1,
        "the kernel is square": lambda rows, w: w.shape[2] == w.shape[3],
        "there are as many filters as channels": lambda rows, w: w.shape[0] == w.shape[1],
    },
    working=working,
)
