# Scatter view: every pixel stamps a whole kernel onto the full map, then the valid part is cut out.
import numpy as np


def convolve2d(image, kernel):
    h, w = image.shape
    kh, kw = kernel.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    full = np.zeros((h + kh - 1, w + kw - 1))
    k = kernel.astype(float)
    for (r, c), pixel in np.ndenumerate(image):
        full[r:r + kh, c:c + kw] += float(pixel) * k
    return full[kh - 1:h, kw - 1:w]
