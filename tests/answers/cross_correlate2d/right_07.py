# Nested list comprehension in pure Python, turned into an array.
import numpy as np


def cross_correlate2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    img, ker = image.tolist(), kernel.tolist()
    kh, kw = len(ker), len(ker[0])
    return np.array([
        [sum(float(img[i + u][j + v]) * float(ker[u][v]) for u in range(kh) for v in range(kw))
         for j in range(len(img[0]) - kw + 1)]
        for i in range(len(img) - kh + 1)
    ], dtype=float)
