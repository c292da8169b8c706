"""Checks of layer_shapes: shape, parameters and receptive field, carried from layer to layer."""

import math

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call


def model(layers, input_shape, on=frozenset()):
    """layer_shapes, with switches."""
    rows, shape, total, sees_all = [], tuple(input_shape), 0, False
    size, jump = 1, 1
    for layer in layers:
        kind, parameters = layer["kind"], 0
        if kind in ("conv", "pool"):
            k, stride, padding = window(layer, on)
            C, OH, OW = shape[0], *(place_count(n, k, stride, padding, on) for n in shape[1:])
            F = C if kind == "pool" or "channels_kept" in on else layer["filters"]
            parameters = window_parameters(layer, input_shape[0] if "layer_input_ignored" in on else C, on)
            shape = (F, OH, OH if "height_for_both" in on else OW)
            size, jump = grown(kind, size, jump, k, stride, padding, on)
        elif kind == "flatten":
            shape = (math.prod(shape[1:] if "channels_not_flattened" in on else shape),)
        elif kind == "linear":
            units = layer["units"]
            parameters = units * shape[0] + biases(units, "linear_bias", on)
            shape, sees_all = (units,), "linear_sees_no_more" not in on
        total += parameters
        field = input_shape[2 if "width_of_the_image" in on else 1] if sees_all else size
        shown = total if "parameters_added_up" in on else parameters
        rows.append({"shape": described(shape, on), "parameters": shown, "receptive_field": field})
    return rows


def window(layer, on):
    """Length, stride and padding of a layer's window."""
    if layer["kind"] == "pool":
        k = layer["window"]
        default = 1 if "pool_steps_by_1" in on else 2 if "pool_steps_by_2" in on else k
        return k, k if "pool_stride_ignored" in on else layer.get("stride", default), 0
    stride = 1 if "conv_stride_ignored" in on else layer.get("stride", 1)
    return layer["kernel"], stride, 0 if "padding_ignored" in on else layer.get("padding", 0)


