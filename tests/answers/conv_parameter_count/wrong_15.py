# Checks the kernel only, so 0 channels or filters give a count.
import math


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    if min(kernel_shape) < 1:
        raise ValueError("kernel")
    return math.prod(kernel_shape) * in_channels * filters + (filters if bias else 0)
