# Einsum forgets to sum over v separately: takes the diagonal of the window.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)
    m = min(kernel.shape)
    return np.einsum("ijuu,uu->ij", windows[..., :m, :m], kernel[:m, :m].astype(float))
