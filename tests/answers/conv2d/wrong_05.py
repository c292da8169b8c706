# Wrong: the product of the columns is laid out (N, OH, OW, F) and reshaped, not transposed, to (N, F, OH, OW).
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


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    """A convolutional layer: a batch of images, a bank of filters, a bias for each filter.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    w : ndarray, shape (F, C, KH, KW)
    b : ndarray, shape (F,), optional
    stride, padding, dilation : int, or pair of int
        Of a pair the first is for rows, the second for columns. Padding is with zeros.

    Returns
    -------
    ndarray, shape (N, F, OH, OW), float
        Entry ``[n, f, i, j]`` is ``b[f]`` plus the sum over ``c``, ``u`` and ``v`` of
        ``padded[n, c, sh * i + dh * u, sw * j + dw * v] * w[f, c, u, v]``.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0 (an empty batch), the channels differ, there is not one bias a
        filter, a stride or dilation is below 1 or a padding below 0, or the dilated kernel does not fit on the padded
        image.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", chapter 2.
    """
    _check_layer(x, w, b, ("N", "C", "H", "W"), ("F", "C", "KH", "KW"))
    sh, sw = _per_axis("stride", stride, 2, least=1)
    ph, pw = _per_axis("padding", padding, 2, least=0)
    dh, dw = _per_axis("dilation", dilation, 2, least=1)
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    OH = output_size(H, KH, sh, ph, dh)
    OW = output_size(W, KW, sw, pw, dw)
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    span = (dh * (KH - 1) + 1, dw * (KW - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, span, axis=(2, 3))[:, :, ::sh, ::sw, ::dh, ::dw]
    columns = windows.transpose(0, 2, 3, 1, 4, 5).reshape(N * OH * OW, C * KH * KW)
    out = columns @ w.reshape(F, -1).T
    if b is not None:
        out = out + b
    return out.reshape(N, F, OH, OW)
