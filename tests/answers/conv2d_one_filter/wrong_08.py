# Wrong: takes the mean over the channels instead of the sum.
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


def conv2d_one_filter(image, kernel):
    """Slide one filter over an image with channels: every channel has its own slice, and all of them are summed.

    Parameters
    ----------
    image : ndarray, shape (C, H, W)
    kernel : ndarray, shape (C, KH, KW)

    Returns
    -------
    ndarray, shape (OH, OW), float
        ``OH = H - KH + 1``, ``OW = W - KW + 1``; entry ``[i, j]`` is the sum over ``c``, ``u`` and ``v`` of
        ``image[c, i + u, j + v] * kernel[c, u, v]``. One filter gives one feature map, however many channels go in.

    Raises
    ------
    ValueError
        If one of the two has not three axes, a length is 0, the channels differ, or the kernel is taller or wider
        than the image.
    """
    if image.ndim != 3 or kernel.ndim != 3 or 0 in image.shape + kernel.shape:
        raise ValueError(
            f"image {image.shape} and kernel {kernel.shape} must have the axes channel, row, column, none of length 0"
        )
    if image.shape[0] != kernel.shape[0]:
        raise ValueError(f"image {image.shape} and kernel {kernel.shape} must have the same number of channels")
    if kernel.shape[1] > image.shape[1] or kernel.shape[2] > image.shape[2]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    image, kernel = image.astype(float), kernel.astype(float)
    C, KH, KW = kernel.shape
    OH = image.shape[1] - KH + 1
    OW = image.shape[2] - KW + 1
    out = np.zeros((OH, OW))
    for i in range(OH):
        for j in range(OW):
            out[i, j] = np.sum(image[:, i : i + KH, j : j + KW] * kernel) / C
    return out
