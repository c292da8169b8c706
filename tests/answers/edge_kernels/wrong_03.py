# Order top, bottom, left, right.
import numpy as np


def edge_kernels():
    top = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
    return np.stack([top, -top, top.T, -top.T])
