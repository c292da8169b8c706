# The votes of predict, counted.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np

from course_lib.network import predict


def accuracy(logits, labels):
    """The share of images whose highest score is at the right class.

    Parameters
    ----------
    logits : ndarray, shape (N, K)
        N and K of 1 or more.
    labels : ndarray, shape (N,), int

    Returns
    -------
    float
        From 0.0 to 1.0. Of equal scores the first class counts.

    Raises
    ------
    ValueError
        If the shapes do not match, the batch is empty, or a label is not a whole number from 0 to K - 1.
    """
    _check_labels(logits, labels)
    return np.count_nonzero(predict(logits) == labels) / len(labels)


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
