# Seven plain loops, with a number for each weight.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def conv2d_rows_backward_weights(dy, rows):
    if dy.ndim != 4 or rows.ndim != 5 or 0 in dy.shape + rows.shape:
        raise ValueError(f"dy {dy.shape} and rows {rows.shape} must be (OH, F, OW, N) and (OH + KH - 1, C, KW, OW, N)")
    if dy.shape[2:] != rows.shape[3:] or len(rows) < len(dy):
        raise ValueError(f"dy {dy.shape} does not go with rows {rows.shape}: OW and N are the same, rows are not fewer")

    OH, F, OW, N = dy.shape
    H, C, KW = rows.shape[:3]
    KH = H - OH + 1
    dw = np.zeros((F, C, KH, KW))
    for f in range(F):
        for c in range(C):
            for u in range(KH):
                for v in range(KW):
                    total = 0.0
                    for i in range(OH):
                        for j in range(OW):
                            for n in range(N):
                                total += float(dy[i, f, j, n]) * float(rows[i + u, c, v, j, n])
                    dw[f, c, u, v] = total
    return dw
