# A banded Toeplitz matrix times the signal.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    ol = signal.size - kernel.size + 1
    band = np.zeros((ol, signal.size))
    for i in range(ol):
        band[i, i:i + kernel.size] = kernel
    return np.dot(band, signal.astype(float))
