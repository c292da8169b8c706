# Functools.reduce.
import functools
import operator


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    pixels = functools.reduce(operator.mul, image_shape, 1)
    return pixels * units + (units if bias else 0)
