"""Every known mistake against every part that catches it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import catalogue
from .judging import Mistake, judge
from .judging.calls import perform


@dataclass(frozen=True)
class Row:
    """A mistake, the parts of its exercise that it fails, and the points that it leaves."""

    exercise: str
    mistake: Mistake
    caught_by: tuple[str, ...]
    points: float
    max_points: float


def table() -> Iterator[Row]:
    """One row a mistake, in the order of the chapters.

    Raises
    ------
    NoReference
        In a release, where the mistakes' code is absent.
    """
    for name in catalogue.exercise_names():
        exercise = catalogue.find_exercise(name)
        if not isinstance(exercise, catalogue.LiveExercise):
            raise catalogue.NoReference("The mistakes' code is not part of a release; take the whole course.")
        for mistake in exercise.spec.mistakes:
            report = judge(exercise, model_caller(exercise, mistake.name), explain=False)
            caught_by = tuple(result.part.name for result in report.parts if result.verdict != "right")
            yield Row(name, mistake, caught_by, report.points, report.max_points)


def model_caller(exercise: catalogue.LiveExercise, *switches: str):
    """The parametrised copy as an implementation, with these mistakes on; what is forbidden it refuses as it should."""

    def function(*args, **kwargs):
        exercise.reference(*args, **kwargs)
        return exercise.spec.model(*args, **kwargs, on=frozenset(switches))

    return lambda call: perform(function, call)
