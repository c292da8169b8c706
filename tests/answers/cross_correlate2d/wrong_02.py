# Off by one: H - KH by W - KW places.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return float(np.sum(patch.astype(float) * kernel.astype(float)))


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    kh, kw = kernel.shape
    oh, ow = image.shape[0] - kh, image.shape[1] - kw
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            out[i, j] = window_sum(image[i:i + kh, j:j + kw], kernel)
    return out
