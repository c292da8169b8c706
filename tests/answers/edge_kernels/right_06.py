# The middle column only: thin kernels of two weights, int8.
import numpy as np


def edge_kernels():
    k = np.zeros((4, 3, 3), dtype=np.int8)
    k[0, 0, 1], k[0, 2, 1] = -1, 1
    k[1, 1, 0], k[1, 1, 2] = -1, 1
    k[2, 2, 1], k[2, 0, 1] = -1, 1
    k[3, 1, 2], k[3, 1, 0] = -1, 1
    return k
