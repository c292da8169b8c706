"""Choose what counts from somebody's files, and give it the names that it should have."""

from __future__ import annotations

import contextlib
import json

from autograder_tests.catalogue import Chapter, chapters

from .deliveries import UNREADABLE
from .naming import tidy
from .rebuild import Unreadable, parse
from .unpack import Member, shown

MAX_OTHERS = 50  # files that do not count, a learner's pictures for instance
MAX_BYTES = 20_000_000
OURS = {"autograder_tests", "given", "timestamp.txt"}  # never the learner's


def arrange(members: list[Member], chapter: Chapter, notes: list[str]) -> dict[str, bytes]:
    """Choose what counts from a delivery and give it the names that it should have.

    The answer is ``course_lib/<chapter>.py``, or the file of that name nearest to it; the notebook is the one with the
    assignment's name, or the only one. Whatever was repaired or left out is added to ``notes``.

    Returns
    -------
    dict of str to bytes
        File contents by path in the submission.
    """
    others = {other.notebook for other in chapters()} - {chapter.notebook}
    members = [member for member in members if others.isdisjoint(member.parts) and OURS.isdisjoint(member.parts)]
    files: dict[str, bytes] = {}
    taken: set[tuple[str, ...]] = set()

    def take(member: Member, path: str) -> None:
        taken.add(member.parts)
        try:
            files[path] = member.read()
        except UNREADABLE as error:
            notes.append(f"{_path(member)} was left out: {error}.")
        else:
            if member.parts[-path.count("/") - 1 :] != tuple(path.split("/")):
                notes.append(f"{_path(member)} was taken as {path}.")

    answer = _nearest(members, f"{chapter.stem}.py", "course_lib", notes)
    if answer:
        take(answer, f"course_lib/{chapter.stem}.py")
        _note_encoding(files.get(f"course_lib/{chapter.stem}.py", b""), notes)
        for beside in members:
            if beside.parts[:-1] == answer.parts[:-1] != () and beside.name.endswith(".py") and beside is not answer:
                take(beside, f"course_lib/{beside.name}")
    else:
        names = ", ".join(sorted({shown(member.name) for member in members})[:8]) or "nothing"
        notes.append(f"There is no {chapter.stem}.py in it; what came is: {names}.")
    name = f"{chapter.notebook}.ipynb"
    if notebook := _notebook(members, chapter, notes):
        take(notebook, name)
        files[name] = _mended(files.get(name, b""), notes)
    _take_others([member for member in members if member.parts not in taken], chapter, files, notes)
    return files


def _note_encoding(raw: bytes, notes: list[str]) -> None:
    with contextlib.suppress(UnicodeDecodeError):
        if not raw.decode("utf-8").startswith("\ufeff"):
            return
    notes.append("The answer was saved in another encoding than plain UTF-8; it is read as it was meant.")


def _mended(raw: bytes, notes: list[str]) -> bytes:
    """A notebook as plain UTF-8; the bytes as they came, where they are no notebook."""
    try:
        content = parse(raw)
    except Unreadable as error:
        notes.append(f"The notebook cannot be read: {error}. The code counts; answers in words need a person's eye.")
        return raw
    try:
        json.loads(raw.decode("utf-8"))
    except ValueError:
        notes.append("The notebook was saved in another encoding than plain UTF-8; it was written anew.")
        return json.dumps(content, indent=1).encode("utf-8")
    return raw


def _nearest(members: list[Member], name: str, parent: str, notes: list[str]) -> Member | None:
    def far(member: Member) -> tuple:
        return parent not in member.parts[-2:-1], member.name != name, len(member.parts), member.parts

    found = sorted((member for member in members if tidy(member.name) == name), key=far)
    if len(found) > 1:
        notes.append(f"{len(found)} files are called {name}; {_path(found[0])} counts.")
    return found[0] if found else None


def _notebook(members: list[Member], chapter: Chapter, notes: list[str]) -> Member | None:
    by_name = _nearest(members, f"{chapter.notebook}.ipynb", chapter.notebook, notes)
    if by_name:
        return by_name
    found = [member for member in members if tidy(member.name).endswith(".ipynb")]
    own = [member for member in found if _chapter_of(member) in ("", chapter.number)]
    if found and not own:
        notes.append(f"{_path(found[0])} is the notebook of another chapter.")
    if len(own) > 1:
        notes.append(f"{len(own)} notebooks came; {_path(own[0])} counts.")
    return own[0] if own else None


def _chapter_of(member: Member) -> str:
    """The chapter that a notebook says it belongs to; empty if it does not say."""
    try:
        return str(parse(member.read())["metadata"]["course"]["chapter"])
    except (*UNREADABLE, Unreadable, KeyError, TypeError):
        return ""


def _take_others(members: list[Member], chapter: Chapter, files: dict[str, bytes], notes: list[str]) -> None:
    """Pictures and the like come along while there is room; further notebooks and Python files do not."""
    left_out = 0
    for member in members:
        parts = (
            member.parts[member.parts.index(chapter.notebook) + 1 :]
            if chapter.notebook in member.parts
            else member.parts
        )
        path = "/".join(parts)
        if tidy(member.name).endswith((".ipynb", ".py")) or path in files or len(files) >= MAX_OTHERS:
            left_out += 1
            continue
        try:
            data = member.read()
        except UNREADABLE as error:
            notes.append(f"{_path(member)} was left out: {error}.")
            continue
        if sum(map(len, files.values())) + len(data) > MAX_BYTES:
            left_out += 1
        else:
            files[path] = data
    if left_out:
        notes.append(f"{left_out} further {'file was' if left_out == 1 else 'files were'} left out; they do not count.")


def _path(member: Member) -> str:
    return shown("/".join(member.parts))
