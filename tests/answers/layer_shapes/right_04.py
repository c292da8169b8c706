# A small class with one method for each kind, called by name; parameters counted from array sizes.
"""Chapter 05: a whole network, forward."""

import math

import numpy as np

from course_lib.convolution_3d import conv2d
from course_lib.pooling import avg_pool2d
from course_lib.stride_and_padding import output_size, receptive_field


class _Walker:
    def __init__(self, c, h, w):
        self.shape, self.height = (c, h, w), h
        self.field, self.jump, self.linear_seen = 1, 1, False

    def _window(self, channels, k, s, p):
        c, h, w = self.shape
        if min(h, w) + 2 * p < k:
            raise ValueError(f"{k} does not fit on {h} × {w} with padding {p}")
        self.shape = (channels, 1 + (h + 2 * p - k) // s, 1 + (w + 2 * p - k) // s)
        self.field += self.jump * (k - 1)
        self.jump *= s

    def conv(self, filters, kernel, stride=1, padding=0):
        count = sum([filters * self.shape[0] * kernel * kernel, filters])
        self._window(filters, kernel, stride, padding)
        return count

    def pool(self, window, stride=None):
        self._window(self.shape[0], window, window if stride is None else stride, 0)
        return 0

    def relu(self):
        return 0

    def flatten(self):
        self.shape = (math.prod(self.shape),)
        return 0

    def linear(self, units):
        count = units * (self.shape[0] + 1)
        self.shape, self.linear_seen = (units,), True
        return count


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
    walker = _Walker(*(int(n) for n in input_shape))
    out = []
    for layer in layers:
        options = {name: int(v) for name, v in layer.items() if name != "kind"}
        count = getattr(walker, layer["kind"])(**options)
        field = walker.height if walker.linear_seen else walker.field
        out += [{"shape": walker.shape, "parameters": count, "receptive_field": field}]
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
