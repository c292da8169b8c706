"""Chapter 04: keep the strongest, or the mean, and see what is lost."""

import numpy as np

from solutions.stride_and_padding import output_size


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
        If x has not four axes or one of them is empty, the window does not fit on the padded image, the padding is more
        than half the window, or an argument is not a whole number (or two) in its range.

    References
    ----------
    Scherer, Müller & Behnke (2010), "Evaluation of pooling operations in convolutional architectures for object
    recognition".
    """
    kh, kw, sh, sw, ph, pw = _geometry(x, window, stride, padding)
    # 1. Pad with something that loses against every pixel.
    # 2. At each place take the largest pixel of the window: over rows and columns, not over images or channels.
    # BEGIN SOLUTION
    N, C, H, W = x.shape
    OH, OW = output_size(H, kh, sh, ph), output_size(W, kw, sw, pw)
    padded = np.full((N, C, H + 2 * ph, W + 2 * pw), -np.inf)
    padded[:, :, ph : ph + H, pw : pw + W] = x
    output = np.zeros((N, C, OH, OW))
    for i in range(OH):
        for j in range(OW):
            output[:, :, i, j] = padded[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw].max(axis=(2, 3))
    return output
    # END SOLUTION


def avg_pool2d(x, window, stride=None, padding=0, count_padding=True):
    """The mean of each window, channel by channel.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
        Height and width of the window.
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

    References
    ----------
    LeCun, Bottou, Bengio & Haffner (1998), "Gradient-based learning applied to document recognition".
    """
    kh, kw, sh, sw, ph, pw = _geometry(x, window, stride, padding)
    # 1. Sum each window of the padded image.
    # 2. Divide by what the contract says: the window's size, or the pixels of the image in it.
    # BEGIN SOLUTION
    N, C, H, W = x.shape
    OH, OW = output_size(H, kh, sh, ph), output_size(W, kw, sw, pw)
    padded = np.zeros((N, C, H + 2 * ph, W + 2 * pw))
    padded[:, :, ph : ph + H, pw : pw + W] = x
    counted = np.full(padded.shape[2:], 1.0 if count_padding else 0.0)
    counted[ph : ph + H, pw : pw + W] = 1.0
    output = np.zeros((N, C, OH, OW))
    for i in range(OH):
        for j in range(OW):
            rows, columns = slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw)
            output[:, :, i, j] = padded[:, :, rows, columns].sum(axis=(2, 3)) / counted[rows, columns].sum()
    return output
    # END SOLUTION


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
        If x has not four axes, or one of them is empty.

    References
    ----------
    Lin, Chen & Yan (2013), "Network in network", section 3.2.
    """
    _check_images(x)
    # 1. Which two axes go, which two stay?
    # BEGIN SOLUTION
    return x.mean(axis=(2, 3), dtype=float)
    # END SOLUTION


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
        If the window or the number of channels is not a whole number of 1 or more.
    """
    kh, kw = _pair("window", window, at_least=1)
    if not isinstance(channels, (int, np.integer)) or channels < 1:
        raise ValueError(f"channels is {channels}; it must be a whole number of 1 or more")
    # 1. All weights of a filter for its own channel are alike: how large, if they are to make a mean?
    # 2. What are its weights for the other channels?
    # BEGIN SOLUTION
    w = np.zeros((channels, channels, kh, kw))
    for c in range(channels):
        w[c, c] = 1 / (kh * kw)
    return w
    # END SOLUTION


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
    # BEGIN SOLUTION
    N, C, H, W = x.shape
    OH, OW = output_size(H, kh, sh), output_size(W, kw, sw)
    output = np.zeros((N, C, OH, OW))
    argmax = np.zeros((N, C, OH, OW), dtype=int)
    for i in range(OH):
        for j in range(OW):
            top, left = i * sh, j * sw
            patches = x[:, :, top : top + kh, left : left + kw].reshape(N, C, kh * kw)
            winner = patches.argmax(axis=2)
            output[:, :, i, j] = patches.max(axis=2)
            argmax[:, :, i, j] = (top + winner // kw) * W + left + winner % kw
    return output, argmax
    # END SOLUTION


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
        If the two arrays have different shapes or not four axes, argmax holds no whole numbers, or one of them lies
        outside the image.

    References
    ----------
    Zeiler & Fergus (2013), "Visualizing and understanding convolutional networks", section 2.1.
    """
    if y.shape != argmax.shape or y.ndim != 4 or y.size == 0:
        raise ValueError(f"y {y.shape} and argmax {argmax.shape} must both be (N, C, OH, OW) with no length 0")
    if argmax.dtype.kind not in "iu":
        raise ValueError(f"argmax holds {argmax.dtype}; places are whole numbers")
    H, W = _pair("shape", shape, at_least=1)
    if not 0 <= argmax.min() <= argmax.max() < H * W:
        raise ValueError(f"argmax runs from {argmax.min()} to {argmax.max()}; an image of {H} × {W} has no such places")
    # 1. Begin with zeros, the pixels of each image in one long row.
    # 2. Add each value at its index, in its own image and channel. Mind pixels that come twice.
    # BEGIN SOLUTION
    N, C = y.shape[:2]
    image = np.zeros((N, C, H * W))
    for n in range(N):
        for c in range(C):
            np.add.at(image[n, c], argmax[n, c].ravel(), y[n, c].ravel())
    return image.reshape(N, C, H, W)
    # END SOLUTION


def shift_sensitivity(x, window, stride=None, shift=1):
    """How much a max-pooled map changes when the image moves sideways by a few pixels.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    shift : int
        Columns by which the image moves to the right, or to the left if negative; what leaves on one side enters on
        the other.

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
    _geometry(x, window, stride, 0)
    # 1. Move the image along its columns. np.roll does it.
    # 2. Pool both, and compare the length of the difference with the length of the first.
    # 3. Where that length is 0, raise a ValueError: there is nothing to compare with.
    # BEGIN SOLUTION
    still, moved = max_pool2d(x, window, stride), max_pool2d(np.roll(x, shift, axis=3), window, stride)
    length = np.sqrt(np.sum(still**2))
    if length == 0:
        raise ValueError("the pooled map is 0 everywhere; there is nothing to compare a change with")
    return float(np.sqrt(np.sum((moved - still) ** 2)) / length)
    # END SOLUTION


def _geometry(x, window, stride, padding):
    """Window, stride and padding for rows and columns, checked."""
    _check_images(x)
    kh, kw = _pair("window", window, at_least=1)
    sh, sw = _pair("stride", window if stride is None else stride, at_least=1)
    ph, pw = _pair("padding", padding, at_least=0)
    if 2 * ph > kh or 2 * pw > kw:
        raise ValueError(f"padding {padding} is more than half the window {window}: a window could miss the image")
    H, W = x.shape[2:]
    if kh > H + 2 * ph or kw > W + 2 * pw:
        raise ValueError(f"window {window} does not fit on {H} × {W} pixels with padding {padding}")
    return kh, kw, sh, sw, ph, pw


def _check_images(x):
    if x.ndim != 4 or x.size == 0:
        raise ValueError(f"x {x.shape} must be (N, C, H, W) with no length 0")


def _pair(name, value, at_least):
    """The two numbers, for rows and for columns, that are meant by one or by a pair."""
    pair = (value, value) if np.ndim(value) == 0 else tuple(value)
    if len(pair) != 2 or not all(isinstance(n, (int, np.integer)) and n >= at_least for n in pair):
        raise ValueError(f"{name} is {value}; it must be a whole number of {at_least} or more, or a pair of them")
    return pair
