"""Im2colWeaver (chapter 06): windows as the columns of a matrix, where they lie in memory, and what that takes."""

import numpy as np
import traitlets

from course_lib.given.explorers.core.arrays import Array, numbers, pair
from course_lib.given.explorers.core.explorer import Explorer

CHANNELS, LARGEST = 3, 10  # of the image; the matrix of a larger one could not be read
KERNEL, STRIDE, PADDING, DILATION = 5, 4, 2, 3  # the most of each
FOLLOW = ("window", "kernel")


class Im2colWeaver(Explorer):
    """Every window of an image as a column of a matrix, on the screen and in memory.

    Parameters
    ----------
    image : array_like, shape (C, H, W), optional
        At most 3 channels of 10 × 10. Left out: two channels of 5 × 6, numbered in the order of memory.
    kernel_shape : int, or pair of int
        ``(KH, KW)``.
    stride, padding, dilation : int, or pair of int
    follow : str
        ``"window"``: all that one window holds is followed, a column. ``"kernel"``: one place in the kernel, a row.

    Raises
    ------
    ValueError
        If something cannot be shown; the message says what, and what can.
    """

    says = "follow a window into its column and a pixel into its copies, and compare what im2col and shifted rows take."
    functions = ("im2col",)
    image = Array()
    kernel_shape = traitlets.List(traitlets.Int()).tag(sync=True)
    stride = traitlets.List(traitlets.Int()).tag(sync=True)
    padding = traitlets.List(traitlets.Int()).tag(sync=True)
    dilation = traitlets.List(traitlets.Int()).tag(sync=True)
    follow = traitlets.Enum(FOLLOW).tag(sync=True)

    def __init__(self, image=None, kernel_shape=3, stride=1, padding=0, dilation=1, follow="window"):
        if follow not in FOLLOW:
            raise ValueError(f'follow is {follow!r}; give "window" or "kernel".')
        image = np.arange(60.0).reshape(2, 5, 6) if image is None else numbers("image", image, ndim=3, most=LARGEST)
        if len(image) > CHANNELS:
            raise ValueError(
                f"image has {len(image)} channels, shape {image.shape}; "
                f"at most {CHANNELS} are shown. Take the first ones, [:{CHANNELS}]."
            )
        super().__init__(
            image=image,
            kernel_shape=pair("kernel_shape", kernel_shape, 1, KERNEL),
            stride=pair("stride", stride, 1, STRIDE),
            padding=pair("padding", padding, 0, PADDING),
            dilation=pair("dilation", dilation, 1, DILATION),
            follow=follow,
        )
