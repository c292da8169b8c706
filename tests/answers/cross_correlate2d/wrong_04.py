# Assumes a square kernel: window of KH by KH.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return float(np.sum(patch.astype(float) * kernel.astype(float)))


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    k = kernel.shape[0]
    out = np.zeros((image.shape[0] - k + 1, image.shape[1] - k + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = window_sum(image[i:i + k, j:j + k], kernel)
    return out
