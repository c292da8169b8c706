"""A question sheet: the cases of one exercise at one seed, with what is known of their answers.

The judge works on a sheet and does not ask where its truth comes from: a reference that runs (:mod:`.live`), or
expectations recorded when a release was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from .spec import Call, Case, Law, Mistake, Part, Taps

Switches = frozenset[str]


class Undefined:
    """What a mistake makes of a call for which it has no meaning (its copy raises)."""


class Refused:
    """The right answer to a call that the contract forbids: a ValueError."""


UNDEFINED = Undefined()
REFUSED = Refused()


@dataclass(frozen=True)
class Question:
    """A case with its right answer and the simple properties that it has.

    ``drawn`` cases differ from seed to seed; the others are the same for everybody.
    """

    label: str
    case: Case
    expected: Any
    features: Mapping[str, bool]
    drawn: bool

    @property
    def call(self) -> Call:
        return self.case.call


@dataclass(frozen=True)
class Working:
    """How one cell comes about: the products of window and weights add up to it.

    ``corner`` is the index of the window's first entry in the first argument.
    """

    window: np.ndarray
    weights: np.ndarray
    corner: tuple[int, ...]


class Key(Protocol):
    """What is known beyond the right answers."""

    def outcome(self, question: Question, switches: Switches) -> Any:
        """What a function with these mistakes returns; UNDEFINED where it would raise."""

    def working(self, question: Question, cell: tuple[int, ...]) -> Working | None:
        """The products behind one cell of the right answer, where the exercise has such a thing."""

    def combinations(self, size: int) -> Iterator[Switches]:
        """Every set of that many mistakes that can be made together, in a fixed order."""


@dataclass(frozen=True)
class Sheet:
    """All that the judge needs of one exercise."""

    exercise: str
    seed: int
    arguments: tuple[str, ...]
    parts: tuple[Part, ...]
    hints: tuple[str, ...]
    mistakes: Mapping[str, Mistake]
    questions: tuple[Question, ...]
    refused: tuple[Question, ...]
    fresh: tuple[Question, ...]
    laws: tuple[Law, ...]
    taps: Taps | None
    tapped: tuple[Question, ...]
    key: Key
