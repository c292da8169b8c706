"""Chapter 06: the same convolution, faster. Each function is a rung of a ladder; the numbers that come out stay."""

import numpy as np

from solutions.stride_and_padding import output_size


def im2col(x, kernel_shape, stride=1, padding=0, dilation=1):
    """Lay out every window of each image as a column, so that a convolution becomes a matrix product.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    kernel_shape : tuple of int
        ``(KH, KW)``.
    stride, padding, dilation : int, or pair of int
        Of a pair the first is for rows, the second for columns. Padding is with zeros.

    Returns
    -------
    ndarray, shape (N, C * KH * KW, OH * OW), same dtype
        Row ``(c * KH + u) * KW + v`` and column ``i * OW + j`` hold
        ``padded[n, c, sh * i + dh * u, sw * j + dw * v]``.

    Raises
    ------
    ValueError
        If x has not four axes, a length is 0 (an empty batch), a stride or dilation is below 1, a padding below 0, or
        the dilated kernel does not fit on the padded image.

    References
    ----------
    Chellapilla, Puri & Simard (2006), "High performance convolutional neural networks for document processing".
    """
    _check_axes("x", x, ("N", "C", "H", "W"))
    (KH, KW), (sh, sw), (ph, pw), (dh, dw) = _window(kernel_shape, stride, padding, dilation)
    N, C, H, W = x.shape
    # 1. How many windows are there along rows and columns? output_size knows, and refuses a kernel that does not fit.
    # 2. Pad, and make room for one column a window.
    # 3. Loop over the places in the kernel, not over the windows: what lies under place (u, v) in all windows at once
    #    is one slice of the padded image, with a step.
    # 4. Rows run over channel, row and column of the kernel, columns over the windows.
    # BEGIN SOLUTION
    OH, OW = output_size(H, KH, sh, ph, dh), output_size(W, KW, sw, pw, dw)
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    columns = np.empty((N, C, KH, KW, OH, OW), x.dtype)
    for u in range(KH):
        for v in range(KW):
            top, left = dh * u, dw * v
            columns[:, :, u, v] = padded[:, :, top : top + sh * (OH - 1) + 1 : sh, left : left + sw * (OW - 1) + 1 : sw]
    return columns.reshape(N, C * KH * KW, OH * OW)
    # END SOLUTION


def col2im(columns, input_shape, kernel_shape, stride=1, padding=0, dilation=1):
    """Send every entry of a matrix of windows back to the pixel that im2col took it from; what meets there is added.

    Parameters
    ----------
    columns : ndarray, shape (N, C * KH * KW, OH * OW)
    input_shape : tuple of int
        ``(N, C, H, W)``, before padding.
    kernel_shape : tuple of int
        ``(KH, KW)``.
    stride, padding, dilation : int, or pair of int
        As in im2col.

    Returns
    -------
    ndarray, shape (N, C, H, W), same dtype
        Each pixel is the sum of all entries that im2col would have copied from it; what stood in the padding is gone.

    Raises
    ------
    ValueError
        If the shape of columns is not that which im2col gives for these arguments, or they make no sense to im2col.

    Notes
    -----
    It is the adjoint of im2col, not its inverse: ``sum(im2col(x) * columns) == sum(x * col2im(columns))``.
    """
    if np.ndim(input_shape) != 1 or len(input_shape) != 4 or not all(_is_whole(n, least=1) for n in input_shape):
        raise ValueError(f"input_shape is {input_shape}; it must be (N, C, H, W), whole numbers of 1 or more")
    (KH, KW), (sh, sw), (ph, pw), (dh, dw) = _window(kernel_shape, stride, padding, dilation)
    N, C, H, W = input_shape
    # 1. How many windows are there? Refuse columns of which there are more or fewer, or which are of another length.
    # 2. Begin with a padded image of zeros.
    # 3. The loops and the slices of im2col, the other way round. Windows overlap: a pixel stands in several of them.
    # 4. Cut the padding off.
    # BEGIN SOLUTION
    OH, OW = output_size(H, KH, sh, ph, dh), output_size(W, KW, sw, pw, dw)
    if columns.shape != (N, C * KH * KW, OH * OW):
        raise ValueError(
            f"columns have shape {columns.shape}; these images and windows need {(N, C * KH * KW, OH * OW)}"
        )
    padded = np.zeros((N, C, H + 2 * ph, W + 2 * pw), columns.dtype)
    windows = columns.reshape(N, C, KH, KW, OH, OW)
    for u in range(KH):
        for v in range(KW):
            top, left = dh * u, dw * v
            under = padded[:, :, top : top + sh * (OH - 1) + 1 : sh, left : left + sw * (OW - 1) + 1 : sw]
            under += windows[:, :, u, v]
    return padded[:, :, ph : ph + H, pw : pw + W]
    # END SOLUTION


