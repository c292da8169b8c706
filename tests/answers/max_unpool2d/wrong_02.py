# Fancy indexing with +=, which adds only once where a pixel comes twice.
"""Chapter 04: keep the strongest, or the mean, and see what is lost."""

import numpy as np

from course_lib.stride_and_padding import output_size


def max_unpool2d(y, argmax, shape):
    """Put each pooled value back where it came from; everything else is 0.

    Parameters
    ----------
    y : ndarray, shape (N, C, OH, OW)
    argmax : ndarray, shape (N, C, OH, OW), int
        From max_pool2d_with_argmax.
    shape : tuple of int
        ``(H, W)`` of the image to make.

    Returns
    -------
    ndarray, shape (N, C, H, W), float
        Where windows overlapped and one pixel won more than once, its values are added.

    Raises
    ------
    ValueError
        If the two arrays have different shapes or not four axes, argmax holds no whole numbers, or one of them lies
        outside the image.

    References
    ----------
    Zeiler & Fergus (2013), "Visualizing and understanding convolutional networks", section 2.1.
    """
    if y.shape != argmax.shape or y.ndim != 4 or y.size == 0:
        raise ValueError(f"y {y.shape} and argmax {argmax.shape} must both be (N, C, OH, OW) with no length 0")
    if argmax.dtype.kind not in "iu":
        raise ValueError(f"argmax holds {argmax.dtype}; places are whole numbers")
    H, W = _pair("shape", shape, at_least=1)
    if not 0 <= argmax.min() <= argmax.max() < H * W:
        raise ValueError(f"argmax runs from {argmax.min()} to {argmax.max()}; an image of {H} × {W} has no such places")
    N, C = y.shape[:2]
    out = np.zeros((N * C, H * W))
    out[np.arange(N * C)[:, None], argmax.reshape(N * C, -1)] += y.reshape(N * C, -1)
    return out.reshape(N, C, H, W)


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
