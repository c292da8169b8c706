# Plain loops with padding by hand, one image after the other through the dense layers; float64.
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
    p, kept = parameters, {}
    x = np.transpose(images, (2, 1, 3, 0)).astype(float)
    for layer, pad in zip(("conv1", "conv2"), padding):
        w = p[layer + ".w"]
        F, C, KH, KW = w.shape
        frame = np.zeros((x.shape[0] + 2 * pad, C, x.shape[2] + 2 * pad, x.shape[3]))
        frame[pad : pad + x.shape[0], :, pad : pad + x.shape[2]] = x
        OH, OW, N = len(frame) - KH + 1, frame.shape[2] - KW + 1, frame.shape[3]
        rows = np.array([[[frame[i, c, v : v + OW] for v in range(KW)] for c in range(C)] for i in range(len(frame))])
        sums = np.zeros((OH, F, OW, N))
        for i in range(OH):
            for f in range(F):
                for j in range(OW):
                    window = frame[i : i + KH, :, j : j + KW]
                    for n in range(N):
                        sums[i, f, j, n] = np.sum(window[..., n] * w[f].transpose(1, 0, 2))
        pooled = np.zeros((OH // 2, F, OW // 2, N))
        for i in range(OH // 2):
            for j in range(OW // 2):
                pooled[i, :, j] = sums[2 * i : 2 * i + 2, :, 2 * j : 2 * j + 2].max(axis=(0, 2))
        x = pooled + p[layer + ".b"][None, :, None, None]
        x[x < 0] = 0
        kept.update({layer + ".rows": rows, layer + ".sums": sums, layer + ".pooled": pooled, layer: x})
    x = kept["flat"] = np.array([x[..., n].transpose(1, 0, 2).ravel() for n in range(len(images))])
    for layer in ("fc1", "fc2", "logits"):
        fc = "fc3" if layer == "logits" else layer
        x = np.array([p[fc + ".w"] @ row + p[fc + ".b"] for row in x])
        if layer != "logits":
            x = x * (x > 0)
        kept[layer] = x
    return kept
