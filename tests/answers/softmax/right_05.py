# A helper for one row with apply_along_axis; prints on the way.
"""Chapter 05: a whole network, forward."""

import math

import numpy as np

from course_lib.convolution_3d import conv2d
from course_lib.pooling import avg_pool2d
from course_lib.stride_and_padding import output_size, receptive_field


def softmax(logits):
    """Turn each row of scores into probabilities.

    Parameters
    ----------
    logits : ndarray, shape (N, K)
        Any finite numbers, however large, N and K of 1 or more.

    Returns
    -------
    ndarray, shape (N, K), float
        Entry ``[n, k]`` is ``exp(logits[n, k])`` divided by the sum of the exponentials of row ``n``: none negative,
        each row adding up to 1.

    Raises
    ------
    ValueError
        If the number of axes is wrong, the batch is empty, or there is no class.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), "Deep Learning", section 4.1.
    """
    if logits.ndim != 2 or logits.size == 0:
        raise ValueError(f"logits {logits.shape} must be (N, K) with N and K of 1 or more")
    def one(row):
        with np.errstate(over="ignore"):
            e = np.exp(row - row.max())
        return e / np.sum(e)
    print("softmax", logits.shape)
    return np.apply_along_axis(one, 1, logits.astype(float))


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
