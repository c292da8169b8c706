# Uses window_sum on one-row patches.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return float(np.sum(patch.astype(float) * kernel.astype(float)))


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    k = len(kernel)
    return np.fromiter(
        (window_sum(signal[None, i:i + k], kernel[None, :]) for i in range(len(signal) - k + 1)), dtype=np.float64
    )
