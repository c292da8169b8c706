# Printed from solutions/network.py; write your answers here.
"""Chapter 05: a whole network, forward."""

import numpy as np

from course_lib.convolution_3d import conv2d
from course_lib.pooling import avg_pool2d
from course_lib.stride_and_padding import output_size, receptive_field


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
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError
