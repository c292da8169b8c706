"""Checks of max_pool2x2_backward: all of dy to the first pixel that won, nothing to the others."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.pooling.windows import distinct
from autograder_tests.training.batch_last import corners, counts, slopes


def model(dy, x, y, on=frozenset()):
    """max_pool2x2_backward, with switches."""
    dy, x = dy.astype(float), x.astype(float)
    given = passed_on(dy, x, y, on) * winners(x, y.astype(float), on)
    dx = np.zeros(x.shape, int if "integer_output" in on else float)
    H, W = x.shape[0] // 2 * 2, x.shape[2] // 2 * 2
    for corner, numbers in enumerate(given):
        i, j = divmod(corner, 2)[:: -1 if "corners_exchanged" in on else 1]
        dx[i:H:2, :, j:W:2] = numbers
    if "edge_lost" in on:
        return dx[:H, :, :W]
    if "edge_repeated" in on:
        return np.pad(dx[:H, :, :W], ((0, len(x) - H), (0, 0), (0, x.shape[2] - W), (0, 0)), mode="edge")
    return dx.transpose(3, 1, 0, 2) if "batch_first" in on else dx


def passed_on(dy, x, y, on):
    """What the winner of each block gets."""
    if "winners_marked" in on:
        return np.ones(dy.shape)
    if "value_in_place_of_gradient" in on:
        return y.astype(float)
    if "value_times_gradient" in on:
        return dy * y
    if "negative_gradients_lost" in on:
        return np.maximum(dy, 0)
    if "negative_winners_lost" in on:
        return dy * (y > 0)
    if "first_image_for_all" in on:
        return np.broadcast_to(dy[..., :1], dy.shape)
    return dy


def winners(x, y, on):
    """What share of dy each corner of each block gets: (4, H // 2, C, W // 2, N)."""
    pixels = corners(x)
    equal = pixels == y
    if "to_all_pixels" in on or "a_quarter_each" in on:
        return np.full(pixels.shape, 0.25 if "a_quarter_each" in on else 1.0)
    if "top_left_always" in on:
        return np.arange(4).reshape(4, 1, 1, 1, 1) == np.zeros(pixels.shape)
    if "smallest_wins" in on:
        equal = pixels == pixels.min(axis=0)
    if "largest_of_the_map_only" in on:
        equal = equal & (y == y.max(axis=(0, 2), keepdims=True))
    if "nearly_equal_wins" in on:
        equal = np.abs(pixels - y) < 0.01
    if "all_ties_win" in on:
        return equal
    if "ties_share" in on:
        return equal / np.maximum(equal.sum(axis=0), 1)
    return first(equal, on)


def first(equal, on):
    """The one corner that counts, of those that are equal."""
    order = [0, 1, 2, 3]
    if "last_of_ties" in on:
        order = [3, 2, 1, 0]
    if "ties_by_column" in on:
        order = [0, 2, 1, 3]
    place = np.array(order)[equal[order].argmax(axis=0)]
    return (np.arange(4).reshape(4, 1, 1, 1, 1) == place) & equal


TIES = "Equal pixels: which of them does the contract name? In a block of four zeros, how many get dy?"
MASK = "Compare a corner with y: what must hold before it gets anything?"

MISTAKES = (
    Mistake("all_ties_win", "tie", "every one of several equal pixels got all of dy", TIES),
    Mistake("ties_share", "tie", "equal pixels shared dy among them", TIES),
    Mistake("last_of_ties", "tie", "of equal pixels the last got dy", TIES),
    Mistake(
        "ties_by_column",
        "tie",
        "of equal pixels the first got dy, column by column",
        "Top right or bottom left: which of the two does the contract name first?",
    ),
    Mistake("to_all_pixels", "winner", "every pixel of the block got all of dy", MASK),
    Mistake(
        "a_quarter_each",
        "winner",
        "every pixel of the block got a quarter of dy, as in average pooling",
        "If one of the losers had been a little larger, would the output have changed?",
    ),
    Mistake("top_left_always", "winner", "the top left pixel won in every block", MASK),
    Mistake("smallest_wins", "winner", "the smallest pixel of each block got dy", MASK),
    Mistake(
        "largest_of_the_map_only",
        "blocks",
        "only blocks that hold the largest pixel of their whole map got anything",
        "With which number is a pixel to be compared: the largest of what?",
    ),
    Mistake(
        "nearly_equal_wins",
        "comparison",
        "a pixel within a hundredth of the largest won, if it came first",
        "y was copied out of x, not computed. How exact may the comparison be?",
    ),
    Mistake(
        "winners_marked",
        "value",
        "the winners got 1, whatever dy is",
        "You know now who won. What is handed back to the winner?",
    ),
    Mistake(
        "value_in_place_of_gradient",
        "value",
        "the winners got their own value back, and dy were not used",
        "You know now who won. What is handed back to the winner?",
    ),
    Mistake(
        "value_times_gradient",
        "value",
        "dy were multiplied with the value that won",
        "If the winner grows by 1, by how much does the output grow?",
    ),
    Mistake("negative_gradients_lost", "value", "negative dy were 0", "Has a gradient to be positive?"),
    Mistake(
        "negative_winners_lost",
        "value",
        "a winner below 0 got nothing",
        "Pooling knows nothing of relu. May the largest of four pixels be negative?",
    ),
    Mistake(
        "first_image_for_all",
        "value",
        "every image had the dy of the first",
        "Along which axis of dy do the images lie?",
    ),
    Mistake(
        "corners_exchanged",
        "corner",
        "what belongs to the top right pixel went to the bottom left one, and the other way round",
        "Which of the two slices of x, rows or columns, begins at 1 for the top right corner? And of dx?",
    ),
    Mistake(
        "edge_lost",
        "size",
        "a last row or column without a partner were no part of the image",
        "Which shape must the gradient of x have?",
    ),
    Mistake(
        "edge_repeated",
        "size",
        "a last row or column without a partner got what its neighbour got",
        "What did the last pixel of a row of five do to the output?",
    ),
    Mistake(
        "batch_first",
        "size",
        "the result were laid out with the batch first",
        "In which layout did x come, and which shape has its gradient?",
    ),
    Mistake(
        "integer_output",
        "output",
        "the result could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you write into?",
    ),
)

HINTS = (
    "On paper: the block 3 8 / 8 1 with dy = 5. Which pixel gets the 5, and what do the others get?",
    "For corner (i, j) the pixels of all blocks are one slice, x[i:H:2, :, j:W:2], with H and W rounded down to even "
    "numbers. Where it equals y, and nobody before it did, it gets dy.",
    "waiting begins as True everywhere. wins = (x[block] == y) & waiting; dx[block] = dy * wins; waiting &= ~wins.",
)


def pooled(dy, x, **options):
    """The call, with y as max_pool2x2 makes it."""
    return call(dy, x, corners(x).max(axis=0), **options)


def image(rows):
    """A list of rows as one image of one channel, (H, 1, W, 1)."""
    return np.array(rows, float)[:, np.newaxis, :, np.newaxis]


def worked():
    dy = image([[5, 7]])
    yield Case("one winner", "two blocks side by side", pooled(dy, image([[3, 8, 1, 2], [4, 6, 0, 9]])))
    yield Case("one winner", "all pixels negative", pooled(-dy, image([[-3, -8, -1, -2], [-4, -6, -5, -9]])))
    yield Case("equal pixels", "a block of zeros", pooled(dy, image([[0, 0, 1, 4], [0, 0, 4, 4]])))
    yield Case("equal pixels", "top right and bottom left", pooled(dy, image([[3, 8, 6, 2], [8, 1, 6, 6]])))
    odd = image([[1, 2, 9], [4, 3, 9], [9, 9, 9]])
    yield Case("odd sizes, channels, batch", "3×3 pixels", pooled(dy[:, :, :1], odd))


def drawn(rng):
    def gradient(x):
        H, C, W, N = x.shape
        return rng.choice([-1.0, 1.0], (H // 2, C, W // 2, N)) * rng.integers(2, 10, (H // 2, C, W // 2, N))

    for H, W in ((4, 6), (6, 4), (2, 10), (8, 2)):
        x = distinct(rng, H, 1, W, 1)
        yield Case("one winner", f"{H}×{W} pixels", pooled(gradient(x), x))
    close = distinct(rng, 4, 1, 6, 1) / 1000
    yield Case("one winner", "pixels that differ by a thousandth", pooled(gradient(close), close))
    for H, W in ((4, 6), (6, 8)):
        x = rng.integers(0, 2, (H, 1, W, 1)).astype(float)
        yield Case("equal pixels", f"zeros and ones, {H}×{W} pixels", pooled(gradient(x), x))
        yield Case("equal pixels", f"-3, -2 and -1, {H}×{W} pixels", pooled(gradient(x), x - x[::-1] - 2))
    flat = np.full((4, 1, 6, 1), float(rng.integers(1, 9)))
    yield Case("equal pixels", "all pixels alike", pooled(gradient(flat), flat))
    for shape in (
        (5, 1, 7, 1), (4, 1, 5, 1), (7, 1, 2, 1), (4, 3, 6, 1), (4, 1, 6, 3), (5, 2, 4, 3), (4, 2, 5, 4), (7, 3, 7, 2)
    ):  # fmt: skip
        x = distinct(rng, *shape)
        images, channels, _ = counts(shape[3], shape[1], 1)
        name = f"{shape[0]}×{shape[2]} pixels, {images}, {channels}"
        yield Case("odd sizes, channels, batch", name, pooled(gradient(x), x))
    part, shape = "any numbers", (5, 2, 6, 3)
    x, dy = rng.normal(size=shape), rng.normal(size=(2, 2, 3, 3))
    yield Case(part, "fractions", pooled(dy, x))
    yield Case(part, "very small numbers", pooled(1e-9 * dy, x))
    yield Case(part, "pixels that differ by thousandths", pooled(dy, 1e-3 * x))
    yield Case(part, "hugely negative pixels", pooled(dy, -1e12 * np.abs(x)))
    yield Case(part, "whole dy", pooled(rng.integers(1, 9, (2, 2, 3, 3)), x))
    yield Case(part, "pixels as a file holds them", pooled(dy, rng.integers(0, 256, shape).astype(np.uint8)))
    yield Case(part, "single precision", pooled(dy.astype(np.float32), x.astype(np.float32)))
    yield Case(part, "not contiguous in memory", pooled(dy, x, layout="strided"))
    yield Case(part, "last index first in memory", pooled(dy, x, layout="F"))


def exact(rng):
    part = "odd sizes, channels, batch"
    x = distinct(rng, 5, 2, 4, 3)
    y = corners(x).max(axis=0)
    dy = rng.integers(-9, 10, y.shape).astype(float)
    yield laws.linear(part, (dy, x, y), 0, "output's gradient", rng)
    yield laws.cancels(
        part,
        "a batch is its images one by one: the second of three must get alone what it gets in the batch",
        (1.0, call(dy[..., 1:2], x[..., 1:2], y[..., 1:2]), ()),
        (-1.0, call(dy, x, y), np.s_[:, :, :, 1:2]),
    )
    yield laws.equals(
        part,
        "gradient check: a quarter more in a pixel, which is too little for another winner, must change"
        " sum(dy * output) by a quarter of that pixel's gradient",
        call(dy, x, y),
        slopes(lambda x: float((dy * corners(x).max(axis=0)).sum()), x, 0.25),
    )


def refused():
    x, y = np.ones((4, 1, 6, 2)), np.ones((2, 1, 3, 2))
    yield Case(REFUSES, "a single image without its axis", call(y[..., 0], x[..., 0], y[..., 0]))
    yield Case(REFUSES, "as much dy as pixels", call(x, x, y))
    yield Case(REFUSES, "another pooling's y", call(y, x, np.ones((1, 1, 2, 2))))
    yield Case(REFUSES, "a single row, which has no block", call(y[:0], x[:1], y[:0]))
    yield Case(REFUSES, "an empty batch", call(y[..., :0], x[..., :0], y[..., :0]))


SPEC = Spec(
    parts=(
        Part("one winner", 1),
        Part("equal pixels", 1),
        Part("odd sizes, channels, batch", 1),
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
        "no two pixels are equal": lambda dy, x, y: np.unique(x).size == x.size,
        "rows and columns are even in number": lambda dy, x, y: x.shape[0] % 2 == x.shape[2] % 2 == 0,
        "there is one block": lambda dy, x, y: y.shape[0] == y.shape[2] == 1,
        "there is one image": lambda dy, x, y: x.shape[3] == 1,
        "there is one channel": lambda dy, x, y: x.shape[1] == 1,
        "no pixel is negative": lambda dy, x, y: bool((x >= 0).all()),
        "no dy is negative": lambda dy, x, y: bool((dy >= 0).all()),
    },
)
