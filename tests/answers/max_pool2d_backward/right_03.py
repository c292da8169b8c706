# All winners at once from a sliding window view, then np.add.at.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def max_pool2d_backward(dy, x, window, stride=None, padding=0):
    """The gradient of max pooling: all of it goes to the pixel that won.

    Parameters
    ----------
    dy : ndarray, shape (N, C, OH, OW), float
        Gradient of the loss by the output of ``max_pool2d(x, window, stride, padding)``.
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    padding : int, or pair of int
        Around each image; padding never wins. At most half the window.

    Returns
    -------
    ndarray, shape (N, C, H, W)
        Of equal pixels the first in the window gets it, row by row. A pixel that wins in several windows gets the sum.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, the window or the stride is below 1, the padding below 0 or more
        than half the window, one of them is no whole number (or two), the window does not fit on the padded images, or
        dy has not the shape of the output.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), "Deep Learning", section 9.3.
    """
    (kh, kw), (sh, sw), (ph, pw) = _check_pooling(dy, x.shape, window, stride, padding)
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    views = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw]
    winner = views.reshape(*dy.shape, kh * kw).argmax(axis=-1)
    u, v = np.unravel_index(winner, (kh, kw))
    n, c, i, j = np.indices(dy.shape)
    dpadded = np.zeros(padded.shape)
    np.add.at(dpadded, (n, c, i * sh + u, j * sw + v), dy)
    return dpadded[:, :, ph : H + ph, pw : W + pw]


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


def _check_pooling(dy, input_shape, window, stride, padding):
    """Window, stride and padding as pairs; refuses what the pooling would refuse, and a dy that is not its output's."""
    if np.shape(input_shape) != (4,) or not all(_whole(n, 1) for n in input_shape):
        raise ValueError(f"the images have shape {input_shape}; it must be (N, C, H, W), each 1 or more")
    window, padding = _pair("window", window, 1), _pair("padding", padding, 0)
    stride = window if stride is None else _pair("stride", stride, 1)
    if any(2 * p > k for p, k in zip(padding, window)):
        raise ValueError(f"padding {padding} is more than half the window {window}: a window could miss the image")
    _check_gradient(dy, input_shape[:2], input_shape[2:], window, stride, padding)
    return window, stride, padding
