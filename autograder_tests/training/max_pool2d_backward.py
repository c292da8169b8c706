"""Checks of max_pool2d_backward: everything to the winner, the first of equals, and sums where windows overlap."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole
from autograder_tests.pooling.windows import distinct, named
from autograder_tests.training import pool_gradient
from autograder_tests.training.pool_gradient import APART, OVERLAPPING, PADDED, REPLACED, SHARED, slopes


@np.errstate(invalid="ignore")
def model(dy, x, window, stride=None, padding=0, on=frozenset()):
    """max_pool2d_backward, with switches."""
    (kh, kw), step, frame = pool_gradient.geometry(window, stride, padding, on)
    (ph, pw), dy = frame, pool_gradient.upstream(dy, on)
    around = ((0, 0), (0, 0), (ph, ph), (pw, pw))
    padded = np.pad(compared(x, on), around, constant_values=0.0 if "zeros_can_win" in on else -np.inf)
    dpadded = np.zeros(padded.shape)
    for i, j, top, left in pool_gradient.windows(dy, padded.shape, (kh, kw), step, on):
        if "in_first_window" in on:
            top, left = 0, 0
        if "begin_by_place" in on:
            top, left = i, j
        source = np.s_[:, :, i * step[0] : i * step[0] + kh, j * step[1] : j * step[1] + kw]
        share = shares(padded[source], on) * dy[:, :, i, j, np.newaxis, np.newaxis]
        target = np.s_[:, :, top : top + share.shape[2], left : left + share.shape[3]]
        if "replaced" in on:
            dpadded[target] = np.where(share != 0, share, dpadded[target])
        elif "window_replaced" in on:
            dpadded[target] = share
        else:
            dpadded[target] += share
    return pool_gradient.cropped(dpadded, x.shape, frame, on)


def compared(x, on):
    """The pixels whose largest wins."""
    x = x.astype(float)
    if "absolute" in on:
        return np.abs(x)
    if "smallest" in on:
        return -x
    if "first_image_wins" in on:
        return np.broadcast_to(x[:1], x.shape)
    return np.broadcast_to(x[:, :1], x.shape) if "first_channel_wins" in on else x


def shares(patch, on):
    """For each pixel of the windows, shape (N, C, kh, kw), its part of dy."""
    if "whole_window" in on:
        return np.ones(patch.shape)
    if "shared_by_all" in on:
        return np.full(patch.shape, 1 / (patch.shape[2] * patch.shape[3]))
    axes = {"largest_of_channels": (1, 2, 3), "largest_of_batch": (0, 1, 2, 3)}
    over = next((axes[name] for name in sorted(on & axes.keys())), (2, 3))
    ties = (patch == patch.max(axis=over, keepdims=True)).astype(float)
    if on & (axes.keys() | {"all_ties"}):
        return ties
    if "ties_share" in on:
        return ties / ties.sum(axis=(2, 3), keepdims=True)
    return one_of(ties, on) * (patch if "times_pixel" in on else 1)


def one_of(ties, on):
    """Of equal pixels the one that is chosen."""
    N, C, kh, kw = ties.shape
    order = ties.swapaxes(2, 3) if "ties_by_column" in on else ties
    flat = order.reshape(N, C, -1)
    place = kh * kw - 1 - flat[..., ::-1].argmax(axis=2) if "last_of_ties" in on else flat.argmax(axis=2)
    row, column = place // order.shape[3], place % order.shape[3]
    if "ties_by_column" in on:
        row, column = column, row
    if "unpacked_by_height" in on:
        row, column = place // kh, place % kh
    if "place_exchanged" in on:
        row, column = column, row
    chosen = np.zeros((N, C, max(kh, row.max() + 1), max(kw, column.max() + 1)))
    chosen[*np.ogrid[:N, :C], row, column] = 1.0
    return chosen


WINNER = "What does the contract say about equal pixels: which of them gets dy?"
OWN = "Each image and each channel has winners of its own. Which index is missing?"
LOCAL = "argmax counts within the window. At which row and column of the image does the window begin?"

MISTAKES = (
    Mistake("all_ties", "ties", "each of several equal winners got the whole of dy", WINNER),
    Mistake("ties_share", "ties", "several equal winners shared dy among them", WINNER),
    Mistake("last_of_ties", "ties", "the last of several equal winners got dy", WINNER),
    Mistake("ties_by_column", "ties", "equal pixels were looked through column by column", WINNER),
    Mistake(
        "whole_window",
        "ties",
        "every pixel of the window got the whole of dy",
        "Move a pixel that did not win, by a little: does the output move?",
    ),
    Mistake(
        "shared_by_all",
        "ties",
        "every pixel of the window got an equal share of dy, as in average pooling",
        "Move a pixel that did not win, by a little: does the output move?",
    ),
    Mistake(
        "largest_of_channels",
        "ties",
        "only the largest of all channels of a window won, and the other channels got nothing",
        OWN,
    ),
    Mistake("largest_of_batch", "ties", "only the largest of all images and channels of a window won", OWN),
    Mistake(
        "zeros_can_win",
        "fill",
        "the padding held zeros, which win where all pixels are negative",
        "All pixels of a window at the border are -5. Who wins, and what does your padding hold?",
    ),
    Mistake("in_first_window", "begin", "every winner lay in the image's top left window", LOCAL),
    Mistake("begin_by_place", "begin", "the winner's window began at (i, j), whatever the stride is", LOCAL),
    Mistake(
        "unpacked_by_height",
        "place",
        "a row of the window were as long as the window is high",
        "By which length must a place in the window be divided to give its row?",
    ),
    Mistake(
        "place_exchanged",
        "place",
        "row and column of the winner were exchanged",
        "In a window of 2 by 3, place 1 is the neighbour of place 0: to the right, or below?",
    ),
    Mistake(
        "times_pixel",
        "value",
        "dy were multiplied by the winner",
        "The winner moves by 0.1: by how much does the output move?",
    ),
    Mistake("smallest", "compared", "the smallest pixel had won", "Largest, or smallest?"),
    Mistake("absolute", "compared", "the pixel farthest from 0 had won", "Which is larger, -9 or 2?"),
    Mistake("first_image_wins", "compared", "every image had the winners of the first", OWN),
    Mistake("first_channel_wins", "compared", "every channel had the winners of the first", OWN),
    REPLACED,
    Mistake(
        "window_replaced",
        "gather",
        "each window wiped out what the windows before it had written into its pixels",
        pool_gradient.OVERLAP,
    ),
    *SHARED,
)

HINTS = (
    "On paper: a row 3 1 4 1 5, windows of 3 at stride 2, dy is 10 and 20. Who wins in each window, and gets what?",
    "A pixel that did not win changes nothing, so its gradient is 0. The winner moves the output as it moves itself.",
    "In each window argmax gives the first of the largest, counted row by row: divided by the window's width, it has a"
    " row and a rest. Add dy there, at the window's own beginning.",
)


def worked():
    image = np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 6.0], [0.0, 2.0, 1.0, -1.0], [7.0, -2.0, 9.0, 3.0]])
    dy = np.array([[[[10.0, 20.0], [30.0, 40.0]]]])
    yield Case("windows apart", "a 4×4 image, a 2×2 window", call(dy, image[None, None], 2))
    yield Case("windows apart", "all pixels negative", call(dy, image[None, None] - 10.0, 2))
    row = np.array([3.0, 1.0, 4.0, 1.0, 5.0])[None, None, None]
    yield Case("windows overlap", "one row, stride 2", call(dy[:, :, :1], row, (1, 3), (1, 2)))
    steps = np.array([[[[1.0, 2.0, 3.0]]]])
    yield Case(
        "windows overlap",
        "one row, one pixel wins three times",
        call(steps, row[..., ::-1] + [0, 0, 9, 0, 0], (1, 3), 1),
    )
    yield Case("equal pixels", "2×2 equal pixels", call(np.array([[[[8.0]]]]), np.full((1, 1, 2, 2), 3.0), 2))
    yield Case("equal pixels", "two winners", call(np.array([[[[8.0]]]]), np.array([[[[1.0, 5.0], [5.0, 0.0]]]]), 2))
    equal = np.full((1, 1, 2, 3), -3.0)
    yield Case("padding", "equal pixels", call(np.arange(1.0, 7.0).reshape(1, 1, 3, 2), equal, (2, 2), (1, 1), (1, 0)))
    yield Case("padding", "one row of negative pixels", call(steps, row - 6, (1, 3), (1, 2), (0, 1)))


def drawn(rng):
    for part, table in (("windows apart", APART), ("windows overlap", OVERLAPPING)):
        for shape, window, stride in table:
            dy = slopes(rng, shape, window, stride)
            yield Case(part, named(shape, window, stride), call(dy, distinct(rng, *shape), window, stride))
    for number, (shape, window, stride, padding) in enumerate(PADDED):
        how, x = (window, stride, padding), distinct(rng, *shape)
        x = x - x.max() - 1 if number % 2 else x
        yield Case("padding", named(shape, *how), call(slopes(rng, shape, *how), x, *how))
    for shape, window, stride in (
        ((1, 1, 4, 6), 2, None), ((2, 2, 4, 4), 2, 2), ((1, 2, 6, 4), (3, 2), None), ((2, 1, 4, 9), (2, 3), None),
        ((2, 1, 5, 5), 3, 1),
    ):  # fmt: skip
        x = rng.integers(0, 2, shape).astype(float)
        yield Case(
            "equal pixels", named(shape, window, stride), call(slopes(rng, shape, window, stride), x, window, stride)
        )
    for shape, *how in PADDED[1::3]:
        x = rng.integers(0, 2, shape).astype(float)
        yield Case("padding", f"{named(shape, *how)}, many equal", call(slopes(rng, shape, *how), x, *how))
    clipped = np.maximum(whole(rng, 2, 2, 4, 6), 0)
    yield Case("equal pixels", "what relu leaves", call(slopes(rng, clipped.shape, 2), clipped, 2))
    yield from any_numbers(rng)


def any_numbers(rng):
    part, shape, how = "any numbers", (2, 2, 5, 6), (3, 2, 1)
    dy = slopes(rng, shape, *how) + 0.25
    yield Case(part, "fractions", call(dy, rng.normal(size=shape), *how))
    yield Case(part, "more fractions", call(slopes(rng, shape, 2) / 8, rng.normal(size=shape), 2))
    yield Case(part, "very small gradients", call(1e-9 * dy, rng.normal(size=shape), *how))
    yield Case(part, "very close pixels", call(dy, 5 + 1e-6 * distinct(rng, *shape), *how))
    yield Case(part, "hugely negative pixels", call(dy, distinct(rng, *shape) - 1e12, *how))
    yield Case(part, "a gradient of 0", call(0 * dy, distinct(rng, *shape), *how))
    pixels = rng.permutation(256)[: np.prod(shape)].reshape(shape).astype(np.uint8)
    yield Case(part, "pixels as a file holds them", call(dy, pixels, *how))
    single = dy.astype(np.float32), rng.normal(size=shape).astype(np.float32)
    yield Case(part, "single precision", call(*single, *how))
    yield Case(part, "not contiguous in memory", call(dy, rng.normal(size=shape), *how, layout="strided"))
    yield Case(part, "last index first in memory", call(dy, rng.normal(size=shape), *how, layout="F"))


def exact(rng):
    shape, how = (2, 2, 5, 6), ((2, 3), 1)
    dy, x = slopes(rng, shape, *how), distinct(rng, *shape)
    yield laws.linear("windows overlap", (dy, x, *how), 0, "gradient", rng)
    yield laws.cancels(
        "any numbers",
        "order: the same number added to every pixel leaves every winner in its place",
        (1.0, call(dy, x - 500, *how), ()),
        (-1.0, call(dy, x, *how), ()),
    )
    yield laws.cancels(
        "windows overlap",
        "an image gives the same alone as in its batch",
        (1.0, call(dy[1:], x[1:], *how), ()),
        (-1.0, call(dy, x, *how), np.s_[1:]),
    )
    apart = lopsided(rng, 1, 1, 2, 3), distinct(rng, 1, 1, 4, 6)
    yield laws.equals(
        "windows apart",
        "central difference: twice what the sum of dy * max_pool2d(x) changes by when a pixel goes from 1/4 less to 1/4"
        " more, exactly, for no two pixels are nearer than 1",
        call(*apart, 2),
        moved(*apart),
    )


def moved(dy, x, h=0.25):
    """The central difference, for windows of 2 side by side."""
    moves = h * np.eye(x.size).reshape(-1, *x.shape)

    def loss(x):
        *lead, H, W = x.shape
        return np.sum(dy * x.reshape(*lead, H // 2, 2, W // 2, 2).max(axis=(-3, -1)), axis=(-4, -3, -2, -1))

    return (loss(x + moves) - loss(x - moves)).reshape(x.shape) / (2 * h)


def refused():
    dy, x = np.ones((1, 1, 2, 2)), np.ones((1, 1, 4, 4))
    yield Case(REFUSES, "a gradient of another stride", call(dy, x, 2, 1))
    yield Case(REFUSES, "a gradient for one channel of two", call(dy, np.ones((1, 2, 4, 4)), 2))
    yield Case(REFUSES, "stride 0", call(dy, x, 2, stride=0))
    yield Case(REFUSES, "padding of more than half the window", call(np.ones((1, 1, 4, 4)), x, 2, padding=2))
    yield Case(REFUSES, "a window taller than the image", call(dy, x, (5, 2)))


SPEC = Spec(
    parts=(
        Part("windows apart", 1),
        Part("windows overlap", 1),
        Part("equal pixels", 1),
        Part("padding", 1),
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
    features=pool_gradient.features()
    | {
        "no two pixels are equal": lambda dy, x, *_, **__: np.unique(x).size == x.size,
        "no pixel is negative": lambda dy, x, *_, **__: bool((x >= 0).all()),
    },
)
