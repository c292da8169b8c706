# Entries do not sum to 0, so a flat bright image gives an answer.
import numpy as np


def edge_kernels():
    top = np.array([[-1, -1, -1], [0, 0, 0], [2, 2, 2]])
    return np.stack([np.rot90(top, k) for k in range(4)])
