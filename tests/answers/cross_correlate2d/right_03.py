# FFT with zero padding, kernel turned beforehand.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    h, w = image.shape
    kh, kw = kernel.shape
    size = (h + kh - 1, w + kw - 1)
    spectrum = np.fft.rfft2(image.astype(float), size) * np.fft.rfft2(kernel[::-1, ::-1].astype(float), size)
    return np.fft.irfft2(spectrum, size)[kh - 1:h, kw - 1:w]
