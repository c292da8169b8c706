# Np.convolve with the kernel turned around beforehand, both float.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    return np.convolve(signal.astype(float), kernel[::-1].astype(float), "valid")
