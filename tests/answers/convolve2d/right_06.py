# Np.convolve row against row, summed over the kernel's rows.
import numpy as np


def convolve2d(image, kernel):
    kh, kw = kernel.shape
    if kh > image.shape[0] or kw > image.shape[1]:
        raise ValueError("too large")
    a, b = image.astype(float), kernel.astype(float)
    return np.array([
        sum(np.convolve(a[i + kh - 1 - u], b[u], mode="valid") for u in range(kh))
        for i in range(a.shape[0] - kh + 1)
    ])
