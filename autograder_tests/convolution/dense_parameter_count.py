"""Checks of dense_parameter_count: every pixel joined to every unit."""

import math

from autograder_tests.judging import REFUSES, Case, Mistake, Part, Spec, call


def model(image_shape, units, bias=None, on=frozenset()):
    """dense_parameter_count, with switches."""
    bias = "off_by_default" not in on if bias is None else bias
    pixels = math.prod(image_shape)
    if "lengths_added" in on:
        pixels = sum(image_shape)
    if "two_axes_only" in on:
        pixels = image_shape[0] * image_shape[1]
    if "last_two_axes_only" in on:
        pixels = math.prod(image_shape[-2:])
    if "square_image" in on:
        pixels = image_shape[0] ** 2
    weights = pixels * units
    if "added_not_joined" in on:
        weights = pixels + units
    if "units_forgotten" in on:
        weights = pixels
    biases = units
    if "one_bias" in on:
        biases = 1
    if "bias_per_pixel" in on:
        biases = pixels
    if "bias_per_weight" in on:
        biases = weights
    wanted = bias
    if "bias_never" in on:
        wanted = False
    if "bias_always" in on:
        wanted = True
    if "bias_upside_down" in on:
        wanted = not bias
    if "nothing_without_bias" in on and not bias:
        return 0
    total = weights + (biases if wanted else 0)
    return float(total) if "float" in on else total


MISTAKES = (
    Mistake(
        "lengths_added",
        "pixels",
        "the lengths of the image were added instead of multiplied",
        "How many pixels has an image of 2 rows and 3 columns?",
    ),
    Mistake(
        "two_axes_only",
        "pixels",
        "only the first two lengths of the image counted",
        "An image with channels has three lengths. Which of them count?",
    ),
    Mistake(
        "last_two_axes_only",
        "pixels",
        "only the last two lengths of the image counted",
        "An image with channels has three lengths. Which of them count?",
    ),
    Mistake(
        "nothing_without_bias",
        "brackets",
        "a layer without biases had no weights either",
        "What does your condition cover: the biases, or the whole sum? Brackets tell.",
    ),
    Mistake(
        "off_by_default",
        "default",
        "there were no bias unless it is asked for",
        "Which value has bias when the caller does not say?",
    ),
    Mistake("square_image", "pixels", "the image were square", "Which lengths enter your count of pixels?"),
    Mistake(
        "added_not_joined",
        "weights",
        "pixels and units were added instead of multiplied",
        "Draw 2 pixels and 3 units: how many lines join them?",
    ),
    Mistake("units_forgotten", "weights", "there were only one unit's weights", "Each unit has weights of its own."),
    Mistake("one_bias", "biases", "all units shared one bias", "How many units are there, and how many biases?"),
    Mistake("bias_per_pixel", "biases", "each pixel had a bias", "What does a bias belong to?"),
    Mistake("bias_per_weight", "biases", "each weight had a bias", "What does a bias belong to?"),
    Mistake("bias_never", "whether", "there were never a bias", "What does bias=True ask for?"),
    Mistake("bias_always", "whether", "there were always a bias", "What does bias=False ask for?"),
    Mistake("bias_upside_down", "whether", "bias=True meant no bias", "Which branch is taken when bias is True?"),
    Mistake(
        "float",
        "type",
        "the count were a number with a decimal point",
        "A count is a whole number: which operation made it a float?",
    ),
)

HINTS = (
    "Draw 2 pixels and 3 units, and join them: count the lines.",
    "Weights: pixels times units. Biases: one a unit.",
    "math.prod multiplies the entries of a tuple, however many there are.",
)


def worked():
    yield Case("weights", "2 pixels, 3 units", call((1, 2), 3, bias=False))
    yield Case("weights", "256×256 pixels, 100 units", call((256, 256), 100, bias=False))
    yield Case("biases", "256×256 pixels, 100 units, each with a bias", call((256, 256), 100, bias=True))
    yield Case("biases", "a bias unless told otherwise", call((3, 4), 5))
    yield Case("weights", "a single unit, a single row", call((1, 7), 1, bias=False))
    yield Case("biases", "a single unit", call((2, 3), 1))
    yield Case("channels", "more than 32 bits can count", call((3, 30000, 30000), 100))
    yield Case("channels", "a colour image", call((3, 32, 32), 10))


def drawn(rng):
    def lengths(count):
        return tuple(int(n) for n in rng.permutation(9)[:count] + 2)

    for _ in range(3):
        yield Case("weights", "drawn lengths, no bias", call(lengths(2), int(rng.integers(2, 50)), bias=False))
        yield Case("biases", "drawn lengths, with bias", call(lengths(2), int(rng.integers(2, 50)), bias=True))
        yield Case(
            "channels",
            "drawn lengths with channels",
            call(lengths(3), int(rng.integers(2, 50)), bias=bool(rng.integers(2))),
        )
    yield Case("biases", "drawn lengths, bias by default", call(lengths(2), int(rng.integers(2, 50))))
    yield Case("channels", "drawn lengths, bias not said", call(lengths(3), int(rng.integers(2, 50))))
    yield Case("channels", "one axis", call(lengths(1), int(rng.integers(2, 50)), bias=True))
    yield Case("channels", "four axes", call(lengths(4), int(rng.integers(2, 50)), bias=False))


def refused():
    yield Case(REFUSES, "an image without rows", call((0, 5), 3))
    yield Case(REFUSES, "two negative lengths", call((-2, -3), 3))
    yield Case(REFUSES, "no units", call((4, 4), 0))


SPEC = Spec(
    parts=(Part("weights", 1), Part("biases", 1), Part("channels", 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "there is no bias": lambda image_shape, units, bias=True: not bias,
        "the image has two axes": lambda image_shape, units, bias=True: len(image_shape) == 2,
    },
)
