# Astype(copy=False) and then in place: right values, but a float64 input is changed.
import numpy as np


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    out = pixels.astype(np.float64, copy=False)
    out /= 255
    return out
