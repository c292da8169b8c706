# A running log of the sum in a loop over the classes, adding one class at a time.
"""Chapter 05: a whole network, forward."""

import math

import numpy as np

from course_lib.convolution_3d import conv2d
from course_lib.pooling import avg_pool2d
from course_lib.stride_and_padding import output_size, receptive_field


def cross_entropy(logits, labels):
    """The mean surprise at the right labels, straight from the scores.

    Parameters
    ----------
    logits : ndarray, shape (N, K)
        Any finite numbers, however large, N and K of 1 or more.
    labels : ndarray, shape (N,), int
        The right class of each image, from 0 to K - 1.

    Returns
    -------
    float
        The mean over the batch of ``-log(softmax(logits)[n, labels[n]])``, with the natural logarithm.

    Raises
    ------
    ValueError
        If the shapes do not match, the batch is empty, or a label is not a whole number from 0 to K - 1.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), "Deep Learning", section 6.2.2.3.
    """
    if logits.ndim != 2 or logits.size == 0 or labels.shape != (logits.shape[0],):
        raise ValueError(f"logits {logits.shape} and labels {labels.shape} must be (N, K) and (N,), N and K 1 or more")
    if labels.dtype.kind not in "iu":
        raise ValueError(f"labels have dtype {labels.dtype}; they must be whole numbers")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError(f"labels run from {labels.min()} to {labels.max()}; there are {logits.shape[1]} classes")
    z = logits.astype(float)
    running = z[:, 0].copy()
    k = 1
    while k < z.shape[1]:
        high, low = np.maximum(running, z[:, k]), np.minimum(running, z[:, k])
        running = high + np.log1p(np.exp(low - high))
        k += 1
    return float((running - z[np.arange(len(z)), labels]).sum() / len(z))


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
