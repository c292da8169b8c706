"""Checks of shifted_rows: a copy of every row for each column of the kernel, each one pixel further on."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole


def model(x, width, padding=0, on=frozenset()):
    """shifted_rows, with switches."""
    padded = surrounded(spread(x.astype(float), on), padding, on)
    places = padded.shape[2] - width + 1
    starts = range(width)
    if "from_the_last" in on:
        starts = reversed(starts)
    if "not_shifted" in on:
        starts = [0] * width
    copies = np.stack([padded[:, :, start : start + places] for start in starts], axis=2)  # (H, C, KW, OW, N)
    rows = laid_out(copies, on)
    return np.trunc(rows) if "integer_output" in on else rows


def spread(x, on):
    """Images and channels as the mistake takes them."""
    if "first_image_for_all" in on:
        x = np.broadcast_to(x[..., :1], x.shape)
    if "first_channel_for_all" in on:
        x = np.broadcast_to(x[:, :1], x.shape)
    return x


def surrounded(x, padding, on):
    """The padded images ``(H, C, W, N)``."""
    around, none = (padding, padding), (0, 0)
    if "padding_ignored" in on:
        around = none
    if "padding_after_only" in on:
        around = (0, 2 * padding)
    if "padding_before_only" in on:
        around = (2 * padding, 0)
    if "edge_padding" in on:
        return np.pad(x, (around, none, around, none), mode="edge")
    if "rows_not_padded" in on:
        return np.pad(x, (none, none, around, none))
    if "columns_not_padded" in on:
        return np.pad(x, (around, none, none, none))
    if "all_axes_padded" in on:
        return np.pad(x, around)
    if "last_two_axes_padded" in on:
        return np.pad(x, (none, none, around, around))
    return np.pad(x, (around, none, around, none))


def laid_out(copies, on):
    """The copies ``(H, C, KW, OW, N)`` as the mistake returns them."""
    shape = copies.shape
    if "windows_reshaped" in on:
        return np.moveaxis(copies, 2, -1).reshape(shape)
    if "copies_last" in on:
        return np.moveaxis(copies, 2, -1)
    if "copies_after_places" in on:
        return copies.swapaxes(2, 3)
    if "copies_before_channels" in on:
        return copies.swapaxes(1, 2)
    if "copies_first" in on:
        return np.moveaxis(copies, 2, 0)
    if "copies_end_to_end" in on:
        return copies.reshape(shape[0], shape[1], shape[2] * shape[3], shape[4])
    return copies


MISTAKES = (
    Mistake(
        "from_the_last",
        "shift",
        "the copies came in reverse order, that of the kernel's last column first",
        "Which pixel is the first of copy 0, and which the first of copy 1?",
    ),
    Mistake(
        "not_shifted",
        "shift",
        "all copies of a row were alike",
        "Where does the slice for column v of the kernel begin?",
    ),
    Mistake("padding_ignored", "border", "the padding were always 0", "Where does your code use padding?"),
    Mistake(
        "rows_not_padded",
        "border",
        "zeros were added on the left and on the right only",
        "How many rows does the contract give the result?",
    ),
    Mistake(
        "columns_not_padded",
        "border",
        "zeros were added above and below only",
        "How long is a row of the padded image?",
    ),
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
    Mistake(
        "edge_padding",
        "border",
        "the pixels at the border were repeated in place of zeros",
        "What does the contract say that the padding is filled with?",
    ),
    Mistake(
        "all_axes_padded",
        "border",
        "channels and images were padded too",
        "np.pad with one number pads every axis. Which of the four axes want padding?",
    ),
    Mistake(
        "last_two_axes_padded",
        "border",
        "the last two axes were padded, columns and images",
        "In the layout (H, C, W, N), which axes are rows and columns?",
    ),
    Mistake(
        "windows_reshaped",
        "layout",
        "the axis of the copies came last, and was reshaped into its place without being moved",
        "reshape never moves a number. Which function moves an axis?",
    ),
    Mistake(
        "copies_last",
        "layout",
        "the axis of the copies were the last of the result",
        "The contract gives the order of the result's axes: in which order do yours come?",
    ),
    Mistake(
        "copies_after_places",
        "layout",
        "the copies were counted after the places in a row: (H, C, OW, KW, N)",
        "Each copy is to lie in one piece. Which axis comes first then, KW or OW?",
    ),
    Mistake(
        "copies_before_channels",
        "layout",
        "the copies were counted before the channels: (H, KW, C, OW, N)",
        "The contract gives the order of the result's axes: in which order do yours come?",
    ),
    Mistake(
        "copies_first",
        "layout",
        "the copies were the first axis of the result: (KW, H, C, OW, N)",
        "All copies of one row are to lie together. Which axis comes first then?",
    ),
    Mistake(
        "copies_end_to_end",
        "layout",
        "the copies of a row were strung together to one long row",
        "How many axes has the result?",
    ),
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
    Mistake(
        "integer_output",
        "dtype",
        "the result could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you write into?",
    ),
)

HINTS = (
    "On paper: the row 1 2 3 4 5 and a kernel of three columns. Which pixels does column 0 of the kernel meet as it "
    "slides, and which does column 1 meet?",
    "Column v meets OW pixels that follow each other: one slice of all padded rows, channels and images at once.",
    "rows[:, :, v] = padded[:, :, v : v + OW] for each v, with rows of shape (H + 2 * padding, C, KW, OW, N).",
)


def worked():
    row = np.arange(1.0, 6.0).reshape(1, 1, 5, 1)
    yield Case("one row", "1 to 5, a kernel of three columns", call(row, 3))
    yield Case("one row", "1 to 5, a kernel of two", call(row, 2))
    yield Case("rows, channels, images", "two rows of three", call(np.arange(1.0, 7.0).reshape(2, 1, 3, 1), 2))
    yield Case("rows, channels, images", "two channels", call(np.arange(1.0, 7.0).reshape(1, 2, 3, 1), 2))
    yield Case("rows, channels, images", "two images", call(np.arange(1.0, 7.0).reshape(1, 1, 3, 2), 2))
    yield Case("padding", "a row of two between zeros", call(np.array([7.0, 8.0]).reshape(1, 1, 2, 1), 2, padding=1))


def drawn(rng):
    for W, width in ((7, 3), (6, 2), (5, 5), (4, 1), (8, 4)):
        yield Case("one row", f"{W} pixels, {width} columns", call(whole(rng, 1, 1, W, 1), width))
    for (H, C, W, N), width in (
        ((4, 1, 5, 1), 2), ((3, 2, 6, 1), 3), ((2, 1, 5, 3), 2), ((3, 2, 4, 2), 2), ((2, 3, 5, 4), 3),
        ((3, 3, 6, 3), 4), ((5, 2, 3, 2), 1), ((2, 2, 4, 3), 4),
    ):  # fmt: skip
        yield Case("rows, channels, images", named(H, C, W, N, width), call(whole(rng, H, C, W, N), width))
    for (H, C, W, N), width, padding in (
        ((3, 1, 4, 1), 2, 1), ((2, 1, 5, 1), 3, 1), ((4, 2, 3, 1), 3, 2), ((2, 1, 4, 3), 2, 2), ((3, 2, 5, 2), 4, 1),
        ((3, 2, 2, 3), 4, 1), ((1, 3, 1, 2), 3, 1), ((2, 2, 6, 2), 1, 1),
    ):  # fmt: skip
        name = f"{named(H, C, W, N, width)}, padding {padding}"
        yield Case("padding", name, call(whole(rng, H, C, W, N), width, padding))
    part, shape = "any numbers", (3, 2, 5, 4)
    yield Case(part, "fractions", call(rng.normal(size=shape), 3, padding=1))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=shape), 2))
    yield Case(part, "negative numbers", call(-rng.uniform(0.5, 9, shape), 3, padding=1))
    yield Case(part, "pixels as a file holds them", call(rng.integers(0, 256, shape).astype(np.uint8), 2, padding=1))
    yield Case(part, "whole numbers", call(rng.integers(-9, 10, shape), 3))
    yield Case(part, "single precision", call(rng.normal(size=shape).astype(np.float32), 3, padding=1))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=shape), 2, padding=1, layout="strided"))
    yield Case(part, "first axis fastest in memory", call(rng.normal(size=shape), 3, layout="F"))


def named(H, C, W, N, width):
    columns = f"{width} column{'s' if width > 1 else ''}"
    return f"{H}×{W} pixels, {C} channels, {N} images, a kernel of {columns}"


def exact(rng):
    x = whole(rng, 4, 2, 6, 3)
    yield laws.linear("any numbers", (x, 3), 0, "images", rng)
    yield laws.equals(
        "rows, channels, images",
        "a kernel of one column needs one copy: the images themselves",
        call(x, 1),
        x[:, :, np.newaxis],
    )
    rows = call(x, 4)
    yield laws.cancels(
        "rows, channels, images",
        "each copy begins one pixel later: entry j of copy v + 1 must be entry j + 1 of copy v",
        (1.0, rows, np.s_[:, :, 1:, :-1]),
        (-1.0, rows, np.s_[:, :, :-1, 1:]),
    )
    yield laws.cancels(
        "rows, channels, images",
        "a batch is its images one by one: the second of three must give alone what it gives in the batch",
        (1.0, call(x[..., 1:2], 3), ()),
        (-1.0, call(x, 3), np.s_[:, :, :, :, 1:2]),
    )
    yield laws.cancels(
        "padding",
        "padding = zeros around the image: padding 2 must give what an image with a frame of zeros gives",
        (1.0, call(x, 3, padding=2), ()),
        (-1.0, call(np.pad(x, ((2, 2), (0, 0), (2, 2), (0, 0))), 3), ()),
    )


def refused():
    x = np.ones((3, 2, 4, 5))
    yield Case(REFUSES, "three axes", call(x[0], 2))
    yield Case(REFUSES, "an empty batch", call(x[..., :0], 2))
    yield Case(REFUSES, "a kernel without columns", call(x, 0))
    yield Case(REFUSES, "negative padding", call(x, 2, padding=-1))
    yield Case(REFUSES, "a kernel wider than a padded row", call(x, 7, padding=1))


SPEC = Spec(
    parts=(
        Part("one row", 1),
        Part("rows, channels, images", 1),
        Part("padding", 1),
        Part("any numbers", 0.5),
        Part(UNTOUCHED, 0.25),
        Part(REFUSES, 0.25),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "padding = 0": lambda x, width, padding=0: padding == 0,
        "the kernel has one column": lambda x, width, padding=0: width == 1,
        "there is one row": lambda x, width, padding=0: x.shape[0] == 1,
        "there is one channel": lambda x, width, padding=0: x.shape[1] == 1,
        "there is one image": lambda x, width, padding=0: x.shape[3] == 1,
        "there is one place in a row": lambda x, width, padding=0: x.shape[2] + 2 * padding == width,
    },
)
