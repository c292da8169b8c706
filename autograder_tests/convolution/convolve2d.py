"""Checks of convolve2d: what cross_correlate2d does, with a kernel that was turned first."""

import numpy as np

from autograder_tests.convolution import cross_correlate2d
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, Taps, call, laws
from autograder_tests.judging.numbers import lopsided, whole

SHARED = {
    "last_missed", "height_for_both", "same_size", "every_touch", "window_exchanged", "windows_do_not_overlap",
    "square_window", "matrix_product", "mean", "absolute", "integer_output", "running_total", "output_transposed",
}  # fmt: skip


def model(image, kernel, on=frozenset()):
    """convolve2d, with switches; those of cross_correlate2d work here too."""
    if "upside_down_only" in on:
        kernel = kernel[::-1]
    elif "mirrored_only" in on:
        kernel = kernel[:, ::-1]
    elif "transposed_instead" in on:
        kernel = kernel.T
    elif "quarter_turn" in on:
        kernel = np.rot90(kernel)
    elif "reversed_and_transposed" in on:
        kernel = kernel[::-1, ::-1].T
    elif "not_turned" not in on:
        kernel = kernel[::-1, ::-1]
    if "negated" in on:
        kernel = -kernel
    if "square_only" in on and kernel.shape[0] != kernel.shape[1]:
        kernel = kernel[::-1, ::-1]
    if "image_turned_too" in on:
        image = image[::-1, ::-1]
    result = cross_correlate2d.model(image, kernel, on & SHARED)
    if "result_turned" in on:
        return result[::-1, ::-1]
    return result


MISTAKES = (
    Mistake(
        "not_turned",
        "kernel",
        "the kernel slid as it was given: correlation, not convolution",
        "Convolve an image that is 0 but for a single 1. Does your result show the kernel, or the kernel turned?"
        " And if you turn it yourself: does what you call turn it once more?",
    ),
    Mistake(
        "upside_down_only",
        "kernel",
        "the kernel were turned upside down, but not left for right",
        "A turn by 180 degrees reverses how many axes?",
    ),
    Mistake(
        "mirrored_only",
        "kernel",
        "the kernel were mirrored left for right, but not turned upside down",
        "A turn by 180 degrees reverses how many axes?",
    ),
    Mistake(
        "transposed_instead",
        "kernel",
        "the rows of the kernel were used as its columns, without a turn",
        "Transposing exchanges the axes. Does it reverse them?",
    ),
    Mistake(
        "quarter_turn",
        "kernel",
        "the kernel were turned by 90 degrees only",
        "How many times must np.rot90 turn for 180 degrees?",
    ),
    Mistake(
        "reversed_and_transposed",
        "kernel",
        "the kernel were turned by 180 degrees and its rows then used as columns",
        "The turn alone is enough.",
    ),
    Mistake(
        "image_turned_too",
        "image",
        "the image were turned by 180 degrees",
        "Only one of the two is turned.",
    ),
    Mistake("negated", "sign", "the kernel had its signs changed", "A turn moves entries; does it change them?"),
    Mistake("square_only", "which", "only square kernels were turned", "A kernel of 2×3 has a half turn too."),
    Mistake("result_turned", "result", "the result were turned by 180 degrees", "What is turned, and when?"),
    *(mistake for mistake in cross_correlate2d.MISTAKES if mistake.name in SHARED),
)

HINTS = (
    "Take a kernel [[1, 2], [3, 4]]: what does it look like after half a turn?",
    "A slice with a step of -1 runs through an axis backwards.",
    "kernel[::-1, ::-1] is the turned kernel; cross_correlate2d does the sliding.",
)


