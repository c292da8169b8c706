# Counts by adding up over filters and channels in loops.


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    if min(*kernel_shape, in_channels, filters) < 1:
        raise ValueError(
            f"kernel_shape {kernel_shape}, in_channels {in_channels} and filters {filters} must all be at least 1"
        )
    count = 0
    for _ in range(filters):
        for _ in range(in_channels):
            count += kernel_shape[0] * kernel_shape[1]
        if bias:
            count += 1
    return count
