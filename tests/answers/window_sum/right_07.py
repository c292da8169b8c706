# Np.tensordot over both axes, .item() to get a Python float.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return np.tensordot(patch.astype("f8"), kernel.astype("f8"), axes=2).item()
