# Wrong: a product of whole numbers is not a float, and uint8 runs over.
"""Chapter 03: sum over channels, or slide along a third axis. The two are not the same."""

import math

import numpy as np

from course_lib.stride_and_padding import output_size


def _per_axis(name, value, axes, least):
    """``value`` as one int for each axis; a single int stands for all of them."""
    values = (value,) * axes if np.ndim(value) == 0 else tuple(value)
    if len(values) != axes or min(values) < least:
        raise ValueError(f"{name} is {value}; it must be an int or {axes} of them, each at least {least}")
    return values


def _check_layer(x, w, b, x_axes, w_axes):
    """Refuse a batch, filters and biases that do not go together."""
    if x.ndim != len(x_axes) or w.ndim != len(w_axes) or 0 in x.shape + w.shape:
        wanted = f"({', '.join(x_axes)}) and ({', '.join(w_axes)})"
        raise ValueError(f"x {x.shape} and w {w.shape} must have the axes {wanted}, none of length 0")
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"x {x.shape} has {x.shape[1]} channels, w {w.shape} has {w.shape[1]}; they must be the same")
    if b is not None and np.shape(b) != (w.shape[0],):
        raise ValueError(f"w {w.shape} holds {w.shape[0]} filters, but b has shape {np.shape(b)}; one bias a filter")


def conv1x1(x, w, b=None):
    """A convolution with 1×1 kernels, as what it is: a matrix product over the channels of every pixel.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    w : ndarray, shape (F, C)
    b : ndarray, shape (F,), optional

    Returns
    -------
    ndarray, shape (N, F, H, W), float
        Entry ``[n, f, i, j]`` is ``b[f]`` plus the sum over ``c`` of ``w[f, c] * x[n, c, i, j]``.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0 (an empty batch), the channels differ, or there is not one bias a
        filter.

    References
    ----------
    Lin, Chen & Yan (2013), "Network in network".
    """
    _check_layer(x, w, b, ("N", "C", "H", "W"), ("F", "C"))
    N, C, H, W = x.shape
    F = w.shape[0]
    out = w @ x.reshape(N, C, H * W)
    if b is not None:
        out = out + b[:, None]
    return out.reshape(N, F, H, W)
