# A full correlation of the framed dy with the turned kernels, in one einsum.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def conv2d_rows_backward_input(dy, w, padding=0):
    if dy.ndim != 4 or w.ndim != 4 or 0 in dy.shape + w.shape or dy.shape[1] != w.shape[0]:
        raise ValueError(f"dy {dy.shape} and w {w.shape} must be (OH, F, OW, N) and (F, C, KH, KW), none of length 0")
    (OH, F, OW, N), (_, C, KH, KW) = dy.shape, w.shape
    H, W = OH + KH - 1 - 2 * padding, OW + KW - 1 - 2 * padding
    if not isinstance(padding, int | np.integer) or padding < 0 or H < 1 or W < 1:
        raise ValueError(f"padding is {padding}; with it dy {dy.shape} and w {w.shape} make {H} × {W} pixels")

    framed = np.pad(dy, ((KH - 1, KH - 1), (0, 0), (KW - 1, KW - 1), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(framed, (KH, KW), axis=(0, 2))  # (PH, F, PW, N, KH, KW)
    full = np.einsum("pfqnuv,fcuv->pcqn", windows, w[:, :, ::-1, ::-1])
    return full[padding : len(full) - padding, :, padding : full.shape[2] - padding]