def worked():
    one = np.zeros((3, 3))
    one[1, 1] = 1.0
    yield Case("the turn", "a single 1 in the image", call(one, np.array([[1.0, 2.0], [3.0, 4.0]])))
    yield Case(
        "the turn", "an upright edge", call(np.array([[0.0, 0.0, 9.0, 9.0]] * 4), np.array([[-1.0, 0.0, 1.0]] * 3))
    )
    yield Case("any shape", "one row", call(np.array([[1.0, 4.0, 9.0, 16.0]]), np.array([[-1.0, 2.0]])))
    yield Case("any shape", "one column", call(np.array([[1.0], [4.0], [9.0]]), np.array([[-1.0], [2.0]])))


def drawn(rng):
    for part, shape, kernel_shape in (
        ("the turn", (4, 4), (2, 2)), ("the turn", (5, 5), (3, 3)), ("the turn", (5, 6), (3, 3)),
        ("any shape", (4, 6), (2, 3)), ("any shape", (7, 4), (3, 2)), ("any shape", (5, 5), (1, 3)),
        ("any shape", (6, 4), (4, 1)), ("any shape", (3, 8), (3, 2)), ("any shape", (4, 5), (1, 1)),
        ("any shape", (6, 7), (4, 4)),
    ):  # fmt: skip
        name = f"{shape[0]}×{shape[1]} pixels, a {kernel_shape[0]}×{kernel_shape[1]} kernel"
        yield Case(part, name, call(whole(rng, *shape), lopsided(rng, *kernel_shape)))
    file = rng.integers(0, 256, (4, 5)).astype(np.uint8)
    yield Case("any numbers", "fractions", call(rng.normal(size=(5, 4)), rng.normal(size=(2, 3))))
    yield Case("any numbers", "very small numbers", call(1e-9 * rng.normal(size=(4, 5)), rng.normal(size=(3, 2))))
    yield Case("any numbers", "pixels as a file holds them", call(file, rng.normal(size=(3, 2))))
    yield Case(
        "any numbers",
        "whole pixels, a kernel of fractions",
        call(rng.integers(0, 9, (5, 4)), rng.integers(1, 8, (2, 2)) / 8),
    )
    single = rng.normal(size=(4, 6)).astype(np.float32), rng.normal(size=(2, 3)).astype(np.float32)
    yield Case("any numbers", "single precision", call(*single))
    yield Case(
        "any numbers",
        "not contiguous in memory",
        call(rng.normal(size=(5, 6)), rng.normal(size=(2, 3)), layout="strided"),
    )


def exact(rng):
    image, kernel = whole(rng, 5, 6), lopsided(rng, 2, 3)
    yield laws.linear("any numbers", (image, kernel), 0, "image", rng)
    yield from laws.shifts("any numbers", (image, kernel), 0, "image")
    yield laws.equals(
        "any numbers", "the identity: a kernel [[1]] returns the image", call(image, np.ones((1, 1))), image
    )


def working(cell, image, kernel):
    i, j = cell
    return image[i : i + kernel.shape[0], j : j + kernel.shape[1]], kernel[::-1, ::-1], cell


def refused():
    yield Case(REFUSES, "a kernel one row too tall", call(np.ones((3, 4)), np.ones((4, 2))))
    yield Case(REFUSES, "a kernel one column too wide", call(np.ones((3, 4)), np.ones((1, 5))))


SPEC = Spec(
    parts=(Part("the turn", 1), Part("any shape", 1), Part("any numbers", 1), Part(UNTOUCHED, 0.5), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "the kernel reads the same turned by 180 degrees": lambda image, kernel: np.array_equal(
            kernel, kernel[::-1, ::-1]
        ),
        "the kernel is square": lambda image, kernel: kernel.shape[0] == kernel.shape[1],
        "the kernel is a single entry": lambda image, kernel: kernel.size == 1,
        "the kernel is a single row or column": lambda image, kernel: min(kernel.shape) == 1,
        "the image is square": lambda image, kernel: image.shape[0] == image.shape[1],
        "all numbers are whole": lambda image, kernel: bool((image % 1 == 0).all() and (kernel % 1 == 0).all()),
    },
    working=working,
    taps=Taps(0, 1, (6, 8), (3, 2)),
)
