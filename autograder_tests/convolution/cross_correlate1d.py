"""Checks of cross_correlate1d: every place where the kernel fits whole, and no other."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, Taps, call, laws
from autograder_tests.judging.numbers import lopsided, whole


def model(signal, kernel, on=frozenset()):
    """cross_correlate1d, with switches."""
    K = len(kernel)
    if "kernel_reversed" in on:
        kernel = kernel[::-1]
    places = len(signal) - K + 1
    if "last_missed" in on:
        places -= 1
    if "same_length" in on:
        signal, places = np.pad(signal, (K // 2, (K - 1) // 2)), len(signal)
    if "every_touch" in on:
        signal, places = np.pad(signal, K - 1), len(signal) + K - 1
    if "weights_above_0_only" in on:
        kernel = np.maximum(kernel, 0)
    if "kernel_in_signal_dtype" in on:
        kernel = kernel.astype(signal.dtype)
    output = np.zeros(places, int if "integer_output" in on else float)
    total = 0.0
    for i in range(places):
        start = i * K if "windows_do_not_overlap" in on else i
        if "centred_window" in on:
            start = max(i - K // 2, 0)
        if start + K > len(signal):
            continue
        products = signal[start : start + K].astype(float) * kernel
        if "running_total" in on:
            total += products.sum()
            output[i] = total
        elif "mean" in on:
            output[i] = products.mean()
        elif "absolute" in on:
            output[i] = np.abs(products).sum()
        elif "largest" in on:
            output[i] = products.max()
        else:
            output[i] = products.sum()
    if "signal_dtype" in on:
        output = output.astype(signal.dtype).astype(float)
    if "last_left_0" in on:
        output[-1] = 0
    if "in_a_column" in on:
        output = output[:, np.newaxis]
    return output


MISTAKES = (
    Mistake(
        "kernel_reversed",
        "kernel",
        "the kernel were reversed before it slides",
        "np.convolve reverses its kernel. Which kernel entry meets the first sample of the window?",
    ),
    Mistake(
        "last_missed",
        "size",
        "the last place were left out",
        "A kernel of 3 on a signal of 5: count the places on your fingers, then look at your formula.",
    ),
    Mistake(
        "same_length",
        "size",
        "zeros were added at both ends, so that the result is as long as the signal",
        "The kernel must lie wholly inside the signal: where does your first window begin?",
    ),
    Mistake(
        "every_touch",
        "size",
        "every place counted at which the kernel touches the signal at all",
        "Which mode does the function have that you call? Here only whole fits count.",
    ),
    Mistake(
        "windows_do_not_overlap",
        "window",
        "each window began where the one before it ended",
        "How far does the window move from one output to the next?",
    ),
    Mistake(
        "centred_window",
        "window",
        "the window were centred on the output's index instead of beginning there",
        "For output 0, which sample comes first in the window?",
    ),
    Mistake(
        "running_total",
        "sum",
        "the sum of one place went on at the next",
        "What must the sum be before each new window?",
    ),
    Mistake("mean", "sum", "the mean of the products were taken in place of their sum", "Sum, or mean?"),
    Mistake("absolute", "sum", "every product lost its sign", "May a product count against the sum?"),
    Mistake("largest", "sum", "the largest product were taken in place of the sum", "All products count."),
    Mistake(
        "weights_above_0_only",
        "weights",
        "negative kernel entries were left out",
        "A negative entry counts against the sum. Is it skipped?",
    ),
    Mistake(
        "kernel_in_signal_dtype",
        "kernel dtype",
        "the kernel were cut to the dtype of the signal",
        "A signal may hold whole numbers. What happens to a kernel entry of one half?",
    ),
    Mistake(
        "signal_dtype",
        "output",
        "the output had the dtype of the signal",
        "A signal may hold whole numbers. Can the output hold one half?",
    ),
    Mistake(
        "last_left_0",
        "end",
        "the last output were never written, and stayed 0",
        "At how many places does your loop stop, and how long is the output?",
    ),
    Mistake(
        "in_a_column", "shape", "the result were a column with two axes", "The result has one axis, as the signal has."
    ),
    Mistake(
        "integer_output",
        "output",
        "the output could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you write into?",
    ),
)

HINTS = (
    "Write the windows of a signal of 5 under one another, for a kernel of 3: how many are there?",
    "The window at place i begins at sample i and is as long as the kernel.",
    "Loop over the places; in the loop one line takes the window, and one adds up the products.",
)


def worked():
    yield Case(
        "worked by hand", "differences of neighbours", call(np.array([1.0, 4.0, 9.0, 16.0]), np.array([-1.0, 1.0]))
    )
    yield Case(
        "worked by hand", "a kernel of three", call(np.array([1.0, 0.0, 2.0, 5.0, 1.0]), np.array([1.0, 2.0, 4.0]))
    )
    yield Case(
        "worked by hand",
        "a single 1 in the signal",
        call(np.array([0.0, 0.0, 1.0, 0.0, 0.0]), np.array([1.0, 2.0, 3.0])),
    )
    yield Case(
        "any length", "the kernel as long as the signal", call(np.array([3.0, 1.0, 2.0]), np.array([1.0, 0.0, -2.0]))
    )
    yield Case("any length", "a kernel of one", call(np.array([3.0, -1.0, 2.0]), np.array([2.0])))


def drawn(rng):
    for part, length, size in (
        ("worked by hand", 6, 2), ("worked by hand", 7, 3), ("any length", 5, 4), ("any length", 9, 4),
        ("any length", 8, 1), ("any length", 4, 4), ("any length", 12, 5), ("any length", 11, 6),
    ):  # fmt: skip
        yield Case(part, f"{length} samples, a kernel of {size}", call(whole(rng, length), lopsided(rng, size)))
    yield Case("any numbers", "fractions", call(rng.normal(size=9), rng.normal(size=3)))
    yield Case("any numbers", "very small numbers", call(1e-9 * rng.normal(size=8), rng.normal(size=4)))
    yield Case(
        "any numbers",
        "whole numbers as files hold them",
        call(rng.integers(0, 255, 8).astype(np.uint8), rng.normal(size=3)),
    )
    yield Case(
        "any numbers",
        "whole numbers and a kernel of fractions",
        call(rng.integers(-9, 9, 8), np.array([0.25, 0.5, 0.125])),
    )
    pixels, eighths = rng.integers(0, 255, (2, 7)).astype(np.uint8), rng.integers(1, 8, (2, 2)) / 8
    yield Case("any numbers", "a line of a file, eighths in the kernel", call(pixels[0], eighths[0]))
    yield Case("any numbers", "another line of it", call(pixels[1], 1 + eighths[1]))
    yield Case(
        "any numbers",
        "single precision",
        call(rng.normal(size=9).astype(np.float32), rng.normal(size=4).astype(np.float32)),
    )
    yield Case(
        "any numbers", "not contiguous in memory", call(rng.normal(size=9), rng.normal(size=2), layout="strided")
    )


def exact(rng):
    args = whole(rng, 9), lopsided(rng, 3)
    yield laws.linear("any numbers", args, 0, "signal", rng)
    yield laws.linear("any numbers", args, 1, "kernel", rng)
    yield from laws.shifts("any numbers", args, 0, "signal")
    yield laws.equals(
        "any numbers", "the identity: a kernel [1] returns the signal", call(args[0], np.ones(1)), args[0]
    )


def refused():
    yield Case(REFUSES, "a kernel longer than the signal", call(np.ones(3), np.ones(4)))


SPEC = Spec(
    parts=(
        Part("worked by hand", 1),
        Part("any length", 1),
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
        "the kernel has an odd length": lambda signal, kernel: len(kernel) % 2 == 1,
        "the kernel has a single entry": lambda signal, kernel: len(kernel) == 1,
        "the kernel is as long as the signal": lambda signal, kernel: len(kernel) == len(signal),
        "all numbers are whole": lambda signal, kernel: bool((signal % 1 == 0).all() and (kernel % 1 == 0).all()),
    },
    working=lambda cell, signal, kernel: (signal[cell[0] : cell[0] + len(kernel)], kernel, cell),
    taps=Taps(0, 1, (9,), (3,)),
)
