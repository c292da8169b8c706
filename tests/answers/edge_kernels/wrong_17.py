# Thought of convolution, so every kernel is already turned by 180 degrees.
import numpy as np


def edge_kernels():
    top = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
    four = np.stack([top, top.T, -top, -top.T])
    return four[:, ::-1, ::-1]
