# Np.prod over Python integers (dtype object), own checks, a print.
import numpy as np


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    numbers = [*kernel_shape, in_channels, filters]
    if not all(n >= 1 for n in numbers):
        raise ValueError(f"all of {numbers} must be at least 1")
    print("shape of the weights:", (filters, in_channels, *kernel_shape))
    return int(np.prod(numbers, dtype=object)) + bool(bias) * filters
