# Recursion that peels off one axis after the other.


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    first, *rest = image_shape
    if rest:
        return first * dense_parameter_count(tuple(rest), units, False) + (units if bias else 0)
    return first * units + (units if bias else 0)
