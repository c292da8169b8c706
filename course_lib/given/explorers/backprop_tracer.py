"""BackpropTracer (chapter 07): what each output's gradient sends to image and kernel, and the proof by moving."""

import numpy as np
import traitlets

from course_lib.given import datasets
from course_lib.given.explorers.core.arrays import Array, numbers, pair
from course_lib.given.explorers.core.explorer import Explorer

MANY, LARGEST, KERNEL = 3, 10, 5  # the most channels or filters, rows or columns of the image, and of a kernel
STRIDE, PADDING = 3, 2
COUNTING = ((1, 2, 3), (4, 5, 6), (7, 8, 9))  # told apart wherever it lands
UPPER_EDGE = ((-1, -1, -1), (0, 0, 0), (1, 1, 1))


class BackpropTracer(Explorer):
    """The way back through a convolutional layer, for one image.

    Parameters
    ----------
    x : array_like, shape (C, H, W), optional
        At most 3 channels of 10 × 10. Left out: the upper part of a seven, from 0 to 8.
    w : array_like, shape (F, C, KH, KW), optional
        At most 3 filters of 5 × 5, no larger than the image. Left out: one that counts to nine and an upper edge.
    dy : array_like, shape (F, OH, OW), optional
        Gradient of the loss by the output. Left out: 1 at two neighbours of the first filter, else 0.
    stride, padding : int, or pair of int

    Raises
    ------
    ValueError
        If something cannot be shown or does not go together; the message says what, and what can.
    """

    says = "pick an output's gradient, see it spread to dx and dw, and move single numbers to measure theirs."
    functions = ("conv2d_backward",)
    x = Array()
    w = Array()
    dy = Array()
    stride = traitlets.List(traitlets.Int()).tag(sync=True)
    padding = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(self, x=None, w=None, dy=None, stride=1, padding=0):
        x = _seven() if x is None else _few("x", numbers("x", x, ndim=3, most=LARGEST), axis=0)
        w = _filters(len(x)) if w is None else numbers("w", w, ndim=4, most=KERNEL, axes="(F, C, KH, KW)")
        stride, padding = pair("stride", stride, 1, STRIDE), pair("padding", padding, 0, PADDING)
        _few("w", w, axis=0)
        if w.shape[1] != len(x):
            raise ValueError(f"w has shape {w.shape}, filters for {w.shape[1]} channels; x {x.shape} has {len(x)}.")
        if any(k > n for k, n in zip(w.shape[2:], x.shape[1:])):
            raise ValueError(f"the kernel {w.shape[2:]} is larger than the image {x.shape[1:]}; give a smaller kernel.")
        lengths = [(n + 2 * p - k) // s + 1 for n, k, s, p in zip(x.shape[1:], w.shape[2:], stride, padding)]
        shape = (len(w), *lengths)
        dy = _neighbours(shape) if dy is None else numbers("dy", dy, ndim=3, most=2 * LARGEST, axes="(F, OH, OW)")
        if dy.shape != shape:
            raise ValueError(f"dy has shape {dy.shape}; the output of this layer has {shape}.")
        super().__init__(x=x, w=w, dy=dy, stride=stride, padding=padding)


def _few(name: str, array: np.ndarray, axis: int) -> np.ndarray:
    """The array, if it has no more channels or filters than can be shown."""
    if array.shape[axis] > MANY:
        raise ValueError(f"{name} has shape {array.shape}; at most {MANY} are shown. Take the first ones, [:{MANY}].")
    return array


def _seven() -> np.ndarray:
    return np.round(8 * datasets.seven()[np.newaxis, :6, 1:])


def _filters(channels: int) -> np.ndarray:
    return np.repeat(np.array([COUNTING, UPPER_EDGE], float)[:, np.newaxis], channels, axis=1)


def _neighbours(shape: tuple[int, int, int]) -> np.ndarray:
    dy = np.zeros(shape)
    row, column = min(1, shape[1] - 1), min(1, shape[2] - 1)
    dy[0, row, column : column + 2] = 1
    return dy
