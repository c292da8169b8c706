# Recursion over the axes.
import numpy as np


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    if pixels.ndim == 0:
        return np.array(float(pixels) / 255)
    if pixels.size == 0:
        return np.zeros(pixels.shape)
    return np.stack([normalize_pixels(np.asarray(part)) for part in pixels])
