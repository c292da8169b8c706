# Clips the answer to 0..255 as if it were a pixel.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    s = np.sum(patch.astype(float) * kernel)
    return float(np.clip(s, 0, 255))
