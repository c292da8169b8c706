# Printed from solutions/convolution_3d.py; write your answers here.
"""Chapter 03: sum over channels, or slide along a third axis. The two are not the same."""

import numpy as np

from course_lib.stride_and_padding import output_size


def conv2d_one_filter(image, kernel):
    """Slide one filter over an image with channels: every channel has its own slice, and all of them are summed.

    Parameters
    ----------
    image : ndarray, shape (C, H, W)
    kernel : ndarray, shape (C, KH, KW)

    Returns
    -------
    ndarray, shape (OH, OW), float
        ``OH = H - KH + 1``, ``OW = W - KW + 1``. One filter gives one feature map, however many channels go in.

    Raises
    ------
    ValueError
        If the channels differ, or the kernel is taller or wider than the image.
    """
    if image.ndim != 3 or kernel.ndim != 3:
        raise ValueError(f"image {image.shape} and kernel {kernel.shape} must have three axes: channel, row, column")
    if image.shape[0] != kernel.shape[0]:
        raise ValueError(f"the image has {image.shape[0]} channels, the kernel {kernel.shape[0]}; they must match")
    # 1. Count the places along rows and columns; there is nothing to slide along the channels.
    # 2. At each place take the window with all of its channels, and note its sum of products.
    raise NotImplementedError


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    """A convolutional layer: a batch of images, a bank of filters, a bias for each filter.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    w : ndarray, shape (F, C, KH, KW)
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
        If the number of axes is wrong, the batch is empty, the channels differ, there is not one bias a filter, the
        dilated kernel does not fit on the padded image, or an argument is out of range.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", chapter 2.
    """
    if x.ndim != 4 or w.ndim != 4 or x.shape[0] == 0:
        raise ValueError(f"x {x.shape} must be (N, C, H, W) with N of 1 or more, w {w.shape} must be (F, C, KH, KW)")
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"the images have {x.shape[1]} channels, the filters {w.shape[1]}; they must be the same")
    if b is not None and b.shape != (w.shape[0],):
        raise ValueError(f"there are {w.shape[0]} filters, but b has shape {b.shape}")
    sh, sw = (stride, stride) if np.ndim(stride) == 0 else stride
    ph, pw = (padding, padding) if np.ndim(padding) == 0 else padding
    dh, dw = (dilation, dilation) if np.ndim(dilation) == 0 else dilation
    # 1. Compute the output's height and width. (output_size also refuses what does not fit.)
    # 2. Pad rows and columns with zeros: not the batch, not the channels.
    # 3. For each place take the window of all images and channels: every dh-th row and every dw-th column of it.
    # 4. Multiply with every filter, sum over channels, rows and columns; then add each filter's bias once.
    raise NotImplementedError


def conv1x1(x, w, b=None):
    """A convolution with 1×1 kernels, as what it is: a matrix product over the channels of every pixel.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    w : ndarray, shape (F, C)
    b : ndarray, shape (F,), optional

    Returns
    -------
    ndarray, shape (N, F, H, W), float

    Raises
    ------
    ValueError
        If the number of axes is wrong, the batch is empty, the channels differ, or there is not one bias a filter.

    References
    ----------
    Lin, Chen & Yan (2013), "Network in network".
    """
    if x.ndim != 4 or w.ndim != 2 or x.shape[0] == 0:
        raise ValueError(f"x {x.shape} must be (N, C, H, W) with N of 1 or more, w {w.shape} must be (F, C)")
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"the images have {x.shape[1]} channels, the filters {w.shape[1]}; they must be the same")
    if b is not None and b.shape != (w.shape[0],):
        raise ValueError(f"there are {w.shape[0]} filters, but b has shape {b.shape}")
    # 1. Lay the pixels of each image side by side: (N, C, H * W).
    # 2. One matrix product gives all filters at all pixels.
    # 3. Add the biases, and give the pixels back their rows and columns.
    raise NotImplementedError


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
        If the number of axes is wrong, or the kernel is longer than the volume along any axis.
    """
    if volume.ndim != 3 or kernel.ndim != 3:
        raise ValueError(f"volume {volume.shape} and kernel {kernel.shape} must have three axes: depth, row, column")
    # 1. Count the places along all three axes.
    # 2. The window is a box now, and there are three loops.
    raise NotImplementedError


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

    Raises
    ------
    ValueError
        If the number of axes is wrong, the batch is empty, the channels differ, there is not one bias a filter, the
        kernel does not fit on the padded volume, or an argument is out of range.

    References
    ----------
    Tran, Bourdev, Fergus, Torresani & Paluri (2015), "Learning spatiotemporal features with 3D convolutional networks".
    """
    if x.ndim != 5 or w.ndim != 5 or x.shape[0] == 0:
        raise ValueError(f"x {x.shape} must be (N, C, D, H, W) with N of 1 or more, w {w.shape} (F, C, KD, KH, KW)")
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"the volumes have {x.shape[1]} channels, the filters {w.shape[1]}; they must be the same")
    if b is not None and b.shape != (w.shape[0],):
        raise ValueError(f"there are {w.shape[0]} filters, but b has shape {b.shape}")
    sd, sh, sw = (stride,) * 3 if np.ndim(stride) == 0 else stride
    pd, ph, pw = (padding,) * 3 if np.ndim(padding) == 0 else padding
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
    stride, padding : int
        The same along all axes.
    bias : bool
    itemsize : int
        Bytes a number; 4 in single precision.

    Returns
    -------
    dict
        ``"parameters"``: numbers that the layer learns; ``"multiply_adds"``: products of a pixel and a weight,
        padding included, biases not; ``"activation_bytes"``: size of the output.

    Raises
    ------
    ValueError
        If the shapes do not go together, or the kernel does not fit.
    """
    if len(input_shape) != len(kernel_shape) + 1:
        raise ValueError(f"input_shape {input_shape} must have one axis more than kernel_shape {kernel_shape}")
    # 1. Weights and biases: as in chapter 01.
    # 2. Every place of every feature map costs one product a weight of its filter.
    # 3. The output has a number for every filter and place.
    raise NotImplementedError
