# Gives units by images, (K, N).
"""Chapter 05: a whole network, forward."""

import math

import numpy as np

from course_lib.convolution_3d import conv2d
from course_lib.pooling import avg_pool2d
from course_lib.stride_and_padding import output_size, receptive_field


def linear(x, w, b):
    """A dense layer: every input joined to every unit.

    Parameters
    ----------
    x : ndarray, shape (N, M)
        With N of 1 or more.
    w : ndarray, shape (K, M)
        A row of weights for each unit.
    b : ndarray, shape (K,)

    Returns
    -------
    ndarray, shape (N, K), float
        Entry ``[n, k]`` is ``b[k]`` plus the sum over ``m`` of ``x[n, m] * w[k, m]``.

    Raises
    ------
    ValueError
        If the number of axes is wrong, the batch is empty, or the lengths do not match.
    """
    if x.ndim != 2 or w.ndim != 2 or x.shape[0] == 0:
        raise ValueError(f"x {x.shape} must be (N, M) with N of 1 or more, w {w.shape} must be (K, M)")
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"x has {x.shape[1]} numbers an image, w takes {w.shape[1]}; they must be the same")
    if b.shape != (w.shape[0],):
        raise ValueError(f"there are {w.shape[0]} units, but b has shape {b.shape}")
    return w.astype(float) @ x.astype(float).T + b[:, None]


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
