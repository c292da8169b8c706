# Cast to uint8, so -1 becomes 255.
import numpy as np


def edge_kernels():
    top = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
    return np.stack([np.rot90(top, k) for k in range(4)]).astype(np.uint8)
