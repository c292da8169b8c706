# Only the bright row counts, nothing counts against, so flat bright ground answers too.
import numpy as np


def edge_kernels():
    top = np.array([[0, 0, 0], [0, 0, 0], [1, 1, 1]])
    return np.stack([np.rot90(top, k) for k in range(4)])
