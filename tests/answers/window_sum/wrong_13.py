# Compares the number of entries instead of the shapes, so (2, 3) against (3, 2) does not raise.
import numpy as np


def window_sum(patch, kernel):
    if patch.size != kernel.size:
        raise ValueError("sizes differ")
    return float(np.dot(patch.ravel().astype(float), kernel.ravel().astype(float)))
