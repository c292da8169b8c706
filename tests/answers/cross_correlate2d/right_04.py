# Im2col and a matrix product.
import numpy as np


def im2col(image, kh, kw):
    oh, ow = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    columns = np.empty((kh * kw, oh * ow))
    for j in range(oh * ow):
        r, c = divmod(j, ow)
        columns[:, j] = image[r:r + kh, c:c + kw].ravel()
    return columns, (oh, ow)


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    columns, shape = im2col(image, *kernel.shape)
    return (kernel.reshape(1, -1).astype(float) @ columns).reshape(shape)
