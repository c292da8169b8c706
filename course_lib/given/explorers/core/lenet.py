"""A LeNet-5 to look into: the learner's own weights, or those that the course ships."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_lib.given import datasets
from course_lib.given.explorers.core.arrays import pair
from course_lib.given.weights import about_weights, differences, load_weights, weights_path

LAYERS = {"conv1": 6, "conv2": 16, "fc1": 120, "fc2": 84, "fc3": 10}  # with the width that each has in LeNet-5
MOST = {"conv1": 64, "conv2": 64, "fc1": 512, "fc2": 512}  # so many maps or units can still be told apart
SIZES = (28, 8)  # pixels along a side of the course's digits, on their canvas and as they are
PADDING = {5: (2, 0), 3: (1, 1)}  # of conv1 and conv2, by the length of conv1's kernel
POOLINGS = ("mean", "max")


@dataclass(frozen=True)
class Net:
    """Parameters, and what they do not say themselves."""

    parameters: dict[str, np.ndarray]
    size: int
    padding: tuple[int, int]
    pooling: str
    source: str

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of what each layer gives for one image."""
        found, side = {}, self.size
        for number, pad in enumerate(self.padding, start=1):
            filters, _, kernel, _ = self.parameters[f"conv{number}.w"].shape
            side += 2 * pad - kernel + 1
            found[f"conv{number}"] = (filters, side, side)
            side //= 2
            found[f"pool{number}"] = (filters, side, side)
        return found | {layer: self.parameters[f"{layer}.b"].shape for layer in ("fc1", "fc2", "fc3")}

    def muted(self, filters: Iterable[tuple[str, int]]) -> dict[str, np.ndarray]:
        """The parameters, with those of some filters or units all 0: what they give is 0 then, whatever comes in."""
        parameters = {name: array.astype(np.float64) for name, array in self.parameters.items()}
        for layer, index in filters:
            parameters[f"{layer}.w"][index] = parameters[f"{layer}.b"][index] = 0
        return parameters


def find_net(weights: str | Path | Mapping | None, pooling: str | None) -> Net:
    """The net that is meant.

    Parameters
    ----------
    weights : str, path, mapping of ndarray, or None
        A name or a path as load_weights takes them, or the parameters themselves. None: those of the course. They
        also stand in where nothing has been saved under a name yet, and ``source`` says so.
    pooling : "mean", "max" or None
        None: what the file says, else "mean" for the course's net and "max", as in chapter 07, for any other.

    Raises
    ------
    ValueError
        If the file cannot be read, or it is another net; the message names what differs.
    """
    if pooling not in (None, *POOLINGS):
        raise ValueError(f"pooling is {pooling!r}; it must be 'mean' (chapter 05) or 'max' (chapter 07).")
    if weights is None or _not_yet(weights):
        source = "The course's LeNet-5, trained on 1,500 digits."
        if weights is not None:
            source = f"Nothing is saved as {weights!r} yet: chapter 07 does that. Until then: {source}"
        return _net(datasets.lenet5_parameters(), {}, pooling or "mean", source)
    if isinstance(weights, Mapping):
        return _net(weights, {}, pooling or "max", "Your parameters.")
    if not isinstance(weights, str | os.PathLike):
        raise ValueError(f"weights is a {type(weights).__name__}; give the name that save_weights took, or parameters.")
    about = about_weights(weights)
    source = f"Your weights {weights_path(weights).stem!r}."
    return _net(load_weights(weights), about, pooling or about.get("pooling", "max"), source)


def _not_yet(weights) -> bool:
    """Whether it is a plain name under which nothing is saved; a path that leads nowhere is an error."""
    if not isinstance(weights, str):
        return False
    path = weights_path(weights)
    return path.stem == weights and not path.exists()


def _net(parameters: Mapping, about: dict, pooling: str, source: str) -> Net:
    arrays = {name: np.asarray(array) for name, array in parameters.items()}
    padding, shapes = _architecture(arrays, about)
    for size in SIZES:
        if not differences(arrays, shapes(size)):
            break
    else:
        likely = SIZES[0] if padding == PADDING[5] else SIZES[1]
        raise ValueError(f"these weights are of another net: {'; '.join(differences(arrays, shapes(likely)))}.")
    for layer, most in MOST.items():
        if len(arrays[f"{layer}.b"]) > most:
            raise ValueError(f"{layer}.w has shape {arrays[f'{layer}.w'].shape}; at most {most} of them can be shown.")
    for name, array in arrays.items():
        if array.dtype.kind not in "iuf" or not np.isfinite(array).all():
            raise ValueError(f"{name} does not hold finite numbers only; take weights from before it went wrong.")
    ordered = {f"{layer}.{part}": arrays[f"{layer}.{part}"].astype(np.float32) for layer in LAYERS for part in "wb"}
    return Net(ordered, size, padding, pooling, source)


def _architecture(arrays: dict, about: dict):
    """The padding, and the shapes by the size of the image; widths are what the parameters have."""
    width = {}
    for layer, usual in LAYERS.items():
        shape = arrays[f"{layer}.w"].shape if f"{layer}.w" in arrays else ()
        width[layer] = shape[0] if shape and shape[0] and layer != "fc3" else usual
    first = arrays["conv1.w"].shape if "conv1.w" in arrays else ()
    kernel = first[-1] if len(first) == 4 and first[-1] in PADDING else 5
    padding = tuple(pair("padding", about.get("padding", PADDING[kernel]), 0, kernel))

    def shapes(size: int) -> dict[str, tuple[int, ...]]:
        side = size
        for pad in padding:
            side = (side + 2 * pad - kernel + 1) // 2
        takes = {
            "conv1": (1, kernel, kernel),
            "conv2": (width["conv1"], kernel, kernel),
            "fc1": (width["conv2"] * side**2,),
            "fc2": (width["fc1"],),
            "fc3": (width["fc2"],),
        }
        weights = {f"{layer}.w": (width[layer], *takes[layer]) for layer in LAYERS}
        return weights | {f"{layer}.b": (width[layer],) for layer in LAYERS}

    return padding, shapes
