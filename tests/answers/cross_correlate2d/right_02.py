# Loop over the taps of the kernel, adding shifted images.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    oh, ow = (a - b + 1 for a, b in zip(image.shape, kernel.shape))
    out = np.zeros((oh, ow))
    for (u, v), weight in np.ndenumerate(kernel):
        out += image[u:u + oh, v:v + ow].astype(float) * float(weight)
    return out
