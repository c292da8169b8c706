"""KernelLab (chapter 01): a kernel to paint and scrub, an image to draw on, and one place spelled out."""

from functools import cache

import numpy as np
import traitlets

from course_lib.given import datasets
from course_lib.given.explorers.core.arrays import Array, numbers
from course_lib.given.explorers.core.explorer import Explorer

LARGEST = 7  # rows or columns of a kernel: each entry is still wide enough to be read and touched
UPPER_EDGE = ((-1, -1, -1), (0, 0, 0), (1, 1, 1))


class KernelLab(Explorer):
    """Cross-correlation "valid" of an image with a kernel.

    Parameters
    ----------
    image : array_like, shape (H, W), optional
        At most 64 × 64. Left out: a seven in a dark margin.
    kernel : array_like, shape (KH, KW), optional
        At most 7 × 7, and no larger than the image. Left out: the one that answers to an upper edge.
    place : pair of int, optional
        Row and column of the output that is spelled out.

    Raises
    ------
    ValueError
        If an array cannot be shown, the kernel fits nowhere, or there is no such place.
    """

    says = "change a kernel, draw on the image, and follow one place: patch times kernel, added up."
    functions = ("cross_correlate2d",)
    remembered = ("drawing",)
    image = Array()
    kernel = Array()
    place = traitlets.List(traitlets.Int()).tag(sync=True)
    seven = Array()
    photograph = Array("float32")
    drawing = Array()

    def __init__(self, image=None, kernel=UPPER_EDGE, place=None):
        image = seven() if image is None else numbers("image", image)
        kernel = numbers("kernel", kernel, most=LARGEST)
        OH, OW = (n - k + 1 for n, k in zip(image.shape, kernel.shape))
        if min(OH, OW) < 1:
            raise ValueError(
                f"the kernel {kernel.shape} is larger than the image {image.shape}; give a smaller kernel."
            )
        place = [min(3, OH - 1), min(3, OW - 1)] if place is None else [int(index) for index in place]
        if len(place) != 2 or not (0 <= place[0] < OH and 0 <= place[1] < OW):
            raise ValueError(f"place is {place}; the output has rows 0 to {OH - 1} and columns 0 to {OW - 1}.")
        super().__init__(image=image, kernel=kernel, place=place, seven=seven(), photograph=portrait())


@cache
def seven() -> np.ndarray:
    """A seven of 8 × 8 pixels in a dark margin of one, so that there is something above its top bar."""
    return np.pad(datasets.seven(), 1)


@cache
def portrait() -> np.ndarray:
    """The face of the course's photograph, 64 × 64."""
    return datasets.photograph(4)[12:76, 34:98]
