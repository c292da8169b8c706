"""Checks of conv_layer_cost: what is learned, what is multiplied, what is kept."""

import math

import numpy as np

from autograder_tests.judging import REFUSES, Case, Mistake, Part, Spec, call


def model(input_shape, filters, kernel_shape, stride=1, padding=0, bias=True, itemsize=4, on=frozenset()):
    """conv_layer_cost, with switches."""
    channels, *lengths = input_shape
    entries = math.prod(kernel_shape)
    if "kernel_lengths_added" in on:
        entries = sum(kernel_shape)
    if "kernel_without_depth" in on:
        entries = math.prod(kernel_shape[-2:])
    weights = entries * (1 if "one_slice_a_filter" in on else channels)
    sizes = places(lengths, kernel_shape, stride, padding, on)
    learned = weights * (1 if "weights_of_one_filter" in on else filters)
    products = filters * math.prod(sizes) * weights
    kept = filters * math.prod(sizes)
    if "products_of_one_filter" in on:
        products //= filters
    if "products_of_one_channel" in on:
        products //= channels
    if "multiply_and_add_counted" in on:
        products *= 2
    if "bias_among_products" in on and bias:
        products += kept
    if "one_map_kept" in on:
        kept //= filters
    if "input_kept" in on:
        kept = math.prod(input_shape)
    if "input_and_output_kept" in on:
        kept += math.prod(input_shape)
    return {
        "parameters": learned + biases(filters, channels, bias, on),
        "multiply_adds": products,
        "activation_bytes": kept * size_of(itemsize, on),
    }


def per_axis(value, axes):
    return (value,) * axes if np.ndim(value) == 0 else value


