# Fortran-ordered output filled by np.divide.
import numpy as np


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    out = np.empty(pixels.shape, dtype=np.float64, order="F")
    np.divide(pixels, 255.0, out=out, dtype=np.float64)
    return out
