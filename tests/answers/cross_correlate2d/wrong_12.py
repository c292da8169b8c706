# Treats every kernel as separable (first singular pair only), right for rank-1 kernels alone.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    a, s, b = np.linalg.svd(kernel.astype(float))
    column, row = a[:, 0] * s[0], b[0]
    kh, kw = kernel.shape
    oh, ow = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    tall = sum(column[u] * image[u:u + oh].astype(float) for u in range(kh))
    return sum(row[v] * tall[:, v:v + ow] for v in range(kw))
