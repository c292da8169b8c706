"""The gradient check: move one number a little each way, watch the loss, and compare with the gradient."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from course_lib.given.figures_network import Table

AGREE = 1e-4  # relative; a wrong gradient is off by far more, rounding by far less
SMALLEST = 1e-6  # gradients below are compared as if they were this large: rounding drowns them


@dataclass(frozen=True)
class Entry:
    """One number of one parameter: what the gradient says of it, and what moving it shows.

    Parameters
    ----------
    name : str
    index : tuple of int
    gradient, measured : float
    error : float
        Their difference, relative to the larger.
    corner : bool
        The gradient lies between the slopes to the left and to the right, and these differ: the loss has a corner
        within reach (a relu or a maximum that tips over), and the measurement says nothing.
    """

    name: str
    index: tuple[int, ...]
    gradient: float
    measured: float
    error: float
    corner: bool


@dataclass(frozen=True)
class GradientCheck:
    """All entries that were tried; shown as the worst one of each parameter."""

    entries: tuple[Entry, ...]

    @property
    def worst(self) -> float:
        """The largest relative error, corners left out."""
        return max((entry.error for entry in self.entries if not entry.corner), default=0.0)

    @property
    def agrees(self) -> bool:
        """Whether every gradient that could be measured is right."""
        return self.worst < AGREE

    def _table(self) -> Table:
        names = dict.fromkeys(entry.name for entry in self.entries)
        rows = [_row([entry for entry in self.entries if entry.name == name]) for name in names]
        return Table(("worst entry", "gradient", "measured", "relative error", ""), tuple(rows))

    def _repr_html_(self) -> str:
        return self._table()._repr_html_()

    def __repr__(self) -> str:
        return repr(self._table())


def gradient_check(
    loss: Callable[[dict], float],
    gradients: Mapping[str, np.ndarray],
    parameters: Mapping[str, np.ndarray],
    entries: int = 5,
    h: float = 1e-5,
    seed: int = 0,
) -> GradientCheck:
    """Compare gradients with central differences, at entries chosen at random.

    Parameters
    ----------
    loss : callable
        ``loss(parameters)`` gives a number.
    gradients : mapping of ndarray
        Of the loss, by each parameter.
    parameters : mapping of ndarray
        Where the gradients were taken; left as they are. Float64 copies are moved, so that rounding stays small.
    entries : int
        How many of each parameter are tried.
    h : float
        How far each is moved, to either side.
    seed : int

    Returns
    -------
    GradientCheck

    Raises
    ------
    ValueError
        If names or shapes differ, or entries or h is not above 0.
    """
    if entries < 1 or not h > 0:
        raise ValueError(f"entries is {entries} and h is {h}; entries must be 1 or more, h above 0")
    if set(gradients) != set(parameters):
        raise ValueError(f"gradients have the names {sorted(gradients)}, parameters {sorted(parameters)}")
    moved = {name: np.array(array, float) for name, array in parameters.items()}
    rng, middle, tried = np.random.default_rng(seed), float(loss(moved)), []
    for name, array in moved.items():
        if np.shape(gradients[name]) != array.shape:
            raise ValueError(f"the gradient of {name} has shape {np.shape(gradients[name])}, {name} has {array.shape}")
        for flat in rng.choice(array.size, min(entries, array.size), replace=False):
            index = tuple(map(int, np.unravel_index(flat, array.shape)))
            right, left = (_loss_at(loss, moved, name, index, way) for way in (h, -h))
            tried.append(_entry(name, index, float(gradients[name][index]), left, middle, right, h))
    return GradientCheck(tuple(tried))


def _loss_at(loss: Callable, parameters: dict, name: str, index: tuple, way: float) -> float:
    array = parameters[name]
    before = array[index]
    array[index] = before + way
    try:
        return float(loss(parameters))
    finally:
        array[index] = before


def _entry(name: str, index: tuple, gradient: float, left: float, middle: float, right: float, h: float) -> Entry:
    measured = (right - left) / (2 * h)
    bend = abs((right - middle) - (middle - left)) / h  # the slope to the right, less that to the left
    largest = max(abs(gradient), abs(measured), SMALLEST)
    error = abs(gradient - measured) / largest
    between = abs(gradient - measured) <= bend / 2 + AGREE * largest
    return Entry(name, index, gradient, measured, error, corner=error >= AGREE and between)


def _row(entries: list[Entry]) -> tuple[str, ...]:
    worst = max(entries, key=lambda entry: (not entry.corner, entry.error))
    verdict = "a corner: says nothing" if worst.corner else "agrees" if worst.error < AGREE else "differs"
    where = f"{worst.name}[{', '.join(map(str, worst.index))}]"
    return where, f"{worst.gradient:.6g}", f"{worst.measured:.6g}", f"{worst.error:.1e}", verdict
