# The rate sinks with every step.
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


def _check_labels(labels, N, K):
    if labels.shape != (N,) or labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() >= K:
        raise ValueError(f"labels {labels} must be {N} whole numbers from 0 to {K - 1}")


def _forward_layer(x, w, pad):
    """Sliding windows, their sums, the pooled maps and where each winner stands."""
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], axis=(2, 3))
    sums = np.einsum("ncijuv,fcuv->nfij", windows, w)
    N, F, H, W = sums.shape
    blocks = sums[:, :, : H // 2 * 2, : W // 2 * 2].reshape(N, F, H // 2, 2, W // 2, 2)
    blocks = blocks.transpose(0, 1, 2, 4, 3, 5).reshape(N, F, H // 2, W // 2, 4)
    return windows, sums.shape, blocks.max(axis=4), blocks.argmax(axis=4)


def _unpool(dy, shape, winner):
    dx = np.zeros(shape)
    for n, f, i, j in np.ndindex(dy.shape):
        k = winner[n, f, i, j]
        dx[n, f, 2 * i + k // 2, 2 * j + k % 2] = dy[n, f, i, j]
    return dx


def lenet5_gradients(parameters, images, labels, padding=(2, 0)):
    _check(parameters, images, padding)
    _check_labels(labels, len(images), len(parameters["fc3.w"]))
    p, g = parameters, {}
    w1, s1, m1, k1 = _forward_layer(images, p["conv1.w"], padding[0])
    a1 = np.maximum(m1 + p["conv1.b"][:, None, None], 0)
    w2, s2, m2, k2 = _forward_layer(a1, p["conv2.w"], padding[1])
    a2 = np.maximum(m2 + p["conv2.b"][:, None, None], 0)
    flat = a2.reshape(len(images), -1)
    h1 = np.maximum(flat @ p["fc1.w"].T + p["fc1.b"], 0)
    h2 = np.maximum(h1 @ p["fc2.w"].T + p["fc2.b"], 0)
    z = (h2 @ p["fc3.w"].T + p["fc3.b"]).astype(float)
    z = z - z.max(axis=1, keepdims=True)
    q = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    n = np.arange(len(labels))
    loss = float(np.mean(np.log(np.exp(z).sum(axis=1)) - z[n, labels]))
    one_hot = np.eye(z.shape[1])[labels]
    d = (q - one_hot) / len(labels)
    g["fc3.w"], g["fc3.b"] = d.T @ h2, d.sum(axis=0)
    d = (d @ p["fc3.w"]) * (h2 > 0)
    g["fc2.w"], g["fc2.b"] = d.T @ h1, d.sum(axis=0)
    d = (d @ p["fc2.w"]) * (h1 > 0)
    g["fc1.w"], g["fc1.b"] = d.T @ flat, d.sum(axis=0)
    d = (d @ p["fc1.w"]).reshape(a2.shape) * (a2 > 0)
    g["conv2.b"] = d.sum(axis=(0, 2, 3))
    d = _unpool(d, s2, k2)
    g["conv2.w"] = np.einsum("nfij,ncijuv->fcuv", d, w2)
    F, C, KH, KW = p["conv2.w"].shape
    back = np.zeros((len(images), C, a1.shape[2] + 2 * padding[1], a1.shape[3] + 2 * padding[1]))
    for u in range(KH):
        for v in range(KW):
            back[:, :, u : u + s2[2], v : v + s2[3]] += np.einsum("nfij,fc->ncij", d, p["conv2.w"][:, :, u, v])
    d = back[:, :, padding[1] : padding[1] + a1.shape[2], padding[1] : padding[1] + a1.shape[3]] * (a1 > 0)
    g["conv1.b"] = d.sum(axis=(0, 2, 3))
    g["conv1.w"] = np.einsum("nfij,ncijuv->fcuv", _unpool(d, s1, k1), w1)
    return loss, g


def train_epoch(
    parameters, velocities, images, labels, rate, momentum=0.9, decay=0.0, batch=64, seed=0, padding=(2, 0)
):
    if images.ndim != 4 or 0 in images.shape or labels.shape != (len(images),):
        raise ValueError(f"images {images.shape} and labels {labels.shape} must be (N, C, H, W) and (N,)")
    if batch < 1:
        raise ValueError(f"batch is {batch}; it must be 1 or more")
    if not 0 < rate < np.inf:
        raise ValueError(f"rate is {rate}; it must be above 0 and finite")
    order, losses = np.random.default_rng(seed).permutation(len(images)), []
    p, v = dict(parameters), dict(velocities)
    for k, start in enumerate(range(0, len(images), batch)):
        chosen = order[start : start + batch]
        loss, g = lenet5_gradients(p, images[chosen], labels[chosen], padding)
        if not np.isfinite(loss):
            raise ValueError(f"the loss is {loss} at step {k + 1}")
        losses.append(loss)
        for name in p:
            v[name] = momentum * v[name] + g[name] + decay * p[name]
            p[name] = p[name] - rate / (k + 1) * v[name]
    return p, v, np.array(losses)
