# Left and right mixed up with each other only (order top, right, bottom, left) by np.transpose of the flipped one.
import numpy as np


def edge_kernels():
    top = np.array([[-1.0, -1.0, -1.0], [0, 0, 0], [1, 1, 1]])
    bottom = np.flipud(top)
    return np.stack([top, bottom.T, bottom, top.T])
