# As a dense layer that sees one window only.


def dense(shape, units, bias):
    n = units
    for side in shape:
        n *= side
    return n + units if bias else n


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    if min(*kernel_shape, in_channels, filters) < 1:
        raise ValueError(
            f"kernel_shape {kernel_shape}, in_channels {in_channels} and filters {filters} must all be at least 1"
        )
    return dense((in_channels, *kernel_shape), filters, bias)
