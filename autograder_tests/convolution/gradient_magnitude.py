"""Checks of gradient_magnitude: two maps, combined as the sides of a right-angled triangle."""

import numpy as np

from autograder_tests.convolution import cross_correlate2d
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import whole

SHARED = {"last_missed", "height_for_both", "same_size", "border_of_zeros", "output_transposed"}


def model(image, on=frozenset()):
    """gradient_magnitude, with switches."""
    middle = 1.0 if "all_weights_one" in on else 2.0
    sobel_x = np.array([[-1.0, 0.0, 1.0], [-middle, 0.0, middle], [-1.0, 0.0, 1.0]])
    sobel_y = sobel_x if "same_kernel_twice" in on else sobel_x.T
    if "opposite_signs_lost" in on:
        sobel_x, sobel_y = np.abs(sobel_x), np.abs(sobel_y)
    shared = on & SHARED
    gx = cross_correlate2d.model(image, sobel_x, shared)
    gy = cross_correlate2d.model(image, sobel_y, shared)
    if "wraps" in on and image.dtype == np.uint8:
        gx, gy = np.mod(gx, 256), np.mod(gy, 256)
    if "no_negatives" in on:
        gx, gy = np.maximum(gx, 0), np.maximum(gy, 0)
    if "scaled" in on:
        gx, gy = gx / 8, gy / 8
    strength = combined(gx, gy, on)
    if "largest_to_1" in on:
        strength = strength / (strength.max() or 1.0)
    if "clipped" in on:
        strength = np.minimum(strength, 255.0)
    return strength


def combined(gx, gy, on):
    """The two maps made one."""
    if "no_root" in on:
        return gx**2 + gy**2
    if "absolute_sum" in on:
        return np.abs(gx) + np.abs(gy)
    if "sum_first" in on:
        return np.abs(gx + gy)
    if "plain_sum" in on:
        return gx + gy
    if "root_of_sum" in on:
        return np.sqrt(np.abs(gx + gy))
    if "larger_one" in on:
        return np.maximum(np.abs(gx), np.abs(gy))
    if "mean_square" in on:
        return np.sqrt((gx**2 + gy**2) / 2)
    if "x_only" in on:
        return np.abs(gx)
    if "y_only" in on:
        return np.abs(gy)
    return np.sqrt(gx**2 + gy**2)


MISTAKES = (
    Mistake("no_root", "combination", "the root were left out", "Two sides of 3 and 4: how long is the third?"),
    Mistake(
        "absolute_sum",
        "combination",
        "the two maps were added without their signs",
        "Two sides of 3 and 4: the third is not 7.",
    ),
    Mistake(
        "sum_first",
        "combination",
        "the two maps were added, and only then squared and rooted",
        "(a + b)² is not a² + b².",
    ),
    Mistake(
        "largest_to_1",
        "range",
        "each result were divided by its largest entry",
        "Twice the contrast must give twice the result.",
    ),
    Mistake("clipped", "range", "everything above 255 were set to 255", "A strength is no pixel: how large may it be?"),
    Mistake(
        "wraps",
        "dtype",
        "differences of eight-bit pixels began again at 0 above 255 and below 0",
        "Pixels from a file cannot be negative. What is 3 - 5 among them?",
    ),
    Mistake(
        "plain_sum",
        "combination",
        "the two maps were simply added",
        "Two sides of 3 and -4: the third is neither -1 nor 1.",
    ),
    Mistake(
        "root_of_sum",
        "combination",
        "the root of the sum were taken, without squares",
        "What happens to the sides before they are added?",
    ),
    Mistake(
        "larger_one",
        "combination",
        "only the larger of the two maps counted at each place",
        "Both directions count at every place.",
    ),
    Mistake(
        "mean_square",
        "combination",
        "the mean of the squares were taken in place of their sum",
        "Is anything to be divided by 2?",
    ),
    Mistake("x_only", "combination", "only changes from left to right counted", "Where does gy come in?"),
    Mistake("y_only", "combination", "only changes from top to bottom counted", "Where does gx come in?"),
    Mistake(
        "all_weights_one",
        "kernel",
        "the middle row of the kernel weighed no more than the others (Prewitt's kernel)",
        "Compare the middle row of your kernel with the one in the contract.",
    ),
    Mistake(
        "opposite_signs_lost",
        "kernel sign",
        "no entry of the kernels were negative",
        "What must the kernel give where the image is flat?",
    ),
    Mistake(
        "same_kernel_twice",
        "second kernel",
        "the same kernel were used for both directions",
        "The second kernel answers to changes from top to bottom.",
    ),
    Mistake(
        "no_negatives",
        "clipping",
        "negative responses were set to 0 before they were combined",
        "Dark to bright and bright to dark are both edges.",
    ),
    Mistake("scaled", "scale", "the maps were divided by 8", "Is there a divisor in the contract?"),
    *(mistake for mistake in cross_correlate2d.MISTAKES if mistake.name in SHARED),
)

