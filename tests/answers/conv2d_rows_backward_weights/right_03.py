# The image is put together again from the rows, and each weight is a product with a slice of it; float64.
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
    image = np.zeros((H, C, OW + KW - 1, N))
    for v in range(KW):
        image[:, :, v : v + OW] = rows[:, :, v]
    dw = np.empty((KH, KW, F, C))
    for u in range(KH):
        for v in range(KW):
            dw[u, v] = np.tensordot(dy, image[u : u + OH, :, v : v + OW], axes=([0, 2, 3], [0, 2, 3]))
    return dw.transpose(2, 3, 0, 1)
