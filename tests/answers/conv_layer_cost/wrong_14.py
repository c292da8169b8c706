# Wrong: own formula, does not refuse a kernel that does not fit.
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


def conv_layer_cost(input_shape, filters, kernel_shape, stride=1, padding=0, bias=True, itemsize=4):
    """What a convolutional layer costs for one image or volume.

    Parameters
    ----------
    input_shape : tuple of int
        ``(C, H, W)`` for a 2-D layer, ``(C, D, H, W)`` for a 3-D one.
    filters : int
    kernel_shape : tuple of int
        ``(KH, KW)``, or ``(KD, KH, KW)``.
    stride, padding : int, or one int for each axis of the kernel
    bias : bool
    itemsize : int
        Bytes a number; 4 in single precision.

    Returns
    -------
    dict of str to int
        ``"parameters"``: numbers that the layer learns; ``"multiply_adds"``: products of a pixel and a weight,
        padding included, biases not; ``"activation_bytes"``: size of the output.

    Raises
    ------
    ValueError
        If the shapes do not go together, the kernel does not fit on the padded input, or a number is out of range.
    """
    if len(kernel_shape) not in (2, 3) or len(input_shape) != len(kernel_shape) + 1:
        raise ValueError(f"input_shape {input_shape} must have one axis more than kernel_shape {kernel_shape}: 3 or 4")
    if min(*input_shape, *kernel_shape, filters, itemsize) < 1:
        raise ValueError(
            f"input_shape {input_shape}, filters {filters}, kernel_shape {kernel_shape} and itemsize {itemsize} "
            "must all be at least 1"
        )
    stride = _per_axis("stride", stride, len(kernel_shape), least=1)
    padding = _per_axis("padding", padding, len(kernel_shape), least=0)
    channels, *lengths = input_shape
    weights = channels * math.prod(kernel_shape)
    places = math.prod((n + 2 * p - k) // s + 1 for n, k, s, p in zip(lengths, kernel_shape, stride, padding))
    return {
        "parameters": filters * (weights + bool(bias)),
        "multiply_adds": filters * places * weights,
        "activation_bytes": filters * places * itemsize,
    }
