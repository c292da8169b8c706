"""One class: a folder in nbgrader's layout, with a format, a secret, and the marks beside it."""

from __future__ import annotations

import json
import os
import secrets
import shlex
import shutil
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from autograder_tests.catalogue import Chapter

COURSE = Path(__file__).resolve().parents[1]
FORMAT = 1
FILE = "classroom.json"


class Refused(Exception):
    """What was asked for cannot be done. The message is a sentence with the next step."""


@dataclass(frozen=True)
class Classroom:
    """A classroom that was found in order.

    Parameters
    ----------
    root : Path
        The folder that holds ``submitted/``, ``autograded/``, ``gradebook.db`` and the rest.
    seed : int
        The secret that the hidden cases of this class are drawn from.
    """

    root: Path
    seed: int

    def folder(self, step: str, student: str, chapter: Chapter) -> Path:
        """nbgrader's folder for one step, for instance ``submitted/jane/01_convolution``.

        Raises
        ------
        Ungradable
            If a link lies in the place of a submission: what it leads to may be anybody's.
        """
        place = self.root / step / student / chapter.notebook
        if step == "submitted" and (place.is_symlink() or place.parent.is_symlink()):
            from .sources import Ungradable  # which needs this file

            raise Ungradable(f"submitted/{student}/{chapter.notebook} is a link, not a folder, and was not followed.")
        return place

    def marks(self, chapter: Chapter) -> Path:
        """Where the outcome of each submission of a chapter is kept, one JSON file a student."""
        return self.root / "marks" / chapter.notebook

    def notes(self, chapter: Chapter) -> Path:
        """Where intake says what it did with each submission, one JSON file a student."""
        return self.root / "notes" / chapter.notebook

    def kept(self, chapter: Chapter) -> Path:
        """Where intake keeps what a later submission replaced."""
        return self.root / "kept" / chapter.notebook

    def students(self, chapter: Chapter) -> list[str]:
        """Everyone who handed in something for a chapter, in order of their ids."""
        folders = self.root.glob("submitted/*")
        return sorted(folder.name for folder in folders if os.path.lexists(folder / chapter.notebook))

    def released(self, chapter: Chapter) -> Path:
        """The notebook of a chapter as this class got it: the source of cells, order and points.

        Raises
        ------
        Refused
            If the chapter was not released yet.
        """
        path = self.root / "release" / chapter.notebook / f"{chapter.notebook}.ipynb"
        if not path.is_file():
            raise Refused(
                f"Chapter {chapter.number} has not been released in {self.root} yet. "
                f"Run {command(self.root, 'release', chapter.number)} first."
            )
        return path


def command(root: Path, *words: str) -> str:
    """A command of the course on a classroom, to be pasted; the classroom is left out where it is the usual one."""
    return f"`{shlex.join(['course', *words, *([] if is_usual(root) else ['--classroom', str(root)])])}`"


def is_usual(root: Path) -> bool:
    """Whether a classroom is the one that commands take when none is named."""
    return root == Path(os.environ.get("COURSE_CLASSROOM") or COURSE / "classroom").resolve()


def open_classroom(root: Path | str) -> Classroom:
    """Find a classroom.

    Raises
    ------
    Refused
        If there is none, or one that another version of the course made.
    """
    root = Path(root).resolve()
    try:
        content = json.loads((root / FILE).read_text(encoding="utf-8"))
        version, seed = content["format"], int(content["seed"])
    except FileNotFoundError:
        raise Refused(f"There is no classroom in {root}. {command(root, 'release', '01')} makes one.") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(
            f"{root / FILE} cannot be read ({error}). Restore it from a backup; without it marks cannot be repeated."
        ) from None
    if version != FORMAT:
        raise Refused(
            f"The classroom in {root} has format {version}; this version of the course works with format {FORMAT}. "
            "Use the version of the course that made it, or another folder with --classroom."
        )
    return Classroom(root, seed)


def open_or_create(root: Path | str) -> Classroom:
    """Find a classroom, or make one where there is nothing yet.

    Raises
    ------
    Refused
        As :func:`open_classroom`, and if the folder holds other things or cannot be written.
    """
    root = Path(root).resolve()
    if (root / FILE).exists():
        return open_classroom(root)
    try:
        root.mkdir(parents=True, exist_ok=True)
        if any(root.iterdir()):
            raise Refused(
                f"{root} holds files but no {FILE}, so it is not a classroom. Name an empty folder with --classroom."
            )
        content = {"format": FORMAT, "course": metadata_version(), "seed": secrets.randbits(48)}
        write_json(root / FILE, content, mode=0o600)
    except OSError as error:
        raise Refused(
            f"No classroom can be made in {root}: {error.strerror}. Name a folder with --classroom."
        ) from None
    return open_classroom(root)


def metadata_version() -> str:
    """The version of the course, for the record."""
    try:
        return metadata.version("cnn-deep-dive")
    except metadata.PackageNotFoundError:
        return "not installed"


def write_json(path: Path, content: dict, mode: int = 0o644) -> None:
    """Write ``content`` whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with open(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, sort_keys=True)
        file.write("\n")
    os.chmod(unfinished, mode)
    os.replace(unfinished, path)


def replace_folder(new: Path, place: Path, kept: Path | None = None) -> None:
    """Put the folder ``new`` in the place of ``place``, which may exist and may be read-only inside.

    What was there before is moved to ``kept``; without that, it is deleted.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    old = None
    if kept and place.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        os.replace(place, kept)
    elif place.exists():
        old = Path(tempfile.mkdtemp(dir=place.parent, prefix=".old-")) / place.name
        os.replace(place, old)
    os.replace(new, place)
    if old:
        shutil.rmtree(old.parent)
