# One tile too few where the tiles just fill the output.
"""Chapter 06: the same convolution, faster."""

import numpy as np

from course_lib.stride_and_padding import output_size


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
    H, C, W, N = x.shape
    F, OH, OW = len(w), output_size(H, 3, padding=padding), output_size(W, 3, padding=padding)

    B, A = _PIXELS.astype(float), _OUTPUTS.astype(float)
    U = np.einsum("ai,fcij,bj->abfc", _KERNELS, w, _KERNELS)
    xp = np.pad(x.astype(float), ((padding, padding + 6), (0, 0), (padding, padding + 6), (0, 0)))
    out = np.zeros((OH + 4, F, OW + 4, N))
    for i in range(0, OH - 1, 4):
        for j in range(0, OW - 1, 4):
            V = np.einsum("ai,icjn,bj->abcn", B, xp[i:i + 6, :, j:j + 6], B)
            out[i:i + 4, :, j:j + 4] = np.einsum("ia,abfn,jb->ifjn", A, U @ V, A)
    out = out[:OH, :, :OW]
    return out if b is None else out + b[:, None, None]


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
    if not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"{name} is {value!r}; it must be a whole number of {least} or more")
