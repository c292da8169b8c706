"""From the path an instructor names to one delivery a person: what came, whose it is, and how that was found."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from autograder_tests.catalogue import Chapter

from .classroom import Refused
from .naming import Label, read_label, safe_id, tidy
from .unpack import Contents, Member, NotPlain, TooLarge, look_into_folder, look_into_zip, read_plain, shown

UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, NotPlain, TooLarge)
HANDED_IN = (".zip", ".py", ".ipynb")


@dataclass
class Delivery:
    """One person's files of one chapter. ``notes`` are sentences for the instructor and the learner."""

    student: str
    label: Label
    members: list[Member] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def deliveries(path: Path, chapter: Chapter) -> tuple[list[Delivery], list[str]]:
    """Everything that lies at a path, person by person.

    Parameters
    ----------
    path : Path
        A submission (folder, zip or single file), or a folder or zip that holds many.
    chapter : Chapter

    Returns
    -------
    list of Delivery
        In order of the students' ids; several files of one person are one delivery.
    list of str
        What was left out and is nobody's.

    Raises
    ------
    Refused
        If there is nothing at the path, or nothing that can be read.
    """
    if not path.exists():
        raise Refused(f"There is nothing at {path}. Name a folder, a zip file, or a file that was handed in.")
    try:
        contents = _look_into(path)
    except UNREADABLE as error:
        raise Refused(f"{path} cannot be read: {error}. Ask for it again, or open it by hand.") from None
    if _is_one(path, contents, chapter):
        return [_delivery(_label_of_path(path, chapter), contents)], []
    return _person_by_person(contents, chapter)


def _look_into(path: Path) -> Contents:
    if path.is_dir():
        return look_into_folder(path)
    if zipfile.is_zipfile(path):
        return look_into_zip(path)
    read_plain(path)
    return Contents([Member((path.name,), lambda: read_plain(path))], [])


def _is_one(path: Path, contents: Contents, chapter: Chapter) -> bool:
    """Whether a path holds one person's work: it is labelled so, or an answer or notebook lies where it would.

    A zip file with one folder around everything is one person's too.
    """
    if read_label(path.name) or not (path.is_dir() or zipfile.is_zipfile(path)):
        return True
    tops = {member.parts[0] for member in contents.members}
    if any(read_label(part) for member in contents.members for part in member.parts[:2]):
        return False
    answers = {f"{chapter.stem}.py", f"{chapter.notebook}.ipynb"}
    loose = any(len(member.parts) == 1 and tidy(member.name) in answers for member in contents.members)
    return loose or not tops.isdisjoint({chapter.notebook, "course_lib"}) or (not path.is_dir() and len(tops) == 1)


def _label_of_path(path: Path, chapter: Chapter) -> Label:
    is_folder = path.is_dir()
    if path.name == chapter.notebook or tidy(path.name) in {f"{chapter.notebook}.zip", f"{chapter.notebook}.ipynb"}:
        path, is_folder = path.resolve().parent, True
    return read_label(path.name) or _plain_label(path.name, is_folder)


def _plain_label(name: str, is_folder: bool) -> Label:
    if is_folder:
        return Label(name, "the folder's name")
    return Label(Path(name).stem, "the file's name", rest=name)


def _person_by_person(contents: Contents, chapter: Chapter) -> tuple[list[Delivery], list[str]]:
    """Split a download by its first level, or by its second below one folder: one folder or file a person."""
    if len({member.parts[0] for member in contents.members}) == 1 and not read_label(contents.members[0].parts[0]):
        if any(read_label(member.parts[1]) for member in contents.members if len(member.parts) > 1):
            contents = Contents([m.beyond(1) for m in contents.members if len(m.parts) > 1], contents.refused)
    tops: dict[str, Contents] = defaultdict(lambda: Contents([], []))
    for member in contents.members:
        tops[member.parts[0]].members.append(member)
    for refusal in contents.refused:
        tops[refusal.parts[0]].refused.append(refusal)
    found, nobodys = [], []
    for top, share in sorted(tops.items()):
        is_folder = any(len(entry.parts) > 1 for entry in (*share.members, *share.refused))
        label = read_label(top)
        if label is None and (top in ("", "..") or not (is_folder or top.lower().endswith(HANDED_IN))):
            nobodys += [refusal.sentence for refusal in share.refused] or [f"{shown(top)} is nobody's submission."]
            continue
        label = label or _plain_label(top, is_folder)
        if label.assignment in ("", chapter.notebook):
            members = [m.beyond(1) if is_folder else Member((label.rest or top,), m.read) for m in share.members]
            found.append(_delivery(label, Contents(members, share.refused)))
    return _one_each(found), nobodys


def _delivery(label: Label, contents: Contents) -> Delivery:
    student = safe_id(label.student)
    written = "" if student == label.student else f' ("{shown(label.student)}")'
    delivery = Delivery(student, label, notes=[f"The student is {student}{written}, found by {label.by}."])
    if label.late:
        delivery.notes.append("The platform marked it late.")
    delivery.notes += [refusal.sentence for refusal in contents.refused]
    for member in contents.members:
        if member.name.lower().endswith(".zip"):
            _open_archive(member, delivery)
        else:
            delivery.members.append(member)
    return delivery


def _open_archive(member: Member, delivery: Delivery) -> None:
    """Add what a learner's zip holds; a zip in that zip stays closed."""
    try:
        contents = look_into_zip(member.read())
    except UNREADABLE as error:
        delivery.notes.append(f"{shown(member.name)} could not be opened: {error}.")
        return
    delivery.members += [inner.below(member.name) for inner in contents.members]
    delivery.notes += [refusal.sentence for refusal in contents.refused]


def _one_each(found: list[Delivery]) -> list[Delivery]:
    """Several deliveries of one person as one, and two people of one name as two."""
    people: dict[tuple[str, str], Delivery] = {}
    for delivery in sorted(found, key=lambda delivery: (delivery.student, delivery.label.number, delivery.label.order)):
        key = (delivery.student, delivery.label.number)
        if key not in people:
            people[key] = delivery
        elif delivery.label.assignment:
            people[key] = delivery
            delivery.notes.append("An earlier one lay beside it; the later counts.")
        else:
            people[key].members += delivery.members
            people[key].notes += [note for note in delivery.notes if note not in people[key].notes]
    named = Counter(student for student, _ in people)
    for (student, number), delivery in people.items():
        if named[student] > 1:
            delivery.student = f"{student}-{number or 'x'}"
            delivery.notes.append(f"Somebody else has the same name; the id became {delivery.student}.")
    return list(people.values())
