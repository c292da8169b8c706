# Two mistakes: range starts at 1 for the taps, and the output is one too long.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    out = np.zeros(len(signal) - len(kernel) + 2)
    for i in range(len(signal) - len(kernel) + 1):
        for u in range(1, len(kernel)):
            out[i] += float(signal[i + u]) * float(kernel[u])
    return out
