# Printed from solutions/pooling.py; write your answers here.
"""Chapter 04: keep the strongest, or the mean, and see what is lost."""

import numpy as np

from course_lib.stride_and_padding import output_size


def max_pool2d(x, window, stride=None, padding=0):
    """The largest pixel of each window, channel by channel.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
        Height and width of the window.
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    padding : int, or pair of int
        Pixels around each image that can never win, whatever the image holds. At most half the window.

    Returns
    -------
    ndarray, shape (N, C, OH, OW), float

    Raises
    ------
    ValueError
        If x has not four axes or no image, the window does not fit, the padding is more than half the window, or an
        argument is out of range.

    References
    ----------
    LeCun, Bottou, Bengio & Haffner (1998), "Gradient-based learning applied to document recognition".
    """
    kh, kw, sh, sw, ph, pw = _geometry(x, window, stride, padding)
    # 1. Pad with something that loses against every pixel.
    # 2. At each place take the largest pixel of the window: over rows and columns, not over images or channels.
    raise NotImplementedError


def avg_pool2d(x, window, stride=None, padding=0, count_padding=True):
    """The mean of each window, channel by channel.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    padding : int, or pair of int
        Zeros around each image. At most half the window.
    count_padding : bool
        Whether the sum is divided by the size of the window, or only by the number of its pixels that lie in the image.

    Returns
    -------
    ndarray, shape (N, C, OH, OW), float

    Raises
    ------
    ValueError
        As max_pool2d.
    """
    kh, kw, sh, sw, ph, pw = _geometry(x, window, stride, padding)
    # 1. Sum each window of the padded image.
    # 2. Divide by what the contract says: the window's size, or the pixels of the image in it.
    raise NotImplementedError


def global_avg_pool2d(x):
    """One number a channel: its mean over all pixels.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)

    Returns
    -------
    ndarray, shape (N, C), float

    Raises
    ------
    ValueError
        If x has not four axes, or no image.

    References
    ----------
    Lin, Chen & Yan (2013), "Network in network", section 3.2.
    """
    if x.ndim != 4 or x.size == 0:
        raise ValueError(f"x {x.shape} must be (N, C, H, W) with no length 0")
    # 1. Which two axes go, which two stay?
    raise NotImplementedError


def max_pool2d_with_argmax(x, window, stride=None):
    """The largest pixel of each window, and where in the image it stands.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.

    Returns
    -------
    output : ndarray, shape (N, C, OH, OW), float
    argmax : ndarray, shape (N, C, OH, OW), int
        ``row * W + column`` of the winner in its own image. Of equal pixels the first wins, row by row.

    Raises
    ------
    ValueError
        As max_pool2d.
    """
    kh, kw, sh, sw, _, _ = _geometry(x, window, stride, 0)
    # 1. In each window find the winner's place.
    # 2. Turn the place in the window into a place in the image: where does the window begin, and how wide is it?
    raise NotImplementedError


def max_unpool2d(y, argmax, shape):
    """Put each pooled value back where it came from; everything else is 0.

    Parameters
    ----------
    y : ndarray, shape (N, C, OH, OW)
    argmax : ndarray, shape (N, C, OH, OW), int
        From max_pool2d_with_argmax.
    shape : tuple of int
        ``(H, W)`` of the image to make.

    Returns
    -------
    ndarray, shape (N, C, H, W), float
        Where windows overlapped and one pixel won more than once, its values are added.

    Raises
    ------
    ValueError
        If the two arrays have different shapes, or an index lies outside the image.

    References
    ----------
    Zeiler & Fergus (2013), "Visualizing and understanding convolutional networks", section 2.1.
    """
    if y.shape != argmax.shape or y.ndim != 4:
        raise ValueError(f"y {y.shape} and argmax {argmax.shape} must both be (N, C, OH, OW)")
    if argmax.size and not 0 <= argmax.min() <= argmax.max() < shape[0] * shape[1]:
        raise ValueError(f"argmax runs from {argmax.min()} to {argmax.max()}; an image {shape} has no such pixels")
    # 1. Begin with zeros, the pixels of each image in one long row.
    # 2. Add each value at its index, in its own image and channel. Mind pixels that come twice.
    raise NotImplementedError


def average_kernel(window, channels):
    """The filters with which a convolution does what average pooling does.

    Parameters
    ----------
    window : int, or pair of int
    channels : int
        ``C``; each channel is averaged by itself.

    Returns
    -------
    ndarray, shape (C, C, KH, KW), float
        For ``conv2d(x, average_kernel(window, C), stride=window)``.

    Raises
    ------
    ValueError
        If the window or the number of channels is below 1.
    """
    kh, kw = (window, window) if np.ndim(window) == 0 else window
    if kh < 1 or kw < 1 or channels < 1:
        raise ValueError(f"window {window} and channels {channels} must be at least 1")
    # 1. All weights of a filter for its own channel are alike: how large, if they are to make a mean?
    # 2. What are its weights for the other channels?
    raise NotImplementedError


def shift_sensitivity(x, window, stride=None, shift=1):
    """How much a max-pooled map changes when the image moves sideways by a few pixels.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    shift : int
        Columns by which the image moves to the right; what leaves on one side enters on the other.

    Returns
    -------
    float
        ``|moved - still| / |still|``, where ``still`` and ``moved`` are the pooled maps of the image before and after
        the move, and ``|...|`` is the root of the sum of squares over all entries: 0 where pooling hides the move.

    Raises
    ------
    ValueError
        As max_pool2d, and if the pooled map is 0 everywhere.

    References
    ----------
    Zhang (2019), "Making convolutional networks shift-invariant again".
    """
    # 1. Move the image along its columns. np.roll does it.
    # 2. Pool both, and compare the length of the difference with the length of the first.
    # 3. Where that length is 0, raise a ValueError: there is nothing to compare with.
    raise NotImplementedError


def _geometry(x, window, stride, padding):
    """Window, stride and padding for rows and columns, checked."""
    if x.ndim != 4 or x.shape[0] == 0:
        raise ValueError(f"x {x.shape} must be (N, C, H, W) with N of 1 or more")
    kh, kw = (window, window) if np.ndim(window) == 0 else window
    sh, sw = (kh, kw) if stride is None else (stride, stride) if np.ndim(stride) == 0 else stride
    ph, pw = (padding, padding) if np.ndim(padding) == 0 else padding
    if min(kh, kw, sh, sw) < 1 or min(ph, pw) < 0:
        raise ValueError(f"window {window} and stride {stride} must be at least 1, padding {padding} at least 0")
    if 2 * ph > kh or 2 * pw > kw:
        raise ValueError(f"padding {padding} is more than half the window {window}: a window could miss the image")
    return kh, kw, sh, sw, ph, pw
