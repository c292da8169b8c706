# Uses len(image_shape) and the largest side: thinks of a square image.


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    return max(image_shape) ** len(image_shape) * units + (units if bias else 0)
