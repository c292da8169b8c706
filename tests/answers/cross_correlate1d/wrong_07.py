# Hard-coded window of 3.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    out = []
    for i in range(len(signal) - 2):
        out.append(float(signal[i]) * kernel[0] + float(signal[i + 1]) * kernel[1] + float(signal[i + 2]) * kernel[2])
    return np.array(out, dtype=float)
