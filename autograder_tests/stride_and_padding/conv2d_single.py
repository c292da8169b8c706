"""Checks of conv2d_single: a window that steps, a frame of zeros around the image, gaps within the kernel."""

import numpy as np

from autograder_tests.convolution import cross_correlate2d
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, Taps, call, laws
from autograder_tests.judging.numbers import lopsided, whole

STRIDES = {
    "stride_forgotten": lambda rows, columns: (1, 1),
    "stride_exchanged": lambda rows, columns: (columns, rows),
    "stride_first_for_both": lambda rows, columns: (rows, rows),
    "stride_second_for_both": lambda rows, columns: (columns, columns),
    "stride_for_rows_only": lambda rows, columns: (rows, 1),
    "stride_for_columns_only": lambda rows, columns: (1, columns),
}
PADDINGS = {
    "padding_forgotten": lambda rows, columns: (0, 0),
    "padding_always_one": lambda rows, columns: (1, 1),
    "padding_exchanged": lambda rows, columns: (columns, rows),
    "padding_first_for_both": lambda rows, columns: (rows, rows),
    "padding_second_for_both": lambda rows, columns: (columns, columns),
}
DILATIONS = {
    "dilation_forgotten": lambda rows, columns: (1, 1),
    "dilation_as_gaps": lambda rows, columns: (rows + 1, columns + 1),
    "dilation_exchanged": lambda rows, columns: (columns, rows),
    "dilation_first_for_both": lambda rows, columns: (rows, rows),
    "dilation_second_for_both": lambda rows, columns: (columns, columns),
}
STARTS = {
    "stride_in_size_only": lambda i, stride, axis: i,
    "stride_moves_rows_only": lambda i, stride, axis: i if axis else stride * i,
    "stride_moves_columns_only": lambda i, stride, axis: stride * i if axis else i,
    "stride_added": lambda i, stride, axis: stride + i,
}
NO_GAPS = {  # the axes along which the window lies dense
    "dilation_in_size_only": (0, 1),
    "dilation_spreads_rows_only": (1,),
    "dilation_spreads_columns_only": (0,),
}
SHARED = {
    "kernel_turned",
    "kernel_upside_down",
    "kernel_mirrored",
    "kernel_transposed",
    "last_missed",
    "height_for_both",
    "mean",
    "largest",
    "absolute",
    "no_negatives",
    "integer_output",
    "output_transposed",
}


def model(image, kernel, stride=1, padding=0, dilation=1, on=frozenset()):
    """conv2d_single, with switches."""
    if "stride_and_dilation_exchanged" in on:
        stride, dilation = dilation, stride
    steps, widths, gaps = pair(stride, STRIDES, on), pair(padding, PADDINGS, on), pair(dilation, DILATIONS, on)
    for switch in sorted(on & cross_correlate2d.TURNS.keys()):
        kernel = cross_correlate2d.TURNS[switch](kernel)
    framed = frame(image.astype(float), widths, on)
    counts = [
        count(length, k, step, width, gap, on)
        for length, k, step, width, gap in zip(framed.shape, kernel.shape, steps, widths, gaps)
    ]
    if "height_for_both" in on:
        counts[1] = counts[0]
    rows, columns = (pixels(axis, counts[axis], kernel.shape[axis], steps[axis], gaps[axis], on) for axis in (0, 1))
    windows = framed[rows[:, None, :, None], columns[None, :, None, :]]
    output = combined(windows * kernel, on)
    if "every_stride_th_filled" in on:
        output = thinned(output, *steps)
    if "integer_output" in on:
        output = output.astype(int)
    if "type_of_the_image" in on:
        output = as_type_of(image, output)
    return output.T if "output_transposed" in on else output


def pair(value, changes, on):
    """A number for rows and one for columns."""
    numbers = (value, value) if np.ndim(value) == 0 else tuple(value)
    for switch in sorted(on & changes.keys()):
        numbers = changes[switch](*numbers)
    return numbers


def frame(image, widths, on):
    """The image in its frame."""
    before = (0, 0) if "padding_after_only" in on else widths
    after = (0, 0) if "padding_before_only" in on else widths
    if "padding_interleaved" in on:
        before, after = (widths[0], widths[0]), (widths[1], widths[1])
    return np.pad(image, tuple(zip(before, after)), mode="edge" if "edge_repeated" in on else "constant")


def count(length, k, step, width, gap, on):
    """The places along an axis whose padded length is given."""
    if "size_without_padding" in on:
        length -= 2 * width
    span = k * gap if "dilation_times_kernel" in on else gap * (k - 1) + 1
    if span > length:
        raise ValueError("it fits nowhere")
    return (length - span) // step + (0 if "last_missed" in on else 1)


