# Lopsided but lawful: the bottom row weighs against two dark rows.
import numpy as np


def edge_kernels():
    top = np.array([[-1, -1, -1], [-1, -1, -1], [2, 2, 2]])
    return np.stack([np.rot90(top, k) for k in range(4)])
