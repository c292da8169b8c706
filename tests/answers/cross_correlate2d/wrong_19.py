# Guards on the number of entries, so a kernel that is too wide but small yields an empty map instead of an error.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.size > image.size:
        raise ValueError("kernel too large")
    kh, kw = kernel.shape
    oh, ow = max(image.shape[0] - kh + 1, 0), max(image.shape[1] - kw + 1, 0)
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            out[i, j] = np.sum(image[i:i + kh, j:j + kw].astype(float) * kernel)
    return out
