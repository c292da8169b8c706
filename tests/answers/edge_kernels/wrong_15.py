# A slip of the pen in the right-hand kernel: its entries sum to 2.
import numpy as np


def edge_kernels():
    return np.array([
        [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
        [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
        [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
        [[1, 0, -1], [1, 0, 1], [1, 0, -1]],
    ])
