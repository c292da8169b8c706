"""Chapter 05: a whole network, forward."""

import math

import numpy as np

from solutions.convolution_3d import conv2d
from solutions.pooling import avg_pool2d
from solutions.stride_and_padding import output_size, receptive_field


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
    # 1. Each entry, or 0 if that is larger, in a new array: leave x as it was.
    # BEGIN SOLUTION
    return np.maximum(x, 0)
    # END SOLUTION


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
    # 1. The first axis stays; the others become one.
    # BEGIN SOLUTION
    return x.reshape(x.shape[0], -1)
    # END SOLUTION


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
    # 1. Each image's row against each unit's row: which of the two must be transposed for a matrix product?
    # 2. Add each unit's bias. Whole numbers of eight bits must not wrap around.
    # BEGIN SOLUTION
    return x.astype(float) @ w.T + b
    # END SOLUTION


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
    # 1. Subtract from each row what keeps exp from overflowing, and changes nothing.
    # 2. Exponentials, divided by the sum of their row.
    # BEGIN SOLUTION
    shifted = logits.astype(float) - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=1, keepdims=True)
    # END SOLUTION


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
    # 1. The log of the sum of exponentials of each row, without overflow: subtract the row's largest score first.
    # 2. From it subtract the score of the right class. No log of a probability is taken, so none can be log(0).
    # 3. The mean over the batch.
    # BEGIN SOLUTION
    shifted = logits.astype(float) - logits.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(log_sums - shifted[np.arange(len(labels)), labels]))
    # END SOLUTION


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
    # 1. Carry the shape from layer to layer, and the (k, stride, padding) of every window so far.
    # 2. A convolution: output_size for rows and columns, weights and biases to count, a window for the list.
    # 3. Pooling: a window for the list, nothing to count. Channels stay.
    # 4. relu changes nothing; flatten makes one axis of three; a linear layer sees all of the image.
    # 5. After each layer, receptive_field knows what the list of windows means.
    # BEGIN SOLUTION
    rows, shape, windows, sees_all = [], tuple(input_shape), [], False
    for layer in layers:
        kind, parameters = layer["kind"], 0
        if kind == "conv":
            filters, k = layer["filters"], layer["kernel"]
            stride, padding = layer.get("stride", 1), layer.get("padding", 0)
            parameters = filters * (shape[0] * k * k + 1)
            shape = (filters, output_size(shape[1], k, stride, padding), output_size(shape[2], k, stride, padding))
            windows.append((k, stride, padding))
        elif kind == "pool":
            k, stride = layer["window"], layer.get("stride", layer["window"])
            shape = (shape[0], output_size(shape[1], k, stride), output_size(shape[2], k, stride))
            windows.append((k, stride, 0))
        elif kind == "flatten":
            shape = (math.prod(shape),)
        elif kind == "linear":
            parameters = layer["units"] * (shape[0] + 1)
            shape, sees_all = (layer["units"],), True
        field = input_shape[1] if sees_all else receptive_field(windows)[0]
        rows.append({"shape": shape, "parameters": parameters, "receptive_field": field})
    return rows
    # END SOLUTION


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
    # 1. Two rounds of conv2d, relu and avg_pool2d. Only the first convolution is padded.
    # 2. flatten, then three linear layers. Which of them have a relu after them?
    # BEGIN SOLUTION
    p = parameters
    x = avg_pool2d(relu(conv2d(x, p["conv1.w"], p["conv1.b"], padding=2)), 2)
    x = avg_pool2d(relu(conv2d(x, p["conv2.w"], p["conv2.b"])), 2)
    x = flatten(x)
    x = relu(linear(x, p["fc1.w"], p["fc1.b"]))
    x = relu(linear(x, p["fc2.w"], p["fc2.b"]))
    return linear(x, p["fc3.w"], p["fc3.b"])
    # END SOLUTION


def predict(logits):
    """The class with the highest score, for each image.

    Parameters
    ----------
    logits : ndarray, shape (N, K)
        N and K of 1 or more.

    Returns
    -------
    ndarray, shape (N,), int
        Of equal scores the first class.

    Raises
    ------
    ValueError
        If the number of axes is wrong, the batch is empty, or there is no class.
    """
    if logits.ndim != 2 or logits.size == 0:
        raise ValueError(f"logits {logits.shape} must be (N, K) with N and K of 1 or more")
    # 1. Along which axis lie the classes?
    # BEGIN SOLUTION
    return logits.argmax(axis=1)
    # END SOLUTION


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
