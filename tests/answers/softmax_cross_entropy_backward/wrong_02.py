# Subtracts the 1 from the scores, in place.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np

from course_lib.network import softmax


def softmax_cross_entropy_backward(logits, labels):
    """The gradient of the mean cross-entropy by the logits, through softmax and logarithm at once.

    Parameters
    ----------
    logits : ndarray, shape (N, K)
        Any finite numbers, however large, N and K of 1 or more.
    labels : ndarray, shape (N,), int
        The right class of each image, from 0 to K - 1.

    Returns
    -------
    ndarray, shape (N, K), float
        Entry ``[n, k]`` is ``softmax(logits)[n, k] - (k == labels[n])``, divided by N.

    Raises
    ------
    ValueError
        If the shapes do not match, the batch is empty, or a label is not a whole number from 0 to K - 1.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), "Deep Learning", section 6.2.2.3.
    """
    _check_labels(logits, labels)
    gradient = softmax(logits)
    gradient[np.arange(len(labels)), labels] -= 1
    logits[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)


def _check_axes(name, x, axes):
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")


def _check_labels(logits, labels):
    """Refuse scores and labels that do not go together."""
    _check_axes("logits", logits, ("N", "K"))
    if labels.shape != (len(logits),):
        raise ValueError(f"labels have shape {labels.shape}; logits {logits.shape} need one label an image")
    if labels.dtype.kind not in "iu":
        raise ValueError(f"labels have dtype {labels.dtype}; they must be whole numbers")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError(f"labels run from {labels.min()} to {labels.max()}; there are {logits.shape[1]} classes")
