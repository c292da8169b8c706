# Wrong: the number of steps is rounded up instead of down.
"""Chapter 02: how far the window steps, and what lies around the image."""

import math

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
        raise ValueError(f"kernel of {span} on {length}")
    return math.ceil((length - span) / stride) + 1


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
