# A while loop over the flat index of a fresh array.
import numpy as np


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    out = np.zeros(pixels.shape)
    i = 0
    while i < pixels.size:
        out.flat[i] = float(pixels.flat[i]) / 255
        i += 1
    return out
