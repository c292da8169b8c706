"""What an exercise's checks are made of. All of it is declared; none of it runs by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .calls import Call


@dataclass(frozen=True)
class Part:
    """A share of an exercise's points, earned when every case and law of it is right."""

    name: str
    points: float


@dataclass(frozen=True)
class View:
    """A way to look at a value before comparing it, for answers that are judged by what they do.

    ``kind`` names a function of :mod:`.views`, ``data`` is what it needs, ``sentence`` says in a report what was seen.
    """

    kind: str
    data: Any
    sentence: str


@dataclass(frozen=True)
class Case:
    """One call whose right result is known.

    ``name`` says what is special about it; ``rtol`` bounds the error relative to the largest expected entry; ``whole``
    asks for an integer dtype where the right result has one.
    """

    part: str
    name: str
    call: Call
    view: View | None = None
    rtol: float = 1e-6
    whole: bool = False


@dataclass(frozen=True)
class Term:
    """A call whose result, once ``index`` is taken of it, enters a law with a weight.

    Of several outputs (a tuple, a list or a dict) the first entry of ``index`` says which is meant.
    """

    weight: float
    call: Call
    index: Any = ()


@dataclass(frozen=True)
class Law:
    """A statement that needs no reference: the weighted terms add up to ``constant``."""

    part: str
    sentence: str
    terms: tuple[Term, ...]
    constant: Any = 0.0
    rtol: float = 1e-12


@dataclass(frozen=True)
class Mistake:
    """What a real learner writes: a switch of the parametrised copy.

    Parameters
    ----------
    name : str
        The switch, in snake_case.
    slot : str
        The expression that it changes; switches of different slots combine.
    sentence : str
        What the function does, to follow "Your function behaves exactly as if ".
    hint : str
        A question or a place to look; never the answer.
    """

    name: str
    slot: str
    sentence: str
    hint: str


@dataclass(frozen=True)
class Taps:
    """Which arguments can be numbered pixels and a kernel with a single 1, and in which shapes.

    The tap map finds out which pixel meets which weight.

    Parameters
    ----------
    values, weights : int
        Positions of the two arguments in the call; there are no other positional ones.
    shape, kernel_shape : tuple of int
        Axes before the last ``axes`` (images, channels, filters) have length 1.
    kwargs : dict
        Given with every call, for instance a stride.
    axes : int
        How many axes the kernel slides along, counted from the last; 0 means all.
    """

    values: int
    weights: int
    shape: tuple[int, ...]
    kernel_shape: tuple[int, ...]
    kwargs: dict = field(default_factory=dict)
    axes: int = 0

    @property
    def space(self) -> tuple[int, ...]:
        """Lengths of the axes that the kernel slides along."""
        return self.shape[-self.axes :]


Rng = np.random.Generator


@dataclass(frozen=True)
class Spec:
    """An exercise's checks as written in ``autograder_tests/<stem>/<exercise>.py``.

    Parameters
    ----------
    parts : sequence of Part
        From simple to hard.
    worked : function of nothing to cases
        Hand-worked cases, the same for everybody; a learner can follow them on paper.
    drawn : function of a random generator to cases
        Cases with fresh numbers (and shapes) for each seed.
    model : function
        The parametrised copy of the reference; ``on`` is a set of switches.
    mistakes : sequence of Mistake
    hints : sequence of str
        From gentle to plain.
    refused : function of nothing to cases, optional
        Calls that the contract forbids; the right answer is a ValueError.
    laws : function of a random generator to laws, optional
    features : mapping of str to function of the arguments, optional
        Simple properties of a call, for the contrast that closes an unnamed diagnosis.
    whole : bool
        Whether all results that are whole must come in an integer dtype.
    working : function of (cell, *args), optional
        The window and the weights whose products add up to one cell of the result, and the window's first index.
    taps : Taps, optional
    """

    parts: tuple[Part, ...]
    worked: Callable[[], Iterable[Case]]
    drawn: Callable[[Rng], Iterable[Case]]
    model: Callable
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, ...]
    refused: Callable[[], Iterable[Case]] = lambda: ()
    laws: Callable[[Rng], Iterable[Law]] = lambda rng: ()
    features: Mapping[str, Callable[..., bool]] = field(default_factory=dict)
    whole: bool = False
    working: Callable | None = None
    taps: Taps | None = None


def call(*args: Any, layout: str = "C", **kwargs: Any) -> Call:
    """A call written as one would make it."""
    return Call(args, kwargs, layout)
