# Np.convolve turns the kernel around.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    return np.convolve(signal.astype(float), kernel.astype(float), mode="valid")
