# Unpacks exactly (H, W) and raises on any other number of axes.


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    h, w = image_shape
    return h * w * units + (units if bias else 0)
