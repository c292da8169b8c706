# Unusual: two exchanges and a list of rows.
"""Chapter 06: the same convolution, faster."""

import numpy as np


def _check_axes(name, x, axes):
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")


def to_batch_last(x):
    _check_axes("x", x, ("N", "C", "H", "W"))
    return np.array([np.moveaxis(x[:, :, row], 0, -1) for row in range(x.shape[2])])
