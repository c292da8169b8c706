# Unusual: np.tensordot for each output row.
"""Chapter 06: the same convolution, faster."""

import numpy as np


def _check_axes(name, x, axes):
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")


def _check_filters(channels, w, b, axes=("F", "C", "KH", "KW")):
    _check_axes("w", w, axes)
    if w.shape[1] != channels:
        raise ValueError(f"x has {channels} channels, w {w.shape} has {w.shape[1]}; they must be the same")
    if b is not None and np.shape(b) != (len(w),):
        raise ValueError(f"w {w.shape} holds {len(w)} filters, but b has shape {np.shape(b)}; one bias a filter")


def rows_product(rows, w):
    _check_axes("rows", rows, ("H", "C", "KW", "OW", "N"))
    _check_filters(rows.shape[1], w, None)
    H, C, KW, OW, N = rows.shape
    F, KH = w.shape[0], w.shape[2]
    if w.shape[3] != KW or KH > H:
        raise ValueError(f"w {w.shape} does not go with rows {rows.shape}: KW is the same, and KH at most {H}")
    return np.array([np.tensordot(w, rows[i : i + KH], axes=([1, 2, 3], [1, 0, 2])) for i in range(H - KH + 1)])
