# Unusual: recursion from the last layer back to the input.
"""Chapter 02: how far the window steps, and what lies around the image."""

import numpy as np


def _back(layers, first, last):
    """The field from the first to the last output of the last layer; the jump is the product of strides."""
    jump = 1
    while layers:
        k, stride, padding = layers.pop()
        first = first * stride - padding
        last = last * stride - padding + k - 1
        jump *= stride
    return last - first + 1, jump, first


def receptive_field(layers):
    """What one output of a stack of layers can see of the input, along one axis.

    Parameters
    ----------
    layers : list of tuple of int
        From the input on, each layer's ``(k, stride, padding)``: length of its window, its stride, and the padding at
        each end. Convolutions and pooling layers count alike.

    Returns
    -------
    size : int
        Pixels of the input that one output depends on.
    jump : int
        Pixels of the input between the fields of neighbouring outputs.
    start : int
        Index of the first pixel in the field of output 0; negative where it lies in the padding.

    Raises
    ------
    ValueError
        If a layer is not three whole numbers, its window or stride is below 1, or its padding negative.

    References
    ----------
    Araujo, Norris & Sim (2019), "Computing receptive fields of convolutional neural networks".
    """
    for layer in layers:
        if len(layer) != 3 or not all(map(_whole, layer, (1, 1, 0))):
            raise ValueError(
                f"layer {layer} must be (k, stride, padding), whole numbers: two of 1 or more, one of 0 or more"
            )
    return _back(list(layers), 0, 0)


# Given: what the checks of arguments need.


def _whole(value, least):
    """Whether a value is a whole number of at least ``least``."""
    return isinstance(value, (int, np.integer)) and value >= least


def _pair(name, value, least):
    """An argument for rows and for columns, checked; a single int stands for both."""
    pair = (value, value) if np.ndim(value) == 0 else tuple(value)
    if len(pair) != 2 or not all(_whole(number, least) for number in pair):
        raise ValueError(f"{name} is {value}; it must be a whole number of {least} or more, or a pair of them")
    return pair


def _two_axes(name, array):
    """Refuse what is not an array of rows and columns, and what has none."""
    if np.ndim(array) != 2 or np.size(array) == 0:
        raise ValueError(f"{name} has shape {np.shape(array)}; it must have rows and columns, at least one of each")
