# Raises TypeError instead of ValueError for numbers below 1.
import math


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    if min(*kernel_shape, in_channels, filters) < 1:
        raise TypeError("at least 1")
    return math.prod(kernel_shape) * in_channels * filters + (filters if bias else 0)
