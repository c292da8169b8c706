"""PoolLab (chapter 04): pool by the largest or the mean, move the image by a pixel, and send a gradient back."""

import traitlets

from course_lib.given.explorers.core.arrays import MOST, Array, numbers, pair
from course_lib.given.explorers.core.explorer import Explorer
from course_lib.given.explorers.kernel_lab import seven

WINDOW, STRIDE, PADDING = 8, 8, 4  # the most of each
KINDS = ("max", "mean")


class PoolLab(Explorer):
    """Pooling of one channel, forward, moved, and back.

    Parameters
    ----------
    image : array_like, shape (H, W), optional
        At most 64 × 64. Left out: a seven in a dark margin.
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    padding : int, or pair of int
        At most half the window.
    kind : {"max", "mean"}
    count_padding : bool
        Whether padding counts in the mean.
    shift : int, or pair of int
        Rows down and columns to the right by which the image has moved; what leaves on one side enters on the other.
    place : pair of int
        Row and column of the output that is spelled out.

    Raises
    ------
    ValueError
        If the image cannot be shown, the window fits nowhere or could miss the image, or there is no such place.
    """

    says = "pool by the largest or the mean, move the image by a pixel, send a gradient back."
    functions = ("max_pool2d", "avg_pool2d")
    remembered = ("drawing",)
    image = Array()
    seven = Array()
    drawing = Array()
    window = traitlets.List(traitlets.Int()).tag(sync=True)
    stride = traitlets.List(traitlets.Int()).tag(sync=True)
    padding = traitlets.List(traitlets.Int()).tag(sync=True)
    kind = traitlets.Enum(KINDS).tag(sync=True)
    count_padding = traitlets.Bool().tag(sync=True)
    shift = traitlets.List(traitlets.Int()).tag(sync=True)
    place = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(
        self,
        image=None,
        window=2,
        stride=None,
        padding=0,
        kind="max",
        count_padding=True,
        shift=(0, 0),
        place=(0, 0),
    ):
        image = seven() if image is None else numbers("image", image)
        window = pair("window", window, 1, WINDOW)
        stride = window if stride is None else pair("stride", stride, 1, STRIDE)
        padding = pair("padding", padding, 0, PADDING)
        shape = _output_shape(image.shape, window, stride, padding)
        if kind not in KINDS:
            raise ValueError(f"kind is {kind!r}; give one of {', '.join(map(repr, KINDS))}.")
        place = pair("place", place, 0, MOST)
        if any(index >= length for index, length in zip(place, shape)):
            raise ValueError(f"place is {place}; the output has rows 0 to {shape[0] - 1}, columns 0 to {shape[1] - 1}.")
        super().__init__(
            image=image,
            seven=seven(),
            window=window,
            stride=stride,
            padding=padding,
            kind=kind,
            count_padding=bool(count_padding),
            shift=pair("shift", shift, -max(image.shape), max(image.shape)),
            place=place,
        )


def _output_shape(shape, window, stride, padding) -> list[int]:
    """Rows and columns of the output, if every window reaches the image."""
    if any(2 * p > k for p, k in zip(padding, window)):
        raise ValueError(f"padding {padding} is more than half the window {window}: a window could miss the image.")
    if any(k > n + 2 * p for n, k, p in zip(shape, window, padding)):
        raise ValueError(f"window {window} does not fit on an image {tuple(shape)} with padding {padding}.")
    return [(n + 2 * p - k) // s + 1 for n, k, s, p in zip(shape, window, stride, padding)]
