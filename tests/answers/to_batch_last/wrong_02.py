# Wrong: every channel is the first.
"""Chapter 06: the same convolution, faster."""

import numpy as np


def _check_axes(name, x, axes):
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")


def to_batch_last(x):
    _check_axes("x", x, ("N", "C", "H", "W"))
    return x[:, [0] * x.shape[1]].transpose(2, 1, 3, 0)
