# Mode "same" pads with zeros.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    return np.correlate(signal.astype(float), kernel.astype(float), mode="same")
