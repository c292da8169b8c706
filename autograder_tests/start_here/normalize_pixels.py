"""Checks of normalize_pixels: a whole number from a file becomes a fraction."""

import numpy as np

from autograder_tests.judging import UNTOUCHED, Case, Mistake, Part, Spec, call


def model(pixels, on=frozenset()):
    """normalize_pixels, with switches."""
    top = 255.0
    if "by_256" in on:
        top = 256.0
    if "by_brightest" in on:
        top = float(pixels.max())
    if "darkest_to_zero" in on:
        pixels = pixels - pixels.astype(float).min()
    if "unchanged" in on:
        return pixels
    scaled = pixels / top
    if "minus_one_to_one" in on:
        scaled = 2 * scaled - 1
    if "negative" in on:
        scaled = 1 - scaled
    if "fractions_lost" in on:
        scaled = np.floor(scaled)
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
    yield Case(
        "any image", "not contiguous in memory", call(rng.integers(5, 250, (4, 4)).astype(np.uint8), layout="strided")
    )


SPEC = Spec(
    parts=(Part("black, grey, white", 1), Part("any image", 1), Part(UNTOUCHED, 1)),
    worked=worked,
    drawn=drawn,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "the image has a white pixel": lambda pixels: pixels.max() == 255,
        "the image has a black pixel": lambda pixels: pixels.min() == 0,
        "the pixels are whole numbers of eight bits": lambda pixels: pixels.dtype == np.uint8,
    },
)
