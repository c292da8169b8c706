# Loops and math.hypot, Fortran-ordered result.
import math

import numpy as np


def gradient_magnitude(image):
    h, w = image.shape
    if h < 3 or w < 3:
        raise ValueError(f"{image.shape} is smaller than 3 x 3")
    weights = [(-1, 0, 1), (-2, 0, 2), (-1, 0, 1)]
    out = np.zeros((h - 2, w - 2), order="F")
    for i in range(h - 2):
        for j in range(w - 2):
            gx = sum(float(image[i + u, j + v]) * weights[u][v] for u in range(3) for v in range(3))
            gy = sum(float(image[i + u, j + v]) * weights[v][u] for u in range(3) for v in range(3))
            out[i, j] = math.hypot(gx, gy)
    return out
