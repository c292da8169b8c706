# Block by block in plain loops; y is not used.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def max_pool2x2_backward(dy, x, y):
    if x.ndim != 4 or 0 in x.shape:
        raise ValueError(f"x has shape {x.shape}; it must be (H, C, W, N), none of length 0")
    H, C, W, N = x.shape
    if y.shape != (H // 2, C, W // 2, N) or dy.shape != y.shape or 0 in y.shape:
        raise ValueError(f"dy {dy.shape} and y {y.shape} must have half the rows and columns of x {x.shape}")

    dx = np.zeros(x.shape)
    for i in range(H // 2):
        for c in range(C):
            for j in range(W // 2):
                for n in range(N):
                    best, place = None, None
                    for u in (2 * i, 2 * i + 1):
                        for v in (2 * j, 2 * j + 1):
                            if best is None or x[u, c, v, n] > best:
                                best, place = x[u, c, v, n], (u, c, v, n)
                    dx[place] = dy[i, c, j, n]
    return dx
