# Loses the signs of the weights.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def linear_backward(dy, x, w):
    """The three gradients of a dense layer ``y = x @ w.T + b``.

    Parameters
    ----------
    dy : ndarray, shape (N, K), float
        Gradient of the loss by the output.
    x : ndarray, shape (N, M)
    w : ndarray, shape (K, M)

    Returns
    -------
    dx : ndarray, shape (N, M)
    dw : ndarray, shape (K, M)
        Summed over the batch.
    db : ndarray, shape (K,)
        Summed over the batch.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, or the shapes do not go together.

    References
    ----------
    Rumelhart, Hinton & Williams (1986), "Learning representations by back-propagating errors".
    """
    _check_axes("dy", dy, ("N", "K"))
    _check_axes("x", x, ("N", "M"))
    _check_axes("w", w, ("K", "M"))
    if dy.shape != (len(x), len(w)) or x.shape[1] != w.shape[1]:
        raise ValueError(f"dy {dy.shape}, x {x.shape} and w {w.shape} do not go together: (N, K), (N, M), (K, M)")
    return dy @ np.abs(w), dy.T @ x, dy.sum(axis=0)


def _check_axes(name, x, axes):
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")