def conv2d_im2col(x, w, b=None, stride=1, padding=0, dilation=1):
    """A convolutional layer as one matrix product an image.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    w : ndarray, shape (F, C, KH, KW), float
    b : ndarray, shape (F,), optional
    stride, padding, dilation : int, or pair of int

    Returns
    -------
    ndarray, shape (N, F, OH, OW), float
        The same numbers as conv2d of chapter 03.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0 (an empty batch), the channels differ, there is not one bias a
        filter, or the window makes no sense to im2col.

    References
    ----------
    Chellapilla, Puri & Simard (2006), "High performance convolutional neural networks for document processing".
    """
    _check_axes("x", x, ("N", "C", "H", "W"))
    _check_filters(x.shape[1], w, b)
    (KH, KW), (sh, sw), (ph, pw), (dh, dw) = _window(w.shape[2:], stride, padding, dilation)
    N, F = len(x), len(w)
    # 1. Each filter becomes one row of a matrix; in which order do its weights stand?
    # 2. The windows become columns. One matrix product gives all filters at all places.
    # 3. Add the biases, and give the places back their rows and columns.
    # BEGIN SOLUTION
    OH, OW = output_size(x.shape[2], KH, sh, ph, dh), output_size(x.shape[3], KW, sw, pw, dw)
    output = w.reshape(F, -1) @ im2col(x, (KH, KW), stride, padding, dilation)
    if b is not None:
        output += np.reshape(b, (F, 1))
    return output.reshape(N, F, OH, OW)
    # END SOLUTION


def to_batch_last(x):
    """Turn a batch of images into the layout in which the fast functions work: the same pixel of all images in a row.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)

    Returns
    -------
    ndarray, shape (H, C, W, N), same dtype
        A C-contiguous copy: the batch runs fastest in memory, then the columns.

    Raises
    ------
    ValueError
        If x has not four axes, or a length is 0.
    """
    _check_axes("x", x, ("N", "C", "H", "W"))
    # 1. Move the axes. That alone moves no number in memory: what does?
    # BEGIN SOLUTION
    return x.transpose(2, 1, 3, 0).copy()
    # END SOLUTION


def to_batch_first(x):
    """Turn a batch back from the layout of to_batch_last.

    Parameters
    ----------
    x : ndarray, shape (H, C, W, N)

    Returns
    -------
    ndarray, shape (N, C, H, W), same dtype
        A C-contiguous copy.

    Raises
    ------
    ValueError
        If x has not four axes, or a length is 0.
    """
    _check_axes("x", x, ("H", "C", "W", "N"))
    # 1. Where did each of the four axes go? Send it back.
    # BEGIN SOLUTION
    return x.transpose(3, 1, 0, 2).copy()
    # END SOLUTION


def shifted_rows(x, width, padding=0):
    """Copy each row of a batch once for every column of a kernel, each copy shifted by one pixel more.

    Parameters
    ----------
    x : ndarray, shape (H, C, W, N)
        In the layout of to_batch_last.
    width : int
        Columns of the kernel, ``KW``.
    padding : int
        Zeros on all four sides.

    Returns
    -------
    ndarray, shape (H + 2 * padding, C, KW, OW, N), same dtype
        ``OW = W + 2 * padding - KW + 1``. Entry ``[i, c, v, j, n]`` is ``padded[i, c, j + v, n]``. C-contiguous.

    Raises
    ------
    ValueError
        If x has not four axes, a length is 0, padding is below 0, width is below 1, or the kernel is wider than a
        padded row.

    References
    ----------
    Cho & Brand (2017), "MEC: memory-efficient convolution for deep neural network", with the batch innermost.
    """
    _check_axes("x", x, ("H", "C", "W", "N"))
    _check_whole("width", width, least=1)
    _check_whole("padding", padding, least=0)
    H, C, W, N = x.shape
    # 1. Begin with zeros (output_size knows OW): the padding is then there already.
    # 2. For each column v of the kernel, place j of the copy shows column j + v - padding of x, if there is one. From
    #    which j to which is that so? Copy this slice of all rows at once.
    # BEGIN SOLUTION
    OW = output_size(W, width, padding=padding)
    rows = np.zeros((H + 2 * padding, C, width, OW, N), x.dtype)
    for v in range(width):
        first = max(0, padding - v)
        end = max(first, min(OW, W + padding - v))
        shift = v - padding
        rows[padding : padding + H, :, v, first:end] = x[:, :, first + shift : end + shift]
    return rows
    # END SOLUTION


