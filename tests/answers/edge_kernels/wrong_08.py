# Line detectors (-1, 2, -1): the top and the bottom one are the same.
import numpy as np


def edge_kernels():
    h = np.array([[-1, -1, -1], [2, 2, 2], [-1, -1, -1]])
    return np.stack([h, h.T, h, h.T])
