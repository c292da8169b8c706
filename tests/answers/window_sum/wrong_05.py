# Turns the kernel by 180 degrees first (confuses it with true convolution).


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return float((patch * kernel[::-1, ::-1].astype(float)).sum())
