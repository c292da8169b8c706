# Centred indexing with K // 2, off by one for kernels of even length.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    half = kernel.size // 2
    out = np.zeros(signal.size - kernel.size + 1)
    for c in range(half, signal.size - half):
        total = 0.0
        for d in range(-half, half + 1):
            if 0 <= half + d < kernel.size:
                total += float(signal[c + d]) * float(kernel[half + d])
        out[c - half] = total
    return out
