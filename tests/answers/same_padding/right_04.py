# Unusual: bit shifts.
"""Chapter 02: how far the window steps, and what lies around the image."""

import numpy as np


def same_padding(k, dilation=1):
    """How much to pad at each end so that, at stride 1, the output is as long as the input.

    Parameters
    ----------
    k : int
        Length of the kernel, in entries.
    dilation : int
        Distance between neighbouring kernel entries, in pixels.

    Returns
    -------
    tuple of int
        ``(before, after)``. Where the total is odd, the extra pixel comes after.

    Raises
    ------
    ValueError
        If ``k`` or ``dilation`` is below 1 or no whole number.
    """
    if not (_whole(k, 1) and _whole(dilation, 1)):
        raise ValueError(f"k={k} and dilation={dilation} must be whole numbers of 1 or more")
    total = dilation * (k - 1)
    return total >> 1, (total + 1) >> 1


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
