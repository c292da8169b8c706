# Concatenated to shape (12, 3).
import numpy as np


def edge_kernels():
    top = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
    return np.concatenate([np.rot90(top, k) for k in range(4)])
