# The second and the third product in the other order.
"""Chapter 06: the same convolution, faster."""

import numpy as np


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
    s, k = signal.astype(float), kernel.astype(float)
    m = np.array([(s[0] - s[2]) * k[0], (s[2] - s[1]) * (k[0] - k[1] + k[2]) / 2, (s[1] + s[2]) * k.sum() / 2, (s[1] - s[3]) * k[2]])
    return np.array([m[0] + m[1] + m[2], m[2] - m[1] - m[3]]), m