def pixels(axis, places, k, step, gap, on):
    """Which pixel of the padded image each kernel entry meets along an axis, shape (places, k)."""
    starts = step * np.arange(places)
    for switch in sorted(on & STARTS.keys()):
        starts = STARTS[switch](np.arange(places), step, axis)
    if "window_centred" in on:
        starts = np.maximum(starts - gap * (k // 2), 0)
    for switch in sorted(on & NO_GAPS.keys()):
        gap = 1 if axis in NO_GAPS[switch] else gap
    return starts[:, None] + gap * np.arange(k)


def combined(products, on):
    """The numbers that the windows give."""
    if "mean" in on:
        return products.mean(axis=(2, 3))
    if "largest" in on:
        return products.max(axis=(2, 3))
    if "absolute" in on:
        return np.abs(products).sum(axis=(2, 3))
    output = products.sum(axis=(2, 3))
    return np.maximum(output, 0) if "no_negatives" in on else output


def as_type_of(image, output):
    """The output in the image's dtype; what a negative number becomes in eight bits depends on the machine."""
    if image.dtype.kind == "u":
        raise ValueError("not defined")
    return output.astype(image.dtype)


def thinned(output, sh, sw):
    """What comes out when the loops run in strides over the output."""
    sparse = np.zeros_like(output)
    places = sparse[::sh, ::sw]
    places[...] = output[: places.shape[0], : places.shape[1]]
    return sparse


MISTAKES = (
    Mistake(
        "stride_forgotten",
        "stride",
        "the stride were always 1",
        "Where does `stride` enter: in the size, in the place where a window begins, or in both?",
    ),
    Mistake(
        "stride_exchanged",
        "stride",
        "the first number of the stride were meant for columns",
        "Of a pair, the first is for rows.",
    ),
    Mistake(
        "stride_first_for_both",
        "stride",
        "the stride for rows were used for columns, too",
        "Where does the second number of the stride enter?",
    ),
    Mistake(
        "stride_second_for_both",
        "stride",
        "the stride for columns were used for rows, too",
        "Where does the first number of the stride enter?",
    ),
    Mistake(
        "stride_for_rows_only",
        "stride",
        "the window moved by the stride along rows, but by one column at a time",
        "Which index does the stride multiply, and does the other one need it too?",
    ),
    Mistake(
        "stride_for_columns_only",
        "stride",
        "the window moved by the stride along columns, but by one row at a time",
        "Which index does the stride multiply, and does the other one need it too?",
    ),
    Mistake(
        "padding_forgotten",
        "padding",
        "nothing were padded",
        "Which array do you slide over: the image, or the padded one?",
    ),
    Mistake(
        "padding_always_one",
        "padding",
        "one pixel were padded on each side, whatever the padding",
        "Where does `padding` enter?",
    ),
    Mistake(
        "padding_exchanged",
        "padding",
        "the first number of the padding were meant for left and right",
        "Of a pair, the first is for rows: on which sides are rows added?",
    ),
    Mistake(
        "padding_first_for_both",
        "padding",
        "the padding for rows were used for columns, too",
        "Where does the second number of the padding enter?",
    ),
    Mistake(
        "padding_second_for_both",
        "padding",
        "the padding for columns were used for rows, too",
        "Where does the first number of the padding enter?",
    ),
    Mistake(
        "padding_before_only",
        "frame",
        "the image were padded above and left only (or the padding counted once when the places were counted)",
        "How many ends has a row of pixels: in the padded image, and in the number of places?",
    ),
    Mistake(
        "padding_after_only",
        "frame",
        "pixels were padded below and right only",
        "What about above and left?",
    ),
    Mistake(
        "padding_interleaved",
        "frame",
        "the first number of the padding were meant for above and left, the second for below and right",
        "Of a pair, the first is for rows: on which sides are rows added?",
    ),
    Mistake(
        "edge_repeated",
        "frame",
        "the frame repeated the pixels at the image's edge",
        "What is the frame to be filled with?",
    ),
    Mistake(
        "size_without_padding",
        "size",
        "the number of places were counted before padding",
        "On which length does the kernel find its places?",
    ),
    Mistake(
        "dilation_times_kernel",
        "size",
        "a kernel of k entries spanned k times the dilation, when the places were counted",
        "Does anything come after the kernel's last entry?",
    ),
    Mistake(
        "dilation_forgotten",
        "dilation",
        "the dilation were always 1",
        "Where does `dilation` enter?",
    ),
    Mistake(
        "dilation_as_gaps",
        "dilation",
        "the dilation counted the pixels left out between two entries",
        "Dilation 1 is the ordinary kernel: how many pixels does it leave out?",
    ),
    Mistake(
        "dilation_exchanged",
        "dilation",
        "the first number of the dilation were meant for columns",
        "Of a pair, the first is for rows.",
    ),
    Mistake(
        "dilation_first_for_both",
        "dilation",
        "the dilation for rows were used for columns, too",
        "Where does the second number of the dilation enter?",
    ),
    Mistake(
        "dilation_second_for_both",
        "dilation",
        "the dilation for columns were used for rows, too",
        "Where does the first number of the dilation enter?",
    ),
    Mistake(
        "dilation_in_size_only",
        "dilation",
        "the dilation counted for the size of the output, but the window had no gaps",
        "Which pixels does a dilated kernel meet?",
    ),
    Mistake(
        "dilation_spreads_rows_only",
        "dilation",
        "the dilation counted for both sizes, but only the kernel's rows were moved apart",
        "Which pixels do the kernel's columns meet?",
    ),
    Mistake(
        "dilation_spreads_columns_only",
        "dilation",
        "the dilation counted for both sizes, but only the kernel's columns were moved apart",
        "Which pixels do the kernel's rows meet?",
    ),
    Mistake(
        "type_of_the_image",
        "output",
        "the output could hold only what the image's dtype can hold",
        "A file holds whole numbers. Which dtype has the array that you write into?",
    ),
    Mistake(
        "stride_and_dilation_exchanged",
        "stride",
        "stride and dilation were exchanged",
        "Which of the two moves the window, and which spreads it out?",
    ),
    Mistake(
        "stride_in_size_only",
        "start",
        "the stride counted for the size of the output, but each window began one pixel after the last",
        "At which row of the padded image does the window of output row i begin?",
    ),
    Mistake(
        "stride_moves_rows_only",
        "start",
        "the stride counted for both sizes, but moved the window along rows only",
        "At which column of the padded image does the window of output column j begin?",
    ),
    Mistake(
        "stride_moves_columns_only",
        "start",
        "the stride counted for both sizes, but moved the window along columns only",
        "At which row of the padded image does the window of output row i begin?",
    ),
    Mistake(
        "stride_added",
        "start",
        "the stride were added to the index of an output instead of multiplying it",
        "At which row of the padded image does the window of output row 0 begin?",
    ),
    Mistake(
        "window_centred",
        "start",
        "the window were centred on the place where it should begin",
        "For output [0, 0], which pixel of the padded image is the window's top left one?",
    ),
    Mistake(
        "every_stride_th_filled",
        "start",
        "the loops over the output took strides, so that only some of its entries are filled",
        "Every output has a value. Which of your two indices moves in strides?",
    ),
    *(mistake for mistake in cross_correlate2d.MISTAKES if mistake.name in SHARED),
)

HINTS = (
    "Take the three arguments one at a time: right with stride alone first, then padding, then dilation.",
    "pad2d and dilate_kernel turn the problem into one that you know; output_size says how many places there are.",
    "Output [i, j] is the sum over the window that begins at row i * sh and column j * sw of the padded image.",
)

ROW = np.array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]])
THREE = np.arange(1.0, 10.0).reshape(3, 3)
FOUR = np.array([[1.0, 2.0], [3.0, 4.0]])


