"""ShapeCalculator (chapter 02): how large the output is, which pixels nobody looks at, and how far a stack sees."""

from collections.abc import Sequence

import traitlets

from course_lib.given.explorers.core.arrays import Array, numbers, pair
from course_lib.given.explorers.core.explorer import Explorer
from course_lib.given.explorers.kernel_lab import seven

LARGEST = 32  # rows or columns of the image: each is still wide enough to be hatched visibly
KERNEL, STRIDE, PADDING, DILATION = 7, 6, 5, 4  # the most of each
STACK = ((3, 1, 0), (2, 2, 0), (3, 1, 0), (2, 2, 0))
DEPTH = 6  # layers


class ShapeCalculator(Explorer):
    """Stride, padding and dilation on real pixels, for rows and columns apart, and the receptive field of a stack.

    Parameters
    ----------
    image : array_like, shape (H, W), optional
        At most 32 × 32. Left out: a seven, higher than wide.
    kernel : array_like, shape (KH, KW), optional
        At most 7 × 7. Left out: the mean of 3 × 3.
    stride, padding, dilation : int, or pair of int
    layers : sequence of (k, stride, padding)
        At most 6, from the input on.

    Raises
    ------
    ValueError
        If something cannot be shown; the message says what, and what can.
    """

    says = "choose sizes, stride, padding and dilation for rows and columns; see each place and what is left over."
    functions = ("output_size", "conv2d_single", "receptive_field")
    image = Array()
    kernel = Array()
    stride = traitlets.List(traitlets.Int()).tag(sync=True)
    padding = traitlets.List(traitlets.Int()).tag(sync=True)
    dilation = traitlets.List(traitlets.Int()).tag(sync=True)
    layers = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)

    def __init__(self, image=None, kernel=None, stride=2, padding=(0, 1), dilation=1, layers=STACK):
        super().__init__(
            image=seven()[:, 1:9] if image is None else numbers("image", image, most=LARGEST),
            kernel=[[1 / 9] * 3] * 3 if kernel is None else numbers("kernel", kernel, most=KERNEL),
            stride=pair("stride", stride, 1, STRIDE),
            padding=pair("padding", padding, 0, PADDING),
            dilation=pair("dilation", dilation, 1, DILATION),
            layers=_stack(layers),
        )


def _stack(layers: Sequence[Sequence[int]]) -> list[list[int]]:
    """The layers, checked."""
    ranges = ((1, KERNEL), (1, STRIDE), (0, PADDING))
    for layer in layers:
        if len(layer) != 3 or not all(low <= number <= high for number, (low, high) in zip(layer, ranges)):
            raise ValueError(
                f"layer {tuple(layer)} must be (k, stride, padding): k from 1 to {KERNEL}, "
                f"stride from 1 to {STRIDE}, padding from 0 to {PADDING}."
            )
    if not 1 <= len(layers) <= DEPTH:
        raise ValueError(f"layers has {len(layers)} layers; give from 1 to {DEPTH}, for instance [(3, 1, 0)].")
    return [[int(number) for number in layer] for layer in layers]
