# Right length, but the loop stops one early and leaves a 0 at the end.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    n = len(signal) - len(kernel) + 1
    out = np.zeros(n)
    for i in range(n - 1):
        out[i] = np.sum(signal[i:i + len(kernel)].astype(float) * kernel)
    return out
