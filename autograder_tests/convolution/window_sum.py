"""Checks of window_sum: one place, one number."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole


def model(patch, kernel, on=frozenset()):
    """window_sum, with switches."""
    if "kernel_turned" in on:
        kernel = kernel[::-1, ::-1]
    if "kernel_transposed" in on:
        kernel = kernel.T
    if "first_row_only" in on:
        patch, kernel = patch[:1], kernel[:1]
    if "kernel_in_patch_dtype" in on:
        kernel = kernel.astype(patch.dtype)
    products = patch + kernel if "added" in on else patch * kernel
    if "matrix_product" in on:
        products = patch @ kernel
    if "sums_multiplied" in on:
        return float(patch.sum() * kernel.sum())
    if "absolute" in on:
        products = np.abs(products)
    if "not_summed" in on:
        return products
    if "rows_only" in on:
        return products.sum(axis=0)
    if "largest" in on:
        return float(products.max())
    if "mean" in on:
        return float(products.mean())
    if "diagonal" in on:
        return float(np.trace(products))
    total = float(products.sum())
    if "clipped" in on:
        total = min(max(total, 0.0), 255.0)
    if "rounded" in on:
        total = round(total, 6)
    return float(int(total)) if "truncated" in on else total


MISTAKES = (
    Mistake(
        "kernel_turned",
        "kernel",
        "the kernel were turned by 180 degrees first",
        "Which kernel entry meets the top left pixel of the patch?",
    ),
    Mistake(
        "kernel_transposed",
        "kernel",
        "the rows of the kernel were used as its columns",
        "Is the kernel used as it was given?",
    ),
    Mistake(
        "added",
        "product",
        "pixels and kernel entries were added instead of multiplied",
        "A kernel entry of 0 should make its pixel count for nothing.",
    ),
    Mistake(
        "matrix_product",
        "product",
        "the two were multiplied as matrices, rows by columns",
        "For arrays, * and @ are not the same. Which of them works entry by entry?",
    ),
    Mistake(
        "absolute",
        "sign",
        "every product lost its sign before the sum",
        "May a product be negative?",
    ),
    Mistake(
        "not_summed",
        "sum",
        "the products were returned without adding them up",
        "One place gives one number: what is still to be done with the products?",
    ),
    Mistake(
        "rows_only",
        "sum",
        "the products were added up along one axis only",
        "Over how many axes of the products must the sum run?",
    ),
    Mistake(
        "largest",
        "sum",
        "the largest product were taken in place of the sum",
        "All products count, not the largest alone.",
    ),
    Mistake(
        "mean",
        "sum",
        "the mean of the products were taken in place of their sum",
        "Does the result depend on how many entries the kernel has, when the added entries are 0?",
    ),
    Mistake(
        "diagonal",
        "sum",
        "only the products on the diagonal were added up",
        "Which products does your sum leave out?",
    ),
    Mistake(
        "sums_multiplied",
        "product",
        "the sum of the patch were multiplied by the sum of the kernel",
        "First multiply entry by entry, then add up: the order matters.",
    ),
    Mistake(
        "first_row_only",
        "rows",
        "only the first row counted",
        "If you loop: how often does the function reach its return?",
    ),
    Mistake(
        "kernel_in_patch_dtype",
        "kernel dtype",
        "the kernel were cut to the dtype of the patch",
        "A patch from a file holds whole numbers. What happens to a kernel entry of one half?",
    ),
    Mistake("clipped", "range", "the sum were clipped to 0 to 255", "A sum of products is no pixel: what may it be?"),
    Mistake("rounded", "range", "the sum were rounded to six places", "Is any rounding asked for?"),
    Mistake(
        "truncated",
        "type",
        "the sum lost what stands behind its decimal point",
        "Which type do you turn the sum into?",
    ),
)

HINTS = (
    "Try it on paper with a 2×2 patch and a 2×2 kernel: how many products are there?",
    "NumPy multiplies arrays of the same shape entry by entry with *.",
    "np.sum without an axis adds up all entries of an array, whatever its shape.",
)


def worked():
    yield Case(
        "worked by hand", "a 2×2 patch", call(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [0.0, 0.0]]))
    )
    yield Case(
        "worked by hand",
        "every entry counts",
        call(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 10.0], [100.0, 1000.0]])),
    )
    yield Case(
        "worked by hand",
        "a dark-to-bright edge",
        call(np.array([[0.0, 5.0, 9.0]] * 3), np.array([[-1.0, 0.0, 1.0]] * 3)),
    )
    yield Case("any shape", "one row", call(np.array([[2.0, -3.0, 5.0]]), np.array([[1.0, 1.0, 2.0]])))
    yield Case("any shape", "one column", call(np.array([[2.0], [3.0]]), np.array([[4.0], [-1.0]])))
    yield Case("any shape", "a single pixel", call(np.array([[7.0]]), np.array([[-2.0]])))


def drawn(rng):
    for part, shape in (
        ("worked by hand", (3, 3)), ("worked by hand", (2, 2)), ("worked by hand", (4, 4)),
        ("any shape", (2, 3)), ("any shape", (4, 2)), ("any shape", (1, 5)), ("any shape", (5, 1)),
        ("any shape", (3, 5)),
    ):  # fmt: skip
        yield Case(part, f"whole numbers, {shape[0]}×{shape[1]}", call(whole(rng, *shape), lopsided(rng, *shape)))
    yield Case("any numbers", "fractions", call(rng.normal(size=(3, 2)), rng.normal(size=(3, 2))))
    pixels = rng.integers(0, 256, (3, 2)).astype(np.uint8)
    yield Case("any numbers", "pixels from a file, a kernel of fractions", call(pixels, rng.integers(1, 8, (3, 2)) / 8))
    yield Case("any numbers", "bright pixels from a file", call(pixels, 1.0 + rng.random((3, 2))))
    patch, kernel = rng.normal(size=(2, 3, 4))
    yield Case("any numbers", "columns first, and rows first", call(patch, kernel, layout="mixed"))
    yield Case("any numbers", "still smaller numbers", call(1e-9 * rng.normal(size=(3, 3)), rng.normal(size=(3, 3))))
    yield Case("any numbers", "very small numbers", call(1e-9 * rng.normal(size=(2, 3)), rng.normal(size=(2, 3))))
    yield Case("any numbers", "all negative", call(-rng.uniform(1, 2, (3, 3)), rng.uniform(1, 2, (3, 3))))
    yield Case(
        "any numbers", "whole numbers as files hold them", call(rng.integers(0, 9, (2, 3)), rng.integers(-3, 4, (2, 3)))
    )
    yield Case(
        "any numbers",
        "single precision",
        call(rng.normal(size=(3, 4)).astype(np.float32), rng.normal(size=(3, 4)).astype(np.float32)),
    )
    yield Case(
        "any numbers",
        "not contiguous in memory",
        call(rng.normal(size=(3, 4)), rng.normal(size=(3, 4)), layout="strided"),
    )


def exact(rng):
    args = whole(rng, 3, 2), whole(rng, 3, 2)
    yield laws.linear("any numbers", args, 0, "patch", rng)
    yield laws.linear("any numbers", args, 1, "kernel", rng)


def refused():
    yield Case(REFUSES, "as many entries in another shape", call(np.ones((2, 3)), np.ones((3, 2))))
    yield Case(REFUSES, "a kernel that would broadcast", call(np.ones((2, 3)), np.ones((1, 3))))


SPEC = Spec(
    parts=(
        Part("worked by hand", 1),
        Part("any shape", 1),
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
        "patch and kernel are square": lambda patch, kernel: patch.shape[0] == patch.shape[1],
        "the kernel reads the same turned by 180 degrees": lambda patch, kernel: np.array_equal(
            kernel, kernel[::-1, ::-1]
        ),
        "all products are positive or 0": lambda patch, kernel: bool((patch * kernel >= 0).all()),
    },
)
