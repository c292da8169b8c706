# Rot90 turned the other way round: order top, right, bottom, left.
import numpy as np


def edge_kernels():
    top = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
    return np.stack([np.rot90(top, -k) for k in range(4)])
