# Complex transforms at full length, no conjugate, kernels turned by hand, the valid part cut out.
"""Chapter 06: the same convolution, faster."""

import numpy as np

from course_lib.stride_and_padding import output_size


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
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    OH, OW = output_size(H, KH, padding=padding), output_size(W, KW, padding=padding)
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    S = (H + 2 * padding + KH - 1, W + 2 * padding + KW - 1)
    X = np.fft.fft2(xp, s=S)
    K = np.fft.fft2(w[:, :, ::-1, ::-1], s=S)
    out = np.zeros((N, F, OH, OW))
    for n in range(N):
        for f in range(F):
            y = np.fft.ifft2((X[n] * K[f]).sum(axis=0)).real
            out[n, f] = y[KH - 1:KH - 1 + OH, KW - 1:KW - 1 + OW]
            if b is not None:
                out[n, f] += b[f]
    return out


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
