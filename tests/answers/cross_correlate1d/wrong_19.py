# Returns a column of shape (OL, 1).
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    rows = np.lib.stride_tricks.sliding_window_view(signal.astype(float), kernel.size)
    return rows @ kernel.astype(float)[:, None]
