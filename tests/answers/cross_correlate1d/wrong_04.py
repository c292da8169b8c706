# The output takes the signal's dtype, so fractions are cut off on integer signals.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    n = signal.size - kernel.size + 1
    out = np.zeros(n, dtype=signal.dtype)
    for i in range(n):
        out[i] = (signal[i:i + kernel.size].astype(float) * kernel).sum()
    return out
