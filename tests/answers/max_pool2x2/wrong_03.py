# A third row takes part in each block.
"""Chapter 06: the same convolution, faster."""

import numpy as np


def max_pool2x2(x):
    """The largest of each 2×2 block, by comparing four slices.

    Parameters
    ----------
    x : ndarray, shape (H, C, W, N)
        In the layout of to_batch_last.

    Returns
    -------
    ndarray, shape (H // 2, C, W // 2, N), same dtype
        A last row or column that has no partner is left out.

    Raises
    ------
    ValueError
        If x has not four axes, a length is 0, or the image has fewer than two rows or columns.
    """
    _check_axes("x", x, ("H", "C", "W", "N"))
    if x.shape[0] < 2 or x.shape[2] < 2:
        raise ValueError(f"x {x.shape} has {x.shape[0]} × {x.shape[2]} pixels; a 2×2 window does not fit")
    H, W = x.shape[0] // 2 * 2, x.shape[2] // 2 * 2
    below = x[np.minimum(np.arange(2, H + 1, 2), x.shape[0] - 1)]
    tallest = np.maximum(np.maximum(x[0:H:2], x[1:H:2]), below)
    return np.maximum(tallest[:, :, 0:W:2], tallest[:, :, 1:W:2])


def _check_axes(name, x, axes):
    """Refuse an array that has not these axes, or has nothing along one of them."""
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")
