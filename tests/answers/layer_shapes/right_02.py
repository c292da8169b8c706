# The receptive field counted from the back each time, window positions found by ranges.
"""Chapter 05: a whole network, forward."""

import math

import numpy as np

from course_lib.convolution_3d import conv2d
from course_lib.pooling import avg_pool2d
from course_lib.stride_and_padding import output_size, receptive_field


def _places(length, k, s, p):
    places = range(-p, length + p - k + 1, s)
    if not places:
        raise ValueError("window does not fit")
    return len(places)


def _field(windows):
    size = 1
    for k, s, _ in reversed(windows):
        size = (size - 1) * s + k
    return size


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
    C, H, W = map(int, input_shape)
    shape, windows, out, whole = (C, H, W), [], [], None
    for layer in layers:
        numbers = {name: int(v) for name, v in layer.items() if name != "kind"}
        parameters = 0
        match layer["kind"]:
            case "conv":
                w = (numbers["kernel"], numbers.get("stride", 1), numbers.get("padding", 0))
                parameters = numbers["filters"] * shape[0] * w[0] ** 2 + numbers["filters"]
                shape = (numbers["filters"], *(_places(n, *w) for n in shape[1:]))
                windows.append(w)
            case "pool":
                w = (numbers["window"], numbers.get("stride", numbers["window"]), 0)
                shape = (shape[0], *(_places(n, *w) for n in shape[1:]))
                windows.append(w)
            case "flatten":
                m = 1
                for n in shape:
                    m *= n
                shape = (m,)
            case "linear":
                parameters = (shape[0] + 1) * numbers["units"]
                shape = (numbers["units"],)
                whole = H
        out.append(dict(shape=shape, parameters=parameters, receptive_field=whole or _field(windows)))
    return out


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
