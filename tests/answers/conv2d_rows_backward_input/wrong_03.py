# Cuts the padding off before the columns are added, so that they land too far right.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def conv2d_rows_backward_input(dy, w, padding=0):
    if dy.ndim != 4 or w.ndim != 4 or 0 in dy.shape + w.shape or dy.shape[1] != w.shape[0]:
        raise ValueError(f"dy {dy.shape} and w {w.shape} must be (OH, F, OW, N) and (F, C, KH, KW), none of length 0")
    (OH, F, OW, N), (_, C, KH, KW) = dy.shape, w.shape
    H, W = OH + KH - 1 - 2 * padding, OW + KW - 1 - 2 * padding
    if not isinstance(padding, int | np.integer) or padding < 0 or H < 1 or W < 1:
        raise ValueError(f"padding is {padding}; with it dy {dy.shape} and w {w.shape} make {H} × {W} pixels")

    image = np.zeros((OH + KH - 1, C, OW + KW - 1, N))
    for u, v in np.ndindex(KH, KW):
        at = min(v + padding, KW - 1)
        image[u : u + OH, :, at : at + OW] += np.tensordot(dy, w[:, :, u, v], axes=(1, 0)).transpose(0, 3, 1, 2)
    return image[padding : padding + H, :, padding : padding + W]
