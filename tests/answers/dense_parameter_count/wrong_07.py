# Handles 2 and 3 axes only, and returns None otherwise.


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    if len(image_shape) == 2:
        pixels = image_shape[0] * image_shape[1]
    elif len(image_shape) == 3:
        pixels = image_shape[0] * image_shape[1] * image_shape[2]
    else:
        return None
    return pixels * units + (units if bias else 0)
