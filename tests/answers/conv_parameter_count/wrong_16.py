# An "and" in the check where an "or" belongs: raises only if all are bad.
import math


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    if kernel_shape[0] < 1 and kernel_shape[1] < 1 and in_channels < 1 and filters < 1:
        raise ValueError("all too small")
    return math.prod(kernel_shape) * in_channels * filters + (filters if bias else 0)