def worked():
    yield Case("stride", "stride 1, as in chapter 01", call(THREE, FOUR))
    yield Case("stride", "one row in steps of 2", call(ROW, np.array([[10.0, 1.0]]), stride=2))
    yield Case("stride", "the last step does not fit", call(ROW, np.array([[1.0, 0.0, 10.0]]), stride=2))
    yield Case("padding", "four pixels, a kernel of nine", call(FOUR, THREE, padding=1))
    yield Case("padding", "two pixels, a frame of one", call(np.array([[1.0, 2.0]]), THREE, padding=1))
    yield Case("dilation", "the corners of a square", call(THREE, FOUR, dilation=2))
    yield Case("dilation", "one row, every third pixel", call(ROW, np.array([[10.0, 1.0]]), dilation=3))
    yield Case("rows and columns", "a frame above and below only", call(FOUR, np.array([[1.0], [2.0]]), padding=(1, 0)))
    yield Case("all together", "stride 2, padding 1", call(THREE, FOUR, stride=2, padding=1))


DEFAULTS = {"stride": 1, "padding": 0, "dilation": 1}

DRAWN = (  # part, image, kernel, stride, padding, dilation
    ("stride", (5, 5), (3, 3), 2, 0, 1),
    ("stride", (7, 6), (2, 3), 2, 0, 1),
    ("stride", (8, 11), (2, 2), 3, 0, 1),
    ("stride", (9, 1), (2, 1), 3, 0, 1),
    ("padding", (4, 4), (3, 3), 1, 1, 1),
    ("padding", (3, 5), (2, 3), 1, 2, 1),
    ("padding", (5, 4), (4, 2), 1, 3, 1),
    ("padding", (2, 2), (4, 4), 1, 2, 1),
    ("dilation", (6, 6), (3, 3), 1, 0, 2),
    ("dilation", (8, 7), (3, 2), 1, 0, 3),
    ("rows and columns", (6, 9), (3, 2), (1, 3), 0, 1),
    ("rows and columns", (9, 6), (2, 3), (3, 1), 0, 1),
    ("rows and columns", (8, 11), (2, 2), (3, 4), 0, 1),
    ("rows and columns", (9, 8), (3, 3), (2, 3), 0, 1),
    ("rows and columns", (11, 8), (2, 3), (3, 2), 0, 1),
    ("rows and columns", (4, 3), (3, 2), 1, (1, 2), 1),
    ("rows and columns", (3, 4), (2, 2), 1, (3, 1), 1),
    ("rows and columns", (4, 5), (3, 3), 1, (0, 2), 1),
    ("rows and columns", (7, 8), (2, 3), 1, 0, (1, 3)),
    ("rows and columns", (9, 8), (3, 3), 1, 0, (3, 2)),
    ("rows and columns", (7, 9), (3, 3), 1, 0, (2, 3)),
    ("all together", (7, 7), (3, 3), 2, 1, 1),
    ("all together", (8, 6), (2, 2), 2, 0, 2),
    ("all together", (6, 9), (3, 2), (2, 3), (1, 2), 1),
    ("all together", (9, 7), (2, 3), (3, 2), (2, 1), (2, 3)),
    ("all together", (8, 10), (3, 3), (2, 3), (2, 3), (3, 2)),
    ("all together", (5, 12), (3, 2), (1, 4), (3, 0), (2, 4)),
)


