# Trace of a matrix product: sum of P*K is trace(P K^T).
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return np.trace(patch.astype(np.float64) @ kernel.astype(np.float64).T)
