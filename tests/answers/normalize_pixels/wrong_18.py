# Looks at the dtype: divides by iinfo(dtype).max, which is 255 for uint8 only.
import numpy as np


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    top = np.iinfo(pixels.dtype).max if pixels.dtype.kind in "iu" else 255.0
    return pixels.astype(float) / float(top)
