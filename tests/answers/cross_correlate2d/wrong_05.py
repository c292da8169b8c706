# Shape unpacked as (width, height), so output axes are swapped: IndexError or wrong shape unless square.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return float(np.sum(patch.astype(float) * kernel.astype(float)))


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    w, h = image.shape
    kw, kh = kernel.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for y in range(h - kh + 1):
        for x in range(w - kw + 1):
            out[y, x] = window_sum(image[x:x + kw, y:y + kh], kernel)
    return out
