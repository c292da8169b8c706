# Looks for the winner by size, whichever sign it has.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def max_pool2x2_backward(dy, x, y):
    if x.ndim != 4 or 0 in x.shape:
        raise ValueError(f"x has shape {x.shape}; it must be (H, C, W, N), none of length 0")
    H, C, W, N = x.shape
    if y.shape != (H // 2, C, W // 2, N) or dy.shape != y.shape or 0 in y.shape:
        raise ValueError(f"dy {dy.shape} and y {y.shape} must have half the rows and columns of x {x.shape}")

    dx = np.zeros(x.shape)
    h, w = H - H % 2, W - W % 2
    slices = [np.s_[i:h:2, :, j:w:2] for i in (0, 1) for j in (0, 1)]
    winner = np.stack([np.abs(x[s].astype(float)) for s in slices]).argmax(axis=0)
    for number, s in enumerate(slices):
        dx[s] = dy * (winner == number)
    return dx
