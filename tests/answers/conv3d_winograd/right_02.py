# Tile by tile; the products of the planes are added one by one before the way back.
"""Chapter 06: the same convolution, faster."""

import numpy as np

from course_lib.stride_and_padding import output_size


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
    H, D, C, W, N = x.shape
    F, KD = w.shape[0], w.shape[2]
    OH, OD, OW = output_size(H, 3, padding=padding), output_size(D, KD, padding=padding), output_size(W, 3, padding=padding)
    p = padding

    B, A = _PIXELS.astype(float), _OUTPUTS.astype(float)
    TH, TW = -(-OH // 4), -(-OW // 4)
    xp = np.zeros((4 * TH + 2, D + 2 * p, C, 4 * TW + 2, N))
    xp[p:p + H, p:p + D, :, p:p + W] = x
    U = np.einsum("ai,fceij,bj->eabfc", _KERNELS, w, _KERNELS)
    out = np.zeros((4 * TH, OD, F, 4 * TW, N))
    for i in range(0, OH, 4):
        for j in range(0, OW, 4):
            V = np.einsum("ai,idcjn,bj->dabcn", B, xp[i:i + 6, :, :, j:j + 6], B)
            for d in range(OD):
                M = sum(U[e] @ V[d + e] for e in range(KD))
                out[i:i + 4, d, :, j:j + 4] = np.einsum("ia,abfn,jb->ifjn", A, M, A)
    out = out[:OH, :, :, :OW]
    return out if b is None else out + np.reshape(b, (F, 1, 1))


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
