# A table of 256 entries, looked up by the pixel: raises on float pixels.
import numpy as np


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    return np.linspace(0.0, 1.0, 256)[pixels]
