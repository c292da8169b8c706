# Len of ranges: a while loop multiplies the numbers one after the other.


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    if min(*kernel_shape, in_channels, filters) < 1:
        raise ValueError(
            f"kernel_shape {kernel_shape}, in_channels {in_channels} and filters {filters} must all be at least 1"
        )
    todo = [filters, in_channels, kernel_shape[1], kernel_shape[0]]
    weights = 1
    while todo:
        weights = weights * todo.pop()
    return weights + filters * (1 if bias else 0)
