"""One submission, judged: its sources go into the box, its reports come out. nbgrader is not needed here."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
from dataclasses import dataclass
from pathlib import Path

from autograder_tests.catalogue import Chapter, chapters, find_exercise
from autograder_tests.judging import judge
from course_lib.given.loader import decode, read_sources

from .classroom import Classroom
from .sandbox import Sandbox, SandboxFailed
from .unpack import NotPlain, TooLarge, read_plain

SECONDS = 2.0  # a call; a right answer in plain loops takes a fortieth of it
MAX_SOURCE = 1_000_000
MAX_LISTING = 5_000


class Ungradable(Exception):
    """There is nothing to judge. The message is the reason, for the instructor and the learner."""


@dataclass(frozen=True)
class Judged:
    """The report of one exercise, ready to be stored. Inputs that were drawn for grading are not shown in it."""

    exercise: str
    code: str
    points: float
    max_points: float
    record: dict
    text: str
    html: str


def gather(classroom: Classroom, chapter: Chapter, student: str) -> dict[str, str]:
    """The texts that a submission runs on: its own chapter, and the earlier chapters as they were released.

    Raises
    ------
    Ungradable
        If the chapter's file is missing or no ordinary file of a sensible size.
    """
    released = classroom.released(chapter).parent / "course_lib"
    handed_in = classroom.folder("submitted", student, chapter) / "course_lib"
    answer = handed_in / f"{chapter.stem}.py"
    if handed_in.is_symlink() or not answer.exists():
        came = _what_came(classroom, chapter, student)
        raise Ungradable(f"course_lib/{answer.name} is not in the submission. {came}")
    texts = read_sources(released)
    helpers = [path for path in sorted(handed_in.glob("*.py")) if path.stem not in {other.stem for other in chapters()}]
    for path in helpers:
        with contextlib.suppress(Ungradable):
            texts[path.stem] = _text(path)
    texts[chapter.stem] = _text(answer)
    return texts


def _text(path: Path) -> str:
    try:
        return decode(read_plain(path, MAX_SOURCE)).replace("\r\n", "\n")
    except (NotPlain, TooLarge) as error:
        raise Ungradable(f"{error}, so it was not read.") from None
    except (SyntaxError, UnicodeDecodeError):
        return "this file is not text that Python can read"


def _what_came(classroom: Classroom, chapter: Chapter, student: str) -> str:
    """What intake noted, so that the reason names what was received."""
    try:
        notes = json.loads((classroom.notes(chapter) / f"{student}.json").read_text(encoding="utf-8"))["notes"]
    except (OSError, ValueError, KeyError):
        return "Ask for it."
    return " ".join(notes[1:])


def judge_all(sandbox: Sandbox, chapter: Chapter, sources: dict[str, str], seed: int) -> list[Judged]:
    """Judge every exercise of a chapter on one learner's texts.

    Parameters
    ----------
    sandbox : Sandbox
        An open one.
    chapter : Chapter
    sources : dict of str to str
        From :func:`gather`.
    seed : int
        What the hidden cases are drawn from.
    """
    judged = []
    with sandbox.submission(sources) as submission:
        for name in chapter.exercises:
            report = judge(find_exercise(name), submission.caller(chapter.stem, name, seconds=SECONDS), seed=seed)
            text = report.text(show_drawn=False)
            judged.append(
                Judged(
                    name,
                    listing(sources[chapter.stem], name),
                    float(report.points),
                    float(report.max_points),
                    {**report.as_dict(), "message": text},
                    text,
                    report.html(show_drawn=False),
                )
            )
    return judged


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
