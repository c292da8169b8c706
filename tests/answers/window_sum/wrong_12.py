# Looks fine on fresh arrays: ravel(order="K") pairs memory order, which goes wrong when one array is Fortran-ordered.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return float(np.dot(patch.ravel(order="K").astype(float), kernel.ravel(order="K").astype(float)))
