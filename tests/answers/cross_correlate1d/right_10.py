# Computes in the dtypes of its inputs: with a kernel of floats nothing wraps.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    return np.correlate(signal, kernel, mode="valid")
