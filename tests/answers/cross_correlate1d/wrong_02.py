# Off by one: L - K places instead of L - K + 1.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    n = len(signal) - len(kernel)
    out = np.zeros(n)
    for i in range(n):
        out[i] = np.sum(signal[i:i + len(kernel)].astype(float) * kernel)
    return out
