# np.where.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def relu_backward(dy, x):
    """What the loss makes of each input of a ReLU, from what it makes of each output.

    Parameters
    ----------
    dy : ndarray, any shape, float
        Gradient of the loss by the output of relu; left as it was.
    x : ndarray, same shape
        The input that relu was given.

    Returns
    -------
    ndarray, same shape
        dy where x is above 0, and 0 elsewhere (at 0 too).

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    _check_same("dy", dy, "x", x)
    return np.where(x > 0, dy, 0)


def _check_same(name, array, other_name, other):
    if array.shape != other.shape:
        raise ValueError(f"{name} has shape {array.shape}, {other_name} has {other.shape}; they must be the same")
