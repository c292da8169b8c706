# Unusual: plain loops; what lies in the padding is left 0.
"""Chapter 06: the same convolution, faster."""

import numpy as np

from course_lib.stride_and_padding import output_size


def _check_axes(name, x, axes):
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")


def _check_whole(name, value, least):
    if not _is_whole(value, least):
        raise ValueError(f"{name} is {value!r}; it must be a whole number of {least} or more")


def _is_whole(value, least):
    return isinstance(value, int | np.integer) and value >= least


def shifted_rows(x, width, padding=0):
    _check_axes("x", x, ("H", "C", "W", "N"))
    _check_whole("width", width, least=1)
    _check_whole("padding", padding, least=0)
    H, C, W, N = x.shape
    OW = output_size(W, width, padding=padding)
    rows = np.zeros((H + 2 * padding, C, width, OW, N))
    for i in range(H):
        for v in range(width):
            for j in range(OW):
                if 0 <= j + v - padding < W:
                    rows[i + padding, :, v, j] = x[i, :, j + v - padding]
    return rows
