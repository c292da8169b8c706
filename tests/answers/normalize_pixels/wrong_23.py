# Checks after a cast to uint8, so that -1 and 256 wrap around and are never seen.
import numpy as np


def normalize_pixels(pixels):
    small = pixels.astype(np.int64).astype(np.uint8)
    if small.size and (small.min() < 0 or small.max() > 255):
        raise ValueError("out of range")
    return pixels.astype(float) / 255 if not np.any(pixels != small) else small.astype(float) / 255
