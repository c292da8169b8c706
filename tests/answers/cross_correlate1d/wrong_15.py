# Skips negative weights with "if kernel[u] > 0".
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    ol = signal.size - kernel.size + 1
    out = np.zeros(ol)
    for u in range(kernel.size):
        if kernel[u] > 0:
            out += kernel[u] * signal[u:u + ol].astype(float)
    return out