def places(lengths, kernel_shape, stride, padding, on):
    """Lengths of a feature map."""
    strides, paddings = per_axis(stride, len(lengths)), per_axis(padding, len(lengths))
    if "stride_ignored" in on:
        strides = (1,) * len(lengths)
    if "padding_ignored" in on:
        paddings = (0,) * len(lengths)
    ends = 1 if "padding_at_one_end" in on else 2
    sizes = [n + ends * p - k for n, k, p in zip(lengths, kernel_shape, paddings)]
    if min(sizes) < 0:
        raise ValueError("the kernel does not fit")
    if "true_division" in on:
        return [n / s + 1 for n, s in zip(sizes, strides)]
    sizes = [-(-n // s) + 1 if "rounded_up" in on else n // s + 1 for n, s in zip(sizes, strides)]
    if "as_large_as_the_input" in on:
        sizes = lengths
    if "one_place_missed" in on:
        sizes = [size - 1 for size in sizes]
    return sizes[-2:] if "places_without_depth" in on else sizes


def biases(filters, channels, bias, on):
    """How many biases are learned."""
    if "bias_always" in on:
        bias = True
    if not bias or "bias_never" in on:
        return 0
    if "one_bias" in on:
        return 1
    return filters * channels if "bias_a_channel" in on else filters


def size_of(itemsize, on):
    """Bytes of a number."""
    if "numbers_kept" in on:
        return 1
    if "bits_kept" in on:
        return 8 * itemsize
    return 4 if "always_four_bytes" in on else itemsize


MISTAKES = (
    Mistake(
        "kernel_lengths_added",
        "weights",
        "the lengths of the kernel were added instead of multiplied",
        "How many entries has a kernel of 2 rows and 3 columns?",
    ),
    Mistake(
        "kernel_without_depth",
        "weights",
        "a 3-D kernel were counted without its depth",
        "How many entries has a kernel of three slices of 3×3?",
    ),
    Mistake(
        "one_slice_a_filter",
        "channels",
        "a filter had one slice, however many channels go in",
        "Each channel of the input has its own slice of every filter.",
    ),
    Mistake(
        "as_large_as_the_input",
        "places",
        "every feature map were as large as the input",
        "At how many places does the kernel fit? Stride and padding have a say.",
    ),
    Mistake(
        "one_place_missed",
        "places",
        "one place were missing along each axis",
        "A kernel of 3 on 5 pixels: count its places.",
    ),
    Mistake(
        "places_without_depth",
        "places",
        "a 3-D layer's places along the depth were left out",
        "Along how many axes does a 3-D kernel slide?",
    ),
    Mistake("stride_ignored", "steps", "the stride were always 1", "Where does your code use stride?"),
    Mistake(
        "rounded_up",
        "steps",
        "a last place that only fits in part counted as well",
        "When the stride does not divide what is left, is the last step still taken?",
    ),
    Mistake(
        "true_division",
        "steps",
        "the number of places could have a fraction",
        "A number of places is whole: which division drops the remainder?",
    ),
    Mistake("padding_ignored", "padding", "the padding were always 0", "Where does your code use padding?"),
    Mistake(
        "padding_at_one_end",
        "padding",
        "the padding were added at one end of each axis only",
        "An axis has two ends.",
    ),
    Mistake(
        "weights_of_one_filter",
        "learned",
        "only one filter's weights were learned",
        "Each filter has weights of its own.",
    ),
    Mistake(
        "products_of_one_filter",
        "products",
        "only one feature map were computed",
        "How many feature maps are there, and what does each of them cost?",
    ),
    Mistake(
        "products_of_one_channel",
        "products",
        "only one channel were multiplied",
        "How many products make one number of the output?",
    ),
    Mistake(
        "multiply_and_add_counted",
        "products",
        "a product and its addition counted as two",
        "A multiply-add is one product together with its addition.",
    ),
    Mistake(
        "bias_among_products",
        "products",
        "adding the bias counted as a product",
        "Is a bias multiplied with anything?",
    ),
    Mistake(
        "one_map_kept",
        "kept",
        "only one feature map had to be kept",
        "The output has a number for every filter and every place.",
    ),
    Mistake("input_kept", "kept", "the input were kept, not the output", "Whose size is asked for?"),
    Mistake(
        "input_and_output_kept",
        "kept",
        "the input were kept besides the output",
        "The input is the output of the layer before, and counted there.",
    ),
    Mistake(
        "numbers_kept", "bytes", "the numbers of the output were counted, not their bytes", "How long is one number?"
    ),
    Mistake("bits_kept", "bytes", "bits were counted, not bytes", "In which unit is itemsize given?"),
    Mistake("always_four_bytes", "bytes", "every number had four bytes", "Which argument says how long a number is?"),
    Mistake("one_bias", "bias", "all filters shared one bias", "How many filters are there, and how many biases?"),
    Mistake(
        "bias_a_channel",
        "bias",
        "each slice of each filter had a bias",
        "How many numbers does a filter give at one place?",
    ),
    Mistake("bias_never", "bias", "there were never a bias", "What does bias=True ask for?"),
    Mistake("bias_always", "whether", "there were always a bias", "What does bias=False ask for?"),
)

HINTS = (
    "Begin with one filter and one place: how many products is that?",
    "All filters do that at all places of a feature map; output_size says how many places there are along an axis.",
    "Treat the kernel's axes in one loop, however many there are: math.prod multiplies what it finds.",
)


def worked():
    yield Case("2-D layer", "one 3×3 filter on 5×7 grey pixels", call((1, 5, 7), 1, (3, 3)))
    yield Case("2-D layer", "8 filters on a colour image", call((3, 32, 48), 8, (3, 3)))
    yield Case("stride and padding", "the same, as large as before", call((3, 32, 48), 8, (3, 3), padding=1))
    yield Case("stride and padding", "the same in steps of 2", call((3, 32, 48), 8, (3, 3), stride=2, padding=1))
    yield Case("3-D layer", "16 frames, a kernel over three of them", call((3, 16, 32, 48), 8, (3, 3, 3)))


def drawn(rng):
    def some(count, least=2, most=9):
        return tuple(int(n) for n in rng.permutation(np.arange(least, most))[:count])

    def image(axes=2):
        return (*some(1, 2, 6), *some(axes, 11, 40))

    for _ in range(3):
        yield Case("2-D layer", "drawn shapes", call(image(), *some(1), some(2, 2, 6)))
        yield Case("2-D layer", "drawn shapes, no bias", call(image(), *some(1), some(2, 2, 6), bias=False))
    yield Case("2-D layer", "more products than 32 bits can count", call((64, 512, 500), 256, (7, 7)))
    yield Case("2-D layer", "half precision", call(image(), *some(1), some(2, 2, 6), itemsize=2))
    yield Case("2-D layer", "double precision", call(image(), *some(1), some(2, 2, 6), itemsize=8))
    for stride, padding in ((2, 0), (1, 2), (3, 1), (4, 2)):
        arguments = image(), *some(1), some(2, 2, 6)
        yield Case("stride and padding", f"stride {stride}, padding {padding}", call(*arguments, stride, padding))
    for stride, padding in (((3, 2), (1, 2)), ((1, 4), (0, 3))):
        arguments = image(), *some(1), some(2, 2, 6)
        how = {"stride": stride, "padding": padding, "bias": False, "itemsize": 8}
        yield Case("stride and padding", f"stride {stride}, padding {padding}, no bias", call(*arguments, **how))
    yield Case("3-D layer", "drawn shapes", call(image(3), *some(1), some(3, 2, 6)))
    yield Case("3-D layer", "drawn shapes, no bias", call(image(3), *some(1), some(3, 2, 6), bias=False, itemsize=2))
    for stride, padding in ((1, 1), (2, 0), (3, 2)):
        arguments = image(3), *some(1), some(3, 2, 6)
        yield Case("3-D layer", f"stride {stride}, padding {padding}", call(*arguments, stride=stride, padding=padding))
    arguments = image(3), *some(1), some(3, 2, 6)
    yield Case(
        "stride and padding",
        "in 3-D, other steps along each axis",
        call(*arguments, stride=(1, 2, 3), padding=(2, 0, 1)),
    )


def setting(name, place, plain):
    """A feature of a call: one argument is as it is by default."""
    return lambda *args, **kwargs: kwargs.get(name, args[place] if len(args) > place else plain) == plain


def refused():
    yield Case(REFUSES, "a 3-D kernel for an image", call((3, 32, 32), 8, (3, 3, 3)))
    yield Case(REFUSES, "a kernel that does not fit", call((3, 4, 4), 8, (5, 5)))


SPEC = Spec(
    parts=(Part("2-D layer", 2), Part("stride and padding", 1), Part("3-D layer", 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "the layer is 2-D": lambda input_shape, *_, **__: len(input_shape) == 3,
        "stride = 1": setting("stride", 3, 1),
        "padding = 0": setting("padding", 4, 0),
        "there is a bias": setting("bias", 5, True),
        "itemsize = 4": setting("itemsize", 6, 4),
    },
)
