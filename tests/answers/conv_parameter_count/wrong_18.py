# 1x1 kernels are taken for "no kernel" and raise.
import math


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    if min(*kernel_shape, in_channels, filters) < 1:
        raise ValueError(
            f"kernel_shape {kernel_shape}, in_channels {in_channels} and filters {filters} must all be at least 1"
        )
    if tuple(kernel_shape) == (1, 1):
        raise ValueError("a kernel of one entry is no kernel")
    return math.prod(kernel_shape) * in_channels * filters + (filters if bias else 0)
