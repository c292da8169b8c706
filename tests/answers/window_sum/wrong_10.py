# Multiplies the sum of the patch by the sum of the kernel.


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return float(patch.sum() * kernel.sum())
