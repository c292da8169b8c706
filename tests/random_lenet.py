"""A LeNet-5 with random parameters, for images of any size."""

import numpy as np

from solutions.training import he_init


def make_net(image=(8, 8), kernel=(3, 3), padding=(1, 1), widths=(6, 16, 120, 84), seed=0):
    """Random parameters of a LeNet-5 for images of this size."""
    (H, W), (F1, F2, M1, M2) = image, widths
    for pad in padding:
        H, W = ((n + 2 * pad - k + 1) // 2 for n, k in zip((H, W), kernel))
    shapes = {"conv1": (F1, 1, *kernel), "conv2": (F2, F1, *kernel), "fc1": (M1, F2 * H * W), "fc2": (M2, M1)}
    parameters = {}
    for number, (layer, shape) in enumerate((shapes | {"fc3": (10, M2)}).items()):
        parameters[f"{layer}.w"] = he_init(shape, seed + number).astype(np.float32).astype(float)
        parameters[f"{layer}.b"] = 0.1 * np.random.default_rng(number).standard_normal(shape[0]).astype(np.float32)
    return parameters
