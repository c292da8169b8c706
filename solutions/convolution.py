"""Chapter 01: slide a small kernel over a signal, then over an image."""

import math

import numpy as np


def window_sum(patch, kernel):
    """Multiply a patch and a kernel entry by entry, and add up the products.

    Parameters
    ----------
    patch : ndarray, shape (KH, KW)
        The part of the image under the kernel; whole numbers as files hold them, or fractions.
    kernel : ndarray, shape (KH, KW), float

    Returns
    -------
    float
        One place, one number.

    Raises
    ------
    ValueError
        If the two shapes differ.
    """
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    # 1. Multiply entry by entry: the result still has shape (KH, KW).
    # 2. Add up all of its entries.
    # BEGIN SOLUTION
    return float(np.sum(patch.astype(float) * kernel))
    # END SOLUTION


def cross_correlate1d(signal, kernel):
    """Slide a kernel along a signal and note the sum of products at every place where it fits whole.

    Parameters
    ----------
    signal : ndarray, shape (L,)
    kernel : ndarray, shape (K,), float

    Returns
    -------
    ndarray, shape (OL,), float
        ``OL = L - K + 1``; entry ``i`` is the sum over ``u`` of ``signal[i + u] * kernel[u]``.

    Raises
    ------
    ValueError
        If one of them has not exactly one axis, the kernel is empty, or it is longer than the signal.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", relationship 1.
    """
    if signal.ndim != 1 or kernel.ndim != 1 or kernel.size == 0:
        raise ValueError(f"signal {signal.shape} and kernel {kernel.shape} must be (L,) and (K,) with K of 1 or more")
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    # 1. Count the places at which the kernel fits whole.
    # 2. Prepare an output of that length that can hold fractions.
    # 3. At each place take the window, as long as the kernel, and note its sum of products.
    # BEGIN SOLUTION
    places = len(signal) - len(kernel) + 1
    output = np.zeros(places)
    for i in range(places):
        output[i] = np.sum(signal[i : i + len(kernel)].astype(float) * kernel)
    return output
    # END SOLUTION


def cross_correlate2d(image, kernel):
    """Slide a kernel over an image, without turning it, wherever it fits whole ("valid").

    This is what deep-learning libraries call convolution.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW), float

    Returns
    -------
    ndarray, shape (OH, OW), float
        ``OH = H - KH + 1``, ``OW = W - KW + 1``; entry ``[i, j]`` is the sum over ``u`` and ``v`` of
        ``image[i + u, j + v] * kernel[u, v]``.

    Raises
    ------
    ValueError
        If one of them has not exactly two axes, the kernel is empty, or it is taller or wider than the image.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", relationship 1 on each axis.
    """
    if image.ndim != 2 or kernel.ndim != 2 or kernel.size == 0:
        raise ValueError(f"image {image.shape} and kernel {kernel.shape} must be (H, W) and (KH, KW), none of length 0")
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}; it fits nowhere")
    # 1. Count the places along each axis: height and width need not be equal, nor need the kernel be square.
    # 2. Prepare an output of that shape that can hold fractions.
    # 3. For every row i and column j take the window that begins there, and note its sum of products.
    # BEGIN SOLUTION
    KH, KW = kernel.shape
    OH, OW = image.shape[0] - KH + 1, image.shape[1] - KW + 1
    output = np.zeros((OH, OW))
    for i in range(OH):
        for j in range(OW):
            output[i, j] = window_sum(image[i : i + KH, j : j + KW], kernel)
    return output
    # END SOLUTION


def convolve2d(image, kernel):
    """Convolve as mathematicians do: turn the kernel by 180 degrees, then slide it ("valid").

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW), float

    Returns
    -------
    ndarray, shape (OH, OW), float
        Entry ``[i, j]`` is the sum over ``u`` and ``v`` of
        ``image[i + KH - 1 - u, j + KW - 1 - v] * kernel[u, v]``.

    Raises
    ------
    ValueError
        As cross_correlate2d.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), "Deep Learning", section 9.1.
    """
    # 1. Turn the kernel by 180 degrees.
    # 2. The rest you have written already.
    # BEGIN SOLUTION
    return cross_correlate2d(image, kernel[::-1, ::-1])
    # END SOLUTION


