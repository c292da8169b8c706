# Takes the first two axes only, so (C, H, W) loses the width.


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    pixels = image_shape[0] * image_shape[1] if len(image_shape) > 1 else image_shape[0]
    return pixels * units + bias * units
