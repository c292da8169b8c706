# Parameters in the order (kernel_shape, filters, in_channels).
import math


def conv_parameter_count(kernel_shape, filters=1, in_channels=1, bias=True):
    if min(*kernel_shape, in_channels, filters) < 1:
        raise ValueError(
            f"kernel_shape {kernel_shape}, in_channels {in_channels} and filters {filters} must all be at least 1"
        )
    return math.prod(kernel_shape) * in_channels * filters + (filters if bias else 0)
