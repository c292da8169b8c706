# Wrong: height and width of the padding are mixed up.
"""Chapter 02: how far the window steps, and what lies around the image."""

import numpy as np


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
    H, W = image.shape
    out = np.full((H + 2 * pw, W + 2 * ph), value, dtype=float)
    out[pw : pw + H, ph : ph + W] = image
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
