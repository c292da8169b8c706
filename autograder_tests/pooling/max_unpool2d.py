"""Checks of max_unpool2d: each value back at its place, in its own image and channel."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole

GATHER = {
    "last_stays": lambda before, value, first: value,
    "first_stays": lambda before, value, first: value if first else before,
    "largest_stays": lambda before, value, first: max(before, value),
}


def model(y, argmax, shape, on=frozenset()):
    """max_unpool2d, with switches."""
    N, C = y.shape[:2]
    H, W = shape[::-1] if "shape_exchanged" in on else shape
    image = np.zeros((N, C, H, W), int if "integer_output" in on else float)
    times = np.zeros(image.shape, int)
    for n, c, i, j in np.ndindex(y.shape):
        source = (0 if "first_image_for_all" in on else n, 0 if "first_channel_for_all" in on else c)
        row, column = unpacked(int(argmax[(*source, i, j)]), H, W, on)
        target = (0, 0, row, column) if "all_into_first" in on else (n, c, row, column)
        value = 1.0 if "marks_only" in on else y[n, c, i, j].astype(float)
        image[target] = gathered(image[target], value, times[target] == 0, on)
        times[target] += 1
    if "mean_of_repeated" in on:
        image = image / np.maximum(times, 1)
    if "flat" in on:
        return image.reshape(N, C, H * W)
    if "holes_filled" in on:
        image = np.where(times == 0, y.mean(axis=(2, 3), keepdims=True), image)
    return image


def unpacked(index, H, W, on):
    """Row and column of a place, with switches."""
    if "unpacked_by_height" in on:
        return index // H, index % H
    if "columns_first" in on:
        return index % H, index // H
    if "counted_from_one" in on:
        index = (index - 1) % (H * W)
    return index // W, index % W


def gathered(before, value, first, on):
    """What a pixel holds after one more value has come."""
    rule = next((GATHER[name] for name in sorted(on & GATHER.keys())), lambda before, value, first: before + value)
    return rule(before, value, first)


MISTAKES = (
    Mistake(
        "last_stays",
        "gather",
        "the last of several values for one pixel replaced those before it",
        "One pixel may win in two windows. What happens to the first value when the second comes?",
    ),
    Mistake(
        "first_stays",
        "gather",
        "only the first of several values for one pixel counted",
        "One pixel may win in two windows. What does the contract say about their values?",
    ),
    Mistake(
        "largest_stays",
        "gather",
        "the largest of several values for one pixel, or 0, stayed",
        "One pixel may win in two windows, and values may be negative. What does the contract say?",
    ),
    Mistake(
        "mean_of_repeated",
        "repeated",
        "several values for one pixel were averaged",
        "One pixel may win in two windows. What does the contract say about their values?",
    ),
    Mistake(
        "unpacked_by_height",
        "place",
        "a row of the image were as long as the image is high",
        "By which length must a place be divided to give its row?",
    ),
    Mistake(
        "columns_first",
        "place",
        "places were counted down the columns",
        "Pixel 1 is the neighbour of pixel 0: to the right, or below?",
    ),
    Mistake("counted_from_one", "place", "places were counted from 1", "Which number has the first pixel?"),
    Mistake(
        "shape_exchanged",
        "shape",
        "the shape were given as width and height",
        "Which of the two numbers in shape counts rows?",
    ),
    Mistake(
        "first_channel_for_all",
        "channel",
        "the places of the first channel held for every channel",
        "Each channel has winners of its own: which index of argmax is missing?",
    ),
    Mistake(
        "first_image_for_all",
        "image",
        "the places of the first image held for every image",
        "Each image has winners of its own: which index of argmax is missing?",
    ),
    Mistake(
        "all_into_first",
        "target",
        "all values went into the first channel of the first image",
        "A place is counted anew in every channel: into which channel of which image does it lead?",
    ),
    Mistake("marks_only", "value", "every value were 1", "What is to be put at the winner's place?"),
    Mistake(
        "integer_output",
        "output",
        "the image could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you write into?",
    ),
    Mistake("flat", "form", "the pixels stayed in one long row", "Which shape does the contract ask for?"),
    Mistake("holes_filled", "holes", "pixels that won nowhere held the mean", "What does the contract put elsewhere?"),
)

HINTS = (
    "On paper: y is [[5, 8]], argmax is [[1, 6]], the image has 2 rows of 4. Where do the two numbers go?",
    "For each image and channel: begin with H * W zeros, walk through y and argmax together, and add.",
    "image[n, c, place] += value, one at a time; np.add.at does it at once. A plain image[n, c][argmax[n, c]] = ... "
    "forgets a pixel that comes twice.",
)


def winners(rng, N, C, OH, OW, H, W, step):
    """Places as a max pooling finds them: window [i, j] begins at (i, j) times step, and is 3 by 3 at most."""
    rows = np.arange(OH)[:, None] * step + rng.integers(0, 3, (N, C, OH, OW))
    columns = np.arange(OW) * step + rng.integers(0, 3, (N, C, OH, OW))
    return np.minimum(rows, H - 1) * W + np.minimum(columns, W - 1)


def apart(rng, N, C, OH, OW, first):
    """Places of which no two are equal in a channel, all among the first so many pixels."""
    return np.stack([rng.permutation(first)[: OH * OW] for _ in range(N * C)]).reshape(N, C, OH, OW)


def worked():
    y, places = np.array([[[[5.0, 8.0], [7.0, 9.0]]]]), np.array([[[[1, 6], [12, 11]]]])
    yield Case("worked by hand", "four winners in a 4×4 image", call(y, places, (4, 4)))
    yield Case("worked by hand", "two winners in a low and wide image", call(y[:, :, :1], places[:, :, :1], (2, 4)))
    row = np.array([[[[4.0, 4.0, 5.0]]]])
    yield Case("one pixel wins twice", "one row, overlapping windows", call(row, np.array([[[[2, 2, 4]]]]), (1, 5)))
    yield Case("one pixel wins twice", "the same, all negative", call(-row, np.array([[[[2, 2, 4]]]]), (1, 5)))


def drawn(rng):
    for OH, OW, H, W in ((2, 3, 4, 6), (2, 2, 5, 4), (1, 3, 1, 8), (3, 1, 7, 1)):
        y, places = 1.0 + rng.permutation(OH * OW).reshape(1, 1, OH, OW), apart(rng, 1, 1, OH, OW, H * W)
        yield Case("worked by hand", f"{OH}×{OW} values, {H}×{W} pixels", call(y, places, (H, W)))
    for N, C, OH, OW, H, W in ((2, 3, 2, 2, 4, 5), (3, 1, 2, 3, 5, 6), (1, 4, 2, 2, 6, 3), (2, 2, 3, 2, 4, 4)):
        name = f"{N} images of {C} channels, {H}×{W} pixels"
        places = apart(rng, N, C, OH, OW, H * W)
        yield Case("images and channels", name, call(whole(rng, N, C, OH, OW), places, (H, W)))
    for H, W in ((3, 7), (4, 9), (3, 5)):
        places = apart(rng, 1, 2, 2, 3, H * H)
        name = f"{H}×{W} pixels, nothing far down"
        yield Case("images and channels", name, call(whole(rng, 1, 2, 2, 3), places, (H, W)))
    for N, C, OH, OW, H, W in ((1, 1, 3, 5, 5, 7), (1, 1, 4, 3, 6, 5), (2, 2, 3, 3, 5, 6), (1, 2, 4, 4, 6, 6)):
        places = winners(rng, N, C, OH, OW, H, W, step=1)
        places[..., 0, 0] = places[..., 0, 1]
        name = f"overlapping windows, {H}×{W} pixels"
        yield Case("one pixel wins twice", name, call(whole(rng, N, C, OH, OW), places, (H, W)))
    part, places = "any numbers", apart(rng, 2, 2, 2, 3, 24)
    yield Case(part, "fractions", call(rng.normal(size=(2, 2, 2, 3)), places, (4, 6)))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=(2, 2, 2, 3)), places, (6, 4)))
    yield Case(part, "negative values", call(-rng.uniform(0.5, 9, (2, 2, 2, 3)), places, (4, 6)))
    file = rng.integers(200, 256, (2, 2, 2, 3)).astype(np.uint8)
    yield Case(part, "values as a file holds them", call(file, np.minimum(places, 3), (4, 6)))
    yield Case(part, "whole values", call(rng.integers(-9, 9, (2, 2, 2, 3)), places, (5, 5)))
    yield Case(part, "single precision", call(rng.normal(size=(2, 2, 2, 3)).astype(np.float32), places, (4, 6)))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=(2, 2, 2, 3)), places, (4, 6), layout="strided"))
    yield Case(part, "last index first in memory", call(rng.normal(size=(2, 2, 2, 3)), places, (4, 6), layout="F"))


def exact(rng):
    y, places = whole(rng, 2, 3, 3, 4), winners(rng, 2, 3, 3, 4, 5, 6, step=1)
    yield laws.linear("any numbers", (y, places, (5, 6)), 0, "values", rng)
    yield laws.cancels(
        "images and channels",
        "an image gives the same alone as in its batch",
        (1.0, call(y[1:], places[1:], (5, 6)), ()),
        (-1.0, call(y, places, (5, 6)), (slice(1, None),)),
    )


def refused():
    yield Case(
        REFUSES,
        "a place for each value but one",
        call(np.ones((1, 1, 2, 2)), np.zeros((1, 1, 2, 1), dtype=int), (4, 4)),
    )
    yield Case(REFUSES, "a place outside the image", call(np.ones((1, 1, 1, 1)), np.full((1, 1, 1, 1), 16), (4, 4)))
    yield Case(REFUSES, "a negative place", call(np.ones((1, 1, 1, 1)), np.full((1, 1, 1, 1), -1), (4, 4)))


SPEC = Spec(
    parts=(
        Part("worked by hand", 1),
        Part("images and channels", 1),
        Part("one pixel wins twice", 1),
        Part("any numbers", 1),
        Part(UNTOUCHED, 1),
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
        "no pixel comes twice": lambda y, argmax, shape: all(
            np.unique(places).size == places.size for channels in argmax for places in channels
        ),
        "there is one image": lambda y, argmax, shape: len(y) == 1,
        "there is one channel": lambda y, argmax, shape: y.shape[1] == 1,
        "the image is square": lambda y, argmax, shape: shape[0] == shape[1],
        "no value is negative": lambda y, argmax, shape: bool((y >= 0).all()),
    },
)
