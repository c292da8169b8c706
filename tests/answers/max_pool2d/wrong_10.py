# Takes the largest pixel over the channels too, and spreads it over them.
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
    oh, ow = (H + 2 * ph - kh) // sh + 1, (W + 2 * pw - kw) // sw + 1
    xp = np.full((N, C, H + 2 * ph, W + 2 * pw), -np.inf)
    xp[:, :, ph:ph + H, pw:pw + W] = x
    out = np.zeros((N, C, oh, ow))
    for n in range(N):
        for r in range(oh):
            for c in range(ow):
                out[n, :, r, c] = xp[n, :, r * sh:r * sh + kh, c * sw:c * sw + kw].max()
    return out


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
