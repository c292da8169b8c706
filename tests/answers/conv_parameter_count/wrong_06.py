# Adds KH and KW.


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    if min(*kernel_shape, in_channels, filters) < 1:
        raise ValueError(
            f"kernel_shape {kernel_shape}, in_channels {in_channels} and filters {filters} must all be at least 1"
        )
    return sum(kernel_shape) * in_channels * filters + (filters if bias else 0)
