# Np.zeros_like(image) cropped: the output has the image's dtype, cutting or wrapping on integer images.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    kh, kw = kernel.shape
    oh, ow = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = np.zeros_like(image)[:oh, :ow]
    for i in range(oh):
        for j in range(ow):
            value = np.sum(image[i:i + kh, j:j + kw].astype(float) * kernel)
            out[i, j] = np.array(value).astype(np.int64).astype(image.dtype) if image.dtype.kind in "iu" else value
    return out
