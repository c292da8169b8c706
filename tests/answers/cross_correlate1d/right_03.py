# Loop over the taps of the kernel, shifted slices of the signal.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    ol = signal.size - kernel.size + 1
    out = np.zeros(ol)
    for u, weight in enumerate(kernel):
        out += float(weight) * signal[u:u + ol].astype(float)
    return out
