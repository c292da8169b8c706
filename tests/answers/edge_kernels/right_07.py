# Four kernels of different strength, each still the largest on its own edge.
import numpy as np


def edge_kernels():
    top = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]], dtype=np.float32)
    four = [top, top.T, -top, -top.T]
    return np.stack([f * s for f, s in zip(four, (0.5, 2, 100, 0.25))])
