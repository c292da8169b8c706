# Signal[u:u - K + 1] as a slice end goes wrong at the last tap, where the end is 0.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    k = kernel.size
    out = np.zeros(signal.size - k + 1)
    for u in range(k):
        end = u - k + 1
        part = signal[u:end].astype(float)
        if part.size:
            out += float(kernel[u]) * part
    return out
