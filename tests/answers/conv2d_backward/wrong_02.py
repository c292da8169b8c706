# Writes dx into an array of the dtype of x, which refuses fractions where pixels are bytes.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def conv2d_backward(dy, x, w, stride=1, padding=0):
    """The three gradients of a convolutional layer.

    Parameters
    ----------
    dy : ndarray, shape (N, F, OH, OW), float
        Gradient of the loss by the output of ``conv2d(x, w, b, stride, padding)``.
    x : ndarray, shape (N, C, H, W)
    w : ndarray, shape (F, C, KH, KW), float
    stride, padding : int, or pair of int
        Of a pair the first is for rows, the second for columns.

    Returns
    -------
    dx : ndarray, shape (N, C, H, W)
    dw : ndarray, shape (F, C, KH, KW)
    db : ndarray, shape (F,)

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, the channels differ, the stride is below 1, the padding below 0,
        either is no whole number (or two), the kernel does not fit on the padded images, or dy has not the shape of the
        output.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", chapter 4.
    """
    (sh, sw), (ph, pw) = _check_convolution(dy, x, w, stride, padding)
    (H, W), (KH, KW), (OH, OW) = x.shape[2:], w.shape[2:], dy.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded, dw = np.zeros_like(padded), np.zeros(w.shape)
    for i in range(OH):
        for j in range(OW):
            rows, columns = slice(i * sh, i * sh + KH), slice(j * sw, j * sw + KW)
            dw += np.tensordot(dy[:, :, i, j], padded[:, :, rows, columns], axes=(0, 0))
            dpadded[:, :, rows, columns] += np.tensordot(dy[:, :, i, j], w, axes=(1, 0))
    return dpadded[:, :, ph : ph + H, pw : pw + W], dw, dy.sum(axis=(0, 2, 3))


def _check_axes(name, x, axes):
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")


def _whole(value, least):
    return isinstance(value, int | np.integer) and value >= least


def _pair(name, value, least):
    """The two numbers, for rows and for columns, that are meant by one or by a pair."""
    pair = (value, value) if np.ndim(value) == 0 else tuple(value)
    if len(pair) != 2 or not all(_whole(n, least) for n in pair):
        raise ValueError(f"{name} is {value}; it must be a whole number of {least} or more, or a pair of them")
    return pair


def _check_gradient(dy, lead, lengths, windows, strides, paddings):
    """Refuse windows that do not fit, and a dy that is not shaped as the output."""
    room = [n + 2 * p - k for n, k, p in zip(lengths, windows, paddings)]
    if min(room) < 0:
        raise ValueError(f"a window of {windows} does not fit on {lengths} pixels with padding {paddings}")
    places = [r // s + 1 for r, s in zip(room, strides)]
    if dy.shape != (*lead, *places):
        raise ValueError(f"dy has shape {dy.shape}; the output has {(*lead, *places)}, and dy must have the same")


def _check_convolution(dy, x, w, stride, padding):
    """Stride and padding as pairs; refuses what conv2d would refuse, and a dy that is not shaped as its output."""
    _check_axes("x", x, ("N", "C", "H", "W"))
    _check_axes("w", w, ("F", "C", "KH", "KW"))
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"x has {x.shape[1]} channels, w {w.shape} has {w.shape[1]}; they must be the same")
    stride, padding = _pair("stride", stride, 1), _pair("padding", padding, 0)
    _check_gradient(dy, (len(x), len(w)), x.shape[2:], w.shape[2:], stride, padding)
    return stride, padding
