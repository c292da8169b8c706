# Wrong: padding is subtracted once only, so the window starts are right but the lower and right padding is missing.
"""Chapter 02: how far the window steps, and what lies around the image."""

import numpy as np


def output_size(n, k, stride=1, padding=0, dilation=1):
    """How many places a kernel finds along one axis.

    Parameters
    ----------
    n : int
        Length of the input, in pixels, before padding.
    k : int
        Length of the kernel, in entries.
    stride : int
        Pixels from one place to the next.
    padding : int
        Pixels added at each of the two ends.
    dilation : int
        Distance between neighbouring kernel entries, in pixels; 1 is the ordinary kernel.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If the dilated kernel is longer than the padded input; if an argument is no whole number, the padding is
        below 0, or one of the others below 1.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", relationship 6, and section 5.1
    for dilation.
    """
    if not (_whole(n, 1) and _whole(k, 1) and _whole(stride, 1) and _whole(padding, 0) and _whole(dilation, 1)):
        raise ValueError(
            f"n={n}, k={k}, stride={stride} and dilation={dilation} must be whole numbers of 1 or more,"
            f" padding={padding} one of 0 or more"
        )
    span = dilation * (k - 1) + 1
    length = n + 2 * padding
    if span > length:
        raise ValueError(f"a kernel spanning {span} does not fit on {length} pixels")
    return len(range(0, length - span + 1, stride))


def pad2d(image, padding, value=0.0):
    """Put a frame of constant pixels around an image.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    padding : int, or pair of int
        Pixels added on each side; of a pair ``(ph, pw)`` the first above and below, the second left and right.
    value : float
        What the frame is filled with.

    Returns
    -------
    ndarray, shape (H + 2 * ph, W + 2 * pw), float
        A new array, also where nothing is added. Whole-number images are promoted, so that the frame may be a fraction.

    Raises
    ------
    ValueError
        If the image has not two axes, or the padding is negative.
    """
    _two_axes("image", image)
    ph, pw = _pair("padding", padding, 0)
    return np.pad(np.array(image, dtype=float), [(ph, ph), (pw, pw)], mode="constant", constant_values=value)


def dilate_kernel(kernel, dilation):
    """Move the entries of a kernel apart, with zeros between them.

    Parameters
    ----------
    kernel : ndarray, shape (KH, KW)
    dilation : int, or pair of int
        Distance between neighbouring entries along rows and columns; 1 changes nothing.

    Returns
    -------
    ndarray, shape (dh * (KH - 1) + 1, dw * (KW - 1) + 1), float
        A new array, also where the dilation is 1.

    Raises
    ------
    ValueError
        If the kernel has not two axes, or the dilation is below 1.

    References
    ----------
    Yu & Koltun (2016), "Multi-scale context aggregation by dilated convolutions".
    """
    _two_axes("kernel", kernel)
    dh, dw = _pair("dilation", dilation, 1)
    KH, KW = kernel.shape
    blocks = kernel.astype(float).repeat(dh, axis=0).repeat(dw, axis=1)[: dh * (KH - 1) + 1, : dw * (KW - 1) + 1]
    y, x = np.ogrid[: blocks.shape[0], : blocks.shape[1]]
    return np.where((y % dh == 0) & (x % dw == 0), blocks, 0.0)


def conv2d_single(image, kernel, stride=1, padding=0, dilation=1):
    """Cross-correlate one channel with one kernel, with stride, zero padding and dilation.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)
    stride, padding, dilation : int, or pair of int
        Of a pair the first is for rows, the second for columns.

    Returns
    -------
    ndarray, shape (OH, OW), float
        ``OH = output_size(H, KH, ...)``, ``OW = output_size(W, KW, ...)``; entry ``[i, j]`` is the sum over ``u`` and
        ``v`` of ``padded[sh * i + dh * u, sw * j + dw * v] * kernel[u, v]``.

    Raises
    ------
    ValueError
        If the dilated kernel does not fit on the padded image; if image or kernel have not two axes; if a stride or
        dilation is below 1, or a padding below 0.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", chapters 2 and 5.
    """
    _two_axes("image", image)
    _two_axes("kernel", kernel)
    (sh, sw), (ph, pw), (dh, dw) = (
        _pair("stride", stride, 1),
        _pair("padding", padding, 0),
        _pair("dilation", dilation, 1),
    )
    oh = (image.shape[0] + ph - dh * (kernel.shape[0] - 1) - 1) // sh + 1
    ow = (image.shape[1] + pw - dw * (kernel.shape[1] - 1) - 1) // sw + 1
    output_size(image.shape[0], kernel.shape[0], sh, ph, dh)
    output_size(image.shape[1], kernel.shape[1], sw, pw, dw)
    oh, ow = max(oh, 0), max(ow, 0)
    padded = pad2d(image, (ph, pw))
    big = dilate_kernel(kernel, (dh, dw))
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            out[i, j] = np.sum(padded[i * sh : i * sh + big.shape[0], j * sw : j * sw + big.shape[1]] * big)
    return out


# Given: what the checks of arguments need.


def _whole(value, least):
    """Whether a value is a whole number of at least ``least``."""
    return isinstance(value, (int, np.integer)) and value >= least


def _pair(name, value, least):
    """An argument for rows and for columns, checked; a single int stands for both."""
    pair = (value, value) if np.ndim(value) == 0 else tuple(value)
    if len(pair) != 2 or not all(_whole(number, least) for number in pair):
        raise ValueError(f"{name} is {value}; it must be a whole number of {least} or more, or a pair of them")
    return pair


def _two_axes(name, array):
    """Refuse what is not an array of rows and columns, and what has none."""
    if np.ndim(array) != 2 or np.size(array) == 0:
        raise ValueError(f"{name} has shape {np.shape(array)}; it must have rows and columns, at least one of each")
