# Filled by a loop over the entries, Fortran-ordered.
import numpy as np


def edge_kernels():
    out = np.zeros((4, 3, 3), order="F")
    for a in range(3):
        for b in range(3):
            out[0, a, b] = a - 1
            out[1, a, b] = b - 1
            out[2, a, b] = 1 - a
            out[3, a, b] = 1 - b
    return out
