"""Take in what was handed in: one clean folder a person in ``submitted/``, and a note of what was done."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from autograder_tests.catalogue import Chapter

from .archives import open_archives
from .arrange import arrange
from .classroom import Classroom, Refused, replace_folder, write_json
from .deliveries import Delivery, deliveries
from .naming import fingerprint, read_label
from .sources import Ungradable
from .unpack import Member, shown


@dataclass(frozen=True)
class Receipt:
    """What became of one delivery."""

    student: str
    outcome: Literal["new", "replaced", "unchanged", "failed"]
    notes: list[str]


def take_in(
    classroom: Classroom, chapter: Chapter, paths: list[Path], received: datetime | None = None
) -> tuple[list[Receipt], list[str]]:
    """Sort what lies at some paths into ``submitted/<student>/<assignment>/``.

    Parameters
    ----------
    classroom : Classroom
    chapter : Chapter
    paths : list of Path
        Submissions, or downloads that hold many.
    received : datetime, optional
        When they were handed in; now, if not said. A ``timestamp.txt`` in a submission is not believed.

    Returns
    -------
    list of Receipt
        In the order of the paths.
    list of str
        What was left out and belongs to nobody.

    Raises
    ------
    Refused
        If a path is missing, or the chapter is not released; then nothing at all was taken.
    """
    released = classroom.released(chapter)
    looked = [deliveries(path, chapter) for path in paths]
    received = received or datetime.now(UTC)
    receipts = [_file_or_say(classroom, chapter, released, one, received) for found, _ in looked for one in found]
    return receipts, [sentence for _, nobodys in looked for sentence in nobodys]


def _file_or_say(classroom: Classroom, chapter: Chapter, released: Path, delivery: Delivery, when: datetime) -> Receipt:
    """Whatever is wrong with one delivery, the others are taken."""
    try:
        return _file(classroom, chapter, released, delivery, when)
    except Exception as error:
        known = isinstance(error, (Refused, Ungradable))
        reason = str(error) if known else f"{type(error).__name__}: {shown(str(error))}."
        return Receipt(delivery.student, "failed", [*delivery.notes, f"It could not be taken in. {reason}"])


def _file(classroom: Classroom, chapter: Chapter, released: Path, delivery: Delivery, received: datetime) -> Receipt:
    student, notes = _without_clash(classroom, delivery.student), list(delivery.notes)
    if student != delivery.student:
        notes.append(f"There is another student whose id differs in capitals only; the id became {student}.")
    members = open_archives(delivery.members, notes)
    notes += _borrowed_names(members, student)
    files = arrange(members, chapter, notes)
    notebook = f"{chapter.notebook}.ipynb"
    if notebook not in files:
        files[notebook] = released.read_bytes()
        notes.append("The released notebook stands in its place, without answers in words.")
    mark = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
    place, note = classroom.folder("submitted", student, chapter), classroom.notes(chapter) / f"{student}.json"
    earlier = _earlier(note) if place.is_dir() else None
    if earlier == mark:
        return Receipt(student, "unchanged", notes)
    kept = _free_place(classroom.kept(chapter), student) if place.exists() else None
    if kept:
        notes.append(f"It replaces what was handed in before, which is kept in {kept}.")
    files["timestamp.txt"] = received.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC\n").encode()
    _write(place, files, kept)
    write_json(note, {"student": student, "received": received.isoformat(), "fingerprint": mark, "notes": notes})
    return Receipt(student, "replaced" if kept else "new", notes)


def _borrowed_names(members: list[Member], student: str) -> list[str]:
    """A note where somebody's own files carry a platform's names. They say nothing about whose the files are."""
    names = sorted({part for member in members for part in member.parts if read_label(part)})
    if not names:
        return []
    return [
        f"In it lies {shown(names[0])}, named as if by a platform; all of it counts as {student}'s. "
        "If this is a download of many, unpack it and take in the folder."
    ]


def _free_place(folder: Path, student: str) -> Path:
    number = 1
    while (folder / f"{student}-{number}").exists():
        number += 1
    return folder / f"{student}-{number}"


def _without_clash(classroom: Classroom, student: str) -> str:
    """The id, or another where a file system that knows no capitals would take two people for one."""
    others = {folder.name for folder in classroom.root.glob("submitted/*")} - {student}
    clash = student.lower() in {other.lower() for other in others}
    return f"{student}-{fingerprint(student)}" if clash else student


def _earlier(note: Path) -> str | None:
    try:
        return json.loads(note.read_text(encoding="utf-8"))["fingerprint"]
    except (OSError, ValueError, KeyError):
        return None


def _write(place: Path, files: dict[str, bytes], kept: Path | None) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=place.parent, prefix=".new-"))
    try:
        for path, data in files.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(data)
        new.chmod(0o755)
        replace_folder(new, place, kept)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