def drawn(rng):
    for part, shape, kernel_shape, *chosen in DRAWN:
        given = {name: value for name, value in zip(DEFAULTS, chosen) if value != DEFAULTS[name]}
        name = f"{shape[0]}×{shape[1]} pixels, a {kernel_shape[0]}×{kernel_shape[1]} kernel"
        yield Case(part, name, call(whole(rng, *shape), lopsided(rng, *kernel_shape), **given))
    far = -rng.uniform(1e8, 2e8, (5, 4))
    file = rng.integers(0, 256, (5, 6)).astype(np.uint8)
    single = rng.normal(size=(6, 5)).astype(np.float32), rng.normal(size=(2, 3)).astype(np.float32)
    yield Case("all together", "fractions", call(rng.normal(size=(6, 7)), rng.normal(size=(3, 2)), (2, 1), (0, 1)))
    yield Case("all together", "far below zero", call(far, rng.uniform(1, 2, (3, 3)), padding=2))
    yield Case(
        "all together", "very small numbers", call(1e-9 * rng.normal(size=(5, 6)), rng.normal(size=(2, 2)), 3, 1)
    )
    yield Case("all together", "pixels as a file holds them", call(file, rng.normal(size=(3, 2)), stride=2, padding=1))
    yield Case("all together", "whole numbers", call(rng.integers(0, 9, (5, 6)), rng.integers(1, 8, (2, 3)) / 8, 1, 1))
    shorts = rng.integers(-99, 99, (6, 5)).astype(np.int16)
    yield Case("all together", "whole numbers of sixteen bits", call(shorts, rng.integers(1, 8, (3, 2)) / 8, (2, 1)))
    yield Case("all together", "single precision", call(*single, stride=(1, 2), padding=1, dilation=2))
    yield Case(
        "all together",
        "not contiguous in memory",
        call(rng.normal(size=(7, 6)), rng.normal(size=(2, 3)), stride=2, dilation=(2, 1), layout="strided"),
    )
    yield Case(
        "all together",
        "columns first in memory",
        call(rng.normal(size=(6, 7)), rng.normal(size=(3, 2)), padding=(1, 2), layout="F"),
    )


