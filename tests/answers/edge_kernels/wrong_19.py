# One axis only: [-1, 0, 1] per kernel, shape (4, 3).
import numpy as np


def edge_kernels():
    return np.array([[-1, 0, 1], [-1, 0, 1], [1, 0, -1], [1, 0, -1]])
