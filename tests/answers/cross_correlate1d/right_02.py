# Np.correlate on float copies.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    return np.correlate(np.asarray(signal, dtype=np.float64), np.asarray(kernel, dtype=np.float64), mode="valid")
