# A relu after the last layer.
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


def flatten(x):
    """Unroll each image of a batch into one long row.

    Parameters
    ----------
    x : ndarray, shape (N, ...)
        With N of 1 or more.

    Returns
    -------
    ndarray, shape (N, M)
        ``M`` is the product of all lengths but the first; the last axis runs fastest, however x lies in memory.

    Raises
    ------
    ValueError
        If x has no axis, or the batch is empty.
    """
    if x.ndim == 0 or x.shape[0] == 0:
        raise ValueError(f"x has shape {x.shape}; it must be (N, ...) with N of 1 or more")
    return x.reshape(x.shape[0], -1)


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
    return x.astype(float) @ w.astype(float).T + b


def _conv(a, w, b, p=0):
    a = np.pad(a.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    return conv2d(a, w.astype(float)) + b.astype(float)[:, None, None]


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
    a = avg_pool2d(relu(_conv(x, parameters["conv1.w"], parameters["conv1.b"], 2)), 2)
    a = avg_pool2d(relu(_conv(a, parameters["conv2.w"], parameters["conv2.b"])), 2)
    a = flatten(a)
    a = relu(linear(a, parameters["fc1.w"], parameters["fc1.b"]))
    a = relu(linear(a, parameters["fc2.w"], parameters["fc2.b"]))
    return relu(linear(a, parameters["fc3.w"], parameters["fc3.b"]))


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
