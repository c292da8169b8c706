"""From the path an instructor names to one delivery a person: what came, whose it is, and how that was found."""

from __future__ import annotations

import os
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from autograder_tests.catalogue import Chapter, find_chapter

from .archives import look_into_zip
from .classroom import Refused
from .counting import by_top, holds_many, is_chapters, wrapper
from .naming import Label, read_label, safe_id
from .unpack import CannotRead, Contents, Member, few, limit_of, look_into_folder, read_plain, shown, unsafe

HANDED_IN = (".zip", ".py", ".ipynb")


@dataclass
class Delivery:
    """One person's files of one chapter, archives unopened. ``notes`` are for the instructor and the learner."""

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
        If there is nothing at the path.
    """
    if not os.path.lexists(path):
        raise Refused(f"There is nothing at {path}. Name a folder, a zip file, or a file that was handed in.")
    if reason := unsafe(path):
        return [], [f"{shown(str(path))} was left out: it is {reason}."]
    path = path.resolve()
    label, notes = _label_of_path(path, chapter), []
    try:
        contents = _look_into(path, label)
    except CannotRead as error:
        contents, notes = Contents([], []), [f"{shown(path.name)} could not be opened: {error}."]
    if read_label(path.name) is None:
        contents = wrapper(contents, chapter, path.is_dir()) or contents
        if not notes and holds_many(contents, chapter, path):
            return _person_by_person(contents, chapter)
    if sentence := _of_another_chapter(path.name, label, chapter):
        return [], [sentence]
    return [_delivery(label, contents, notes)], []


def _look_into(path: Path, label: Label) -> Contents:
    if path.is_dir():
        return look_into_folder(path)
    if zipfile.is_zipfile(path):
        return look_into_zip(path)
    return Contents([Member((label.rest or path.name,), lambda: read_plain(path, limit_of(path.name)))], [])


def _label_of_path(path: Path, chapter: Chapter) -> Label:
    """Whose a path is if it holds one submission; where it has the chapter's name, the folder around it says so."""
    named, is_folder = path, path.is_dir()
    while is_chapters(named.name, chapter) and named != named.parent:
        named, is_folder = named.parent, True
    return read_label(named.name) or _plain_label(named.name, is_folder)


def _plain_label(name: str, is_folder: bool) -> Label:
    if is_folder:
        return Label(name, "the folder's name")
    return Label(Path(name).stem, "the file's name", rest=name)


def _of_another_chapter(name: str, label: Label, chapter: Chapter) -> str:
    if label.assignment in ("", chapter.notebook):
        return ""
    number = find_chapter(label.assignment).number
    return f"{shown(name)} was handed in for {label.assignment}. Take it in with `course intake {number}`."


def _person_by_person(contents: Contents, chapter: Chapter) -> tuple[list[Delivery], list[str]]:
    """Split a download by its first level: one folder or file a person."""
    found, nobodys = [], []
    for top, share in sorted(by_top(contents).items()):
        is_folder = any(len(entry.parts) > 1 for entry in (*share.members, *share.refused))
        label = read_label(top) or _plain_label(top, is_folder)
        refused_itself = [refusal.sentence for refusal in share.refused if len(refusal.parts) == 1]
        if refused_itself or top in ("", ".."):
            nobodys += refused_itself or [refusal.sentence for refusal in share.refused]
        elif is_chapters(top, chapter):
            nobodys.append(f"{shown(top)} is nobody's: put it in a folder with its learner's name.")
        elif read_label(top) is None and not (is_folder or top.lower().endswith(HANDED_IN)):
            nobodys.append(f"{shown(top)} is nobody's submission.")
        elif sentence := _of_another_chapter(top, label, chapter):
            nobodys.append(sentence)
        else:
            members = [m.beyond(1) if is_folder else Member((label.rest or top,), m.read) for m in share.members]
            found.append(_delivery(label, Contents(members, share.refused), []))
    return _one_each(found), few(nobodys, 50)


def _delivery(label: Label, contents: Contents, notes: list[str]) -> Delivery:
    student = safe_id(label.student)
    written = "" if student == label.student else f' ("{shown(label.student)}")'
    delivery = Delivery(student, label, contents.members)
    delivery.notes.append(f"The student is {student}{written}, found by {label.by}.")
    if label.late:
        delivery.notes.append("The platform marked it late.")
    delivery.notes += [*notes, *few(refusal.sentence for refusal in contents.refused)]
    return delivery


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