def place_count(n, k, stride, padding, on):
    """How many places a window finds."""
    around = padding if "padding_on_one_side" in on else 2 * padding
    room = n + around - k
    if room < 0:
        raise ValueError("does not fit")
    if "rounded_up" in on:
        return -(-room // stride) + 1
    if "one_place_missed" in on:
        return room // stride
    return room // stride + 1


def window_parameters(layer, C, on):
    """What a convolution or a pooling window learns."""
    if layer["kind"] == "pool":
        return C * (layer["window"] ** 2 + 1) if "pool_learns" in on else 0
    filters, k = layer["filters"], layer["kernel"]
    slices = 1 if "one_slice" in on else C
    entries = k if "kernel_not_squared" in on else k * k
    return filters * slices * entries + biases(filters, "conv_bias", on)


def biases(outputs, which, on):
    """How many biases a layer has."""
    if f"{which}_forgotten" in on:
        return 0
    return 1 if f"{which}_one" in on else outputs


def grown(kind, size, jump, k, stride, padding, on):
    """Size and jump of the receptive field after one more window."""
    if kind == "pool" and "pooling_not_seen" in on:
        return size, jump
    step = 1 if "jump_forgotten" in on else jump * stride if "own_stride_first" in on else jump
    if "whole_window_added" in on:
        size += k * step
    elif "fields_multiplied" in on:
        size *= k
    else:
        size += (k - 1) * step
    if "padding_widens" in on:
        size += 2 * padding * step
    if "last_stride_only" in on:
        return size, stride
    return size, jump * stride


def described(shape, on):
    """The shape as it is told."""
    if "channels_last" in on and len(shape) == 3:
        return (*shape[1:], shape[0])
    return (1, *shape) if "batch_told" in on else shape


PLACES = "Take a window on 7 pixels in hand, and count its places for a stride of 2."

MISTAKES = (
    Mistake(
        "conv_stride_ignored", "conv window", "every convolution had stride 1", "Which options may a conv layer have?"
    ),
    Mistake("padding_ignored", "conv window", "nothing were padded", "Which options may a conv layer have?"),
    Mistake(
        "pool_steps_by_1",
        "pool window",
        "pooling windows moved by 1 unless told otherwise",
        "What is a pooling layer's stride when none is given?",
    ),
    Mistake(
        "pool_steps_by_2",
        "pool window",
        "pooling windows moved by 2 unless told otherwise",
        "A window of 3 without a stride: by how much does it move?",
    ),
    Mistake(
        "pool_stride_ignored",
        "pool window",
        "pooling windows always moved by their own length",
        "A pooling layer may have a stride of its own.",
    ),
    Mistake(
        "padding_on_one_side",
        "places",
        "the padding were added once, not at both ends",
        "How many ends has a row?",
    ),
    Mistake("rounded_up", "places", "the last, incomplete step counted too", PLACES),
    Mistake("one_place_missed", "places", "one place were missed along each axis", PLACES),
    Mistake(
        "height_for_both",
        "width",
        "maps were as wide as they are high",
        "Compute rows and columns, each from its own length.",
    ),
    Mistake(
        "channels_kept",
        "channels",
        "a convolution left the number of channels as it was",
        "How many feature maps come out of a convolution?",
    ),
    Mistake(
        "layer_input_ignored",
        "input channels",
        "every convolution had the channels of the image",
        "How many channels does the second convolution get?",
    ),
    Mistake(
        "one_slice",
        "input channels",
        "a filter had one slice, however many channels go in",
        "Each channel that goes in has its own slice of every filter.",
    ),
    Mistake(
        "kernel_not_squared",
        "weights",
        "a kernel of k had k entries",
        "How many entries has a kernel of 3 rows and 3 columns?",
    ),
    Mistake("conv_bias_forgotten", "conv bias", "convolutions had no bias", "The count includes the biases."),
    Mistake("conv_bias_one", "conv bias", "all filters shared one bias", "How many biases has a layer of 6 filters?"),
    Mistake("linear_bias_forgotten", "linear bias", "linear layers had no bias", "The count includes the biases."),
    Mistake("pool_learns", "pool parameters", "pooling windows had weights", "What does a pooling layer learn?"),
    Mistake(
        "parameters_added_up",
        "count",
        "the parameters of all layers so far were added up",
        "Each row tells of its own layer.",
    ),
    Mistake(
        "channels_not_flattened",
        "flatten",
        "flatten left out the channels",
        "How many numbers are there in 16 maps of 5×5?",
    ),
    Mistake(
        "pooling_not_seen",
        "windows",
        "pooling did not widen the receptive field",
        "One output of a 2×2 window depends on how many rows?",
    ),
    Mistake(
        "jump_forgotten",
        "field",
        "every window widened the receptive field by its length less 1, whatever came before it",
        "After a stride of 2, how many pixels of the image lie between neighbours?",
    ),
    Mistake(
        "own_stride_first",
        "field",
        "a layer's stride counted for its own window already",
        "The stride of a layer moves its window. Does it widen it?",
    ),
    Mistake(
        "whole_window_added",
        "field step",
        "the receptive field grew by the whole length of each window",
        "A window of 1 adds nothing. What does a window of 3 add?",
    ),
    Mistake(
        "fields_multiplied",
        "field step",
        "the lengths of the windows were multiplied",
        "Two windows of 3 one after the other see 5 pixels.",
    ),
    Mistake(
        "padding_widens",
        "field padding",
        "padding widened the receptive field",
        "Padding moves the field. Does it make it larger?",
    ),
    Mistake(
        "last_stride_only",
        "jump",
        "only the stride of the layer just before counted",
        "After two strides of 2, how many pixels of the image lie between neighbours?",
    ),
    Mistake(
        "linear_sees_no_more",
        "linear field",
        "a linear layer saw no more than the layer before it",
        "To how many of its inputs is a unit of a linear layer joined?",
    ),
    Mistake(
        "width_of_the_image",
        "linear field length",
        "a linear layer were told the width of the image",
        "Along which axis does the contract measure?",
    ),
    Mistake(
        "channels_last",
        "told shape",
        "channels came last",
        "In which order does the contract name the axes?",
    ),
    Mistake(
        "batch_told", "told shape", "the batch were part of the shape", "The shape of one image, without the batch."
    ),
)

HINTS = (
    "Take LeNet-5's first two layers, 6 filters of 5×5 with padding 2 and a pooling window of 2, and do them on paper.",
    "Keep three things from layer to layer: the shape, the list of (k, stride, padding), and whether all is seen.",
    "output_size gives each length, receptive_field(windows)[0] the field. A conv layer has filters · (C · k · k + 1)"
    " parameters, a linear one units · (inputs + 1).",
)  # fmt: skip


def conv(filters, kernel, **options):
    return {"kind": "conv", "filters": filters, "kernel": kernel, **options}


def pool(window, **options):
    return {"kind": "pool", "window": window, **options}


def linear(units):
    return {"kind": "linear", "units": units}


RELU, FLATTEN = {"kind": "relu"}, {"kind": "flatten"}


def worked():
    yield Case("convolutions", "one convolution", call([conv(4, 3)], (1, 6, 8)))
    yield Case("convolutions", "two convolutions", call([conv(2, 3, padding=1), RELU, conv(5, 3)], (3, 7, 6)))
    yield Case("pooling", "one pooling layer", call([pool(2)], (3, 6, 9)))
    yield Case("to the end", "flatten and linear", call([FLATTEN, linear(10)], (2, 4, 3)))
    yield Case(
        "to the end",
        "LeNet-5",
        call(
            [
                conv(6, 5, padding=2), RELU, pool(2), conv(16, 5), RELU, pool(2),
                FLATTEN, linear(120), RELU, linear(84), RELU, linear(10),
            ],
            (1, 28, 28),
        ),
    )  # fmt: skip


def drawn(rng):
    def some(low, high):
        return int(rng.integers(low, high))

    def image(height, width):
        return some(2, 5), height, width

    yield Case("convolutions", "a stride of 2", call([conv(some(2, 9), 3, stride=2)], image(9, some(10, 13))))
    yield Case("convolutions", "a stride that does not divide", call([conv(some(2, 9), 3, stride=2)], image(8, 12)))
    yield Case("convolutions", "a 1×1 kernel", call([conv(some(2, 9), 1)], image(some(2, 5), some(6, 9))))
    yield Case("convolutions", "a kernel of even length", call([conv(some(2, 9), 4, padding=1)], image(7, some(8, 12))))
    yield Case(
        "convolutions",
        "three in a row, strides of 2",
        call([conv(some(2, 5), 3, stride=2), conv(some(5, 9), 3, padding=1), conv(3, 3, stride=2)], image(19, 25)),
    )
    yield Case(
        "convolutions",
        "strides of 3 and 2, padded",
        call(
            [conv(some(2, 5), 5, stride=3, padding=2), RELU, conv(some(5, 9), 3, stride=2), conv(2, 2)], image(28, 34)
        ),
    )
    yield Case("convolutions", "padding of 3", call([conv(some(2, 9), 7, padding=3, stride=2), RELU], image(14, 19)))
    yield Case("pooling", "windows of 3", call([pool(3)], image(some(9, 12), some(12, 15))))
    yield Case("pooling", "windows of 3, by 2", call([pool(3, stride=2), RELU], image(8, some(10, 14))))
    yield Case("pooling", "windows of 2, by 1", call([pool(2, stride=1), pool(2)], image(7, some(8, 12))))
    yield Case(
        "pooling",
        "twice convolved and pooled",
        call([conv(some(2, 6), 3), pool(2), conv(some(6, 9), 3), pool(2)], image(some(18, 22), some(22, 26))),
    )
    yield Case(
        "pooling",
        "three kinds of window",
        call([pool(2), conv(some(2, 9), 3, padding=1), pool(3), conv(4, 2), pool(4, stride=1)], image(31, 37)),
    )
    yield Case("to the end", "two linear layers", call([FLATTEN, linear(some(4, 20)), RELU, linear(3)], image(5, 4)))
    yield Case(
        "to the end",
        "a network of one round",
        call([conv(some(3, 9), 3), RELU, pool(2), FLATTEN, linear(some(3, 9))], image(some(8, 12), some(13, 16))),
    )
    yield Case(
        "to the end",
        "a network of two rounds",
        call(
            [
                conv(some(3, 6), 5, stride=2, padding=2), RELU, pool(3, stride=2),
                conv(some(6, 9), 3, padding=1), RELU, pool(2), FLATTEN, linear(some(9, 20)), RELU, linear(10),
            ],
            image(some(32, 36), some(40, 44)),
        ),
    )  # fmt: skip
    yield Case("to the end", "flattened twice", call([FLATTEN, RELU, FLATTEN, linear(4)], image(5, 6)))
    yield Case("to the end", "no pooling", call([conv(some(3, 9), 3, stride=2), FLATTEN, linear(4)], image(8, 11)))


def refused():
    yield Case(REFUSES, "a kind that does not exist", call([{"kind": "dropout"}], (1, 8, 8)))
    yield Case(REFUSES, "a linear layer without a flatten before it", call([{"kind": "linear", "units": 3}], (1, 8, 8)))
    yield Case(REFUSES, "a kernel that does not fit", call([{"kind": "conv", "filters": 2, "kernel": 9}], (1, 8, 8)))


SPEC = Spec(
    parts=(Part("convolutions", 2), Part("pooling", 1), Part("to the end", 2), Part(UNTOUCHED, 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "no layer has a stride": lambda layers, input_shape: not any("stride" in layer for layer in layers),
        "no layer is padded": lambda layers, input_shape: not any("padding" in layer for layer in layers),
        "there is no pooling layer": lambda layers, input_shape: all(layer["kind"] != "pool" for layer in layers),
        "there is no convolution": lambda layers, input_shape: all(layer["kind"] != "conv" for layer in layers),
        "there is no linear layer": lambda layers, input_shape: all(layer["kind"] != "linear" for layer in layers),
        "there is one layer": lambda layers, input_shape: len(layers) == 1,
        "the image is square": lambda layers, input_shape: input_shape[1] == input_shape[2],
    },
)
