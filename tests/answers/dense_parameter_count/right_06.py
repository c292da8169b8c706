# Helper functions and itertools.accumulate.
import itertools


def count_pixels(shape):
    return list(itertools.accumulate(shape, lambda a, b: a * b))[-1]


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    per_unit = count_pixels(image_shape)
    if bias:
        per_unit = per_unit + 1
    return units * per_unit
