# Cuts the sum to a whole number with int().


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    total = 0
    for a, b in zip(patch.ravel(), kernel.ravel()):
        total += float(a) * float(b)
    return float(int(total))
