# Follows the first and last input row of output 0 back through the windows; a while loop and a print.
"""Chapter 05: a whole network, forward."""

import math

import numpy as np

from course_lib.convolution_3d import conv2d
from course_lib.pooling import avg_pool2d
from course_lib.stride_and_padding import output_size, receptive_field


def _span(windows):
    first, last = 0, 0
    for k, s, p in windows[::-1]:
        first, last = first * s - p, last * s - p + k - 1
    return last - first + 1


def _size(n, k, s, p):
    steps, at = 0, -p
    while at + k <= n + p:
        steps += 1
        at += s
    if steps == 0:
        raise ValueError(f"window {k} does not fit on {n} + 2 * {p}")
    return steps


def layer_shapes(layers, input_shape):
    """What each layer of a network makes of one image: shape, parameters, receptive field.

    Parameters
    ----------
    layers : list of dict
        Each with a ``"kind"``. ``"conv"``: ``"filters"``, ``"kernel"``, and if not 1 and 0 ``"stride"`` and
        ``"padding"``. ``"pool"``: ``"window"``, and if it is not the window's ``"stride"``. ``"relu"`` and
        ``"flatten"``: nothing else. ``"linear"``: ``"units"``. All are one int; kernels and windows are square.
    input_shape : tuple of int
        ``(C, H, W)``.

    Returns
    -------
    list of dict
        For each layer ``"shape"`` (a tuple, without the batch), ``"parameters"`` (an int, biases included), and
        ``"receptive_field"`` (an int: pixels along a column of the input, padding included, from the first to the last
        on which one output depends; from the first linear layer on the whole height of the image).

    Raises
    ------
    ValueError
        If a kind or an option is unknown, missing or out of range, a window does not fit on the padded input, or a
        layer cannot follow the one before it.

    References
    ----------
    Araujo, Norris & Sim (2019), "Computing receptive fields of convolutional neural networks".
    """
    _check_layers(layers, input_shape)
    answer = []
    now = [int(n) for n in input_shape]
    windows = []
    linear_yet = False
    i = 0
    while i < len(layers):
        layer = layers[i]
        kind = layer["kind"]
        parameters = 0
        if kind in ("conv", "pool"):
            k = int(layer["kernel" if kind == "conv" else "window"])
            s = int(layer.get("stride", 1 if kind == "conv" else k))
            p = int(layer.get("padding", 0))
            if kind == "conv":
                parameters = int(layer["filters"]) * (now[0] * k * k) + int(layer["filters"])
                now[0] = int(layer["filters"])
            now[1:] = [_size(now[1], k, s, p), _size(now[2], k, s, p)]
            windows.append((k, s, p))
        if kind == "flatten":
            now = [math.prod(now)]
        if kind == "linear":
            parameters = now[0] * int(layer["units"]) + int(layer["units"])
            now = [int(layer["units"])]
            linear_yet = True
        field = int(input_shape[1]) if linear_yet else _span(windows)
        answer.append({"receptive_field": field, "parameters": parameters, "shape": tuple(now)})
        i += 1
    print(len(answer), "layers")
    return answer


_LENET5 = {
    "conv1.w": (6, 1, 5, 5),
    "conv1.b": (6,),
    "conv2.w": (16, 6, 5, 5),
    "conv2.b": (16,),
    "fc1.w": (120, 400),
    "fc1.b": (120,),
    "fc2.w": (84, 120),
    "fc2.b": (84,),
    "fc3.w": (10, 84),
    "fc3.b": (10,),
}


_OPTIONS = {  # what each kind of layer must say, and what it may say
    "conv": (("filters", "kernel"), ("stride", "padding")),
    "pool": (("window",), ("stride",)),
    "relu": ((), ()),
    "flatten": ((), ()),
    "linear": (("units",), ()),
}


def _check_layers(layers, input_shape):
    """Refuse a network that makes no sense; what does not fit is left to output_size."""
    if len(input_shape) != 3 or min(input_shape) < 1:
        raise ValueError(f"input_shape is {input_shape}; it must be (C, H, W), each 1 or more")
    flat = False
    for layer in layers:
        kind = layer.get("kind")
        if kind not in _OPTIONS:
            raise ValueError(f"{layer}: {kind!r} is no kind of layer; there are {', '.join(_OPTIONS)}")
        needed, allowed = _OPTIONS[kind]
        given = {name: number for name, number in layer.items() if name != "kind"}
        if not set(needed) <= set(given) <= {*needed, *allowed}:
            raise ValueError(f"{layer}: a {kind} layer needs {needed or 'nothing'} and may have {allowed or 'no more'}")
        for name, number in given.items():
            least = 0 if name == "padding" else 1
            if not isinstance(number, int | np.integer) or number < least:
                raise ValueError(f"{layer}: {name} is {number!r}; it must be a whole number of at least {least}")
        if kind in ("conv", "pool") and flat:
            raise ValueError(f"{layer}: a {kind} layer needs (C, H, W), but a layer before it is flat")
        if kind == "linear" and not flat:
            raise ValueError(f"{layer}: a linear layer needs one axis; put a flatten before it")
        flat = flat or kind == "flatten"
