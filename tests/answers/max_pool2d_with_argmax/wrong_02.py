# Divides the place in the window by its height instead of its width.
"""Chapter 04: keep the strongest, or the mean, and see what is lost."""

import numpy as np

from course_lib.stride_and_padding import output_size


def max_pool2d_with_argmax(x, window, stride=None):
    """The largest pixel of each window, and where in the image it stands.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.

    Returns
    -------
    output : ndarray, shape (N, C, OH, OW), float
    argmax : ndarray, shape (N, C, OH, OW), int
        ``row * W + column`` of the winner in its own image. Of equal pixels the first wins, row by row.

    Raises
    ------
    ValueError
        As max_pool2d.
    """
    kh, kw, sh, sw, _, _ = _geometry(x, window, stride, 0)
    W = x.shape[3]
    v = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw]
    flat = v.reshape(*v.shape[:4], kh * kw)
    i, j = np.divmod(flat.argmax(axis=-1), kh)
    return flat.max(axis=-1).astype(float), (i + np.arange(v.shape[2])[:, None] * sh) * W + j + np.arange(v.shape[3]) * sw


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
