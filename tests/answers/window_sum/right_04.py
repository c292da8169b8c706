# Pure Python with lists and math.fsum.
import math


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    left = [float(x) for row in patch.tolist() for x in row]
    right = [float(x) for row in kernel.tolist() for x in row]
    return math.fsum(a * b for a, b in zip(left, right))
