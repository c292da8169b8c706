# FFT without zero padding, cropped at the wrong corner.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    h, w = image.shape
    kh, kw = kernel.shape
    spectrum = np.fft.fft2(image) * np.fft.fft2(kernel[::-1, ::-1], s=(h, w))
    return np.real(np.fft.ifft2(spectrum))[:h - kh + 1, :w - kw + 1]
