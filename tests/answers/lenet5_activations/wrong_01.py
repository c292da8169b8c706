# A leaky relu lets a hundredth of the negative numbers through.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np

from course_lib.fast_convolution import max_pool2x2, rows_product, shifted_rows, to_batch_first, to_batch_last


_LAYERS = ("conv1", "conv2", "fc1", "fc2", "fc3")


def _check(parameters, images, padding):
    if images.ndim != 4 or 0 in images.shape:
        raise ValueError(f"images have shape {images.shape}; it must be (N, C, H, W), none of length 0")
    missing = [f"{layer}.{part}" for layer in _LAYERS for part in "wb" if f"{layer}.{part}" not in parameters]
    if missing:
        raise ValueError(f"parameters have no {', '.join(missing)}")
    if np.shape(padding) != (2,) or min(padding) < 0:
        raise ValueError(f"padding is {padding}; it must be two whole numbers of 0 or more")
    C, H, W = images.shape[1:]
    for layer, pad in zip(_LAYERS, padding):
        F, channels, KH, KW = parameters[f"{layer}.w"].shape
        H, W = (H + 2 * pad - KH + 1) // 2, (W + 2 * pad - KW + 1) // 2
        if channels != C or H < 1 or W < 1:
            raise ValueError(f"{layer}.w {parameters[f'{layer}.w'].shape} does not go with the images {images.shape}")
        C = F
    if parameters["fc1.w"].shape[1] != C * H * W:
        raise ValueError(f"fc1.w has shape {parameters['fc1.w'].shape}; {C * H * W} numbers come in")


def lenet5_activations(parameters, images, padding=(2, 0)):
    _check(parameters, images, padding)
    kept, x = {"images": images}, to_batch_last(images)
    for layer, pad in zip(("conv1", "conv2"), padding):
        w, b = parameters[layer + ".w"], parameters[layer + ".b"]
        rows = shifted_rows(x, w.shape[-1], pad)
        sums = rows_product(rows, w)
        pooled = max_pool2x2(sums)
        x = pooled + b[:, None, None]
        x = np.where(x > 0, x, 0.01 * x)
        kept |= {layer + ".rows": rows, layer + ".sums": sums, layer + ".pooled": pooled, layer: x}
    x = kept["flat"] = to_batch_first(x).reshape(len(images), -1)
    for layer in ("fc1", "fc2", "fc3"):
        z = np.einsum("nm,km->nk", x, parameters[layer + ".w"]) + parameters[layer + ".b"]
        x = kept["logits" if layer == "fc3" else layer] = z if layer == "fc3" else z.clip(0)
    return kept
