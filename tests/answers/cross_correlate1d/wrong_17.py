# The running total is not set back to 0 between places.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    out = np.zeros(signal.size - kernel.size + 1)
    total = 0.0
    for i in range(out.size):
        for u in range(kernel.size):
            total += float(signal[i + u]) * float(kernel[u])
        out[i] = total
    return out
