# Moves on by a whole kernel at each step (non-overlapping windows).
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    k = kernel.size
    return np.array([float(np.dot(signal[i:i + k].astype(float), kernel)) for i in range(0, signal.size - k + 1, k)])
