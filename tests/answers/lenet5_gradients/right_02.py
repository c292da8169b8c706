# Plain loops, number by number, forward and back; only the probabilities use NumPy.
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


def _conv(x, w, pad):
    """A list of maps of the sums, and the frame that they were made from."""
    (C, H, W), (F, _, K, L) = x.shape, w.shape
    frame = np.zeros((C, H + 2 * pad, W + 2 * pad))
    frame[:, pad : pad + H, pad : pad + W] = x
    box, weights = frame.tolist(), w.tolist()
    sums = np.zeros((F, H + 2 * pad - K + 1, W + 2 * pad - L + 1))
    for f in range(F):
        for i in range(sums.shape[1]):
            for j in range(sums.shape[2]):
                total = 0.0
                for c in range(C):
                    for u in range(K):
                        for v in range(L):
                            total += box[c][i + u][j + v] * weights[f][c][u][v]
                sums[f, i, j] = total
    return sums, frame


def _conv_back(d, frame, w):
    """The gradients of the filters and of the frame; most of d is 0 after pooling."""
    dw, dframe = np.zeros(w.shape), np.zeros(frame.shape)
    for f, i, j in zip(*np.nonzero(d)):
        for c in range(w.shape[1]):
            for u in range(w.shape[2]):
                for v in range(w.shape[3]):
                    dw[f, c, u, v] += d[f, i, j] * frame[c, i + u, j + v]
                    dframe[c, i + u, j + v] += d[f, i, j] * w[f, c, u, v]
    return dw, dframe


def _pool(sums, b):
    """The maps after pooling, bias and relu, and the place of each winner."""
    F, H, W = sums.shape
    maps, places = np.zeros((F, H // 2, W // 2)), {}
    for f, i, j in np.ndindex(maps.shape):
        corners = [(2 * i + u, 2 * j + v) for u in (0, 1) for v in (0, 1)]
        places[f, i, j] = max(corners, key=lambda at: sums[f][at])
        maps[f, i, j] = max(sums[f][places[f, i, j]] + b[f], 0.0)
    return maps, places


def _pool_back(d, maps, places, shape):
    back = np.zeros(shape)
    for f, i, j in np.ndindex(d.shape):
        if maps[f, i, j] > 0:
            back[(f, *places[f, i, j])] = d[f, i, j]
    return back


def _dense(x, w, b):
    return [b[k] + sum(w[k, m] * x[m] for m in range(len(x))) for k in range(len(b))]


def _dense_back(d, x, w, dw, db):
    for k in range(len(d)):
        db[k] += d[k]
        for m in range(len(x)):
            dw[k, m] += d[k] * x[m]
    return [sum(d[k] * w[k, m] for k in range(len(d))) for m in range(len(x))]


def lenet5_gradients(parameters, images, labels, padding=(2, 0)):
    _check(parameters, images, padding)
    _check_labels(labels, len(images), len(parameters["fc3.w"]))
    p = {name: array.astype(float) for name, array in parameters.items()}
    g = {name: np.zeros(array.shape) for name, array in p.items()}
    loss, N = 0.0, len(images)
    for image, label in zip(images, labels):
        s1, frame1 = _conv(image, p["conv1.w"], padding[0])
        a1, k1 = _pool(s1, p["conv1.b"])
        s2, frame2 = _conv(a1, p["conv2.w"], padding[1])
        a2, k2 = _pool(s2, p["conv2.b"])
        x1 = a2.ravel().tolist()
        x2 = [max(n, 0.0) for n in _dense(x1, p["fc1.w"], p["fc1.b"])]
        x3 = [max(n, 0.0) for n in _dense(x2, p["fc2.w"], p["fc2.b"])]
        z = np.array(_dense(x3, p["fc3.w"], p["fc3.b"]))
        z = z - z.max()
        q = np.exp(z) / np.exp(z).sum()
        loss += (np.log(np.exp(z).sum()) - z[label]) / N
        d = [(q[k] - (k == label)) / N for k in range(len(q))]
        d = _dense_back(d, x3, p["fc3.w"], g["fc3.w"], g["fc3.b"])
        d = [a if x > 0 else 0.0 for a, x in zip(d, x3)]
        d = _dense_back(d, x2, p["fc2.w"], g["fc2.w"], g["fc2.b"])
        d = [a if x > 0 else 0.0 for a, x in zip(d, x2)]
        d = _dense_back(d, x1, p["fc1.w"], g["fc1.w"], g["fc1.b"])
        d = _pool_back(np.reshape(d, a2.shape), a2, k2, s2.shape)
        dw, dframe = _conv_back(d, frame2, p["conv2.w"])
        g["conv2.w"] += dw
        g["conv2.b"] += d.sum(axis=(1, 2))
        q1 = padding[1]
        d = dframe[:, q1 : q1 + a1.shape[1], q1 : q1 + a1.shape[2]]
        d = _pool_back(d, a1, k1, s1.shape)
        g["conv1.w"] += _conv_back(d, frame1, p["conv1.w"])[0]
        g["conv1.b"] += d.sum(axis=(1, 2))
    return loss, g