def exact(rng):
    image, kernel = whole(rng, 7, 8), lopsided(rng, 3, 2)
    plain = call(image, kernel)
    yield laws.cancels(
        "rows and columns",
        "stride (2, 3) must give every second row and every third column of the result at stride 1",
        (1.0, call(image, kernel, stride=(2, 3)), ()),
        (-1.0, plain, (slice(None, None, 2), slice(None, None, 3))),
    )
    yield laws.cancels(
        "stride",
        "at stride 2, the image without its first two rows must give the result without its first row",
        (1.0, call(image[2:], kernel, stride=2), ()),
        (-1.0, call(image, kernel, stride=2), slice(1, None)),
    )
    yield laws.cancels(
        "rows and columns",
        "padding must give what an image gives that has the zeros in it already",
        (1.0, call(image, kernel, padding=(2, 1)), ()),
        (-1.0, call(np.pad(image, ((2, 2), (1, 1))), kernel), ()),
    )
    yield laws.equals(
        "padding", "a kernel [[1]] gives the padded image back", call(image, np.ones((1, 1)), 1, 1), np.pad(image, 1)
    )
    spread = np.zeros((5, 4))
    spread[::2, ::3] = kernel
    yield laws.cancels(
        "rows and columns",
        "a dilated kernel must give what a kernel gives that has zeros between its entries",
        (1.0, call(image, kernel, dilation=(2, 3)), ()),
        (-1.0, call(image, spread), ()),
    )
    rich = 2, (1, 2), 2
    yield laws.linear("all together", (image, kernel, *rich), 0, "image", rng)
    yield laws.linear("all together", (image, kernel, *rich), 1, "kernel", rng)


def working(cell, image, kernel, stride=1, padding=0, dilation=1):
    """The window as wide as the dilated kernel, its first pixel counted from the image's own first."""
    steps, widths, gaps = (pair(value, {}, frozenset()) for value in (stride, padding, dilation))
    spread = np.zeros([gap * (k - 1) + 1 for gap, k in zip(gaps, kernel.shape)])
    spread[:: gaps[0], :: gaps[1]] = kernel
    begin = [step * i for step, i in zip(steps, cell)]
    window = frame(image, widths, frozenset())[tuple(slice(b, b + n) for b, n in zip(begin, spread.shape))]
    return window, spread, tuple(b - width for b, width in zip(begin, widths))


def alike(value):
    """Whether rows and columns have the same number."""
    return np.min(value) == np.max(value)


def feature(holds):
    """A property of stride, padding and dilation, asked of a whole call."""
    return lambda image, kernel, stride=1, padding=0, dilation=1: holds(stride, padding, dilation)


def refused():
    yield Case(REFUSES, "a kernel taller than the image", call(np.ones((3, 3)), np.ones((4, 2))))
    yield Case(
        REFUSES,
        "a dilated kernel wider than the padded image",
        call(np.ones((4, 4)), np.ones((1, 4)), padding=1, dilation=(1, 3)),
    )
    yield Case(REFUSES, "stride 0", call(np.ones((4, 4)), np.ones((2, 2)), stride=0))
    yield Case(REFUSES, "negative padding", call(np.ones((6, 6)), np.ones((2, 2)), padding=-1))


SPEC = Spec(
    parts=(
        Part("stride", 1),
        Part("padding", 1),
        Part("dilation", 1),
        Part("rows and columns", 1),
        Part("all together", 2),
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
        "the stride is 1": feature(lambda stride, padding, dilation: np.max(stride) == 1),
        "the padding is 0": feature(lambda stride, padding, dilation: np.max(padding) == 0),
        "the dilation is 1": feature(lambda stride, padding, dilation: np.max(dilation) == 1),
        "rows and columns are treated alike": feature(
            lambda stride, padding, dilation: alike(stride) and alike(padding) and alike(dilation)
        ),
        "rows and columns have the same stride": feature(lambda stride, padding, dilation: alike(stride)),
        "rows and columns have the same padding": feature(lambda stride, padding, dilation: alike(padding)),
        "rows and columns have the same dilation": feature(lambda stride, padding, dilation: alike(dilation)),
        "the image is square": lambda image, kernel, *rest, **more: image.shape[0] == image.shape[1],
        "the kernel is square": lambda image, kernel, *rest, **more: kernel.shape[0] == kernel.shape[1],
        "the kernel has odd lengths": lambda image, kernel, *rest, **more: (
            kernel.shape[0] % 2 == kernel.shape[1] % 2 == 1
        ),
    },
    working=working,
    taps=Taps(0, 1, (6, 8), (3, 2)),
)
