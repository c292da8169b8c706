"""SlideStepper (chapters 01 and 02): the loop over all places, one product at a time, beside the picture of it."""

import numpy as np
import traitlets

from course_lib.given.explorers.core.arrays import Array, numbers, pair
from course_lib.given.explorers.core.explorer import Explorer

LARGEST, KERNEL = 16, 5  # rows or columns of an image and of a kernel: every product is still worth a step
STRIDE, PADDING, DILATION = 4, 3, 3  # the most of each
HILL = (
    (0, 0, 1, 1, 2, 2, 2),
    (0, 1, 2, 3, 3, 2, 2),
    (1, 3, 3, 2, 1, 1, 0),
    (2, 2, 1, 0, 0, 1, 3),
    (1, 0, 0, 2, 3, 3, 1),
)
DOWN = ((-1, -1, -1), (1, 1, 1))


class SlideStepper(Explorer):
    """Cross-correlation step by step: where the window is, which line of the loop runs, what the sum is by now.

    Parameters
    ----------
    image : array_like, shape (H, W), optional
        At most 16 × 16. Left out: small whole numbers, wider than high.
    kernel : array_like, shape (KH, KW), optional
        At most 5 × 5. Left out: the lower row minus the upper one, 2 × 3.
    stride, padding, dilation : int, or pair of int, optional
        If one of them is given, there are fields for all three; left out, they are 1, 0 and 1.
    place : pair of int
        Row and column of the output at which it begins, half-way through the products.

    Raises
    ------
    ValueError
        If something cannot be shown, the kernel fits nowhere, or there is no such place.
    """

    says = "go through a convolution one product or one place at a time, and predict numbers before they show."
    functions = ("cross_correlate2d", "conv2d_single")
    image = Array()
    kernel = Array()
    stride = traitlets.List(traitlets.Int()).tag(sync=True)
    padding = traitlets.List(traitlets.Int()).tag(sync=True)
    dilation = traitlets.List(traitlets.Int()).tag(sync=True)
    options = traitlets.Bool().tag(sync=True)
    place = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(self, image=None, kernel=DOWN, stride=None, padding=None, dilation=None, place=(1, 2)):
        image = np.array(HILL, float) if image is None else numbers("image", image, most=LARGEST)
        kernel = numbers("kernel", kernel, most=KERNEL)
        options = any(one is not None for one in (stride, padding, dilation))
        stride = pair("stride", 1 if stride is None else stride, 1, STRIDE)
        padding = pair("padding", 0 if padding is None else padding, 0, PADDING)
        dilation = pair("dilation", 1 if dilation is None else dilation, 1, DILATION)
        room = [n + 2 * p - d * (k - 1) - 1 for n, k, p, d in zip(image.shape, kernel.shape, padding, dilation)]
        if min(room) < 0:
            raise ValueError(
                f"the kernel {kernel.shape} with dilation {tuple(dilation)} is larger than the image {image.shape} "
                f"with padding {tuple(padding)}; give a smaller kernel, or pad more."
            )
        OH, OW = (r // s + 1 for r, s in zip(room, stride))
        place = pair("place", place, 0, max(OH, OW))
        if place[0] >= OH or place[1] >= OW:
            raise ValueError(f"place is {place}; the output has rows 0 to {OH - 1} and columns 0 to {OW - 1}.")
        super().__init__(
            image=image, kernel=kernel, stride=stride, padding=padding, dilation=dilation, options=options, place=place
        )
