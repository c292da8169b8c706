# Printed from solutions/convolution_3d.py; write your answers here.
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
    kernel : ndarray, shape (C, KH, KW), float

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
    # 1. Count the places along rows and columns; there is nothing to slide along the channels.
    # 2. At each place take the window with all of its channels, and note its sum of products.
    raise NotImplementedError


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    """A convolutional layer: a batch of images, a bank of filters, a bias for each filter.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    w : ndarray, shape (F, C, KH, KW), float
    b : ndarray, shape (F,), optional
    stride, padding, dilation : int, or pair of int
        Of a pair the first is for rows, the second for columns. Padding is with zeros.

    Returns
    -------
    ndarray, shape (N, F, OH, OW), float
        Entry ``[n, f, i, j]`` is ``b[f]`` plus the sum over ``c``, ``u`` and ``v`` of
        ``padded[n, c, sh * i + dh * u, sw * j + dw * v] * w[f, c, u, v]``.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0 (an empty batch), the channels differ, there is not one bias a
        filter, a stride or dilation is below 1 or a padding below 0, or the dilated kernel does not fit on the padded
        image.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", chapter 2.
    """
    _check_layer(x, w, b, ("N", "C", "H", "W"), ("F", "C", "KH", "KW"))
    sh, sw = _per_axis("stride", stride, 2, least=1)
    ph, pw = _per_axis("padding", padding, 2, least=0)
    dh, dw = _per_axis("dilation", dilation, 2, least=1)
    # 1. Compute the output's height and width: output_size knows, and refuses what does not fit.
    # 2. Pad rows and columns with zeros: not the batch, not the channels.
    # 3. For each place take the window of all images and channels: every dh-th row and every dw-th column of it.
    # 4. Multiply with every filter, sum over channels, rows and columns; then add each filter's bias once.
    raise NotImplementedError


def conv1x1(x, w, b=None):
    """A convolution with 1×1 kernels, as what it is: a matrix product over the channels of every pixel.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    w : ndarray, shape (F, C), float
    b : ndarray, shape (F,), optional

    Returns
    -------
    ndarray, shape (N, F, H, W), float
        Entry ``[n, f, i, j]`` is ``b[f]`` plus the sum over ``c`` of ``w[f, c] * x[n, c, i, j]``.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0 (an empty batch), the channels differ, or there is not one bias a
        filter.

    References
    ----------
    Lin, Chen & Yan (2013), "Network in network".
    """
    _check_layer(x, w, b, ("N", "C", "H", "W"), ("F", "C"))
    # 1. Lay the pixels of each image side by side: (N, C, H * W).
    # 2. One matrix product gives all filters at all pixels.
    # 3. Add the biases, and give the pixels back their rows and columns.
    raise NotImplementedError


def conv3d_single(volume, kernel):
    """Slide a kernel along depth, height and width of a volume.

    Parameters
    ----------
    volume : ndarray, shape (D, H, W)
    kernel : ndarray, shape (KD, KH, KW), float

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
    # 1. Count the places along all three axes.
    # 2. The window is a box now, and there are three loops.
    raise NotImplementedError


def conv3d(x, w, b=None, stride=1, padding=0):
    """A three-dimensional convolutional layer: it sums over channels and slides along depth, height and width.

    Parameters
    ----------
    x : ndarray, shape (N, C, D, H, W)
    w : ndarray, shape (F, C, KD, KH, KW), float
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
    # 1. As conv2d, with one axis more: in the sizes, in the padding, in the window, in the loops.
    # 2. Channels are summed; depth is slid along.
    raise NotImplementedError


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
    # 1. Count the weights of one filter over all its channels; with its bias, if it has one, that is what it learns.
    # 2. Count the places along each axis (stride and padding hold one number for each by now), and multiply. Every
    #    place of every feature map costs one product a weight.
    # 3. The output holds one number for every filter and place.
    raise NotImplementedError
