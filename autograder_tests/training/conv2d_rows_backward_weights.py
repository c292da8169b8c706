"""Checks of conv2d_rows_backward_weights: a sum over output rows of products with the rows that made them."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole
from autograder_tests.training.batch_last import counts, shifted, slid, slopes


def model(dy, rows, on=frozenset()):
    """conv2d_rows_backward_weights, with switches."""
    dy, rows = used(dy.astype(float), rows.astype(float), on)
    (OH, F, OW, N), (H, C, KW) = dy.shape, rows.shape[:3]
    KH = H - OH + 1
    dw = np.zeros((F, KH, C, KW), int if "integer_output" in on else float)
    for i in output_rows(OH, on):
        first = 0 if "rows_stand_still" in on else OH - 1 - i if "rows_from_below" in on else i
        product = np.einsum("fjn,ucvjn->fucv", dy[i], rows[first : first + KH])
        dw = dw + (np.trunc(product) if "integer_output" in on else product)
    return laid_out(dw / shared(OH, OW, N, on), on)


def used(dy, rows, on):
    """dy and the rows as the mistake uses them."""
    if "first_image_only" in on:
        dy, rows = dy[..., :1], rows[..., :1]
    if "last_column_missed" in on:
        dy, rows = dy[:, :, :-1], rows[:, :, :, :-1]
    if "dy_taken_as_ones" in on:
        dy = np.ones(dy.shape)
    if "first_filter_for_all" in on:
        dy = np.broadcast_to(dy[:, :1], dy.shape)
    if "dy_added_up_first" in on:
        dy = np.broadcast_to(dy.sum(axis=(0, 2, 3), keepdims=True), dy.shape)
    return dy, rows


def output_rows(OH, on):
    """The output rows that count."""
    if "last_row_stays" in on:
        return (OH - 1,)
    if "first_row_only" in on:
        return (0,)
    return range(OH - 1) if "last_row_missed" in on else range(OH)


def shared(OH, OW, N, on):
    """What the sum is divided by."""
    return (N if "batch_averaged" in on else 1) * (OH * OW if "places_averaged" in on else 1)


def laid_out(dw, on):
    """The sums (F, KH, C, KW) with their axes as the mistake returns them."""
    F, KH, C, KW = dw.shape
    if "axes_left" in on:
        return dw
    if "reshaped_straight" in on:
        return dw.reshape(F, C, KH, KW)
    dw = dw.transpose(0, 2, 1, 3)
    if "turned" in on:
        return dw[:, :, ::-1, ::-1]
    if "kernel_rows_reversed" in on:
        return dw[:, :, ::-1]
    if "channels_first" in on:
        return dw.swapaxes(0, 1)
    return dw.swapaxes(2, 3) if "rows_and_columns_exchanged" in on else dw


AXES = "The product has the axes of the rows: in which order do KH, C and KW lie there, and in which order in w?"
SUM = "Every output row was made with the same weights. What does each of them say about a weight?"

MISTAKES = (
    Mistake("last_row_stays", "sum", "only the last output row counted", SUM),
    Mistake("first_row_only", "sum", "only the first output row counted", SUM),
    Mistake("last_row_missed", "sum", "the last output row were left out", "How many output rows has dy?"),
    Mistake("last_column_missed", "columns", "the last column of the output were left out", "How long is a row of dy?"),
    Mistake(
        "rows_stand_still",
        "window",
        "every output row had been made from the first rows of the input",
        "Which rows of the input lay under the kernel when output row i was made?",
    ),
    Mistake(
        "rows_from_below",
        "window",
        "the first output row met the last rows of the input, and so on upwards",
        "Which rows of the input lay under the kernel when output row i was made?",
    ),
    Mistake("reshaped_straight", "axes", "the sums were cut into channels first and kernel rows after", AXES),
    Mistake("axes_left", "axes", "the kernel's rows came before the channels", AXES),
    Mistake(
        "turned",
        "axes",
        "each kernel's gradient were turned by 180 degrees",
        "Forward, nothing was turned: weight [u, v] met row i + u and column j + v. Is anything to be turned here?",
    ),
    Mistake(
        "kernel_rows_reversed",
        "axes",
        "the kernel's rows came in reverse order",
        "Forward, row u of the kernel met row i + u of the input. Where does its gradient belong?",
    ),
    Mistake(
        "channels_first", "axes", "the first axis counted channels, and the second filters", "Which shape has w itself?"
    ),
    Mistake(
        "rows_and_columns_exchanged",
        "axes",
        "rows and columns of the kernels were exchanged",
        "Which shape has w itself?",
    ),
    Mistake(
        "batch_averaged",
        "batch mean",
        "the sum were divided by the number of images",
        "If the loss is a mean over the batch, where has the division by N been done already?",
    ),
    Mistake(
        "places_averaged",
        "mean",
        "the sum were divided by the number of places in the output",
        "A weight is used at every place. Do its shares add up, or are they averaged?",
    ),
    Mistake(
        "first_image_only",
        "images",
        "only the first image counted",
        "Over which axes does your sum run: is the batch among them?",
    ),
    Mistake(
        "dy_taken_as_ones",
        "dy",
        "dy were 1 everywhere",
        "The window says how the weight moves the output. What says how the output moves the loss?",
    ),
    Mistake(
        "dy_added_up_first",
        "dy",
        "dy were added up over all places before it meets the rows",
        "Each place has a dy and a window of its own. Which comes first, the product or the sum?",
    ),
    Mistake(
        "first_filter_for_all",
        "dy",
        "every filter had the dy of the first",
        "Which index of dy counts the filters?",
    ),
    Mistake(
        "integer_output",
        "output",
        "the sums could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you add to?",
    ),
)

HINTS = (
    "One image, one channel, one row: x = [1, 2, 4], a filter of two weights, dy = [10, 100]. The first weight met 1 "
    "and 2, the second 2 and 4. So dw is [1*10 + 2*100, 2*10 + 4*100].",
    "dy[i] as a matrix is (F, OW * N), the rows of output row i are (KH * C * KW, OW * N). Transpose one of them.",
    "Add dy[i].reshape(F, -1) @ rows[i : i + KH].reshape(KH * C * KW, -1).T over all i; then reshape(F, KH, C, KW), "
    "and move the channels in front of the kernel's rows.",
)


def worked():
    row = np.array([1.0, 2.0, 4.0]).reshape(1, 1, 3, 1)
    yield Case("by hand", "one row, two weights", call(np.array([10.0, 100.0]).reshape(1, 1, 2, 1), shifted(row, 2)))
    image = np.array([[1.0, 0.0, 3.0], [2.0, 5.0, 0.0], [0.0, 1.0, 4.0]]).reshape(3, 1, 3, 1)
    dy = np.array([[1.0, 10.0], [100.0, 1000.0]]).reshape(2, 1, 2, 1)
    yield Case("by hand", "3×3 pixels, a 2×2 kernel", call(dy, shifted(image, 2)))
    once = np.zeros((2, 1, 2, 1))
    once[1, 0, 0, 0] = 1.0
    yield Case("by hand", "a single 1 in dy", call(once, shifted(image, 2)))
    yield Case("by hand", "a single 1 in dy, one row in the kernel", call(once, shifted(image, 2)[:2]))


def pair(rng, H, W, N=1, C=1, F=1, kernel=(2, 2), padding=0):
    """A drawn dy and the shifted rows of a drawn batch that go together."""
    rows = shifted(whole(rng, H, C, W, N), kernel[1], padding)
    return lopsided(rng, len(rows) - kernel[0] + 1, F, rows.shape[3], N), rows


def drawn(rng):
    for H, W, kernel in ((4, 5, (2, 3)), (5, 3, (3, 2)), (3, 6, (1, 4)), (6, 2, (4, 1))):
        yield Case("by hand", f"{H}×{W} pixels, {words(kernel)}", call(*pair(rng, H, W, kernel=kernel)))
    for H, W, N, C, F, kernel, padding in (
        (4, 5, 1, 3, 1, (2, 3), 0), (5, 4, 1, 1, 3, (3, 2), 0), (4, 5, 3, 1, 1, (2, 2), 0), (4, 4, 2, 2, 2, (2, 2), 0),
        (5, 4, 2, 3, 2, (3, 2), 0), (4, 6, 3, 2, 3, (2, 4), 0), (3, 4, 2, 2, 3, (3, 2), 1), (5, 3, 2, 2, 2, (2, 3), 1),
        (2, 3, 2, 3, 2, (3, 4), 2), (3, 5, 2, 3, 4, (3, 5), 0), (4, 3, 3, 2, 2, (1, 1), 0),
    ):  # fmt: skip
        name = ", ".join([*counts(N, C, F), f"{H}×{W} pixels, padding {padding}, {words(kernel)}"])
        yield Case("any shape", name, call(*pair(rng, H, W, N, C, F, kernel, padding)))
    part, shape = "any numbers", dict(N=2, C=2, F=3, kernel=(3, 2), padding=1)
    dy, rows = pair(rng, 4, 5, **shape)
    noise = rng.normal(size=dy.shape)
    yield Case(part, "fractions", call(noise, rows / 16))
    yield Case(part, "very small numbers", call(1e-9 * noise, rows))
    yield Case(part, "negative pixels", call(noise, -np.abs(rows) - shifted(np.ones((6, 2, 7, 2)), 2)))
    yield Case(part, "pixels as a file holds them", call(noise, np.abs(25 * rows).astype(np.uint8)))
    yield Case(part, "single precision", call(noise.astype(np.float32), (rows / 16).astype(np.float32)))
    yield Case(part, "not contiguous in memory", call(noise, rows, layout="strided"))
    yield Case(part, "last index first in memory", call(noise, rows, layout="F"))


def words(kernel):
    return f"a {kernel[0]}×{kernel[1]} kernel"


def exact(rng):
    dy, rows = pair(rng, 4, 5, N=3, C=2, F=2, kernel=(2, 3))
    yield laws.linear("any shape", (dy, rows), 0, "output's gradient", rng)
    yield laws.cancels(
        "any shape",
        "a batch is its images added up: the gradients of the first image and of the others must add up to that of all",
        (1.0, call(dy, rows), ()),
        (-1.0, call(dy[..., :1], rows[..., :1]), ()),
        (-1.0, call(dy[..., 1:], rows[..., 1:]), ()),
    )
    yield laws.equals(
        "any shape",
        "gradient check: one more in a weight must change sum(dy * output) by that weight's gradient",
        call(dy, rows),
        slopes(lambda w: float((dy * slid(rows, w)).sum()), np.zeros((2, 2, 2, 3))),
    )


def refused():
    dy, rows = np.ones((2, 1, 2, 1)), np.ones((3, 1, 2, 2, 1))
    yield Case(REFUSES, "an image in place of its rows", call(dy, rows[:, :, 0]))
    yield Case(REFUSES, "more output rows than rows", call(np.ones((4, 1, 2, 1)), rows))
    yield Case(REFUSES, "fewer columns in dy than in the rows", call(dy[:, :, :1], rows))
    yield Case(REFUSES, "an empty batch", call(dy[..., :0], rows[..., :0]))


SPEC = Spec(
    parts=(Part("by hand", 1), Part("any shape", 2), Part("any numbers", 1), Part(UNTOUCHED, 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "there is one output row": lambda dy, rows: len(dy) == 1,
        "the kernel has one row": lambda dy, rows: len(rows) == len(dy),
        "the kernel is square": lambda dy, rows: len(rows) - len(dy) + 1 == rows.shape[2],
        "there is one image": lambda dy, rows: dy.shape[3] == 1,
        "there is one channel": lambda dy, rows: rows.shape[1] == 1,
        "there is one filter": lambda dy, rows: dy.shape[1] == 1,
    },
)
