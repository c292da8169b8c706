# Recursion over the kernel's rows: first row by hand, rest by the same function.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    oh = image.shape[0] - kernel.shape[0] + 1
    ow = image.shape[1] - kernel.shape[1] + 1
    first = np.zeros((oh, ow))
    for v in range(kernel.shape[1]):
        first += image[:oh, v:v + ow].astype(float) * float(kernel[0, v])
    if kernel.shape[0] == 1:
        return first
    return first + cross_correlate2d(image[1:], kernel[1:])
