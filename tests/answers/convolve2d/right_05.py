# FFT product with zero padding, valid part cut out.
import numpy as np


def convolve2d(image, kernel):
    (h, w), (kh, kw) = image.shape, kernel.shape
    if h < kh or w < kw:
        raise ValueError(f"{kernel.shape} does not fit into {image.shape}")
    s = (h + kh - 1, w + kw - 1)
    full = np.fft.ifft2(np.fft.fft2(image.astype(float), s) * np.fft.fft2(kernel.astype(float), s)).real
    return full[kh - 1:h, kw - 1:w]
