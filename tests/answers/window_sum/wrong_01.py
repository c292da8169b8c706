# Matrix product instead of an entry-by-entry product, then summed.


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return float((patch @ kernel).sum())
