# Unusual: neither of the two steps: loops over the kernel's places, shift and add.
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


def conv2d_rows(x, w, b=None, padding=0):
    _check_axes("x", x, ("H", "C", "W", "N"))
    _check_filters(x.shape[1], w, b)
    _check_whole("padding", padding, least=0)
    H, _, W, N = x.shape
    F, C, KH, KW = w.shape
    padded = np.pad(x, ((padding, padding), (0, 0), (padding, padding), (0, 0)))
    OH, OW = output_size(H, KH, padding=padding), output_size(W, KW, padding=padding)
    output = np.zeros((OH, F, OW, N))
    for u in range(KH):
        for v in range(KW):
            for f in range(F):
                for c in range(C):
                    output[:, f] += w[f, c, u, v] * padded[u : u + OH, c, v : v + OW]
    if b is not None:
        for f in range(F):
            output[:, f] += b[f]
    return output