def edge_kernels():
    """Four kernels, each of which answers to one kind of edge of a bright stroke on a dark ground.

    Returns
    -------
    ndarray, shape (4, 3, 3)
        In this order: for the top edge of a stroke (dark above, bright below), its left edge, its bottom edge, its
        right edge. On its own edge each gives a positive number, larger than the other three give there; where the
        image is flat, whether dark or bright, all four give 0.
    """
    # 1. Write the kernel for the top edge by hand: which of its rows should count for, which against?
    # 2. Make the other three from it, in the order top, left, bottom, right.
    # BEGIN SOLUTION
    top = np.array([[-1.0, -1.0, -1.0], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    return np.stack([top, top.T, -top, -top.T])
    # END SOLUTION


def gradient_magnitude(image):
    """How strongly an image changes at each place, in whatever direction.

    Parameters
    ----------
    image : ndarray, shape (H, W)

    Returns
    -------
    ndarray, shape (H - 2, W - 2), float
        ``sqrt(gx**2 + gy**2)``, where ``gx`` and ``gy`` are the responses to the Sobel kernels
        ``[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]`` and ``[[-1, -2, -1], [0, 0, 0], [1, 2, 1]]``.

    Raises
    ------
    ValueError
        If the image has not exactly two axes, or is smaller than 3×3.

    References
    ----------
    Sobel & Feldman (1968), "A 3x3 isotropic gradient operator for image processing".
    """
    if image.ndim != 2 or min(image.shape) < 3:
        raise ValueError(f"image {image.shape} must be (H, W) with both of 3 or more")
    # 1. Write down the two kernels: one answers to changes from left to right, the other from top to bottom.
    # 2. Slide each of them over the image.
    # 3. Combine the two maps, place by place, as the sides of a right-angled triangle.
    # BEGIN SOLUTION
    sobel_x = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    gx = cross_correlate2d(image, sobel_x)
    gy = cross_correlate2d(image, sobel_x.T)
    return np.sqrt(gx**2 + gy**2)
    # END SOLUTION


def dense_parameter_count(image_shape, units, bias=True):
    """How many numbers a dense layer learns when every pixel is joined to every unit.

    Parameters
    ----------
    image_shape : tuple of int
        ``(H, W)``, or with channels ``(C, H, W)``; any number of axes.
    units : int
        Outputs of the layer.
    bias : bool
        Whether each unit has a bias of its own.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If a length of the image or the number of units is below 1.
    """
    if min(image_shape) < 1 or units < 1:
        raise ValueError(f"image_shape {image_shape} and units {units} must all be at least 1")
    # 1. Count the pixels.
    # 2. One weight joins each pixel to each unit.
    # 3. Add the biases, if there are any.
    # BEGIN SOLUTION
    return math.prod(image_shape) * units + (units if bias else 0)
    # END SOLUTION


def conv_parameter_count(kernel_shape, in_channels=1, filters=1, bias=True):
    """How many numbers a convolutional layer learns; the size of the image plays no part.

    Parameters
    ----------
    kernel_shape : tuple of int
        ``(KH, KW)``.
    in_channels : int
        Channels of the image, ``C``: each has its own slice of every kernel.
    filters : int
        Kernels, ``F``, and so feature maps.
    bias : bool
        Whether each filter has a bias of its own.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If any of the numbers is below 1.
    """
    if min(*kernel_shape, in_channels, filters) < 1:
        raise ValueError(
            f"kernel_shape {kernel_shape}, in_channels {in_channels} and filters {filters} must all be at least 1"
        )
    # 1. Count the weights of one filter, over all its channels.
    # 2. Multiply by the number of filters.
    # 3. Add the biases, if there are any.
    # BEGIN SOLUTION
    return math.prod(kernel_shape) * in_channels * filters + (filters if bias else 0)
    # END SOLUTION
