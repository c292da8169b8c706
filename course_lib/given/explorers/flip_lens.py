"""FlipLens (chapter 01): correlation beside convolution, what a single 1 shows of a kernel, and two passes for one."""

from functools import cache

import numpy as np
import traitlets

from course_lib.given.explorers.core.arrays import MOST, Array, numbers, pair
from course_lib.given.explorers.core.explorer import Explorer
from course_lib.given.explorers.kernel_lab import LARGEST, portrait, seven

LETTER = ((1, 1, 1), (1, 0, 0), (1, 1, 0), (1, 0, 0), (1, 0, 0))  # an F looks different turned, mirrored and tipped


class FlipLens(Explorer):
    """Cross-correlation and convolution "valid" of an image with one kernel, side by side.

    Parameters
    ----------
    image : array_like, shape (H, W), optional
        At most 64 × 64. Left out: three single pixels of 1.
    kernel : array_like, shape (KH, KW), optional
        At most 7 × 7, and no larger than the image. Left out: the letter F.
    place : pair of int, optional
        Row and column of the outputs that is spelled out.

    Raises
    ------
    ValueError
        If an array cannot be shown, the kernel fits nowhere, or there is no such place.
    """

    says = "see cross-correlation beside convolution, and a kernel that two passes can replace."
    functions = ("cross_correlate2d", "convolve2d")
    remembered = ("drawing",)
    image = Array()
    kernel = Array()
    place = traitlets.List(traitlets.Int()).tag(sync=True)
    dots = Array()
    seven = Array()
    photograph = Array("float32")
    drawing = Array()

    def __init__(self, image=None, kernel=LETTER, place=(0, 0)):
        image = dots() if image is None else numbers("image", image)
        kernel = numbers("kernel", kernel, most=LARGEST)
        OH, OW = (n - k + 1 for n, k in zip(image.shape, kernel.shape))
        if min(OH, OW) < 1:
            raise ValueError(
                f"the kernel {kernel.shape} is larger than the image {image.shape}; give a smaller kernel."
            )
        place = pair("place", place, 0, MOST)
        if place[0] >= OH or place[1] >= OW:
            raise ValueError(f"place is {place}; the output has rows 0 to {OH - 1} and columns 0 to {OW - 1}.")
        super().__init__(image=image, kernel=kernel, place=place, dots=dots(), seven=seven(), photograph=portrait())


@cache
def dots() -> np.ndarray:
    """Three single pixels of 1, so far apart that a kernel of 5 × 3 meets one at a time; 14 × 14."""
    image = np.zeros((14, 14))
    image[[4, 4, 9], [3, 9, 6]] = 1
    return image