def rows_product(rows, w):
    """Slide filters over shifted rows: one matrix product for each output row, on rows that neighbours share.

    Parameters
    ----------
    rows : ndarray, shape (H, C, KW, OW, N)
        What shifted_rows gives; H counts the padding in.
    w : ndarray, shape (F, C, KH, KW), float

    Returns
    -------
    ndarray, shape (OH, F, OW, N), float
        ``OH = H - KH + 1``. Entry ``[i, f, j, n]`` is the sum over ``c``, ``u`` and ``v`` of
        ``rows[i + u, c, v, j, n] * w[f, c, u, v]``.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, the channels or the columns of the kernel differ, or there are
        fewer rows than the kernel has.

    References
    ----------
    Cho & Brand (2017), "MEC: memory-efficient convolution for deep neural network", with the batch innermost.
    """
    _check_axes("rows", rows, ("H", "C", "KW", "OW", "N"))
    _check_filters(rows.shape[1], w, None)
    H, C, KW, OW, N = rows.shape
    F, KH = w.shape[0], w.shape[2]
    if w.shape[3] != KW or KH > H:
        raise ValueError(f"w {w.shape} does not go with rows {rows.shape}: KW is the same, and KH at most {H}")
    # 1. KH rows that follow each other lie in memory as the matrix of one output row, (KH * C * KW, OW * N): a slice
    #    and a reshape show it, and copy nothing.
    # 2. In what order do the weights of a filter have to stand to meet it?
    # 3. One matrix product for each output row.
    # BEGIN SOLUTION
    weights = w.transpose(0, 2, 1, 3).reshape(F, KH * C * KW)
    output = np.empty((H - KH + 1, F, OW * N), np.result_type(rows, w))
    for i in range(len(output)):
        np.matmul(weights, rows[i : i + KH].reshape(KH * C * KW, OW * N), out=output[i])
    return output.reshape(-1, F, OW, N)
    # END SOLUTION


def conv2d_rows(x, w, b=None, padding=0):
    """A convolutional layer with stride 1, by shifted rows.

    Parameters
    ----------
    x : ndarray, shape (H, C, W, N)
        In the layout of to_batch_last.
    w : ndarray, shape (F, C, KH, KW), float
    b : ndarray, shape (F,), optional
    padding : int
        Zeros on all four sides.

    Returns
    -------
    ndarray, shape (OH, F, OW, N), float
        What conv2d gives, in the layout of to_batch_last.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, the channels differ, there is not one bias a filter, padding is
        below 0, or the kernel does not fit on the padded image.
    """
    _check_axes("x", x, ("H", "C", "W", "N"))
    _check_filters(x.shape[1], w, b)
    _check_whole("padding", padding, least=0)
    # 1. shifted_rows, then rows_product.
    # 2. The biases: along which axis do the filters lie here?
    # BEGIN SOLUTION
    output = rows_product(shifted_rows(x, w.shape[3], padding), w)
    if b is not None:
        output += np.reshape(b, (len(w), 1, 1))
    return output
    # END SOLUTION


