# While loops with two indices, starting from the last entry.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    total = np.float64(0)
    u = patch.shape[0] - 1
    while u >= 0:
        v = patch.shape[1] - 1
        while v >= 0:
            total = total + np.float64(patch[u, v]) * np.float64(kernel[u, v])
            v -= 1
        u -= 1
    return total
