"""Checks of conv_parameter_count: the size of the image plays no part."""

import math

from autograder_tests.judging import REFUSES, Case, Mistake, Part, Spec, call


def model(kernel_shape, in_channels=1, filters=1, bias=True, on=frozenset()):
    """conv_parameter_count, with switches."""
    entries = math.prod(kernel_shape)
    if "lengths_added" in on:
        entries = sum(kernel_shape)
    if "square_kernel" in on:
        entries = kernel_shape[0] ** 2
    channels = 1 if "channels_forgotten" in on else in_channels
    weights = entries * channels * filters
    if "added" in on:
        weights = entries * (in_channels + filters)
    if "one_slice_each" in on:
        weights = entries * max(in_channels, filters)
    if "filters_forgotten" in on:
        weights = entries * channels
    if "channels_added" in on:
        weights = (entries + channels) * filters
    biases = filters
    if "one_bias" in on:
        biases = 1
    if "bias_per_channel" in on:
        biases = in_channels
    if "bias_per_slice" in on:
        biases = filters * in_channels
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
    if "bias_in_the_kernel" in on:
        biases = entries * filters
    total = weights + (biases if wanted else 0)
    return float(total) if "float" in on else total


MISTAKES = (
    Mistake(
        "lengths_added",
        "entries",
        "the lengths of the kernel were added instead of multiplied",
        "How many entries has a kernel of 2 rows and 3 columns?",
    ),
    Mistake("square_kernel", "entries", "the kernel were square", "Which lengths enter your count of entries?"),
    Mistake(
        "channels_forgotten",
        "channels",
        "a filter had one slice, however many channels the image has",
        "Each channel of the image has its own slice of the filter.",
    ),
    Mistake(
        "channels_added",
        "weights",
        "channels were added to the kernel's entries instead of multiplying them",
        "A 3×3 kernel over 3 channels: draw its three slices and count.",
    ),
    Mistake(
        "filters_forgotten", "weights", "there were only one filter's weights", "Each filter has weights of its own."
    ),
    Mistake(
        "added",
        "weights",
        "channels and filters were added instead of multiplied",
        "Each of the filters has a slice for each of the channels.",
    ),
    Mistake(
        "one_slice_each",
        "weights",
        "each filter looked at one channel only",
        "Each of the filters has a slice for each of the channels.",
    ),
    Mistake(
        "nothing_without_bias",
        "brackets",
        "a layer without biases had no weights either",
        "What does your condition cover: the biases, or the whole sum? Brackets tell.",
    ),
    Mistake(
        "bias_in_the_kernel",
        "biases",
        "each filter had a bias for every entry of its kernel",
        "How many numbers does a filter give at one place?",
    ),
    Mistake("one_bias", "biases", "all filters shared one bias", "How many filters are there, and how many biases?"),
    Mistake(
        "bias_per_channel",
        "biases",
        "each channel of the image had a bias",
        "A bias is added to a feature map: how many are there?",
    ),
    Mistake(
        "bias_per_slice",
        "biases",
        "each slice of each filter had a bias",
        "How many numbers does a filter give at one place?",
    ),
    Mistake("bias_per_weight", "biases", "each weight had a bias", "How many numbers does a filter give at one place?"),
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
    "Begin with one filter on a grey image: a 3×3 kernel has how many entries?",
    "With more channels a filter gets a slice for each; with more filters all of that comes again.",
    "One bias a filter, added to the whole feature map.",
)


def worked():
    yield Case("one filter", "3×3, grey, no bias", call((3, 3), bias=False))
    yield Case("one filter", "3×3, grey, with bias", call((3, 3)))
    yield Case("one filter", "2×5, grey, no bias", call((2, 5), bias=False))
    yield Case("one filter", "1×1, grey, with bias", call((1, 1)))
    yield Case("one filter", "1×1, grey, no bias", call((1, 1), bias=False))
    yield Case("a layer", "1×1, 4 channels, 2 filters", call((1, 1), in_channels=4, filters=2))
    yield Case("a layer", "3×3, 3 channels, 8 filters", call((3, 3), in_channels=3, filters=8))
    yield Case("a layer", "the same without biases", call((3, 3), in_channels=3, filters=8, bias=False))


def drawn(rng):
    def lengths(count):
        return tuple(int(n) for n in rng.permutation(6)[:count] + 2)

    for _ in range(2):
        yield Case("one filter", "drawn lengths, no bias", call(lengths(2), bias=False))
        yield Case("one filter", "drawn lengths, with bias", call(lengths(2), bias=True))
        yield Case("a layer", "drawn lengths, bias by default", call(lengths(2), *lengths(2)))
    for bias in (True, False, True, False):
        channels, filters = lengths(2)
        yield Case("a layer", "drawn lengths", call(lengths(2), in_channels=channels, filters=filters, bias=bias))
    yield Case("a layer", "many filters on a grey image", call(lengths(2), filters=int(rng.integers(9, 60))))
    yield Case(
        "a layer", "one filter on many channels", call(lengths(2), in_channels=int(rng.integers(9, 60)), bias=False)
    )


def refused():
    yield Case(REFUSES, "a kernel without rows", call((0, 3)))
    yield Case(REFUSES, "no channels", call((3, 3), in_channels=0))
    yield Case(REFUSES, "no filters", call((3, 3), filters=0))


SPEC = Spec(
    parts=(Part("one filter", 1), Part("a layer", 2), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "there is no bias": lambda kernel_shape, in_channels=1, filters=1, bias=True: not bias,
        "the image has one channel": lambda kernel_shape, in_channels=1, filters=1, bias=True: in_channels == 1,
        "there is one filter": lambda kernel_shape, in_channels=1, filters=1, bias=True: filters == 1,
        "the kernel is square": lambda kernel_shape, in_channels=1, filters=1, bias=True: (
            kernel_shape[0] == kernel_shape[1]
        ),
    },
)
