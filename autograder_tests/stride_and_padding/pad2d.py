"""Checks of pad2d: a frame of constant pixels, as wide as asked on each side."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Law, Mistake, Part, Spec, Term, call, laws
from autograder_tests.judging.numbers import whole

FILLINGS = {"edge_repeated": "edge", "mirrored": "symmetric", "reflected": "reflect", "wrapped": "wrap"}
WIDTHS = {
    "one_pixel": lambda ph, pw: (1, 1),
    "exchanged": lambda ph, pw: (pw, ph),
    "first_for_both": lambda ph, pw: (ph, ph),
    "second_for_both": lambda ph, pw: (pw, pw),
    "rows_only": lambda ph, pw: (ph, 0),
    "columns_only": lambda ph, pw: (0, pw),
    "twice_as_wide": lambda ph, pw: (2 * ph, 2 * pw),
}


def model(image, padding, value=0.0, on=frozenset()):
    """pad2d, with switches."""
    ph, pw = (padding, padding) if np.ndim(padding) == 0 else padding
    for switch in sorted(on & WIDTHS.keys()):
        ph, pw = WIDTHS[switch](ph, pw)
    before, after = (ph, pw), (ph, pw)
    if "before_only" in on:
        after = 0, 0
    if "after_only" in on:
        before = 0, 0
    if "interleaved" in on:
        before, after = (ph, ph), (pw, pw)
    if "in_the_corner" in on:
        before, after = (0, 0), (2 * ph, 2 * pw)
    if "always_begins_at_one" in on:
        before, after = (1, 1), (2 * ph - 1, 2 * pw - 1)
    for switch in sorted(on & FILLINGS.keys()):
        return np.pad(image.astype(float), tuple(zip(before, after)), mode=FILLINGS[switch])
    if "value_ignored" in on:
        value = 0.0
    if "value_in_the_image" in on:
        image = image + value
    kind = image.dtype if "type_of_the_image" in on else float
    if "whole_numbers" in on:
        kind = int
    if np.dtype(kind).kind in "iu" and not np.isfinite(value):
        raise ValueError("not defined")
    if "image_left_out" in on:
        image = np.full(image.shape, value)
    (H, W), (top, left) = image.shape, before
    framed = np.full((top + H + after[0], left + W + after[1]), value, kind)
    framed[top : top + H, left : left + W] = image
    return framed.T if "transposed" in on else framed


MISTAKES = (
    Mistake("one_pixel", "width", "the frame were always one pixel wide", "Where does `padding` enter?"),
    Mistake(
        "exchanged",
        "width",
        "the first number of a pair were meant for left and right",
        "Rows come first: on which sides does `ph` add pixels?",
    ),
    Mistake(
        "first_for_both",
        "width",
        "the first number of a pair were meant for all four sides",
        "Which sides does the second number of the pair belong to?",
    ),
    Mistake(
        "second_for_both",
        "width",
        "the second number of a pair were meant for all four sides",
        "Which sides does the first number of the pair belong to?",
    ),
    Mistake("rows_only", "width", "nothing were added left and right", "The frame has four sides."),
    Mistake("columns_only", "width", "nothing were added above and below", "The frame has four sides."),
    Mistake(
        "twice_as_wide",
        "width",
        "each side got twice the padding",
        "How wide is the frame on one side? And how much wider is the whole?",
    ),
    Mistake("before_only", "sides", "pixels were added above and left only", "What about below and right?"),
    Mistake("after_only", "sides", "pixels were added below and right only", "What about above and left?"),
    Mistake(
        "interleaved",
        "sides",
        "the first number of a pair were meant for above and left, the second for below and right",
        "Rows come first: on which two sides does `ph` add pixels?",
    ),
    Mistake(
        "in_the_corner",
        "sides",
        "the image lay in the top left corner of the larger array",
        "At which row and column of the larger array does the image begin?",
    ),
    Mistake(
        "always_begins_at_one",
        "sides",
        "the image began at row 1 and column 1, whatever the padding",
        "At which row and column of the larger array does the image begin?",
    ),
    Mistake(
        "edge_repeated",
        "filling",
        "the frame repeated the pixels at the edge",
        "What is the frame to be filled with?",
    ),
    Mistake(
        "mirrored",
        "filling",
        "the frame mirrored the image, its edge included",
        "What is the frame to be filled with?",
    ),
    Mistake(
        "reflected",
        "filling",
        "the frame mirrored the image, without its edge",
        "What is the frame to be filled with?",
    ),
    Mistake(
        "wrapped",
        "filling",
        "the image went on at the other side",
        "What is the frame to be filled with?",
    ),
    Mistake("value_ignored", "filling", "the frame were always 0", "Where does `value` enter?"),
    Mistake(
        "image_left_out",
        "filling",
        "the image were never written into its frame",
        "Which line puts the image's pixels into the larger array?",
    ),
    Mistake(
        "value_in_the_image",
        "filling",
        "the value were added to the image's pixels, too",
        "Is the image assigned to its place, or added to what is there?",
    ),
    Mistake(
        "type_of_the_image",
        "type",
        "the frame could hold only what the image's dtype can hold",
        "A file holds whole numbers. Which dtype has your larger array?",
    ),
    Mistake(
        "whole_numbers",
        "type",
        "the larger array could hold whole numbers only",
        "Which dtype has the array that you write into?",
    ),
    Mistake(
        "transposed",
        "layout",
        "rows and columns of the result were exchanged",
        "Which length comes first in a shape?",
    ),
)

HINTS = (
    "On paper: a 1×2 image, a padding of 1. How many rows and columns has the result, and where do the pixels lie?",
    "np.full(shape, number) makes an array of one number. What is the shape here, and which dtype comes out?",
    "The image's rows are ph to ph + H of the larger array. A slice that ends at -ph is empty where ph is 0.",
)


def worked():
    two = np.array([[1.0, 2.0]])
    square = np.array([[1.0, 2.0], [3.0, 4.0]])
    yield Case("one number", "two pixels, a frame of one", call(two, 1))
    yield Case("one number", "four pixels, a frame of two", call(square, 2))
    yield Case("one number", "nothing to add", call(square, 0))
    yield Case("a pair", "above and below only", call(square, (1, 0)))
    yield Case("a pair", "left and right only", call(square, (0, 2)))
    yield Case("a pair", "nothing to add", call(two, (0, 0)))
    yield Case("any numbers", "a frame of sevens", call(square, 1, value=7.0))
    yield Case("any numbers", "a frame of minus infinity", call(square, 1, value=-np.inf))


def drawn(rng):
    for shape, padding in (((3, 4), 1), ((4, 3), 2), ((2, 5), 3), ((1, 4), 2), ((4, 1), 1), ((3, 3), 0)):
        yield Case("one number", f"{shape[0]}×{shape[1]} pixels, {padding}", call(whole(rng, *shape), padding))
    for shape, padding in (((3, 4), (1, 2)), ((4, 3), (2, 1)), ((3, 3), (3, 1)), ((2, 4), (0, 3)), ((4, 2), (2, 0))):
        yield Case("a pair", f"{shape[0]}×{shape[1]} pixels, {padding}", call(whole(rng, *shape), padding))
    file = rng.integers(1, 256, (3, 4)).astype(np.uint8)
    yield Case("any numbers", "pixels as a file holds them", call(file, 2))
    yield Case("any numbers", "the same in a frame of a half", call(file, (1, 2), value=0.5))
    yield Case("any numbers", "whole numbers in a frame of fractions", call(rng.integers(-9, 9, (2, 3)), 1, 2.25))
    yield Case("any numbers", "fractions", call(rng.normal(size=(3, 2)), (2, 1), float(rng.normal())))
    yield Case("any numbers", "fractions in a frame of a whole number", call(rng.normal(size=(2, 3)), 1, 0))
    yield Case("any numbers", "very small numbers", call(1e-9 * rng.normal(size=(2, 4)), 1))
    yield Case("any numbers", "far below zero", call(-rng.uniform(1e8, 2e8, (3, 2)), 2))
    yield Case("any numbers", "single precision", call(rng.normal(size=(4, 3)).astype(np.float32), 1, value=-1.5))
    yield Case("any numbers", "not contiguous in memory", call(rng.normal(size=(3, 5)), (1, 2), layout="strided"))
    yield Case("any numbers", "columns first in memory", call(rng.normal(size=(5, 3)), 2, layout="F"))


def exact(rng):
    image = whole(rng, 3, 4)
    yield laws.linear("one number", (image, 2), 0, "image", rng)
    yield Law(
        "a pair",
        "the middle: within its frame the image is as it was",
        (Term(1.0, call(image, (2, 1)), (slice(2, 5), slice(1, 5))),),
        image,
    )
    yield laws.cancels(
        "any numbers",
        "the value: a frame of 5 around an image is a frame of 0 around the image less 5, plus 5",
        (1.0, call(image, 1, 5.0), ()),
        (-1.0, call(image - 5.0, 1), ()),
        (-5.0, call(np.ones((5, 6)), 0), ()),
    )


def refused():
    yield Case(REFUSES, "negative padding", call(np.ones((4, 4)), -1))
    yield Case(REFUSES, "negative padding left and right", call(np.ones((4, 4)), (1, -1)))


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
        "all four sides get pixels": lambda image, padding, value=0.0: np.min(padding) > 0,
        "the padding is one number": lambda image, padding, value=0.0: np.ndim(padding) == 0,
        "all four sides get as many": lambda image, padding, value=0.0: np.ndim(padding) == 0 or len(set(padding)) == 1,
        "the frame is 0": lambda image, padding, value=0.0: value == 0,
        "the image is square": lambda image, padding, value=0.0: image.shape[0] == image.shape[1],
        "the pixels are whole numbers of a file": lambda image, padding, value=0.0: image.dtype.kind in "iu",
    },
)
