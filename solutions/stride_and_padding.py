"""Chapter 02: how far the window steps, and what lies around the image."""

import numpy as np


def output_size(n, k, stride=1, padding=0, dilation=1):
    """How many places a kernel finds along one axis.

    Parameters
    ----------
    n : int
        Length of the input, in pixels, before padding.
    k : int
        Length of the kernel, in entries.
    stride : int
        Pixels from one place to the next.
    padding : int
        Pixels added at each of the two ends.
    dilation : int
        Distance between neighbouring kernel entries, in pixels; 1 is the ordinary kernel.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If the dilated kernel is longer than the padded input; if an argument is no whole number, the padding is
        below 0, or one of the others below 1.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", relationship 6, and section 5.1
    for dilation.
    """
    if not (_whole(n, 1) and _whole(k, 1) and _whole(stride, 1) and _whole(padding, 0) and _whole(dilation, 1)):
        raise ValueError(
            f"n={n}, k={k}, stride={stride} and dilation={dilation} must be whole numbers of 1 or more,"
            f" padding={padding} one of 0 or more"
        )
    # 1. How many pixels does the kernel span when its entries lie `dilation` apart?
    # 2. How long is the input with both of its ends padded?
    # 3. If the kernel spans more than that, raise a ValueError that names both lengths.
    # 4. The first place is always there; count the steps that remain.
    # BEGIN SOLUTION
    span = dilation * (k - 1) + 1
    padded = n + 2 * padding
    if span > padded:
        raise ValueError(f"a kernel that spans {span} pixels does not fit on {padded} pixels, padding included")
    return (padded - span) // stride + 1
    # END SOLUTION


def same_padding(k, dilation=1):
    """How much to pad at each end so that, at stride 1, the output is as long as the input.

    Parameters
    ----------
    k : int
        Length of the kernel, in entries.
    dilation : int
        Distance between neighbouring kernel entries, in pixels.

    Returns
    -------
    tuple of int
        ``(before, after)``. Where the total is odd, the extra pixel comes after.

    Raises
    ------
    ValueError
        If ``k`` or ``dilation`` is below 1 or no whole number.
    """
    if not (_whole(k, 1) and _whole(dilation, 1)):
        raise ValueError(f"k={k} and dilation={dilation} must be whole numbers of 1 or more")
    # 1. By how many entries is the output shorter than the input, when nothing is padded?
    # 2. Share that out over the two ends.
    # BEGIN SOLUTION
    total = dilation * (k - 1)
    before = total // 2
    return before, total - before
    # END SOLUTION


def pad2d(image, padding, value=0.0):
    """Put a frame of constant pixels around an image.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    padding : int, or pair of int
        Pixels added on each side; of a pair ``(ph, pw)`` the first above and below, the second left and right.
    value : float
        What the frame is filled with.

    Returns
    -------
    ndarray, shape (H + 2 * ph, W + 2 * pw), float
        A new array, also where nothing is added. Whole-number images are promoted, so that the frame may be a fraction.

    Raises
    ------
    ValueError
        If the image has not two axes, or the padding is negative.
    """
    _two_axes("image", image)
    ph, pw = _pair("padding", padding, 0)
    # 1. Make an array of the padded shape, filled with the value, that can hold fractions.
    # 2. Write the image into its middle. Let your slice work where the padding is 0, too.
    # BEGIN SOLUTION
    H, W = image.shape
    framed = np.full((H + 2 * ph, W + 2 * pw), float(value))
    framed[ph : ph + H, pw : pw + W] = image
    return framed
    # END SOLUTION


def dilate_kernel(kernel, dilation):
    """Move the entries of a kernel apart, with zeros between them.

    Parameters
    ----------
    kernel : ndarray, shape (KH, KW), float
    dilation : int, or pair of int
        Distance between neighbouring entries along rows and columns; 1 changes nothing.

    Returns
    -------
    ndarray, shape (dh * (KH - 1) + 1, dw * (KW - 1) + 1), float
        A new array, also where the dilation is 1.

    Raises
    ------
    ValueError
        If the kernel has not two axes, or the dilation is below 1.

    References
    ----------
    Yu & Koltun (2016), "Multi-scale context aggregation by dilated convolutions".
    """
    _two_axes("kernel", kernel)
    dh, dw = _pair("dilation", dilation, 1)
    # 1. Make zeros of the larger shape: nothing comes after the last entry.
    # 2. Write the kernel into every dh-th row and every dw-th column.
    # BEGIN SOLUTION
    KH, KW = kernel.shape
    spread = np.zeros((dh * (KH - 1) + 1, dw * (KW - 1) + 1))
    spread[::dh, ::dw] = kernel
    return spread
    # END SOLUTION


def conv2d_single(image, kernel, stride=1, padding=0, dilation=1):
    """Cross-correlate one channel with one kernel, with stride, zero padding and dilation.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW), float
    stride, padding, dilation : int, or pair of int
        Of a pair the first is for rows, the second for columns.

    Returns
    -------
    ndarray, shape (OH, OW), float
        ``OH = output_size(H, KH, ...)``, ``OW = output_size(W, KW, ...)``; entry ``[i, j]`` is the sum over ``u`` and
        ``v`` of ``padded[sh * i + dh * u, sw * j + dw * v] * kernel[u, v]``.

    Raises
    ------
    ValueError
        If the dilated kernel does not fit on the padded image; if image or kernel have not two axes; if a stride or
        dilation is below 1, or a padding below 0.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", chapters 2 and 5.
    """
    _two_axes("image", image)
    _two_axes("kernel", kernel)
    (sh, sw), (ph, pw), (dh, dw) = (
        _pair("stride", stride, 1),
        _pair("padding", padding, 0),
        _pair("dilation", dilation, 1),
    )
    # 1. The output's height and width: output_size knows.
    # 2. Pad the image, dilate the kernel: you have written both.
    # 3. Slide as in chapter 01; only where each window begins is new.
    # BEGIN SOLUTION
    OH = output_size(image.shape[0], kernel.shape[0], sh, ph, dh)
    OW = output_size(image.shape[1], kernel.shape[1], sw, pw, dw)
    padded, spread = pad2d(image, (ph, pw)), dilate_kernel(kernel, (dh, dw))
    output = np.zeros((OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * sh, j * sw
            window = padded[top : top + spread.shape[0], left : left + spread.shape[1]]
            output[i, j] = np.sum(window * spread)
    return output
    # END SOLUTION


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
    # 1. Before any layer a pixel sees itself: size 1, jump 1, start 0.
    # 2. A layer's window joins k fields that lie a jump apart; its padding moves the first of them back.
    # 3. Its stride multiplies the jump, but only for the layers after it.
    # BEGIN SOLUTION
    size, jump, start = 1, 1, 0
    for k, stride, padding in layers:
        size += (k - 1) * jump
        start -= padding * jump
        jump *= stride
    return size, jump, start
    # END SOLUTION


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
