"""Checks of winograd_1d: four products, and two sums of three of them."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.judging.numbers import lopsided, whole


def model(signal, kernel, on=frozenset()):
    """winograd_1d, with switches."""
    k0, k1, k2 = kernel[::-1].astype(float) if "kernel_turned" in on else kernel.astype(float)
    products = combined(pixels(signal, on), weights(k0, k1, k2, on))
    output = added(*products, on)
    if "direct_products" in on:
        s = signal.astype(float)
        products = np.outer([k0, k1, k2], s)[[0, 1, 2, 0, 1, 2], [0, 1, 2, 1, 2, 3]]
    if "pixel_times_weight" in on:
        products = signal * np.array([k0, k1, k2, k2])
    if "integer_arrays" in on:
        output, products = np.trunc(output), np.trunc(products)
    if "outputs_exchanged" in on:
        output = output[::-1]
    return (products, output) if "products_first" in on else (output, products)


@np.errstate(over="ignore")
def pixels(signal, on):
    """What stands on the left of each product."""
    s0, s1, s2, s3 = signal if "pixels_wrap_around" in on else signal.astype(float)
    combined = [s0 - s2, s1 + s2, s2 - s1, s1 - s3]
    if "first_difference_turned" in on:
        combined[0] = s2 - s0
    if "third_difference_turned" in on:
        combined[2] = s1 - s2
    if "last_difference_turned" in on:
        combined[3] = s3 - s1
    if "neighbours_in_first" in on:
        combined[0] = s0 - s1
    if "neighbours_in_last" in on:
        combined[3] = s2 - s3
    return combined


def weights(k0, k1, k2, on):
    """What stands on the right of each product."""
    half = 1 if "halves_forgotten" in on else 2
    second, third = (k0 + k1 + k2) / half, (k0 - k1 + k2) / half
    if "half_of_the_last_weight" in on:
        second, third = k0 + k1 + k2 / 2, k0 - k1 + k2 / 2
    if "halves_rounded_down" in on:
        second, third = np.floor(second), np.floor(third)
    if "middle_weight_positive" in on:
        third = second
    if "last_weight_negative" in on:
        third = third - 2 * k2 / half
    return [k0, second, third, k2]


def combined(pixels, weights):
    """The four products."""
    return np.array([float(pixel) * weight for pixel, weight in zip(pixels, weights)])


def added(p0, p1, p2, p3, on):
    """The two outputs."""
    first, second = p0 + p1 + p2, p1 - p2 - p3
    if "third_subtracted_in_first" in on:
        first = p0 + p1 - p2
    if "first_product_left_out" in on:
        first = p1 + p2
    if "third_added_in_second" in on:
        second = p1 + p2 - p3
    if "last_added_in_second" in on:
        second = p1 - p2 + p3
    if "last_product_left_out" in on:
        second = p1 - p2
    return np.array([first, second])


TURNED = "A difference has a direction. Compare your four products with the contract, sign by sign."
MULTIPLY_OUT = "Multiply the four products out: which sums of them leave s0 k0 + s1 k1 + s2 k2, and the next output?"

MISTAKES = (
    Mistake("first_difference_turned", "first", "the first product had s2 − s0 in place of s0 − s2", TURNED),
    Mistake("third_difference_turned", "third", "the third product had s1 − s2 in place of s2 − s1", TURNED),
    Mistake("last_difference_turned", "last", "the last product had s3 − s1 in place of s1 − s3", TURNED),
    Mistake(
        "neighbours_in_first",
        "first",
        "the first product had s0 − s1 in place of s0 − s2",
        "How far apart do the two pixels of a difference lie? The contract says it for each product.",
    ),
    Mistake(
        "neighbours_in_last",
        "last",
        "the last product had s2 − s3 in place of s1 − s3",
        "How far apart do the two pixels of a difference lie? The contract says it for each product.",
    ),
    Mistake(
        "halves_forgotten",
        "half",
        "the sums of weights were not halved",
        "Let all three weights be 1: which number must the second product multiply its pixels by?",
    ),
    Mistake(
        "half_of_the_last_weight",
        "half",
        "only the last weight were halved, not the whole sum",
        "What does / bind to: the sum, or its last term?",
    ),
    Mistake(
        "halves_rounded_down",
        "rounding",
        "halves were rounded down to whole numbers",
        "What is 7 // 2, and what is 7 / 2?",
    ),
    Mistake(
        "middle_weight_positive",
        "signs of weights",
        "the third product had the same sum of weights as the second",
        "Two products have sums of all three weights. In what do they differ?",
    ),
    Mistake(
        "last_weight_negative",
        "signs of weights",
        "the third product had k0 − k1 − k2 among its factors",
        "Which of the three weights is subtracted in the third product?",
    ),
    Mistake(
        "pixels_wrap_around",
        "bytes",
        "sums and differences of pixels had to fit in the pixels' own dtype, so that bytes wrap around",
        "np.uint8(3) - np.uint8(5): what is it?",
    ),
    Mistake("kernel_turned", "kernel", "the kernel came in reverse order", "Is it a convolution or a correlation?"),
    Mistake("third_subtracted_in_first", "first output", "the first output had − p2 in place of + p2", MULTIPLY_OUT),
    Mistake("first_product_left_out", "first output", "the first output were p1 + p2, without p0", MULTIPLY_OUT),
    Mistake("third_added_in_second", "second output", "the second output had + p2 in place of − p2", MULTIPLY_OUT),
    Mistake("last_added_in_second", "second output", "the second output had + p3 in place of − p3", MULTIPLY_OUT),
    Mistake("last_product_left_out", "second output", "the second output were p1 − p2, without p3", MULTIPLY_OUT),
    Mistake(
        "direct_products",
        "products",
        "the products were the six of the direct way, three for each output",
        "Four products are asked for, each of a sum or a difference of pixels with one of weights.",
    ),
    Mistake(
        "pixel_times_weight",
        "products",
        "the products were pixels times weights, one by one",
        "Four products are asked for, each of a sum or a difference of pixels with one of weights.",
    ),
    Mistake(
        "integer_arrays",
        "dtype",
        "the results could hold whole numbers only, so that fractions are cut off",
        "Which dtype have the arrays that you write into?",
    ),
    Mistake(
        "outputs_exchanged",
        "order",
        "the second output came first",
        "Which output begins at pixel 0?",
    ),
    Mistake(
        "products_first",
        "layout",
        "the products were returned first, and then the outputs",
        "In which order does the contract return the two?",
    ),
)

HINTS = (
    "First write the two outputs the direct way, with six products. What do they have in common?",
    "Name the four pixels s0 to s3 and the weights k0 to k2, and write the products down as the contract has them.",
    "Both outputs contain p1. With kernel [0, 1, 0] only p1 and p2 are not 0: they are (s1 + s2) / 2 and (s1 - s2) / 2;"
    " the outputs must be s1 and s2.",
)


def worked():
    part = "by hand"
    yield Case(part, "the middle weight alone", call(np.array([1.0, 2.0, 4.0, 8.0]), np.array([0.0, 1.0, 0.0])))
    yield Case(part, "weights 1, 2, 3", call(np.array([5.0, 1.0, 4.0, 3.0]), np.array([1.0, 2.0, 3.0])))
    yield Case(part, "an edge", call(np.array([0.0, 0.0, 10.0, 10.0]), np.array([-1.0, 0.0, 1.0])))


def drawn(rng):
    part = "by hand"
    signals = [distinct_pixels(rng) for _ in range(9)]
    for number, name in enumerate(("first", "middle", "last")):
        kernel = np.zeros(3)
        kernel[number] = rng.integers(2, 9)
        yield Case(part, f"the {name} weight alone", call(signals[number], kernel))
    for number, name in enumerate(("first", "second", "third", "fourth")):
        signal = np.zeros(4)
        signal[number] = rng.integers(2, 9)
        yield Case(part, f"the {name} pixel alone", call(signal, lopsided(rng, 3)))
    yield Case(part, "all weights alike", call(signals[3], np.full(3, float(rng.integers(2, 9)))))
    yield Case(part, "all pixels alike", call(np.full(4, float(rng.integers(2, 9))), lopsided(rng, 3)))
    for signal in signals[4:]:
        yield Case(part, "small whole numbers", call(signal, lopsided(rng, 3)))
    part = "any numbers"
    for name in ("fractions", "more fractions"):
        yield Case(part, name, call(rng.normal(size=4), rng.normal(size=3)))
    yield Case(part, "very small numbers", call(1e-9 * rng.normal(size=4), rng.normal(size=3)))
    yield Case(part, "large negative numbers", call(-1e6 - whole(rng, 4), lopsided(rng, 3)))
    for name in ("pixels as a file holds them", "light and dark pixels of a file"):
        dark, light = np.sort(rng.integers([[0], [160]], [[90], [256]], (2, 2)))
        pixels = np.array([dark[0], light[0], light[1], dark[1]]) if name[0] == "p" else np.array([*dark, *light])
        yield Case(part, name, call(pixels.astype(np.uint8), rng.normal(size=3)))
    yield Case(part, "whole pixels, weights in eighths", call(rng.integers(-90, 90, 4), rng.integers(1, 9, 3) / 8))
    single = rng.normal(size=4).astype(np.float32), rng.normal(size=3).astype(np.float32)
    yield Case(part, "single precision", call(*single))
    yield Case(part, "not contiguous in memory", call(rng.normal(size=4), rng.normal(size=3), layout="strided"))


def distinct_pixels(rng):
    """Four different pixels, so that no difference is 0."""
    return rng.permutation(np.arange(-9, 10))[:4].astype(float)


def refused():
    yield Case(REFUSES, "five pixels", call(np.ones(5), np.ones(3)))
    yield Case(REFUSES, "a kernel of two", call(np.ones(4), np.ones(2)))
    yield Case(REFUSES, "a signal that is a column", call(np.ones((4, 1)), np.ones(3)))


SPEC = Spec(
    parts=(Part("by hand", 1), Part("any numbers", 1), Part(UNTOUCHED, 0.5), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "all numbers are whole": lambda signal, kernel: bool((signal % 1 == 0).all() and (kernel % 1 == 0).all()),
        "the pixels are bytes": lambda signal, kernel: signal.dtype == np.uint8,
        "the kernel reads the same backwards": lambda signal, kernel: bool((kernel == kernel[::-1]).all()),
        "the middle weight is 0": lambda signal, kernel: kernel[1] == 0,
    },
)
