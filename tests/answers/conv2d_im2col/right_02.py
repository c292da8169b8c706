# Unusual: windows as rows: each image's matrix is transposed, and so is the product.
"""Chapter 06: the same convolution, faster."""

import numpy as np

from course_lib.stride_and_padding import output_size


def _check_axes(name, x, axes):
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")


def _check_filters(channels, w, b, axes=("F", "C", "KH", "KW")):
    _check_axes("w", w, axes)
    if w.shape[1] != channels:
        raise ValueError(f"x has {channels} channels, w {w.shape} has {w.shape[1]}; they must be the same")
    if b is not None and np.shape(b) != (len(w),):
        raise ValueError(f"w {w.shape} holds {len(w)} filters, but b has shape {np.shape(b)}; one bias a filter")


def _is_whole(value, least):
    return isinstance(value, int | np.integer) and value >= least


def _window(kernel_shape, stride, padding, dilation):
    pairs = []
    for name, value, least in (
        ("kernel_shape", kernel_shape, 1),
        ("stride", stride, 1),
        ("padding", padding, 0),
        ("dilation", dilation, 1),
    ):
        pair = (value, value) if np.ndim(value) == 0 else tuple(value)
        if len(pair) != 2 or not all(_is_whole(number, least) for number in pair):
            raise ValueError(f"{name} is {value}; it must be two whole numbers, each {least} or more")
        pairs.append(pair)
    return pairs


def im2col(x, kernel_shape, stride=1, padding=0, dilation=1):
    _check_axes("x", x, ("N", "C", "H", "W"))
    (KH, KW), (sh, sw), (ph, pw), (dh, dw) = _window(kernel_shape, stride, padding, dilation)
    N, C, H, W = x.shape
    OH, OW = output_size(H, KH, sh, ph, dh), output_size(W, KW, sw, pw, dw)
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    columns = np.empty((N, C, KH, KW, OH, OW), x.dtype)
    for u in range(KH):
        for v in range(KW):
            top, left = dh * u, dw * v
            columns[:, :, u, v] = padded[:, :, top : top + sh * (OH - 1) + 1 : sh, left : left + sw * (OW - 1) + 1 : sw]
    return columns.reshape(N, C * KH * KW, OH * OW)


def conv2d_im2col(x, w, b=None, stride=1, padding=0, dilation=1):
    _check_axes("x", x, ("N", "C", "H", "W"))
    _check_filters(x.shape[1], w, b)
    (KH, KW), (sh, sw), (ph, pw), (dh, dw) = _window(w.shape[2:], stride, padding, dilation)
    N, F = len(x), len(w)
    OH, OW = output_size(x.shape[2], KH, sh, ph, dh), output_size(x.shape[3], KW, sw, pw, dw)

    maps = []
    for image in im2col(x, (KH, KW), stride, padding, dilation):
        places = image.T @ w.reshape(F, -1).T
        if b is not None:
            places = places + b
        maps.append(places.T.reshape(F, OH, OW))
    return np.stack(maps)
