# Flattens both and uses np.convolve on the flat arrays, which mixes neighbouring rows.
import numpy as np


def convolve2d(image, kernel):
    kh, kw = kernel.shape
    oh, ow = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if oh < 1 or ow < 1:
        raise ValueError("kernel too large")
    flat = np.convolve(image.ravel().astype(float), kernel.ravel().astype(float))
    return np.resize(flat[kernel.size - 1:image.size], (oh, ow))
