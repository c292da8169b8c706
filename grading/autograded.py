"""The autograded folder of a submission, as nbgrader would have left it, and its line in the gradebook."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

import nbformat

from .classroom import replace_folder
from .gradebook import open_gradebook
from .marking import Judged
from .rebuild import put_marks, rebuild, released_notebook
from .unpack import NotPlain, TooLarge, read_plain
from .workers import Task


class Writer:
    """The one writer while a class is graded. To be used with ``with``."""

    def __init__(self, task: Task):
        self.task = task
        self.released = released_notebook(task.classroom, task.chapter)
        self._exits = contextlib.ExitStack()

    def __enter__(self) -> Writer:
        self.gradebook = self._exits.enter_context(open_gradebook(self.task.classroom))
        return self

    def __exit__(self, *_: object) -> None:
        self._exits.close()

    def write(self, student: str, judged: list[Judged]) -> None:
        """Write a submission's marks: the gradebook first, then the folder in one step.

        Parameters
        ----------
        student : str
        judged : list of Judged
        """
        classroom, chapter = self.task.classroom, self.task.chapter
        submitted = classroom.folder("submitted", student, chapter)
        name = f"{chapter.notebook}.ipynb"
        notebook, _ = rebuild(self.released, _bytes(submitted / name))
        put_marks(notebook, judged, self.task.level)
        place = classroom.folder("autograded", student, chapter)
        place.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=place.parent, prefix=".new-"))
        try:
            _copy(submitted, new, without=name)
            _copy(classroom.folder("source", ".", chapter), new, without=f"course_lib/{chapter.stem}.py")
            text = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
            (new / name).write_text(text + "\n", encoding="utf-8")
            for path in (new, *new.rglob("*")):
                path.chmod(0o755 if path.is_dir() else 0o444)
            self.gradebook.record(notebook, student, chapter, submitted)
            replace_folder(new, place)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def _bytes(notebook: Path) -> bytes:
    """What was handed in; nothing, where it cannot be read. The rebuilt notebook then says so."""
    try:
        return read_plain(notebook)
    except (NotPlain, TooLarge):
        return b""


def _copy(folder: Path, new: Path, without: str) -> None:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb" and name != without:
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, new / name)
