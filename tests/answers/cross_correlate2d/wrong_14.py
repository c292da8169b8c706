# Centred loop with KH // 2 either side: right for odd kernels only.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    h, w = image.shape
    kh, kw = kernel.shape
    a, b = kh // 2, kw // 2
    out = np.zeros((h - 2 * a, w - 2 * b))
    for i in range(a, h - a):
        for j in range(b, w - b):
            for u in range(kh):
                for v in range(kw):
                    out[i - a, j - b] += float(image[i + u - a, j + v - b]) * float(kernel[u, v])
    return out
