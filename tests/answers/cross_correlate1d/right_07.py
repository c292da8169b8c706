# Python lists and a while loop, turned into an array at the end.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    notes = []
    i = 0
    while i + len(kernel) <= len(signal):
        total, u = 0.0, 0
        while u < len(kernel):
            total += float(signal[i + u]) * float(kernel[u])
            u += 1
        notes.append(total)
        i += 1
    return np.array(notes, dtype=float)
