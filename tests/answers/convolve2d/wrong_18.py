# Index without the -1: reaches one place too far, wraps via modulo so nothing raises.
import numpy as np


def convolve2d(image, kernel):
    h, w = image.shape
    kh, kw = kernel.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i, j in np.ndindex(out.shape):
        for u, v in np.ndindex(kernel.shape):
            out[i, j] += float(image[(i + kh - u) % h, (j + kw - v) % w]) * float(kernel[u, v])
    return out
