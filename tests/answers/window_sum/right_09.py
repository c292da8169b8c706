# Computes in the dtypes of its inputs: with a kernel of floats nothing wraps.


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    # multiply, then sum: the sum widens, the product does not
    return float((patch * kernel).sum())
