# Np.multiply with a dtype and np.add.reduce over both axes, Fortran-ordered in between.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    products = np.multiply(patch, kernel, dtype=np.float64, order="F")
    return np.add.reduce(products, axis=(0, 1))
