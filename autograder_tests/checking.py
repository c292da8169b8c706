"""``check("conv2d")``: the learner's file as it is on disk now, in front of the judge."""

from __future__ import annotations

import difflib
import hashlib
import os
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import course_lib.given
from course_lib.given import loader, memory

from . import catalogue
from .judging import Answer, Caller, Failure, Report, judge
from .judging.calls import OutOfTime, describe, perform, time_limit

SECONDS = 2.0  # for one call; a right answer in plain loops needs some milliseconds

LEARNER = Path(course_lib.given.__file__).parent.parent


class NotRight(Exception):
    """Raised in place of a report where only an error is understood as "not yet right"."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class Checked:
    """A report in a notebook: drawn, and as plain text nothing but the points, which is what nbgrader reads."""

    def __init__(self, report: Report):
        self.report = report

    def __repr__(self) -> str:
        return repr(self.report.points)

    def __str__(self) -> str:
        return self.report.text()

    def _repr_html_(self) -> str:
        return self.report.html()


def check(name: str) -> Checked:
    """Check one of your functions.

    Parameters
    ----------
    name : str
        The exercise, for instance ``"cross_correlate2d"``.

    Raises
    ------
    UnknownName
        If there is no such exercise.
    NotRight
        Under nbgrader's Validate only, which shows nothing of a report but an error.
    """
    exercise = catalogue.find_exercise(name)
    report = examine(exercise)
    if os.environ.get("NBGRADER_EXECUTION") == "validate" and report.verdict != "right":
        raise NotRight(report.text())
    return Checked(with_next_hint(report))


def examine(exercise: catalogue.Exercise, folder: Path = LEARNER, seed: int = 0, explain: bool = True) -> Report:
    """Judge the function in a folder of learner modules.

    Raises
    ------
    loader.MissingModule
        If the folder has no file for the exercise's chapter.
    """
    shown = "course_lib" if folder == LEARNER else str(folder)
    return judge(exercise, local_caller(exercise.chapter.stem, exercise.name, folder, shown), seed, explain=explain)


def local_caller(stem: str, name: str, folder: Path, shown: str) -> Caller:
    """A function of a file on this disk, run in this process; an error on loading the file answers every call."""
    sources = loader.read_sources(folder)
    if stem not in sources:
        missing = f"{folder} has no {stem}.py."
        back = f"`course reset {stem}` brings it back as it was at the beginning."
        raise loader.MissingModule(f"{missing} {back if folder == LEARNER else 'Name the folder in which yours lies.'}")
    filename = f"{shown}/{stem}.py"
    try:
        with time_limit(SECONDS):
            module = loader.load(stem, sources, shown)
    except OutOfTime:
        return lambda call: Answer("too_slow")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever a file does when it is run is its author's business, and a result
        failed = Answer("raised", failure=describe(error, filename))
        return lambda call: failed

    function = getattr(module, name, None)
    if not callable(function):
        return lambda call: absent(module, name, filename)
    return lambda call: perform(function, call, filename, SECONDS)


def absent(module: ModuleType, name: str, filename: str) -> Answer:
    """The answer of a file without the function: not written, unless one stands there under a similar name."""
    others = [
        other for other, item in vars(module).items() if callable(item) and other not in catalogue.exercise_names()
    ]
    near = difflib.get_close_matches(name, others, 1, 0.85)
    if not near:
        return Answer("not_written")
    message = f"there is no {name}, but there is {near[0]}: is its name misspelt?"
    return Answer("raised", failure=Failure("NameError", message, filename))


def with_next_hint(report: Report) -> Report:
    """The report with the next hint where the same answer is checked again; a changed answer keeps its hint."""
    if report.verdict in ("right", "not_written") or report.unreadable:
        return report
    hints = memory.read("hints")
    before = hints.get(report.exercise, {})
    answer = hashlib.sha256((LEARNER / f"{report.chapter.stem}.py").read_bytes()).hexdigest()[:16]
    number = before.get("number", 0) if before.get("mistake") == report.mistake else 0
    if before.get("answer") != answer:
        number = max(number - 1, 0)
    number = min(number + 1, max(len(report.hints), 1))
    hints[report.exercise] = {"answer": answer, "mistake": report.mistake, "number": number}
    memory.write("hints", hints)
    return replace(report, hint=number)
