# Unpacks three axes at flatten, so a second flatten fails.
"""Chapter 05: a whole network, forward."""

import math

import numpy as np

from course_lib.convolution_3d import conv2d
from course_lib.pooling import avg_pool2d
from course_lib.stride_and_padding import output_size, receptive_field


def _out(n, k, s, p=0):
    if k > n + 2 * p:
        raise ValueError(f"a window of {k} does not fit on {n} pixels with padding {p}")
    return (n + 2 * p - k) // s + 1


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
    shape = tuple(int(n) for n in input_shape)
    height, field, jump, seen_linear = shape[1], 1, 1, False
    result = []
    for layer in layers:
        kind = layer["kind"]
        count = 0
        if kind == "conv":
            f, k, s, p = (int(layer.get(name, d)) for name, d in (("filters", 0), ("kernel", 0), ("stride", 1), ("padding", 0)))
            count = f * (shape[0] * k * k + 1)
            shape = (f, _out(shape[1], k, s, p), _out(shape[2], k, s, p))
        elif kind == "pool":
            k = int(layer["window"])
            s = int(layer.get("stride", k))
            shape = (shape[0], _out(shape[1], k, s), _out(shape[2], k, s))
        elif kind == "flatten":
            C, H, W = shape
            shape = (C * H * W,)
        elif kind == "linear":
            units = int(layer["units"])
            count = units * shape[0] + units
            shape = (units,)
            seen_linear = True
        if kind in ("conv", "pool"):
            field += (k - 1) * jump
            jump *= s
        result.append({"shape": shape, "parameters": count, "receptive_field": height if seen_linear else field})
    return result


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
