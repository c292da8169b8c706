"""Checks of normalize_pixels: a whole number from a file becomes a fraction."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call


def model(pixels, on=frozenset()):
    """normalize_pixels, with switches."""
    darkest, dtype, top = float(pixels.min(initial=255)), pixels.dtype, 255.0
    if "by_256" in on:
        top = 256.0
    if "by_brightest" in on:
        top = float(pixels.max())
    if "stretched" in on:
        top = max(float(pixels.max()) - darkest, 1.0)
    if "standardised" in on and pixels.size:
        return (pixels - pixels.mean()) / (pixels.std() or 1.0)
    if "left_alone_if_dark" in on and pixels.max(initial=0) <= 1:
        return pixels
    if "eight_bits_only" in on and dtype != np.uint8:
        return pixels
    if on & {"darkest_to_zero", "stretched"}:
        pixels = pixels - darkest
    if "unchanged" in on:
        return pixels
    scaled = pixels / top
    if "minus_one_to_one" in on:
        scaled = 2 * scaled - 1
    if "negative" in on:
        scaled = 1 - scaled
    if "fractions_lost" in on:
        scaled = np.floor(scaled)
    if "input_dtype" in on:
        scaled = scaled.astype(dtype)
    if "two_places" in on:
        scaled = np.round(scaled, 2)
    if "flattened" in on:
        return scaled.ravel()
    return scaled


MISTAKES = (
    Mistake(
        "fractions_lost",
        "numbers",
        "the result could hold whole numbers only",
        "Which of / and // keeps what stands behind the decimal point? And which dtype does?",
    ),
    Mistake("by_256", "divisor", "it divided by 256", "What must the brightest pixel of a file, 255, become?"),
    Mistake(
        "by_brightest",
        "divisor",
        "it divided by the brightest pixel of this image",
        "A grey image should stay grey: does 100 become the same number in every image?",
    ),
    Mistake(
        "darkest_to_zero",
        "offset",
        "the darkest pixel of this image were taken for black",
        "Only 0 is black. Is anything to be subtracted?",
    ),
    Mistake(
        "stretched",
        "offset",
        "this image's darkest pixel became 0 and its brightest 1",
        "Does a pixel of 100 become the same number in every image?",
    ),
    Mistake(
        "standardised",
        "scale",
        "the mean were subtracted and the rest divided by the standard deviation",
        "What must the range of the result be?",
    ),
    Mistake(
        "left_alone_if_dark",
        "condition",
        "an image without a pixel above 1 were left as it is",
        "The contract speaks of pixels from 0 to 255. What does a pixel of 1 mean there?",
    ),
    Mistake(
        "eight_bits_only",
        "condition",
        "only pixels of dtype uint8 were divided",
        "Other dtypes hold pixels from 0 to 255 too.",
    ),
    Mistake(
        "input_dtype",
        "dtype",
        "the result were turned into the dtype of the input again",
        "Which dtype has an image from a file, and can it hold one half?",
    ),
    Mistake("two_places", "rounding", "the result were rounded to two places", "Is any rounding asked for?"),
    Mistake("unchanged", "scale", "the pixels were returned as they came", "What range must the result have?"),
    Mistake(
        "minus_one_to_one",
        "range",
        "the range were -1 to 1",
        "Some networks like -1 to 1; the contract here says 0 to 1.",
    ),
    Mistake("negative", "range", "black and white were exchanged", "What must a pixel of 0 become?"),
    Mistake(
        "flattened", "shape", "the image were unrolled into one long row", "The result has the shape of the input."
    ),
)

HINTS = (
    "What must 0 become, what 255, and what the pixel half way between?",
    "One division does it, for the whole array at once.",
    "pixels / 255 gives fractions; pixels // 255 gives only 0 and 1.",
)


def worked():
    yield Case("black, grey, white", "three pixels", call(np.array([0, 51, 255], np.uint8)))
    yield Case("black, grey, white", "black and white", call(np.array([[0, 255], [255, 0]], np.uint8)))
    yield Case("black, grey, white", "almost black", call(np.array([0, 1, 1], np.uint8)))
    yield Case("any image", "no pixels at all", call(np.zeros((0, 3), np.uint8)))
    yield Case("any image", "a grey image without black or white", call(np.array([[102, 153], [204, 51]], np.uint8)))


def drawn(rng):
    yield Case(
        "black, grey, white", "a row from a file", call(np.append(rng.integers(0, 256, 5), [0, 255]).astype(np.uint8))
    )
    yield Case("black, grey, white", "a dark row", call(rng.integers(10, 90, 6).astype(np.uint8)))
    yield Case("any image", "an image from a file", call(rng.integers(5, 250, (3, 4)).astype(np.uint8)))
    yield Case("any image", "a colour image", call(rng.integers(5, 250, (3, 2, 4)).astype(np.uint8)))
    yield Case("any image", "one pixel", call(rng.integers(60, 200, (1, 1)).astype(np.uint8)))
    yield Case("any image", "whole numbers in 64 bits", call(rng.integers(30, 220, (4, 3))))
    yield Case("any image", "fractions already", call(rng.uniform(20, 230, (2, 5))))
    yield Case("any image", "nearly black", call(np.append(rng.integers(0, 2, 5), 1).astype(np.uint8)))
    yield Case("any image", "a column of 64-bit whole numbers", call(rng.integers(30, 220, (5, 1))))
    yield Case("any image", "a row of fractions", call(rng.uniform(20, 230, 7)))
    yield Case(
        "any image", "not contiguous in memory", call(rng.integers(5, 250, (4, 4)).astype(np.uint8), layout="strided")
    )


def refused():
    yield Case(REFUSES, "a pixel below 0", call(np.array([-1, 5])))
    yield Case(REFUSES, "a pixel above 255", call(np.array([0, 256])))


SPEC = Spec(
    parts=(Part("black, grey, white", 1), Part("any image", 1), Part(UNTOUCHED, 0.5), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "the image has a white pixel": lambda pixels: pixels.max(initial=0) == 255,
        "the image has a black pixel": lambda pixels: pixels.min(initial=255) == 0,
        "the pixels are whole numbers of eight bits": lambda pixels: pixels.dtype == np.uint8,
    },
)
