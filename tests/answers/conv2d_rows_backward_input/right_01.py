# Plain loops; pixels of the padding are passed over, not cut off.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def conv2d_rows_backward_input(dy, w, padding=0):
    if dy.ndim != 4 or w.ndim != 4 or 0 in dy.shape + w.shape or dy.shape[1] != w.shape[0]:
        raise ValueError(f"dy {dy.shape} and w {w.shape} must be (OH, F, OW, N) and (F, C, KH, KW), none of length 0")
    (OH, F, OW, N), (_, C, KH, KW) = dy.shape, w.shape
    H, W = OH + KH - 1 - 2 * padding, OW + KW - 1 - 2 * padding
    if not isinstance(padding, int | np.integer) or padding < 0 or H < 1 or W < 1:
        raise ValueError(f"padding is {padding}; with it dy {dy.shape} and w {w.shape} make {H} × {W} pixels")

    dx = np.zeros((H, C, W, N))
    for i in range(OH):
        for j in range(OW):
            for u in range(KH):
                for v in range(KW):
                    row, column = i + u - padding, j + v - padding
                    if 0 <= row < H and 0 <= column < W:
                        for c in range(C):
                            for n in range(N):
                                dx[row, c, column, n] += sum(dy[i, f, j, n] * w[f, c, u, v] for f in range(F))
    return dx
