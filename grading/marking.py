"""One submission, judged: its sources go into the box, its reports come out. nbgrader is not needed here."""

from __future__ import annotations

import itertools
import re
import traceback
from dataclasses import dataclass, replace

from autograder_tests.catalogue import Chapter, Exercise, find_exercise
from autograder_tests.judging import Answer, Call, Caller, Failure, judge

from .sandbox import Sandbox, SandboxFailed
from .unpack import shown

SECONDS = 2.0  # a call; a right answer in plain loops takes a fortieth of it
MAX_LISTING = 5_000
UNREADABLE = Failure("ResultNotReadable", "the checks could not read what your function returned")


@dataclass(frozen=True)
class Judged:
    """The report of one exercise, ready to be stored. Inputs that were drawn for grading are not shown in it.

    ``trouble`` is for the instructor: what the judge stumbled over, if it did.
    """

    exercise: str
    code: str
    points: float
    max_points: float
    record: dict
    text: str
    html: str
    trouble: str = ""


def judge_all(sandbox: Sandbox, chapter: Chapter, sources: dict[str, str], seed: int) -> list[Judged]:
    """Judge every exercise of a chapter on one learner's texts.

    Parameters
    ----------
    sandbox : Sandbox
        An open one.
    chapter : Chapter
    sources : dict of str to str
        From :func:`grading.sources.gather`.
    seed : int
        What the hidden cases are drawn from.

    Raises
    ------
    SandboxFailed
        If the box failed, not the code in it.
    """
    judged = []
    with sandbox.submission(sources) as submission:
        for name in chapter.exercises:
            caller, code = submission.caller(chapter.stem, name, seconds=SECONDS), listing(sources[chapter.stem], name)
            try:
                judged.append(judge_exercise(find_exercise(name), caller, seed, code))
            except (SandboxFailed, OSError, MemoryError):  # ours
                raise
            except Exception as error:  # the judge stumbled over a value that nobody thought of
                nothing = judge_exercise(find_exercise(name), unreadable, seed, code)
                judged.append(replace(nothing, trouble=_trouble(name, error)))
    return judged


def judge_exercise(exercise: Exercise, caller: Caller, seed: int, code: str) -> Judged:
    """Judge one exercise and write its report."""
    report = judge(exercise, caller, seed=seed)
    text = report.text(show_drawn=False)
    return Judged(
        exercise.name,
        code,
        float(report.points),
        float(report.max_points),
        {**report.as_dict(), "message": text},
        text,
        report.html(show_drawn=False),
    )


def unreadable(call: Call) -> Answer:
    """Stands in for a function whose results the judge cannot read. It earns nothing, and the report says why."""
    return Answer("raised", failure=UNREADABLE, arguments=(call.args, call.kwargs))


def _trouble(name: str, error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} in {frame.filename}:{frame.lineno}: {shown(str(error))}"
    return f"{name} earns nothing, because the checks could not read what it returned: {what}"


class Bench:
    """A place where submissions are judged: a sandbox, opened again when it fails.

    Parameters
    ----------
    level : str, optional
        The level of confinement; the strongest there is, if not said.
    allow_weak : bool
        Whether a level that confines nothing will do.
    """

    def __init__(self, level: str | None = None, allow_weak: bool = False):
        self._allow_weak = allow_weak
        self._sandbox = Sandbox(level, allow_weak)
        self.level = self._sandbox.level

    def judge(self, chapter: Chapter, sources: dict[str, str], seed: int) -> list[Judged]:
        """As :func:`judge_all`; where the sandbox fails, once more in a new one."""
        try:
            return judge_all(self._sandbox, chapter, sources, seed)
        except SandboxFailed:
            self._sandbox.close()
            self._sandbox = Sandbox(self.level, self._allow_weak)
            return judge_all(self._sandbox, chapter, sources, seed)

    def close(self) -> None:
        """End the sandbox."""
        self._sandbox.close()

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def listing(source: str, name: str) -> str:
    """A function's lines but for its docstring, cut out without parsing a learner's text; empty if it is not there."""
    lines = source.splitlines()
    starts = [number for number, line in enumerate(lines) if re.match(rf"def {name}\b", line)]
    if not starts:
        return ""
    body = itertools.takewhile(lambda line: not line.strip() or line[0] in " \t#)", lines[starts[-1] + 1 :])
    text = "\n".join([lines[starts[-1]], *body]).rstrip()
    text = re.sub(r'^([^\n]*\n)\s*""".*?"""\n', r"\1", text, count=1, flags=re.DOTALL)[:MAX_LISTING]
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t") + "\n"


def record_of(student: str, chapter: Chapter, level: str, judged: list[Judged]) -> dict:
    """The outcome of a submission that was judged, as other programs read it."""
    return {
        "student": student,
        "assignment": chapter.notebook,
        "outcome": "scored",
        "reason": None,
        "score": sum(one.points for one in judged),
        "max_score": sum(one.max_points for one in judged),
        "level": level,
        "exercises": [one.record for one in judged],
    }


def record_without(student: str, chapter: Chapter, level: str, outcome: str, reason: str) -> dict:
    """The outcome of a submission that has no mark: ``ungradable``, or ``retry`` where the fault is ours."""
    return {
        "student": student,
        "assignment": chapter.notebook,
        "outcome": outcome,
        "reason": reason,
        "score": None,
        "max_score": sum(find_exercise(name).points for name in chapter.exercises),
        "level": level,
        "exercises": [],
    }
