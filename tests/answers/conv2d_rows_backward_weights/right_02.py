# One einsum over all windows of rows, which sliding_window_view shows.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def conv2d_rows_backward_weights(dy, rows):
    if dy.ndim != 4 or rows.ndim != 5 or 0 in dy.shape + rows.shape:
        raise ValueError(f"dy {dy.shape} and rows {rows.shape} must be (OH, F, OW, N) and (OH + KH - 1, C, KW, OW, N)")
    if dy.shape[2:] != rows.shape[3:] or len(rows) < len(dy):
        raise ValueError(f"dy {dy.shape} does not go with rows {rows.shape}: OW and N are the same, rows are not fewer")

    KH = len(rows) - len(dy) + 1
    windows = np.lib.stride_tricks.sliding_window_view(rows, KH, axis=0)  # (OH, C, KW, OW, N, KH)
    return np.einsum("ifjn,icvjnu->fcuv", dy, windows, optimize=True)
