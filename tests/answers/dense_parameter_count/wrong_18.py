# Forbids 1 as well: units <= 1 raises.
import math


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units <= 1:
        raise ValueError("too small")
    return math.prod(image_shape) * units + (units if bias else 0)
