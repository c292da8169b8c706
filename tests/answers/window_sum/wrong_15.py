# Rounds to six places, so tiny values become 0.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return round(float(np.sum(patch.astype(float) * kernel)), 6)
