# Unusual: the biases as a new axis of b, the sum in double precision.
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


def _check_whole(name, value, least):
    if not _is_whole(value, least):
        raise ValueError(f"{name} is {value!r}; it must be a whole number of {least} or more")


def _is_whole(value, least):
    return isinstance(value, int | np.integer) and value >= least


def shifted_rows(x, width, padding=0):
    _check_axes("x", x, ("H", "C", "W", "N"))
    _check_whole("width", width, least=1)
    _check_whole("padding", padding, least=0)
    H, C, W, N = x.shape
    OW = output_size(W, width, padding=padding)
    padded = x
    if padding:
        padded = np.zeros((H + 2 * padding, C, W + 2 * padding, N), x.dtype)
        padded[padding : padding + H, :, padding : padding + W] = x
    rows = np.empty((len(padded), C, width, OW, N), x.dtype)
    for v in range(width):
        rows[:, :, v] = padded[:, :, v : v + OW]
    return rows


def rows_product(rows, w):
    _check_axes("rows", rows, ("H", "C", "KW", "OW", "N"))
    _check_filters(rows.shape[1], w, None)
    H, C, KW, OW, N = rows.shape
    F, KH = w.shape[0], w.shape[2]
    if w.shape[3] != KW or KH > H:
        raise ValueError(f"w {w.shape} does not go with rows {rows.shape}: KW is the same, and KH at most {H}")
    weights = w.transpose(0, 2, 1, 3).reshape(F, KH * C * KW)
    output = np.empty((H - KH + 1, F, OW * N), np.result_type(rows, w))
    for i in range(len(output)):
        np.matmul(weights, rows[i : i + KH].reshape(KH * C * KW, OW * N), out=output[i])
    return output.reshape(-1, F, OW, N)


def conv2d_rows(x, w, b=None, padding=0):
    _check_axes("x", x, ("H", "C", "W", "N"))
    _check_filters(x.shape[1], w, b)
    _check_whole("padding", padding, least=0)
    rows = shifted_rows(x.astype(float), w.shape[-1], padding=padding)
    return rows_product(rows, w) + (0 if b is None else b[:, None, None])
