"""Which chapters and exercises there are, and where the truth about each comes from.

Where the reference is present, an exercise's checks are its spec and its solution. In a release both are absent, and
the checks are what was recorded when the release was made.
"""

from __future__ import annotations

import difflib
import functools
import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .judging.live import draw
from .judging.sheet import Sheet
from .judging.spec import Part

STEMS = (
    "start_here",
    "convolution",
    "stride_and_padding",
    "convolution_3d",
    "pooling",
    "network",
    "fast_convolution",
    "training",
)

RECORDED = Path(__file__).parent / "recorded"


class UnknownName(LookupError):
    """No chapter or exercise is called that; the message says which there are."""

    def __str__(self) -> str:
        return str(self.args[0])


class NoReference(LookupError):
    """Something was asked that only the reference can answer."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Chapter:
    """A chapter: one notebook, one file of exercises, one nbgrader assignment."""

    number: str
    stem: str
    exercises: tuple[str, ...]

    @property
    def notebook(self) -> str:
        return f"{self.number}_{self.stem}"


class Exercise(Protocol):
    """An exercise with its checks, from whichever source."""

    name: str
    chapter: Chapter
    parts: tuple[Part, ...]
    hints: tuple[str, ...]

    @property
    def points(self) -> float: ...

    def sheet(self, seed: int) -> Sheet: ...


@dataclass(frozen=True)
class LiveExercise:
    """An exercise whose reference is present."""

    name: str
    chapter: Chapter

    @functools.cached_property
    def spec(self):
        return importlib.import_module(f"{__package__}.{self.chapter.stem}.{self.name}").SPEC

    @functools.cached_property
    def reference(self) -> Callable:
        return getattr(importlib.import_module(f"solutions.{self.chapter.stem}"), self.name)

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.spec.parts

    @property
    def hints(self) -> tuple[str, ...]:
        return self.spec.hints

    @property
    def points(self) -> float:
        return float(sum(part.points for part in self.parts))

    def sheet(self, seed: int) -> Sheet:
        """The question sheet at a seed; the last few are kept."""
        return _sheet(self, seed)


@functools.lru_cache(maxsize=128)
def _sheet(exercise: LiveExercise, seed: int) -> Sheet:
    return draw(exercise.name, exercise.spec, exercise.reference, seed)


def has_reference() -> bool:
    """Whether the solutions lie beside the checks."""
    return not RECORDED.exists() and importlib.util.find_spec("solutions") is not None


@functools.cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters that can be checked here, in order."""
    if RECORDED.exists():
        from .recording import recorded_chapters

        return recorded_chapters(RECORDED)
    return tuple(
        Chapter(f"{number:02}", stem, importlib.import_module(f"{__package__}.{stem}").EXERCISES)
        for number, stem in enumerate(STEMS)
    )


def find_chapter(text: str) -> Chapter:
    """The chapter that is meant by ``01``, ``1``, ``convolution`` or ``01_convolution``.

    Raises
    ------
    UnknownName
    """
    for chapter in chapters():
        if (
            text in (chapter.number, chapter.stem, chapter.notebook)
            or text.isdigit()
            and int(text) == int(chapter.number)
        ):
            return chapter
    known = ", ".join(chapter.notebook for chapter in chapters())
    raise UnknownName(f"There is no chapter {text!r}. There are: {known}.")


def find_exercise(name: str) -> Exercise:
    """The exercise of that name.

    Raises
    ------
    UnknownName
        With the nearest name, if one is near.
    """
    for chapter in chapters():
        if name in chapter.exercises:
            return _exercise(name, chapter)
    raise UnknownName(f"There is no exercise {name!r}.{_nearest(name)} All of them: {', '.join(exercise_names())}.")


def exercise_names() -> tuple[str, ...]:
    """The names of all exercises, in the order of the chapters."""
    return tuple(name for chapter in chapters() for name in chapter.exercises)


def _exercise(name: str, chapter: Chapter) -> Exercise:
    if RECORDED.exists():
        from .recording import RecordedExercise

        return RecordedExercise(name, chapter, RECORDED)
    if not has_reference():
        raise NoReference(
            "The folder solutions/ is missing: take a complete copy of the course, or a chapter's release."
        )
    return LiveExercise(name, chapter)


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, exercise_names(), 1)
    return f" Did you mean {near[0]}?" if near else ""
