# Order top, left, right, bottom (last two swapped).
import numpy as np


def edge_kernels():
    top = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
    left = top.T
    return np.array([top, left, -left, -top])
