# Own checks one by one, repeated addition of the pixels of each unit by sum over a two-entry list.


def dense_parameter_count(image_shape, units, bias=True):
    pixels = 1
    for n in image_shape:
        if n < 1:
            raise ValueError(f"a side of {n}")
        pixels *= n
    if units < 1:
        raise ValueError(f"{units} units")
    parts = [pixels * units]
    if bias:
        parts.append(units)
    return sum(parts)
