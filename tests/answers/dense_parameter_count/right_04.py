# While loop over a list that is emptied.


def dense_parameter_count(image_shape, units, bias=True):
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    left = list(image_shape)
    count = units
    while left:
        count *= left.pop()
    if bias:
        count += units
    print("parameters:", count)
    return count
