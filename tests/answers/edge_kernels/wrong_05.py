# Only two different kernels: the bottom repeats the top, the right repeats the left.
import numpy as np


def edge_kernels():
    top = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
    return np.stack([top, top.T, top, top.T])
