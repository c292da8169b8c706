# Loops over rows and columns: raises unless the image has two axes.
import numpy as np


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    out = np.zeros(pixels.shape)
    for i in range(pixels.shape[0]):
        for j in range(pixels.shape[1]):
            out[i, j] = float(pixels[i, j]) / 255
    return out
