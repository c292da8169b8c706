# Sums over axis 0 only, so a vector comes back and not one number.


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return sum(patch * kernel)
