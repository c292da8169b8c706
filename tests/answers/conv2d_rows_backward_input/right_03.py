# Kernel place by kernel place, added to a padded image in Fortran order; returns a copy of it.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def conv2d_rows_backward_input(dy, w, padding=0):
    if dy.ndim != 4 or w.ndim != 4 or 0 in dy.shape + w.shape or dy.shape[1] != w.shape[0]:
        raise ValueError(f"dy {dy.shape} and w {w.shape} must be (OH, F, OW, N) and (F, C, KH, KW), none of length 0")
    (OH, F, OW, N), (_, C, KH, KW) = dy.shape, w.shape
    H, W = OH + KH - 1 - 2 * padding, OW + KW - 1 - 2 * padding
    if not isinstance(padding, int | np.integer) or padding < 0 or H < 1 or W < 1:
        raise ValueError(f"padding is {padding}; with it dy {dy.shape} and w {w.shape} make {H} × {W} pixels")

    image = np.zeros((H + 2 * padding, C, W + 2 * padding, N), order="F")
    for u, v in np.ndindex(KH, KW):
        image[u : u + OH, :, v : v + OW] += np.tensordot(dy, w[:, :, u, v], axes=(1, 0)).transpose(0, 3, 1, 2)
    rows, columns = slice(padding, padding + H), slice(padding, padding + W)
    return image[rows][:, :, columns].copy(order="F")
