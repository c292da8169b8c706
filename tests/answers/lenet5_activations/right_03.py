# Convolution by sliding windows in the ordinary layout, turned over for the kept arrays only.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


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
    p, kept, x = parameters, {}, images
    for layer, pad in zip(("conv1", "conv2"), padding):
        w = p[layer + ".w"]
        padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        cut = np.lib.stride_tricks.sliding_window_view(padded, w.shape[3], axis=3)  # (N, C, H, OW, KW)
        kept[layer + ".rows"] = cut.transpose(2, 1, 4, 3, 0)
        windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], axis=(2, 3))
        sums = np.tensordot(windows, w, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
        H, W = sums.shape[2] // 2, sums.shape[3] // 2
        pooled = sums[:, :, : 2 * H, : 2 * W].reshape(*sums.shape[:2], H, 2, W, 2).max(axis=(3, 5))
        x = np.maximum(0, pooled + p[layer + ".b"][:, None, None])
        for name, maps in ((".sums", sums), (".pooled", pooled), ("", x)):
            kept[layer + name] = maps.transpose(2, 1, 3, 0)
    x = kept["flat"] = x.reshape(len(x), -1)
    kept["fc1"] = x = np.maximum(0, x @ p["fc1.w"].T + p["fc1.b"])
    kept["fc2"] = x = np.maximum(0, x @ p["fc2.w"].T + p["fc2.b"])
    kept["logits"] = x @ p["fc3.w"].T + p["fc3.b"]
    return kept