HINTS = (
    "Look at the two maps by themselves first: each should be bright at its own kind of edge.",
    "cross_correlate2d, twice; then Pythagoras at every place.",
    "np.sqrt(gx**2 + gy**2) works on whole maps at once.",
)


def worked():
    yield Case("one direction", "an upright edge", call(np.array([[0.0, 0.0, 1.0, 1.0]] * 3)))
    yield Case("one direction", "a level edge", call(np.array([[0.0] * 4, [0.0] * 4, [1.0] * 4, [1.0] * 4])))
    yield Case(
        "both directions",
        "a corner",
        call(np.array([[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0]])),
    )
    yield Case("both directions", "a flat image", call(np.full((4, 5), 7.0)))


def drawn(rng):
    steps = np.cumsum(rng.integers(1, 5, 6)).astype(float)
    yield Case("one direction", "brighter to the right", call(np.tile(steps, (4, 1))))
    yield Case("one direction", "darker to the right", call(np.tile(steps[::-1], (3, 1))))
    yield Case("one direction", "brighter downwards", call(np.tile(steps[:, None], (1, 4))))
    for shape in ((3, 3), (4, 4), (3, 6), (6, 4), (5, 7), (7, 3)):
        yield Case("both directions", f"{shape[0]}×{shape[1]} whole numbers", call(whole(rng, *shape)))
    yield Case("any numbers", "fractions", call(rng.normal(size=(4, 6))))
    yield Case("any numbers", "very small numbers", call(1e-9 * rng.normal(size=(5, 4))))
    yield Case("any numbers", "pixels as a file holds them", call(rng.integers(0, 256, (5, 4)).astype(np.uint8)))
    yield Case("any numbers", "a dark file", call(rng.integers(0, 40, (4, 5)).astype(np.uint8)))
    yield Case("any numbers", "bright fractions", call(rng.uniform(0, 255, (4, 4))))
    yield Case("any numbers", "single precision", call(rng.normal(size=(4, 5)).astype(np.float32)))
    yield Case("any numbers", "not contiguous in memory", call(rng.normal(size=(5, 5)), layout="strided"))


def exact(rng):
    image = whole(rng, 5, 6)
    yield from laws.shifts("any numbers", (image,), 0, "image")
    yield laws.cancels(
        "any numbers",
        "brightness: adding the same number to every pixel changes nothing",
        (1.0, call(image + 5.0), ()),
        (-1.0, call(image), ()),
    )
    yield laws.cancels(
        "any numbers",
        "contrast: doubling every pixel doubles the result",
        (1.0, call(2 * image), ()),
        (-2.0, call(image), ()),
    )


def refused():
    yield Case(REFUSES, "two rows only", call(np.ones((2, 5))))
    yield Case(REFUSES, "two columns only", call(np.ones((5, 2))))


SPEC = Spec(
    parts=(
        Part("one direction", 1),
        Part("both directions", 2),
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
        "the image changes in one direction only": lambda image: (
            not (np.diff(image.astype(float), axis=0).any() and np.diff(image.astype(float), axis=1).any())
        ),
        "the image is square": lambda image: image.shape[0] == image.shape[1],
        "the pixels are whole numbers of eight bits": lambda image: image.dtype == np.uint8,
    },
)
