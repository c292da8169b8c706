# Separable: smooth along one axis, difference along the other.
import numpy as np


def gradient_magnitude(image):
    if image.shape[0] < 3 or image.shape[1] < 3:
        raise ValueError("too small")
    a = image.astype(np.float64)
    dx = a[:, 2:] - a[:, :-2]
    dy = a[2:, :] - a[:-2, :]
    gx = dx[:-2] + 2 * dx[1:-1] + dx[2:]
    gy = dy[:, :-2] + 2 * dy[:, 1:-1] + dy[:, 2:]
    return np.linalg.norm(np.stack([gx, gy]), axis=0)
