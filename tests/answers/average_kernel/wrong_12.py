# Multiplies by 1 // (kh * kw), which is 0 for any real window.
"""Chapter 04: keep the strongest, or the mean, and see what is lost."""

import numpy as np

from course_lib.stride_and_padding import output_size


def average_kernel(window, channels):
    """The filters with which a convolution does what average pooling does.

    Parameters
    ----------
    window : int, or pair of int
    channels : int
        ``C``; each channel is averaged by itself.

    Returns
    -------
    ndarray, shape (C, C, KH, KW), float
        For ``conv2d(x, average_kernel(window, C), stride=window)``.

    Raises
    ------
    ValueError
        If the window or the number of channels is not a whole number of 1 or more.
    """
    kh, kw = _pair("window", window, at_least=1)
    if not isinstance(channels, (int, np.integer)) or channels < 1:
        raise ValueError(f"channels is {channels}; it must be a whole number of 1 or more")
    return np.eye(channels)[:, :, None, None] * np.ones((kh, kw)) * (1 // (kh * kw))


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
