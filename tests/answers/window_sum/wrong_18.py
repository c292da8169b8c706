# Squeezes and compares lengths: raises on a patch of 1 row or 1 column because zip runs over numbers.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    total = 0.0
    for prow, krow in zip(np.squeeze(patch), np.squeeze(kernel)):
        for a, b in zip(prow, krow):
            total += float(a) * float(b)
    return total
