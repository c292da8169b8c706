# Wrong: squeezes axes of one place away.
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


def conv3d_single(volume, kernel):
    """Slide a kernel along depth, height and width of a volume.

    Parameters
    ----------
    volume : ndarray, shape (D, H, W)
    kernel : ndarray, shape (KD, KH, KW)

    Returns
    -------
    ndarray, shape (OD, OH, OW), float
        ``OD = D - KD + 1`` and so on; entry ``[d, i, j]`` is the sum over ``t``, ``u`` and ``v`` of
        ``volume[d + t, i + u, j + v] * kernel[t, u, v]``.

    Raises
    ------
    ValueError
        If one of the two has not three axes, a length is 0, or the kernel is longer than the volume along any axis.
    """
    if volume.ndim != 3 or kernel.ndim != 3 or 0 in volume.shape + kernel.shape:
        raise ValueError(
            f"volume {volume.shape} and kernel {kernel.shape} must have the axes depth, row, column, none of length 0"
        )
    if any(k > n for n, k in zip(volume.shape, kernel.shape)):
        raise ValueError(f"the kernel {kernel.shape} is larger than the volume {volume.shape}; it fits nowhere")
    volume, kernel = volume.astype(float), kernel.astype(float)
    KD, KH, KW = kernel.shape
    OD, OH, OW = (n - k + 1 for n, k in zip(volume.shape, kernel.shape))
    out = np.zeros((OD, OH, OW))
    for d in range(OD):
        for i in range(OH):
            for j in range(OW):
                out[d, i, j] = np.sum(volume[d : d + KD, i : i + KH, j : j + KW] * kernel)
    return out.squeeze()
