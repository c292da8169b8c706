# Pooling as a strided conv2d, dense layers as convolutions of 1 by 1, Fortran-ordered result.
"""Chapter 05: a whole network, forward."""

import math

import numpy as np

from course_lib.convolution_3d import conv2d
from course_lib.pooling import avg_pool2d
from course_lib.stride_and_padding import output_size, receptive_field


def relu(x):
    """Clip at 0 from below; above, everything passes.

    Parameters
    ----------
    x : ndarray, any shape
        Real numbers; left as it was.

    Returns
    -------
    ndarray, same shape
        Each entry of x, or 0 where that is larger.

    Raises
    ------
    ValueError
        If x does not hold real numbers.

    References
    ----------
    Nair & Hinton (2010), "Rectified linear units improve restricted Boltzmann machines".
    """
    if x.dtype.kind not in "iuf":
        raise ValueError(f"x has dtype {x.dtype}; only real numbers can be compared with 0")
    return np.where(x < 0, np.zeros((), dtype=x.dtype), x)


def lenet5_forward(x, parameters):
    """The forward pass of LeNet-5, with ReLU and average pooling.

    conv1 (6 filters of 5×5, padding 2) → relu → pool 2 → conv2 (16 of 5×5) → relu → pool 2 → flatten →
    fc1 (120) → relu → fc2 (84) → relu → fc3 (10).

    Parameters
    ----------
    x : ndarray, shape (N, 1, 28, 28)
        With N of 1 or more.
    parameters : dict of ndarray
        ``"conv1.w"`` (6, 1, 5, 5), ``"conv1.b"`` (6,), ``"conv2.w"`` (16, 6, 5, 5), ``"conv2.b"`` (16,),
        ``"fc1.w"`` (120, 400), ``"fc1.b"`` (120,), ``"fc2.w"`` (84, 120), ``"fc2.b"`` (84,), ``"fc3.w"`` (10, 84),
        ``"fc3.b"`` (10,).

    Returns
    -------
    ndarray, shape (N, 10), float
        Logits: no softmax, no relu after the last layer.

    Raises
    ------
    ValueError
        If the batch is empty, x or a parameter has the wrong shape, or a parameter is missing.

    References
    ----------
    LeCun, Bottou, Bengio & Haffner (1998), "Gradient-based learning applied to document recognition", section II.B;
    with ReLU for the sigmoid, every map of pool 1 joined to every filter of conv2, and a linear layer for the radial
    basis functions.
    """
    if x.ndim != 4 or x.shape[0] == 0 or x.shape[1:] != (1, 28, 28):
        raise ValueError(f"x has shape {x.shape}; LeNet-5 takes (N, 1, 28, 28) with N of 1 or more")
    for name, shape in _LENET5.items():
        if name not in parameters:
            raise ValueError(f"parameters have no {name!r}; they have {', '.join(parameters) or 'nothing'}")
        if parameters[name].shape != shape:
            raise ValueError(f"{name} has shape {parameters[name].shape}; LeNet-5 takes {shape}")
    def average(a):
        c = a.shape[1]
        return conv2d(a, np.eye(c)[:, :, None, None] * np.full((2, 2), 0.25), stride=2)
    def conv(a, name):
        w = np.array(parameters[name + ".w"], dtype=float)
        w = w if w.ndim == 4 else w[:, :, None, None]
        return conv2d(a, w) + np.array(parameters[name + ".b"], dtype=float).reshape(1, -1, 1, 1)
    a = np.zeros((len(x), 1, 32, 32))
    a[:, :, 2:-2, 2:-2] = x
    a = average(relu(conv(a, "conv1")))
    a = average(relu(conv(a, "conv2")))
    a = a.reshape(len(a), -1, 1, 1)
    a = conv(relu(conv(relu(conv(a, "fc1")), "fc2")), "fc3")
    return np.asfortranarray(a[:, :, 0, 0])


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
