# Unusual: repeats entries to blocks, and keeps only each block's corner with np.where.
"""Chapter 02: how far the window steps, and what lies around the image."""

import numpy as np


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
