# Index uses KW for the rows and KH for the columns: wrong or IndexError for non-square kernels.
import numpy as np


def convolve2d(image, kernel):
    kh, kw = kernel.shape
    if kh > image.shape[0] or kw > image.shape[1]:
        raise ValueError("kernel too large")
    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for u in range(kh):
                for v in range(kw):
                    out[i, j] += float(image[i + kw - 1 - u, j + kh - 1 - v]) * float(kernel[u, v])
    return out
