# The return stands inside the outer loop, so only the first row counts.


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    total = 0.0
    for u in range(kernel.shape[0]):
        for v in range(kernel.shape[1]):
            total += float(patch[u, v]) * float(kernel[u, v])
        return total
