# Np.prod with Python integers inside (dtype object), so nothing can wrap.
import numpy as np


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    weights = np.prod(np.array([*image_shape, units], dtype=object))
    return int(weights) + units * int(bool(bias))
