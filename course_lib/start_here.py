# Printed from solutions/start_here.py; write your answers here.
"""Chapter 00: an image is an array of numbers."""

import numpy as np


def normalize_pixels(pixels):
    """Bring pixels from the range of a file, 0 to 255, to numbers from 0 to 1.

    Parameters
    ----------
    pixels : ndarray, any shape
        Pixel values from 0 (black) to 255 (white), of any numeric dtype. Image files hold them as ``uint8``.

    Returns
    -------
    ndarray, same shape
        Floating-point numbers: 0 becomes 0.0, 255 becomes 1.0, and what lies between keeps its proportion.
        The input is left as it was.

    Raises
    ------
    ValueError
        If a pixel is below 0, above 255, or not a number.
    """
    if pixels.size and not (pixels.min() >= 0 and pixels.max() <= 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    # 1. Divide by the brightest value that a file can hold, not by the brightest that this image happens to hold.
    # 2. Mind the division: the result must be able to hold fractions.
    raise NotImplementedError
