# Bias defaults to False.
import math


def dense_parameter_count(image_shape, units, bias=False):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    return math.prod(image_shape) * units + (units if bias else 0)
