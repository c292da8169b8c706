# Returns 0 instead of raising when a length or the units are below 1.
import math


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        return 0
    return math.prod(image_shape) * units + (units if bias else 0)
