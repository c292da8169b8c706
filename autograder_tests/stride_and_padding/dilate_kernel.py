"""Checks of dilate_kernel: zeros between the entries, none after the last."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided

STEPS = {
    "gaps_counted": lambda dh, dw: (dh + 1, dw + 1),
    "exchanged": lambda dh, dw: (dw, dh),
    "first_for_both": lambda dh, dw: (dh, dh),
    "second_for_both": lambda dh, dw: (dw, dw),
    "rows_only": lambda dh, dw: (dh, 1),
    "columns_only": lambda dh, dw: (1, dw),
    "always_two": lambda dh, dw: (2, 2),
    "unchanged": lambda dh, dw: (1, 1),
}


def model(kernel, dilation, on=frozenset()):
    """dilate_kernel, with switches."""
    dh, dw = (dilation, dilation) if np.ndim(dilation) == 0 else dilation
    for switch in sorted(on & STEPS.keys()):
        dh, dw = STEPS[switch](dh, dw)
    KH, KW = kernel.shape
    OH, OW = dh * (KH - 1) + 1, dw * (KW - 1) + 1
    if "zeros_after_last" in on:
        OH, OW = dh * KH, dw * KW
    if "zeros_all_round" in on:
        OH, OW = dh * (KH + 1) - 1, dw * (KW + 1) - 1
    spread = np.zeros((OH, OW), int if "whole_numbers" in on else float)
    if "copied" in on:
        return kernel.astype(float).repeat(dh, 0).repeat(dw, 1)[:OH, :OW]
    if "blown_up" in on:
        return kernel.astype(float).repeat(dh, 0).repeat(dw, 1)
    if "packed_in_the_corner" in on:
        spread[:KH, :KW] = kernel
    elif "packed_in_the_middle" in on:
        spread[(OH - KH) // 2 :, (OW - KW) // 2 :][:KH, :KW] = kernel
    elif "zeros_before_first" in on:
        spread = np.zeros((dh * KH, dw * KW))
        spread[dh - 1 :: dh, dw - 1 :: dw] = kernel
    elif "zeros_all_round" in on:
        spread[dh - 1 :: dh, dw - 1 :: dw] = kernel
    elif "diagonal_only" in on:
        for u in range(min(KH, KW)):
            spread[dh * u, dw * u] = kernel[u, u]
    else:
        spread[::dh, ::dw] = kernel
    if "turned" in on:
        return spread[::-1, ::-1]
    return spread.T if "transposed" in on else spread


MISTAKES = (
    Mistake(
        "gaps_counted",
        "step",
        "the dilation counted the zeros between two entries",
        "Dilation 1 changes nothing: how many zeros does it put between two entries?",
    ),
    Mistake(
        "exchanged",
        "step",
        "the first number of a pair were meant for columns",
        "Rows come first: which entries does `dh` move apart?",
    ),
    Mistake(
        "first_for_both",
        "step",
        "the first number of a pair were meant for rows and columns",
        "Where does the second number of the pair enter?",
    ),
    Mistake(
        "second_for_both",
        "step",
        "the second number of a pair were meant for rows and columns",
        "Where does the first number of the pair enter?",
    ),
    Mistake("rows_only", "step", "only the rows were moved apart", "What about the columns?"),
    Mistake("columns_only", "step", "only the columns were moved apart", "What about the rows?"),
    Mistake("always_two", "step", "the dilation were always 2", "Where does `dilation` enter?"),
    Mistake("unchanged", "step", "the dilation were always 1", "Where does `dilation` enter?"),
    Mistake(
        "zeros_after_last",
        "size",
        "zeros followed the last row and the last column, too",
        "Between KH rows, how many gaps are there?",
    ),
    Mistake(
        "zeros_before_first",
        "size",
        "zeros came before every entry, the first one included",
        "Where does the first entry of the kernel stay?",
    ),
    Mistake(
        "zeros_all_round",
        "size",
        "zeros came before the first and after the last entries as well",
        "Between KH rows, how many gaps are there?",
    ),
    Mistake(
        "copied",
        "filling",
        "copies of the entries were put between them, not zeros",
        "What lies between two entries?",
    ),
    Mistake(
        "blown_up",
        "filling",
        "every entry were blown up to a block of copies",
        "What lies between two entries?",
    ),
    Mistake(
        "packed_in_the_corner",
        "filling",
        "the kernel lay undivided in the top left corner of the larger array",
        "Into which rows of the larger array do the kernel's rows go?",
    ),
    Mistake(
        "packed_in_the_middle",
        "filling",
        "the kernel lay undivided in the middle of the larger array",
        "Into which rows of the larger array do the kernel's rows go?",
    ),
    Mistake(
        "diagonal_only",
        "filling",
        "only the entries on the diagonal were written",
        "Which indices of the kernel does your loop visit?",
    ),
    Mistake(
        "whole_numbers",
        "type",
        "the larger array could hold whole numbers only",
        "Which dtype has the array that you write into?",
    ),
    Mistake("turned", "layout", "the result were turned by 180 degrees", "Which entry of the kernel comes first?"),
    Mistake(
        "transposed",
        "layout",
        "rows and columns of the result were exchanged",
        "Which length comes first in a shape?",
    ),
)

HINTS = (
    "On paper: the kernel [[1, 2, 3]] with dilation 2. How many zeros are there, and how long is the row?",
    "Make zeros of the larger shape first. Then see into which rows, and into which columns, the entries go.",
    "A slice with a step, array[::dh, ::dw], is a place to write into as well as to read from.",
)


def worked():
    row, square = np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    yield Case("one number", "one row of three", call(row, 2))
    yield Case("one number", "two by two", call(square, 2))
    yield Case("one number", "three pixels apart", call(square, 3))
    yield Case("one number", "dilation 1", call(square, 1))
    yield Case("a pair", "columns only", call(square, (1, 2)))
    yield Case("a pair", "rows only", call(square, (3, 1)))
    yield Case("any numbers", "a single entry", call(np.array([[5.0]]), (2, 3)))


def drawn(rng):
    for shape, dilation in (((3, 3), 2), ((2, 3), 3), ((4, 2), 2), ((1, 4), 3), ((3, 1), 4), ((3, 2), 1)):
        yield Case("one number", f"{shape[0]}×{shape[1]}, {dilation}", call(lopsided(rng, *shape), dilation))
    for shape, dilation in (((3, 3), (2, 3)), ((2, 3), (3, 2)), ((4, 2), (1, 4)), ((2, 4), (2, 1)), ((3, 2), (4, 3))):
        yield Case("a pair", f"{shape[0]}×{shape[1]}, {dilation}", call(lopsided(rng, *shape), dilation))
    yield Case("any numbers", "fractions", call(rng.normal(size=(3, 2)), 2))
    yield Case("any numbers", "fractions, moved apart unequally", call(rng.normal(size=(2, 3)), (3, 2)))
    yield Case("any numbers", "very small numbers", call(1e-9 * rng.normal(size=(2, 2)), 3))
    yield Case("any numbers", "whole numbers", call(rng.integers(1, 9, (2, 3)), 2))
    yield Case("any numbers", "whole numbers of eight bits", call(rng.integers(1, 200, (3, 3)).astype(np.uint8), 3))
    yield Case("any numbers", "single precision", call(rng.normal(size=(3, 3)).astype(np.float32), (2, 3)))
    yield Case("any numbers", "not contiguous in memory", call(rng.normal(size=(3, 2)), 2, layout="strided"))
    yield Case("any numbers", "columns first in memory", call(rng.normal(size=(2, 3)), (1, 3), layout="F"))


def exact(rng):
    kernel = lopsided(rng, 3, 2)
    yield laws.linear("one number", (kernel, 2), 0, "kernel", rng)
    yield laws.cancels(
        "a pair",
        "reading every second row and every third column gives the kernel back",
        (1.0, call(kernel, (2, 3)), (slice(None, None, 2), slice(None, None, 3))),
        (-1.0, call(kernel, 1), ()),
    )
    yield laws.equals("any numbers", "dilation 1 changes nothing", call(kernel, (1, 1)), kernel)


def refused():
    yield Case(REFUSES, "dilation 0", call(np.ones((2, 2)), 0))
    yield Case(REFUSES, "dilation 0 along columns", call(np.ones((2, 2)), (1, 0)))


SPEC = Spec(
    parts=(Part("one number", 1), Part("a pair", 1), Part("any numbers", 1), Part(UNTOUCHED, 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "the dilation is 1": lambda kernel, dilation: np.max(dilation) == 1,
        "the dilation is 2": lambda kernel, dilation: np.ndim(dilation) == 0 and dilation == 2,
        "the dilation is one number": lambda kernel, dilation: np.ndim(dilation) == 0,
        "the kernel is square": lambda kernel, dilation: kernel.shape[0] == kernel.shape[1],
        "the kernel has one row or one column": lambda kernel, dilation: min(kernel.shape) == 1,
    },
)
