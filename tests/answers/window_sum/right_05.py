# Recursion over the rows, with a print on the way.


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    if patch.shape[0] == 0:
        return 0.0
    here = 0.0
    for a, b in zip(patch[0].tolist(), kernel[0].tolist()):
        here += float(a) * float(b)
    print("row gives", here)
    return here + window_sum(patch[1:], kernel[1:])
