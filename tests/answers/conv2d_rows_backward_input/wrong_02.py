# Frames dy with the padding of the forward pass in place of what is missing, so that sizes differ.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def conv2d_rows_backward_input(dy, w, padding=0):
    if dy.ndim != 4 or w.ndim != 4 or 0 in dy.shape + w.shape or dy.shape[1] != w.shape[0]:
        raise ValueError(f"dy {dy.shape} and w {w.shape} must be (OH, F, OW, N) and (F, C, KH, KW), none of length 0")
    (OH, F, OW, N), (_, C, KH, KW) = dy.shape, w.shape
    H, W = OH + KH - 1 - 2 * padding, OW + KW - 1 - 2 * padding
    if not isinstance(padding, int | np.integer) or padding < 0 or H < 1 or W < 1:
        raise ValueError(f"padding is {padding}; with it dy {dy.shape} and w {w.shape} make {H} × {W} pixels")

    p = padding
    framed = np.pad(dy, ((p, p), (0, 0), (p, p), (0, 0)))
    if framed.shape[0] < KH or framed.shape[2] < KW:
        return np.zeros((H, C, W, N))
    windows = np.lib.stride_tricks.sliding_window_view(framed, (KH, KW), axis=(0, 2))
    return np.einsum("pfqnuv,fcuv->pcqn", windows, w[:, :, ::-1, ::-1])
