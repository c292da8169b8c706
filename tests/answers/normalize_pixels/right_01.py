# Multiplies by 1/255 instead of dividing.
import numpy as np


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    return np.multiply(pixels, 1.0 / 255.0, dtype=np.float64)
