# Wrong: the depth is summed as if it were more channels; only the first place in depth is right, the others repeat it.
"""Chapter 03: sum over channels, or slide along a third axis. The two are not the same."""

import math

import numpy as np

from course_lib.stride_and_padding import output_size


def _per_axis(name, value, axes, least):
    """``value`` as one int for each axis; a single int stands for all of them."""
    values = (value,) * axes if np.ndim(value) == 0 else tuple(value)
    if len(values) != axes or min(values) < least:
        raise ValueError(f"{name} is {value}; it must be an int or {axes} of them, each at least {least}")
    return values


def _check_layer(x, w, b, x_axes, w_axes):
    """Refuse a batch, filters and biases that do not go together."""
    if x.ndim != len(x_axes) or w.ndim != len(w_axes) or 0 in x.shape + w.shape:
        wanted = f"({', '.join(x_axes)}) and ({', '.join(w_axes)})"
        raise ValueError(f"x {x.shape} and w {w.shape} must have the axes {wanted}, none of length 0")
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"x {x.shape} has {x.shape[1]} channels, w {w.shape} has {w.shape[1]}; they must be the same")
    if b is not None and np.shape(b) != (w.shape[0],):
        raise ValueError(f"w {w.shape} holds {w.shape[0]} filters, but b has shape {np.shape(b)}; one bias a filter")


def conv3d(x, w, b=None, stride=1, padding=0):
    """A three-dimensional convolutional layer: it sums over channels and slides along depth, height and width.

    Parameters
    ----------
    x : ndarray, shape (N, C, D, H, W)
    w : ndarray, shape (F, C, KD, KH, KW)
    b : ndarray, shape (F,), optional
    stride, padding : int, or triple of int
        Of a triple in the order depth, rows, columns. Padding is with zeros.

    Returns
    -------
    ndarray, shape (N, F, OD, OH, OW), float
        Entry ``[n, f, d, i, j]`` is ``b[f]`` plus the sum over ``c``, ``t``, ``u`` and ``v`` of
        ``padded[n, c, sd * d + t, sh * i + u, sw * j + v] * w[f, c, t, u, v]``.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0 (an empty batch), the channels differ, there is not one bias a
        filter, a stride is below 1 or a padding below 0, or the kernel does not fit on the padded volume.

    References
    ----------
    Tran, Bourdev, Fergus, Torresani & Paluri (2015), "Learning spatiotemporal features with 3D convolutional networks".
    """
    _check_layer(x, w, b, ("N", "C", "D", "H", "W"), ("F", "C", "KD", "KH", "KW"))
    sd, sh, sw = _per_axis("stride", stride, 3, least=1)
    pd, ph, pw = _per_axis("padding", padding, 3, least=0)
    N, C, D, H, W = x.shape
    F, _, KD, KH, KW = w.shape
    OD = output_size(D, KD, sd, pd)
    OH = output_size(H, KH, sh, ph)
    OW = output_size(W, KW, sw, pw)
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (pd, pd), (ph, ph), (pw, pw)))
    out = np.zeros((N, F, OD, OH, OW))
    for i in range(OH):
        for j in range(OW):
            box = padded[:, :, :KD, i * sh : i * sh + KH, j * sw : j * sw + KW]
            out[:, :, :, i, j] = np.tensordot(box, w, axes=([1, 2, 3, 4], [1, 2, 3, 4]))[:, :, None]
    if b is not None:
        out += b[:, None, None, None]
    return out
