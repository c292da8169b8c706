# Counts one filter and forgets to multiply by their number (the bias is multiplied).
import math


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    if min(*kernel_shape, in_channels, filters) < 1:
        raise ValueError(
            f"kernel_shape {kernel_shape}, in_channels {in_channels} and filters {filters} must all be at least 1"
        )
    return math.prod(kernel_shape) * in_channels + (filters if bias else 0)
