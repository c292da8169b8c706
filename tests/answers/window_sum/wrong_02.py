# Np.dot on two 2-D arrays gives a matrix, of which only the first entry is returned.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    product = np.dot(patch, kernel.T)
    return float(product[0, 0])
