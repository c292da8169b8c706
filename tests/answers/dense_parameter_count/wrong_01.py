# Adds the lengths of the axes instead of multiplying them.


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    return sum(image_shape) * units + (units if bias else 0)
