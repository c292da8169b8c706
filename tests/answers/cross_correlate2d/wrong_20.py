# Np.roll per tap rolls the wrong way round, so windows reach back instead of forward.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    kh, kw = kernel.shape
    total = np.zeros(image.shape)
    for u in range(kh):
        for v in range(kw):
            total += float(kernel[u, v]) * np.roll(image.astype(float), (u, v), axis=(0, 1))
    return total[:image.shape[0] - kh + 1, :image.shape[1] - kw + 1]
