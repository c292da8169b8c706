# Subtracts the bias for unbiased layers instead of leaving it out: (n - 1) without a bias.
import math


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    if min(*kernel_shape, in_channels, filters) < 1:
        raise ValueError(
            f"kernel_shape {kernel_shape}, in_channels {in_channels} and filters {filters} must all be at least 1"
        )
    n = math.prod(kernel_shape) * in_channels
    return (n + 1) * filters if bias else (n - 1) * filters
