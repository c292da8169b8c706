# Row by row with np.correlate, summed over the kernel's rows.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    oh = image.shape[0] - kernel.shape[0] + 1
    rows = []
    for i in range(oh):
        parts = [np.correlate(image[i + u].astype(float), kernel[u].astype(float), "valid")
                 for u in range(kernel.shape[0])]
        rows.append(np.sum(parts, axis=0))
    return np.stack(rows)
