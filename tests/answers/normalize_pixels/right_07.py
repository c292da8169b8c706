# Np.any for the check, a copy and then in place on the copy.
import numpy as np


def normalize_pixels(pixels):
    if np.any(pixels < 0) or np.any(pixels > 255):
        raise ValueError("pixels must lie in 0 to 255")
    out = np.array(pixels, dtype=float, copy=True)
    out /= 255
    print("mean", out.mean() if out.size else None)
    return out
