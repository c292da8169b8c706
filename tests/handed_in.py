"""For the tests of intake: a classroom, and ways to hand something in."""

import io
import zipfile
from pathlib import Path

from autograder_tests.catalogue import find_chapter
from grading.classroom import open_or_create
from grading.intake import take_in

CHAPTER = find_chapter("01")
NOTEBOOK = (Path(__file__).resolve().parent.parent / "notebooks" / "01_convolution.ipynb").read_bytes()
ANSWER, BOOK = "course_lib/convolution.py", "01_convolution.ipynb"
GOOD = {ANSWER: b"x = 1\n", BOOK: NOTEBOOK}


def released_classroom(folder):
    """A classroom with chapter 01 released, as far as intake looks at it."""
    made = open_or_create(folder)
    release = made.root / "release" / CHAPTER.notebook / BOOK
    release.parent.mkdir(parents=True)
    release.write_bytes(NOTEBOOK)
    return made


def put(folder, files):
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def below(folder, files):
    return {f"{folder}/{path}": data for path, data in files.items()}


def zipped(files, compression=zipfile.ZIP_STORED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return packed.getvalue()


def taken(classroom, *paths):
    """The files of each student after intake, the receipts by student, and what was nobody's."""
    receipts, nobodys = take_in(classroom, CHAPTER, list(paths))
    files = {}
    for receipt in receipts:
        folder = classroom.folder("submitted", receipt.student, CHAPTER)
        found = [path for path in folder.rglob("*") if path.is_file() and path.name != "timestamp.txt"]
        files[receipt.student] = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    return files, {receipt.student: receipt for receipt in receipts}, nobodys
