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

from .arrange import arrange
from .classroom import Classroom, replace_folder, write_json
from .deliveries import Delivery, deliveries
from .naming import fingerprint


@dataclass(frozen=True)
class Receipt:
    """What became of one delivery."""

    student: str
    outcome: Literal["new", "replaced", "unchanged"]
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
        If a path is missing or unreadable, or the chapter is not released; then nothing at all was taken.
    """
    released = classroom.released(chapter)
    looked = [deliveries(path, chapter) for path in paths]
    received = received or datetime.now(UTC)
    receipts = [_file(classroom, chapter, released, one, received) for found, _ in looked for one in found]
    return receipts, [sentence for _, nobodys in looked for sentence in nobodys]


def _file(classroom: Classroom, chapter: Chapter, released: Path, delivery: Delivery, received: datetime) -> Receipt:
    student, notes = _without_clash(classroom, delivery.student), list(delivery.notes)
    if student != delivery.student:
        notes.append(f"There is another student whose id differs in capitals only; the id became {student}.")
    files = arrange(delivery.members, chapter, notes)
    notebook = f"{chapter.notebook}.ipynb"
    if notebook not in files:
        files[notebook] = released.read_bytes()
        notes.append("No notebook came with it; the released one stands in its place, without answers in words.")
    mark = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
    place, note = classroom.folder("submitted", student, chapter), classroom.notes(chapter) / f"{student}.json"
    earlier = _earlier(note) if place.is_dir() else None
    if earlier == mark:
        return Receipt(student, "unchanged", notes)
    outcome = "replaced" if place.exists() else "new"
    if outcome == "replaced":
        notes.append("It replaces what was handed in before.")
    files["timestamp.txt"] = received.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC\n").encode()
    _write(place, files)
    write_json(note, {"student": student, "received": received.isoformat(), "fingerprint": mark, "notes": notes})
    return Receipt(student, outcome, notes)


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


def _write(place: Path, files: dict[str, bytes]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=place.parent, prefix=".new-"))
    try:
        for path, data in files.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(data)
        new.chmod(0o755)
        replace_folder(new, place)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
