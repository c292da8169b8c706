# One matrix for rows and one for columns: pooling is a product, its gradient the transposed one.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def avg_pool2d_backward(dy, input_shape, window, stride=None, padding=0):
    """The gradient of average pooling (padding counted): an equal share for every pixel of the window.

    Parameters
    ----------
    dy : ndarray, shape (N, C, OH, OW), float
        Gradient of the loss by the output of ``avg_pool2d(x, window, stride, padding)``.
    input_shape : tuple of int
        ``(N, C, H, W)``, the shape of x.
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    padding : int, or pair of int
        Zeros around each image; they count in the mean. At most half the window.

    Returns
    -------
    ndarray, shape (N, C, H, W)

    Raises
    ------
    ValueError
        As max_pool2d_backward.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), "Deep Learning", section 9.3.
    """
    (kh, kw), (sh, sw), (ph, pw) = _check_pooling(dy, input_shape, window, stride, padding)
    def mean(n, places, k, s, p):
        matrix = np.zeros((places, n))
        for i in range(places):
            matrix[i, max(i * s - p, 0) : i * s - p + k] = 1 / k
        return matrix

    rows = mean(input_shape[2], dy.shape[2], kh, sh, ph)
    columns = mean(input_shape[3], dy.shape[3], kw, sw, pw)
    return rows.T @ dy @ columns


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
