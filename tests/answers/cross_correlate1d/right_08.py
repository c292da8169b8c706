# Recursion: the first place, then the rest of the signal.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    first = [float(np.sum(signal[:kernel.size].astype(float) * kernel.astype(float)))]
    if signal.size == kernel.size:
        return np.array(first)
    return np.concatenate([first, cross_correlate1d(signal[1:], kernel)])
