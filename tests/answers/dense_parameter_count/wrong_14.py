# Counts in 32 bits, which wraps around for large images.
import numpy as np


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    pixels = np.prod(image_shape, dtype=np.int32)
    with np.errstate(all="ignore"):
        return int(pixels * np.int32(units) + np.int32(units if bias else 0))