def max_pool2x2(x):
    """The largest of each 2×2 block, by comparing four slices.

    Parameters
    ----------
    x : ndarray, shape (H, C, W, N)
        In the layout of to_batch_last.

    Returns
    -------
    ndarray, shape (H // 2, C, W // 2, N), same dtype
        A last row or column that has no partner is left out.

    Raises
    ------
    ValueError
        If x has not four axes, a length is 0, or the image has fewer than two rows or columns.
    """
    _check_axes("x", x, ("H", "C", "W", "N"))
    if x.shape[0] < 2 or x.shape[2] < 2:
        raise ValueError(f"x {x.shape} has {x.shape[0]} × {x.shape[2]} pixels; a 2×2 window does not fit")
    # 1. All top left pixels of the blocks are one slice with step 2; so are the three other corners.
    # 2. Compare the slices, never the blocks one by one.
    # BEGIN SOLUTION
    H, W = x.shape[0] // 2 * 2, x.shape[2] // 2 * 2
    top, bottom = x[0:H:2, :, :W], x[1:H:2, :, :W]
    tallest = np.maximum(top, bottom)
    return np.maximum(tallest[:, :, 0::2], tallest[:, :, 1::2])
    # END SOLUTION


def conv2d_fft(x, w, b=None, padding=0):
    """A convolutional layer with stride 1, through the frequency domain.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    w : ndarray, shape (F, C, KH, KW), float
    b : ndarray, shape (F,), optional
    padding : int
        Zeros on all four sides.

    Returns
    -------
    ndarray, shape (N, F, OH, OW), float
        The same numbers as conv2d, up to rounding: the error is of the order of the dtype's epsilon times the largest
        pixel times the sum of a filter's weights without their signs. Where outputs are small because products
        cancel, it is as large as where they are not.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0 (an empty batch), the channels differ, there is not one bias a
        filter, padding is below 0, or the kernel does not fit on the padded image.

    References
    ----------
    Mathieu, Henaff & LeCun (2014), "Fast training of convolutional networks through FFTs".
    """
    _check_axes("x", x, ("N", "C", "H", "W"))
    _check_filters(x.shape[1], w, b)
    _check_whole("padding", padding, least=0)
    # 1. Compute the output's height and width: output_size knows, and refuses what does not fit.
    # 2. Transform image and kernel at one size, not below that of the padded image. _smooth knows a length at which the
    #    transform is fast, _spectrum fills up with zeros and transforms.
    # 3. A product of spectra is a convolution; which of the two spectra turns it into a cross-correlation?
    # 4. Sum over the channels before you go back: one inverse transform a filter.
    # 5. The spectrum knows no border: where it wraps around, the numbers are no output. Keep OH × OW of them.
    # BEGIN SOLUTION
    OH, OW = (output_size(n, k, padding=padding) for n, k in zip(x.shape[2:], w.shape[2:]))
    H, W = (n + 2 * padding for n in x.shape[2:])
    size = _smooth(H), _smooth(W)
    images, kernels = _spectrum(x, size, padding), np.conj(_spectrum(w * np.prod(size, dtype=w.dtype), size))
    spectra = sum(images[:, np.newaxis, c] * kernels[:, c] for c in range(x.shape[1]))
    output = np.fft.irfft2(spectra, s=size)[:, :, :OH, :OW]
    return output if b is None else output + np.reshape(b, (len(w), 1, 1))
    # END SOLUTION


def winograd_1d(signal, kernel):
    """Two outputs of a kernel of three from four pixels, with four products instead of six: F(2, 3).

    Parameters
    ----------
    signal : ndarray, shape (4,)
    kernel : ndarray, shape (3,), float

    Returns
    -------
    output : ndarray, shape (2,), float
        The cross-correlation of the two.
    products : ndarray, shape (4,), float
        The four products, of a combination of pixels each with a combination of weights:
        ``(s0 - s2) * k0``, ``(s1 + s2) * (k0 + k1 + k2) / 2``, ``(s2 - s1) * (k0 - k1 + k2) / 2``,
        ``(s1 - s3) * k2``.

    Raises
    ------
    ValueError
        If signal has not four numbers, or kernel not three.

    References
    ----------
    Winograd (1980), "Arithmetic complexity of computations"; Lavin & Gray (2015), "Fast algorithms for convolutional
    neural networks", section 4.1.
    """
    if signal.shape != (4,) or kernel.shape != (3,):
        raise ValueError(f"signal {signal.shape} and kernel {kernel.shape} must hold four and three numbers")
    # 1. The four products. Whole numbers of eight bits must not wrap around.
    # 2. Each output is a sum of three of them, with signs: multiply the products out to find which.
    # BEGIN SOLUTION
    dtype = np.result_type(signal, kernel, np.float32)  # single precision at least
    (s0, s1, s2, s3), (k0, k1, k2) = signal.astype(dtype), kernel.astype(dtype)
    products = np.array(
        [(s0 - s2) * k0, (s1 + s2) * (k0 + k1 + k2) / 2, (s2 - s1) * (k0 - k1 + k2) / 2, (s1 - s3) * k2]
    )
    p0, p1, p2, p3 = products
    return np.array([p0 + p1 + p2, p1 - p2 - p3]), products
    # END SOLUTION


