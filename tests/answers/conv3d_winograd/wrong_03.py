# A filter starts again at every second plane only; the others stay 0.
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

    xp = np.pad(x.astype(float), ((p, p), (p, p), (0, 0), (p, p), (0, 0)))
    out = np.zeros((OH, OD, F, OW, N))
    for d in range(0, OD, 2):
        for e in range(KD):
            for u in range(3):
                for v in range(3):
                    out[:, d] += np.einsum("hcwn,fc->hfwn", xp[u:u + OH, d + e, :, v:v + OW], w[:, :, e, u, v])
    return out if b is None else out + b.reshape(-1, 1, 1)


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
