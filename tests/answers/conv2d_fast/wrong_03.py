# Large kernels through the frequency domain at the length of the output, so that they wrap around.
"""Chapter 06: the same convolution, faster."""

import numpy as np

from course_lib.stride_and_padding import output_size


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
    H, C, W, N = x.shape
    F, _, KH, KW = w.shape
    OH, OW = output_size(H, KH, padding=padding), output_size(W, KW, padding=padding)
    xp = np.pad(x.astype(np.result_type(x, w)), ((padding, padding), (0, 0), (padding, padding), (0, 0)))

    if KH * KW >= 81:
        X, K = np.fft.rfft2(xp.transpose(3, 1, 0, 2), s=(OH + 1, OW + 1)), np.fft.rfft2(w, s=(OH + 1, OW + 1))
        out = np.fft.irfft2(np.einsum("nchw,fchw->nfhw", X, K.conj()), s=(OH + 1, OW + 1))[:, :, :OH, :OW].transpose(2, 1, 3, 0)
    else:
        out = np.zeros((OH, F, OW, N), xp.dtype)
        for u in range(KH):
            for v in range(KW):
                out += np.einsum("hcwn,fc->hfwn", xp[u:u + OH, :, v:v + OW], w[:, :, u, v])
    return out if b is None else out + b.reshape(F, 1, 1)


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
