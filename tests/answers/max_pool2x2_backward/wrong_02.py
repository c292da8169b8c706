# Doubles the image by repeat and compares, with the ragged edge filled by wrapping around.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def max_pool2x2_backward(dy, x, y):
    if x.ndim != 4 or 0 in x.shape:
        raise ValueError(f"x has shape {x.shape}; it must be (H, C, W, N), none of length 0")
    H, C, W, N = x.shape
    if y.shape != (H // 2, C, W // 2, N) or dy.shape != y.shape or 0 in y.shape:
        raise ValueError(f"dy {dy.shape} and y {y.shape} must have half the rows and columns of x {x.shape}")

    big = np.repeat(np.repeat(y, 2, axis=0), 2, axis=2)
    rise = np.repeat(np.repeat(dy, 2, axis=0), 2, axis=2)
    more = ((0, H - len(big)), (0, 0), (0, W - big.shape[2]), (0, 0))
    big, rise = np.pad(big, more, mode="wrap"), np.pad(rise, more, mode="wrap")
    return rise * (x >= big)
