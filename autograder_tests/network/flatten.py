"""Checks of flatten: one row an image, its last axis running fastest."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole


def model(x, on=frozenset()):
    """flatten, with switches."""
    N = x.shape[0]
    if "channels_last" in on and x.ndim > 2:
        x = np.moveaxis(x, 1, -1)
    if "rows_and_columns_exchanged" in on and x.ndim > 2:
        x = x.swapaxes(-1, -2)
    if "upside_down" in on and x.ndim > 2:
        x = x[..., ::-1, :]
    if "fractions_lost" in on:
        x = np.trunc(x)
    if "maps_averaged" in on and x.ndim > 2:
        x = x.mean(axis=tuple(range(2, x.ndim)))
    if "first_channel_only" in on and x.ndim > 2:
        x = x[:, :1]
    return unrolled(x, N, on)


def unrolled(x, N, on):
    """The images as rows."""
    if "columns_first" in on:
        return x.reshape(N, -1, order="F")
    if "memory_order" in on:
        return x.reshape(N, -1, order="A")
    if "batch_mixed" in on:
        return x.reshape(-1, N).T
    if "batch_last" in on:
        return x.reshape(N, -1).T
    if "batch_last_mixed" in on:
        return x.reshape(-1, N)
    if "one_long_row" in on:
        return x.reshape(-1)
    if "one_row_of_all" in on:
        return x.reshape(1, -1)
    if "channels_kept" in on and x.ndim > 2:
        return x.reshape(N, x.shape[1], -1)
    if "first_image_only" in on:
        return x[0].reshape(-1)
    return x.reshape(N, -1)


MISTAKES = (
    Mistake(
        "columns_first",
        "order",
        "each image were read column by column, first axis fastest",
        "Which pixel must follow the top left one: the one below it, or the one to its right?",
    ),
    Mistake(
        "memory_order",
        "order",
        "pixels were read as they happen to lie in memory",
        "Two equal arrays may lie differently in memory. Must the result tell them apart?",
    ),
    Mistake(
        "batch_mixed",
        "order",
        "the pixels of all images were dealt out in turn, one to each row",
        "Does row 0 of your result hold pixels of image 0 only?",
    ),
    Mistake("batch_last", "order", "images were columns of the result", "Which axis of the result counts images?"),
    Mistake(
        "batch_last_mixed",
        "order",
        "the images were the last axis of x",
        "Which axis of x counts images, and where must it stay?",
    ),
    Mistake(
        "one_long_row",
        "order",
        "all images were strung together in one row",
        "Each image has a row of its own.",
    ),
    Mistake("one_row_of_all", "order", "the batch were one image", "How many rows has the result for N images?"),
    Mistake(
        "channels_kept",
        "order",
        "each channel were unrolled by itself",
        "How many axes has the result?",
    ),
    Mistake("first_image_only", "order", "there were only one image", "What becomes of the other images?"),
    Mistake(
        "channels_last",
        "axes",
        "channels were moved behind rows and columns first",
        "The axes stay in the order in which x has them.",
    ),
    Mistake(
        "rows_and_columns_exchanged",
        "axes",
        "rows and columns were exchanged first",
        "The axes stay in the order in which x has them.",
    ),
    Mistake(
        "upside_down",
        "rows",
        "each map stood upside down",
        "Is anything to be reversed?",
    ),
    Mistake(
        "maps_averaged",
        "pixels",
        "each channel were averaged to one number (global average pooling)",
        "Flattening loses no pixel: how many must a row hold?",
    ),
    Mistake(
        "first_channel_only",
        "pixels",
        "only the first channel counted",
        "How many numbers has one image, over all its channels?",
    ),
    Mistake(
        "fractions_lost",
        "numbers",
        "the result could hold whole numbers only",
        "Which dtype has the array that you write into?",
    ),
)

HINTS = (
    "Two images with two channels of 2×3 pixels: how many rows has the result, and how long are they?",
    "The first axis stays as it is. All others become one, in their order.",
    "x.reshape(N, -1) leaves the second length to NumPy.",
)


def worked():
    yield Case("one image", "one channel of 2×3", call(np.arange(1.0, 7.0).reshape(1, 1, 2, 3)))
    yield Case("one image", "two channels of 2×2", call(np.arange(1.0, 9.0).reshape(1, 2, 2, 2)))
    yield Case("a batch", "two images of 2×2", call(np.arange(1.0, 9.0).reshape(2, 1, 2, 2)))


def drawn(rng):
    for shape in ((1, 1, 3, 4), (1, 3, 2, 2), (1, 2, 5, 1), (1, 2, 1, 4)):
        yield Case("one image", f"shape {shape}", call(rng.normal(size=shape)))
    for shape in ((2, 3, 4, 5), (3, 2, 2, 3), (4, 1, 3, 3), (2, 4), (3, 2, 4), (2, 2, 2, 3, 2), (2, 2, 2, 2)):
        yield Case("a batch", f"shape {shape}", call(rng.normal(size=shape)))
    yield Case("a batch", "one number an image", call(rng.normal(size=4)))
    yield Case("any numbers", "pixels as a file holds them", call(rng.integers(0, 256, (2, 3, 2, 2)).astype(np.uint8)))
    yield Case("any numbers", "whole numbers", call(rng.integers(-9, 10, (3, 2, 3, 2))))
    yield Case("any numbers", "single precision", call(rng.normal(size=(2, 1, 3, 2)).astype(np.float32)))
    yield Case("any numbers", "very small numbers", call(1e-9 * rng.normal(size=(2, 2, 3, 2))))
    yield Case("any numbers", "not contiguous in memory", call(rng.normal(size=(2, 3, 2, 4)), layout="strided"))
    yield Case("any numbers", "columns first in memory", call(rng.normal(size=(2, 3, 4, 2)), layout="F"))
    yield Case("any numbers", "columns first, one image", call(rng.normal(size=(1, 2, 3, 4)), layout="F"))


def exact(rng):
    x = whole(rng, 3, 2, 2, 3)
    yield laws.linear("a batch", (x,), 0, "images", rng)
    for n in range(len(x)):
        yield laws.cancels(
            "a batch",
            f"images keep apart: row {n} of the result must be what image {n} gives alone",
            (1.0, call(x), n),
            (-1.0, call(x[n : n + 1]), 0),
        )


def refused():
    yield Case(REFUSES, "an empty batch", call(np.ones((0, 2, 3))))


SPEC = Spec(
    parts=(Part("one image", 1), Part("a batch", 1), Part("any numbers", 1), Part(UNTOUCHED, 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "there is one image": lambda x: x.shape[0] == 1,
        "x has four axes": lambda x: x.ndim == 4,
        "there is one channel": lambda x: x.ndim > 2 and x.shape[1] == 1,
        "the maps are square": lambda x: x.ndim > 2 and x.shape[-1] == x.shape[-2],
        "x lies in memory row by row": lambda x: bool(x.flags.c_contiguous),
        "all numbers are whole": lambda x: bool((x % 1 == 0).all()),
    },
)
