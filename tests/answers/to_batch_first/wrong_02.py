# Wrong: only the first image comes back, as often as there are images.
"""Chapter 06: the same convolution, faster."""

import numpy as np


def _check_axes(name, x, axes):
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")


def to_batch_first(x):
    _check_axes("x", x, ("H", "C", "W", "N"))
    return np.stack([x[..., 0].swapaxes(0, 1)] * x.shape[-1])
