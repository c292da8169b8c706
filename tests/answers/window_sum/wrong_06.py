# Multiplies in the patch's own dtype, so a fractional kernel is cut to whole numbers on an integer patch.


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return float((patch * kernel.astype(patch.dtype)).sum())
