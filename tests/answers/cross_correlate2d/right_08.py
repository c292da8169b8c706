# Float32 inside and out where both inputs fit it, float64 where they do not.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    kind = np.result_type(image.dtype, kernel.dtype, np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(kind), kernel.shape)
    return np.tensordot(windows, kernel.astype(kind), axes=([2, 3], [0, 1]))
