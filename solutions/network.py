"""Chapter 05: a whole network, forward."""

import numpy as np

from solutions.convolution_3d import conv2d
from solutions.pooling import avg_pool2d
from solutions.stride_and_padding import output_size, receptive_field


def relu(x):
    """Clip at 0 from below; above, everything passes.

    Parameters
    ----------
    x : ndarray, any shape

    Returns
    -------
    ndarray, same shape

    References
    ----------
    Nair & Hinton (2010), "Rectified linear units improve restricted Boltzmann machines".
    """
    # 1. Each entry, or 0 if that is larger. Leave x as it was.
    # BEGIN SOLUTION
    return np.maximum(x, 0)
    # END SOLUTION


def flatten(x):
    """Unroll each image of a batch into one long row.

    Parameters
    ----------
    x : ndarray, shape (N, ...)

    Returns
    -------
    ndarray, shape (N, M)
        ``M`` is the product of all lengths but the first; the last axis runs fastest.

    Raises
    ------
    ValueError
        If x has no axis, or no image.
    """
    if x.ndim == 0 or x.shape[0] == 0:
        raise ValueError(f"x {x.shape} must have a first axis with at least one image")
    # 1. The first axis stays; the others become one.
    # BEGIN SOLUTION
    return x.reshape(x.shape[0], -1)
    # END SOLUTION


def linear(x, w, b):
    """A dense layer.

    Parameters
    ----------
    x : ndarray, shape (N, M)
    w : ndarray, shape (K, M)
        A row of weights for each unit.
    b : ndarray, shape (K,)

    Returns
    -------
    ndarray, shape (N, K), float

    Raises
    ------
    ValueError
        If the lengths do not match.
    """
    if x.ndim != 2 or w.ndim != 2 or x.shape[1] != w.shape[1] or b.shape != (w.shape[0],):
        raise ValueError(f"x {x.shape}, w {w.shape} and b {b.shape} must be (N, M), (K, M) and (K,)")
    # 1. Each image's row against each unit's row: which of the two must be transposed?
    # BEGIN SOLUTION
    return x @ w.T + b
    # END SOLUTION


def softmax(logits):
    """Turn each row of scores into probabilities.

    Parameters
    ----------
    logits : ndarray, shape (N, K)
        Any finite numbers, however large.

    Returns
    -------
    ndarray, shape (N, K), float
        Positive, each row adding up to 1.

    Raises
    ------
    ValueError
        If logits has not two axes, or no class.
    """
    if logits.ndim != 2 or logits.shape[1] == 0:
        raise ValueError(f"logits {logits.shape} must be (N, K) with K of 1 or more")
    # 1. Subtract from each row what keeps exp from overflowing, and changes nothing.
    # 2. Exponentials, divided by the sum of their row.
    # BEGIN SOLUTION
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=1, keepdims=True)
    # END SOLUTION


def cross_entropy(logits, labels):
    """The mean surprise at the right labels, straight from the scores.

    Parameters
    ----------
    logits : ndarray, shape (N, K)
        Any finite numbers, however large.
    labels : ndarray, shape (N,), int
        The right class of each image, from 0 to K - 1.

    Returns
    -------
    float
        The mean over the batch of ``-log(softmax(logits)[n, labels[n]])``, in nats.

    Raises
    ------
    ValueError
        If the shapes do not match, the batch is empty, or a label is out of range.
    """
    if logits.ndim != 2 or labels.shape != (len(logits),) or len(logits) == 0:
        raise ValueError(f"logits {logits.shape} and labels {labels.shape} must be (N, K) and (N,) with N of 1 or more")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError(f"labels run from {labels.min()} to {labels.max()}; there are {logits.shape[1]} classes")
    # 1. The log of the sum of exponentials of each row, without overflow: subtract the row's largest score first.
    # 2. From it subtract the score of the right class. No log of a probability is taken, so none can be log(0).
    # 3. The mean over the batch.
    # BEGIN SOLUTION
    shifted = logits - logits.max(axis=1, keepdims=True)
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
        ``"flatten"``: nothing else. ``"linear"``: ``"units"``. Kernels and windows are square, one int.
    input_shape : tuple of int
        ``(C, H, W)``.

    Returns
    -------
    list of dict
        For each layer ``"shape"`` (a tuple, without the batch), ``"parameters"`` (an int, biases included), and
        ``"receptive_field"`` (pixels of the input, along one axis, that one output can see; the whole height of the
        image from the first linear layer on).

    Raises
    ------
    ValueError
        If a kind is unknown, a window does not fit, or a layer cannot follow the one before it.
    """
    # 1. Carry the shape from layer to layer, and the (k, stride, padding) of every window so far.
    # 2. Convolutions and pooling windows add to the list; receptive_field knows what it means.
    # 3. A linear layer needs a flat input, and sees all of the image.
    # BEGIN SOLUTION
    rows, shape, windows, sees_all = [], tuple(input_shape), [], False
    for layer in layers:
        parameters = 0
        kind = layer["kind"]
        if kind in ("conv", "pool") and len(shape) != 3:
            raise ValueError(f"a {kind} layer needs (C, H, W), but gets {shape}")
        if kind == "conv":
            k, stride, padding = layer["kernel"], layer.get("stride", 1), layer.get("padding", 0)
            parameters = layer["filters"] * (shape[0] * k * k + 1)
            shape = (layer["filters"], *(output_size(n, k, stride, padding) for n in shape[1:]))
            windows.append((k, stride, padding))
        elif kind == "pool":
            k, stride = layer["window"], layer.get("stride", layer["window"])
            shape = (shape[0], *(output_size(n, k, stride) for n in shape[1:]))
            windows.append((k, stride, 0))
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        elif kind == "linear":
            if len(shape) != 1:
                raise ValueError(f"a linear layer needs a flat input, but gets {shape}; put a flatten before it")
            parameters = layer["units"] * (shape[0] + 1)
            shape, sees_all = (layer["units"],), True
        elif kind != "relu":
            raise ValueError(f"{kind!r} is no kind of layer; there are conv, pool, relu, flatten and linear")
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
        If x or a parameter has the wrong shape, or a parameter is missing.

    References
    ----------
    LeCun, Bottou, Bengio & Haffner (1998), "Gradient-based learning applied to document recognition", section II.B;
    with ReLU for the sigmoid and a linear layer for the radial basis functions.
    """
    missing = [f"{layer}.{part}" for layer in ("conv1", "conv2", "fc1", "fc2", "fc3") for part in "wb"]
    missing = [name for name in missing if name not in parameters]
    if missing:
        raise ValueError(f"parameters lack {', '.join(missing)}")
    if x.ndim != 4 or x.shape[1:] != (1, 28, 28):
        raise ValueError(f"x has shape {x.shape}; LeNet-5 takes (N, 1, 28, 28)")
    # 1. Layer by layer, with the functions that you have written. Which layers have a relu after them?
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

    Returns
    -------
    ndarray, shape (N,), int
        Of equal scores the first class.

    Raises
    ------
    ValueError
        If logits has not two axes, or no class.
    """
    if logits.ndim != 2 or logits.shape[1] == 0:
        raise ValueError(f"logits {logits.shape} must be (N, K) with K of 1 or more")
    # 1. Along which axis lie the classes?
    # BEGIN SOLUTION
    return logits.argmax(axis=1)
    # END SOLUTION
