# Own loops with no check: a kernel one row taller or one column wider than the image gives an empty map, not an error.
import numpy as np


def convolve2d(image, kernel):
    kh, kw = kernel.shape
    oh, ow = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = np.zeros((oh, ow))
    for u in range(kh):
        for v in range(kw):
            out += image[kh - 1 - u:kh - 1 - u + oh, kw - 1 - v:kw - 1 - v + ow].astype(float) * float(kernel[u, v])
    return out
