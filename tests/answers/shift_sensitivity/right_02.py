# Moves by indexing columns modulo the width and measures with math.hypot.
"""Chapter 04: keep the strongest, or the mean, and see what is lost."""

import numpy as np

from course_lib.stride_and_padding import output_size


def max_pool2d(x, window, stride=None, padding=0):
    """The largest pixel of each window, channel by channel.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
        Height and width of the window.
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    padding : int, or pair of int
        Pixels around each image that can never win, whatever the image holds. At most half the window.

    Returns
    -------
    ndarray, shape (N, C, OH, OW), float

    Raises
    ------
    ValueError
        If x has not four axes or one of them is empty, the window does not fit on the padded image, the padding is more
        than half the window, or an argument is not a whole number (or two) in its range.

    References
    ----------
    Scherer, Müller & Behnke (2010), "Evaluation of pooling operations in convolutional architectures for object
    recognition".
    """
    kh, kw, sh, sw, ph, pw = _geometry(x, window, stride, padding)
    N, C, H, W = x.shape
    xp = np.full((N, C, H + 2 * ph, W + 2 * pw), -np.inf)
    xp[:, :, ph:ph + H, pw:pw + W] = x
    return np.lib.stride_tricks.sliding_window_view(xp, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw].max(axis=(4, 5))


def shift_sensitivity(x, window, stride=None, shift=1):
    """How much a max-pooled map changes when the image moves sideways by a few pixels.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    shift : int
        Columns by which the image moves to the right, or to the left if negative; what leaves on one side enters on
        the other.

    Returns
    -------
    float
        ``|moved - still| / |still|``, where ``still`` and ``moved`` are the pooled maps of the image before and after
        the move, and ``|...|`` is the root of the sum of squares over all entries: 0 where pooling hides the move.

    Raises
    ------
    ValueError
        As max_pool2d, and if the pooled map is 0 everywhere.

    References
    ----------
    Zhang (2019), "Making convolutional networks shift-invariant again".
    """
    _geometry(x, window, stride, 0)
    import math
    W = x.shape[-1]
    a = max_pool2d(x, window, stride=stride)
    b = max_pool2d(x[..., (np.arange(W) - shift) % W], window, stride=stride)
    length = math.hypot(*a.ravel().tolist())
    if not a.any():
        raise ValueError("nothing to compare with: all 0")
    return math.hypot(*(b - a).ravel().tolist()) / length


def _geometry(x, window, stride, padding):
    """Window, stride and padding for rows and columns, checked."""
    _check_images(x)
    kh, kw = _pair("window", window, at_least=1)
    sh, sw = _pair("stride", window if stride is None else stride, at_least=1)
    ph, pw = _pair("padding", padding, at_least=0)
    if 2 * ph > kh or 2 * pw > kw:
        raise ValueError(f"padding {padding} is more than half the window {window}: a window could miss the image")
    H, W = x.shape[2:]
    if kh > H + 2 * ph or kw > W + 2 * pw:
        raise ValueError(f"window {window} does not fit on {H} × {W} pixels with padding {padding}")
    return kh, kw, sh, sw, ph, pw


def _check_images(x):
    if x.ndim != 4 or x.size == 0:
        raise ValueError(f"x {x.shape} must be (N, C, H, W) with no length 0")


def _pair(name, value, at_least):
    """The two numbers, for rows and for columns, that are meant by one or by a pair."""
    pair = (value, value) if np.ndim(value) == 0 else tuple(value)
    if len(pair) != 2 or not all(isinstance(n, (int, np.integer)) and n >= at_least for n in pair):
        raise ValueError(f"{name} is {value}; it must be a whole number of {at_least} or more, or a pair of them")
    return pair
