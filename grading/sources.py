"""The texts that a submission runs on, read from its folder as what they are: other people's."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from autograder_tests.catalogue import Chapter, chapters
from course_lib.given.loader import decode, read_sources

from .classroom import Classroom
from .unpack import NotPlain, TooLarge, read_plain, shown

MAX_SOURCE = 1_000_000  # bytes; of the answer, and of all helper files together
MAX_HELPERS = 50

log = logging.getLogger(__name__)


class Ungradable(Exception):
    """There is nothing to judge. The message is the reason, for the instructor and the learner."""


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
    texts |= _helpers(helpers, student)
    texts[chapter.stem] = _text(_raw(answer, MAX_SOURCE))
    return texts


def _helpers(paths: list[Path], student: str) -> dict[str, str]:
    """Files of the learner's own that the answer may import, as many as fit; of the others the instructor is told."""
    texts, left = {}, MAX_SOURCE
    for path in paths[:MAX_HELPERS]:
        try:
            raw = _raw(path, left)
        except Ungradable as error:
            log.warning("%s: a helper file was left out: %s", shown(student), shown(str(error)))
            continue
        left -= len(raw)
        texts[path.stem] = _text(raw)
    if len(paths) > MAX_HELPERS:
        log.warning("%s: %d helper files; the first %d were taken", shown(student), len(paths), MAX_HELPERS)
    return texts


def _raw(path: Path, limit: int) -> bytes:
    try:
        return read_plain(path, limit)
    except NotPlain as error:
        raise Ungradable(f"{error}, so it was not read.") from None
    except TooLarge:
        raise Ungradable(f"{path.name} has more than {limit:,} bytes, so it was not read.") from None
    except OSError as error:  # for instance a folder of that name
        raise Ungradable(f"{path.name} cannot be read: {error.strerror}.") from None


def _text(raw: bytes) -> str:
    try:
        return decode(raw).replace("\r\n", "\n")
    except (SyntaxError, UnicodeError, LookupError):
        return "this file is not text that Python can read"


def _what_came(classroom: Classroom, chapter: Chapter, student: str) -> str:
    """What intake noted, so that the reason names what was received."""
    try:
        notes = json.loads((classroom.notes(chapter) / f"{student}.json").read_text(encoding="utf-8"))["notes"]
    except (OSError, ValueError, KeyError):
        return "Ask for it."
    return " ".join(notes[1:])
