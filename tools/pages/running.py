"""A chapter's notebook, run from the first cell to the last in memory; nothing is written back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder_tests.catalogue import Chapter
from tools.stubs import solved

ROOMS = ("notebooks", "course_lib", "autograder_tests", "solutions")
SECONDS = 300  # for one cell


def run(chapter: Chapter, root: Path) -> NotebookNode:
    """Run a chapter of the course at ``root``, and give back its notebook with outputs and the states of its widgets.

    A cell that fails keeps its error as its output, and the next one runs.

    Raises
    ------
    FileNotFoundError
        If the notebook is not there.
    nbclient.exceptions.CellTimeoutError
        If a cell takes more than ``SECONDS``.
    """
    folder = root / "notebooks"
    book = nbformat.read(folder / f"{chapter.notebook}.ipynb", as_version=4)
    client = NotebookClient(
        book,
        timeout=SECONDS,
        kernel_name="python3",
        allow_errors=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    return client.execute()


@contextmanager
def solved_copy(root: Path) -> Iterator[Path]:
    """A copy of the course in a folder of its own, with every answer filled in, for as long as the block lasts.

    Raises
    ------
    FileNotFoundError
        If the course has no solutions, as in what learners get.
    """
    with TemporaryDirectory(prefix="course-") as folder:
        copy = Path(folder)
        for room in ROOMS:
            shutil.copytree(root / room, copy / room, ignore=shutil.ignore_patterns("__pycache__", "*.kept*"))
        for path in (copy / "solutions").glob("[!_]*.py"):
            text = solved(path.read_text(encoding="utf-8"), path.stem)
            (copy / "course_lib" / path.name).write_text(text, encoding="utf-8")
        yield copy
