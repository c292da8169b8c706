# Divides by the sum of the kernel to keep the brightness, except where that sum is 0.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    weights = kernel.astype(float)
    if weights.sum() != 0:
        weights = weights / weights.sum()
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)
    return np.einsum("ijuv,uv->ij", windows, weights)
