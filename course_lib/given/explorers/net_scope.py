"""NetScope (chapters 05 and 08): a whole LeNet-5 at work on a digit that is drawn, down to any neuron's sum."""

from functools import cache

import numpy as np
import traitlets

from course_lib.given import datasets
from course_lib.given.explorers.core.arrays import Array, numbers
from course_lib.given.explorers.core.explorer import Explorer
from course_lib.given.explorers.core.lenet import MOST, find_net

CLEAR = (16, 0, 28, 4, 2, 17, 3, 1, 11, 7)  # one of each digit among those that the course's net has not seen
HARD = (227, 53, 158)  # and some that it misreads
START = 8
NEURON = ("conv2", 7, 3, 4)


class NetScope(Explorer):
    """A LeNet-5 on one image: every map and unit, the sum of any neuron, what is different without a filter.

    Parameters
    ----------
    weights : str, path or mapping of ndarray, optional
        What save_weights kept in chapter 07, by the same name; or parameters. Left out: a net that the course ships.
    image : array_like, shape (28, 28) or (8, 8), optional
        As large as the net reads it, from 0 (paper) to 1 (ink). Left out: an eight.
    neuron : tuple, optional
        ``("conv2", map, row, column)`` or ``("fc1", unit)``: the one that is spelled out.
    muted : sequence of tuple, optional
        Filters and units that give 0: ``("conv1", 2)`` or ``("fc1", 17)``.
    pooling : "mean" or "max", optional
        Left out: "mean" for the course's net, "max" for any other.

    Raises
    ------
    ValueError
        If the weights are those of another net, or something else cannot be shown; the message says what.
    """

    says = "draw a digit and watch every layer; follow one neuron to its inputs; mute a filter; bring your own weights."
    functions = ("lenet5_forward", "lenet5_activations")
    remembered = ("drawing",)
    image = Array()
    drawing = Array()
    digits = Array("float32")
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    weights = Array("float32")
    shapes = traitlets.Dict().tag(sync=True)
    padding = traitlets.List(traitlets.Int()).tag(sync=True)
    pooling = traitlets.Unicode().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)
    neuron = traitlets.List().tag(sync=True)
    muted = traitlets.List().tag(sync=True)

    def __init__(self, weights=None, image=None, neuron=None, muted=(), pooling=None):
        net = find_net(weights, pooling)
        digits, names = _digits(net.size)
        super().__init__(
            image=digits[START] if image is None else _fitting(image, net.size),
            digits=digits,
            names=names,
            weights=np.concatenate([array.ravel() for array in net.parameters.values()]),
            shapes={name: list(array.shape) for name, array in net.parameters.items()},
            padding=list(net.padding),
            pooling=net.pooling,
            source=net.source,
            neuron=_within(NEURON, net.shapes()) if neuron is None else _place(neuron, net.shapes()),
            muted=[_mutable(one, net.shapes()) for one in muted],
        )
        self.net = net

    def _answer(self, _, content: dict, buffers: list) -> None:
        """As every explorer; where a call has ``{"muted": [...]}`` for an argument, put the parameters in there."""
        buffers = list(buffers)
        for call in content.get("calls", ()):
            call["args"] = [
                self._packed(arg["muted"], buffers) if isinstance(arg, dict) and "muted" in arg else arg
                for arg in call["args"]
            ]
        super()._answer(_, content, buffers)

    def _packed(self, muted: list, buffers: list) -> dict:
        packed = {}
        for name, array in self.net.muted(muted).items():
            packed[name] = {"array": len(buffers), "shape": list(array.shape)}
            buffers.append(array.tobytes())
        return packed


@cache
def _digits(size: int) -> tuple[np.ndarray, list[str]]:
    """Handwritten digits that the course's net was not trained with, and what to call them."""
    images, labels = datasets.digits_on_canvas() if size == 28 else datasets.digits()
    unseen = images[-datasets.HELD_OUT :].reshape(-1, size, size) / (1 if size == 28 else 16)
    chosen = [*CLEAR, *HARD]
    hard = [f"{label}, hard to read" for label in labels[-datasets.HELD_OUT :][list(HARD)]]
    return unseen[chosen], [*map(str, range(10)), *hard]


def _fitting(image, size: int) -> np.ndarray:
    """The image, checked."""
    array = numbers("image", image)
    if array.shape != (size, size):
        raise ValueError(f"image has shape {array.shape}; this net reads {size} × {size} pixels.")
    if array.min() < 0 or array.max() > 1:
        raise ValueError(
            f"image runs from {array.min():g} to {array.max():g}; the net reads 0 (paper) to 1 (ink): "
            "subtract the smallest number, then divide by the largest."
        )
    return array


def _within(neuron: tuple, shapes: dict) -> list:
    """The neuron of that layer that comes nearest to a place which may not be there."""
    layer, *place = neuron
    return [layer, *(min(n, length - 1) for n, length in zip(place, shapes[layer]))]


def _place(neuron, shapes: dict) -> list:
    """A neuron, checked."""
    layer, *place = neuron if isinstance(neuron, list | tuple) and neuron else [neuron]
    if layer not in shapes or len(place) != len(shapes[layer]):
        choices = ", ".join(f"({name!r}, {'map, row, column' if len(s) > 1 else 'unit'})" for name, s in shapes.items())
        raise ValueError(f"neuron is {neuron!r}; give one of {choices}.")
    if not all(isinstance(n, int | np.integer) and 0 <= n < length for n, length in zip(place, shapes[layer])):
        raise ValueError(f"neuron is {neuron!r}; {layer} has shape {shapes[layer]}, counted from 0.")
    return [layer, *map(int, place)]


def _mutable(filter_, shapes: dict) -> list:
    """A filter or unit to mute, checked."""
    layer, index = filter_ if isinstance(filter_, list | tuple) and len(filter_) == 2 else (filter_, None)
    if layer not in MOST or not isinstance(index, int | np.integer) or not 0 <= index < shapes[layer][0]:
        widths = ", ".join(f"({name!r}, 0 to {shapes[name][0] - 1})" for name in MOST)
        raise ValueError(f"muted has {filter_!r}; give pairs out of {widths}.")
    return [layer, int(index)]