def conv2d_winograd(x, w, b=None, padding=0):
    """A convolutional layer of 3×3 kernels with stride 1 by F(4×4, 3×3): 36 products for 16 outputs instead of 144.

    Parameters
    ----------
    x : ndarray, shape (H, C, W, N)
        In the layout of to_batch_last.
    w : ndarray, shape (F, C, 3, 3), float
    b : ndarray, shape (F,), optional
    padding : int
        Zeros on all four sides.

    Returns
    -------
    ndarray, shape (OH, F, OW, N), float
        The same numbers as conv2d_rows, up to rounding: in float32 the error is about 1e-5 of the largest output.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, the kernel is not 3×3, the channels differ, there is not one bias
        a filter, padding is below 0, or the kernel does not fit on the padded image.

    References
    ----------
    Lavin & Gray (2015), "Fast algorithms for convolutional neural networks", section 4.3.
    """
    _check_axes("x", x, ("H", "C", "W", "N"))
    _check_filters(x.shape[1], w, b)
    _check_whole("padding", padding, least=0)
    if w.shape[2:] != (3, 3):
        raise ValueError(f"w {w.shape} has kernels of {w.shape[2]} × {w.shape[3]}; F(4×4, 3×3) is for 3 × 3")
    # 1. Transform the kernels with _KERNELS, once: 6×6 numbers each. _both_axes does it for rows and columns.
    # 2. output_size knows OH and OW, and refuses what does not fit. Pad the image so that tiles of 6×6 pixels, four
    #    apart, cover it: TH × TW of them.
    # 3. _tiles gathers some bands of them, so that one place of all tiles is one slice; transform with _PIXELS.
    # 4. For each of the 36 places one matrix product, which sums over the channels.
    # 5. Transform back with _OUTPUTS, add the biases. A tile gives 4×4 outputs; cut off what lies beyond OH and OW.
    # BEGIN SOLUTION
    (H, C, W, N), F = x.shape, len(w)
    OH, OW = output_size(H, 3, padding=padding), output_size(W, 3, padding=padding)
    dtype = np.result_type(x, w, np.float32)  # single precision at least
    kernels = _both_axes(_KERNELS, w.transpose(2, 3, 0, 1).astype(dtype))
    bias = np.zeros((F, 1), dtype) if b is None else np.reshape(b, (F, 1))
    TH, TW = -(-OH // 4), -(-OW // 4)
    padded = np.zeros((4 * TH + 2, C, 4 * TW + 2, N), dtype)
    padded[padding : padding + H, :, padding : padding + W] = x
    output = np.empty((TH, 4, F, TW, 4, N), dtype)
    step = max(1, 256 // (TW * N))  # bands at once: wide matrices multiply fast, small ones stay in the cache
    for first in range(0, TH, step):
        end = min(first + step, TH)
        pixels = _both_axes(_PIXELS, _tiles(padded, first, end, TW))
        outputs = _both_axes(_OUTPUTS, np.matmul(kernels, pixels)) + bias
        output[first:end] = outputs.reshape(4, 4, F, end - first, TW, N).transpose(3, 0, 2, 4, 1, 5)
    return output.reshape(4 * TH, F, 4 * TW, N)[:OH, :, :OW]
    # END SOLUTION


def conv3d_winograd(x, w, b=None, padding=0):
    """A three-dimensional convolutional layer of KD×3×3 kernels with stride 1: tiles in the plane, shared planes.

    Parameters
    ----------
    x : ndarray, shape (H, D, C, W, N)
        A batch of volumes, the batch last; each row of pixels has all depths and channels.
    w : ndarray, shape (F, C, KD, 3, 3), float
    b : ndarray, shape (F,), optional
    padding : int
        Zeros on all six sides.

    Returns
    -------
    ndarray, shape (OH, OD, F, OW, N), float
        The same numbers as conv3d of chapter 03, up to rounding.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, the kernel is not 3×3 in the plane, the channels differ, there is
        not one bias a filter, padding is below 0, or the kernel does not fit on the padded volume.

    References
    ----------
    Lavin & Gray (2015), "Fast algorithms for convolutional neural networks", section 4.3, for each plane.
    """
    _check_axes("x", x, ("H", "D", "C", "W", "N"))
    _check_filters(x.shape[2], w, b, ("F", "C", "KD", "KH", "KW"))
    _check_whole("padding", padding, least=0)
    if w.shape[3:] != (3, 3):
        raise ValueError(f"w {w.shape} has planes of {w.shape[3]} × {w.shape[4]}; F(4×4, 3×3) is for 3 × 3")
    # 1. OH, OD and OW, from output_size, which refuses what does not fit. Pad the depth too. As far as the tiles go,
    #    depth and channel are one axis: transform each plane once.
    # 2. KD planes that follow each other lie side by side there, and so do the KD planes of a filter, if you move its
    #    axes. One matrix product for each of the 36 places and each depth sums over planes and channels.
    # 3. The rest is conv2d_winograd.
    # BEGIN SOLUTION
    (H, D, C, W, N), (F, _, KD, _, _) = x.shape, w.shape
    OH, OD, OW = (output_size(n, k, padding=padding) for n, k in ((H, 3), (D, KD), (W, 3)))
    dtype = np.result_type(x, w, np.float32)  # single precision at least
    kernels = _both_axes(_KERNELS, w.transpose(3, 4, 0, 2, 1).astype(dtype)).reshape(6, 6, F, KD * C)
    bias = np.zeros((F, 1), dtype) if b is None else np.reshape(b, (F, 1))
    TH, TW, planes = -(-OH // 4), -(-OW // 4), D + 2 * padding
    padded = np.zeros((4 * TH + 2, planes, C, 4 * TW + 2, N), dtype)
    padded[padding : padding + H, padding : padding + D, :, padding : padding + W] = x
    padded = padded.reshape(4 * TH + 2, planes * C, 4 * TW + 2, N)
    output = np.empty((TH, 4, OD, F, TW, 4, N), dtype)
    step = max(1, 64 // (TW * N))
    for first in range(0, TH, step):
        end = min(first + step, TH)
        pixels = _both_axes(_PIXELS, _tiles(padded, first, end, TW))
        for d in range(OD):
            outputs = _both_axes(_OUTPUTS, np.matmul(kernels, pixels[:, :, d * C : (d + KD) * C])) + bias
            output[first:end, :, d] = outputs.reshape(4, 4, F, end - first, TW, N).transpose(3, 0, 2, 4, 1, 5)
    return output.reshape(4 * TH, OD, F, 4 * TW, N)[:OH, :, :, :OW]
    # END SOLUTION


def conv2d_fast(x, w, b=None, padding=0):
    """A convolutional layer with stride 1 by the method that suits its shape.

    Parameters
    ----------
    x : ndarray, shape (H, C, W, N)
        In the layout of to_batch_last.
    w : ndarray, shape (F, C, KH, KW), float
    b : ndarray, shape (F,), optional
    padding : int
        Zeros on all four sides.

    Returns
    -------
    ndarray, shape (OH, F, OW, N), float
        The same numbers as conv2d_rows, up to rounding.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, the channels differ, there is not one bias a filter, padding is
        below 0, or the kernel does not fit on the padded image.
    """
    _check_axes("x", x, ("H", "C", "W", "N"))
    _check_filters(x.shape[1], w, b)
    _check_whole("padding", padding, least=0)
    # 1. 1×1 without padding: every row of the image is a matrix (C, W * N) already; nothing has to be copied.
    # 2. 3×3 kernels over many channels (64, or 16 in float64): Winograd.
    # 3. Large kernels (9×9 and more) over few channels (fewer than 4): the frequency domain, in the other layout.
    # 4. All else: rows. Measure on your machine where the borders lie.
    # BEGIN SOLUTION
    (H, _, W, N), (F, C, KH, KW) = x.shape, w.shape
    many = 64 if np.result_type(x, w).itemsize <= 4 else 16
    if (KH, KW) == (1, 1) and padding == 0:
        output = np.matmul(w.reshape(F, C), x.reshape(H, C, W * N))
        return (output if b is None else output + np.reshape(b, (F, 1))).reshape(H, F, W, N)
    if (KH, KW) == (3, 3) and C >= many:
        return conv2d_winograd(x, w, b, padding)
    if KH * KW >= 81 and C < 4:
        return to_batch_last(conv2d_fft(to_batch_first(x), w, b, padding))
    return conv2d_rows(x, w, b, padding)
    # END SOLUTION


# The three matrices of F(4, 3): Lavin & Gray (2015), section 4.3.
_PIXELS = np.array(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ]
)
_KERNELS = np.array([[6, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 24]]) / 24
_OUTPUTS = np.array([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]])


def _both_axes(matrix, tiles):
    """``matrix @ tile @ matrix.T`` for every tile at once: (k, k, ...) becomes (m, m, ...) with a matrix (m, k)."""
    k, _, *others = tiles.shape
    tiles = tiles.reshape(k, k, -1)
    for _ in range(2):
        tiles = np.matmul(matrix.astype(tiles.dtype), tiles.transpose(1, 0, 2))
    return tiles.reshape(len(matrix), len(matrix), *others)


def _tiles(padded, first, end, TW):
    """Tiles of 6×6 pixels, four apart, from some bands of a padded image (H, C, W, N): (6, 6, C, bands * TW * N)."""
    C, N = padded.shape[1], padded.shape[3]
    tiles = np.empty((6, 6, C, end - first, TW, N), padded.dtype)
    for band in range(first, end):
        for column in range(6):
            pixels = padded[4 * band : 4 * band + 6, :, column : column + 4 * TW - 3 : 4]
            tiles[:, column, :, band - first] = pixels
    return tiles.reshape(6, 6, C, -1)


def _spectrum(x, size, padding=0):
    """The real two-dimensional Fourier transform of x, after padding zeros, filled up with zeros to this size."""
    *_, H, W = x.shape
    filled = np.zeros((*x.shape[:2], *size), np.result_type(x, np.float32))
    filled[:, :, padding : padding + H, padding : padding + W] = x
    # norm="ortho" keeps float32: with the default norm NumPy 2.4 transforms forward in float64, at half the speed.
    return np.fft.rfft2(filled, norm="ortho")


def _smooth(n):
    """The smallest length from n on whose prime factors are at most 11; at such lengths the FFT is fast."""
    while True:
        rest = n
        for prime in (2, 3, 5, 7, 11):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return n
        n += 1


def _check_axes(name, x, axes):
    """Refuse an array that has not these axes, or has nothing along one of them."""
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")


def _check_filters(channels, w, b, axes=("F", "C", "KH", "KW")):
    """Refuse filters and biases that do not go with images of so many channels."""
    _check_axes("w", w, axes)
    if w.shape[1] != channels:
        raise ValueError(f"x has {channels} channels, w {w.shape} has {w.shape[1]}; they must be the same")
    if b is not None and np.shape(b) != (len(w),):
        raise ValueError(f"w {w.shape} holds {len(w)} filters, but b has shape {np.shape(b)}; one bias a filter")


def _check_whole(name, value, least):
    """Refuse what is no whole number, or a smaller one."""
    if not _is_whole(value, least):
        raise ValueError(f"{name} is {value!r}; it must be a whole number of {least} or more")


def _is_whole(value, least):
    return isinstance(value, int | np.integer) and value >= least


def _window(kernel_shape, stride, padding, dilation):
    """The four as pairs for rows and columns, checked."""
    pairs = []
    for name, value, least in (
        ("kernel_shape", kernel_shape, 1),
        ("stride", stride, 1),
        ("padding", padding, 0),
        ("dilation", dilation, 1),
    ):
        pair = (value, value) if np.ndim(value) == 0 else tuple(value)
        if len(pair) != 2 or not all(_is_whole(number, least) for number in pair):
            raise ValueError(f"{name} is {value}; it must be two whole numbers, each {least} or more")
        pairs.append(pair)
    return pairs
