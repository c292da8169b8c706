"""What nbgrader loads by name: with these, its own commands and its formgrader button use the course's judge."""

from __future__ import annotations

import atexit
import functools
import os
import stat
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool
from traitlets.config import Config, PyFileConfigLoader

from autograder_tests.catalogue import Chapter, find_chapter

from .classroom import COURSE, Classroom, open_classroom, write_json
from .marking import Bench, record_of, record_without
from .rebuild import put_marks, rebuild, released_notebook
from .sources import Ungradable, gather
from .unpack import read_plain


def settings(classroom: Classroom) -> Config:
    """nbgrader's configuration as ``nbgrader_config.py`` has it, for one classroom."""
    config = PyFileConfigLoader("nbgrader_config.py", str(COURSE)).load_config()
    config.CourseDirectory.root = str(classroom.root)
    return config


def drop_links(assignment: str, student: str, notebooks: list[str]) -> None:
    """Take everything but ordinary files out of a submission before nbgrader copies it."""
    for notebook in notebooks:
        for folder, names, files in os.walk(Path(notebook).parent):
            for path in (Path(folder) / name for name in (*names, *files)):
                if not (stat.S_ISREG(path.lstat().st_mode) or stat.S_ISDIR(path.lstat().st_mode)):
                    path.unlink()


class SubmissionExporter(NotebookExporter):
    """Reads a submission even where its notebook is damaged: Rebuild looks at the bytes itself."""

    def from_file(self, file_stream: Any, resources: dict | None = None, **kw: Any) -> tuple[Any, dict]:
        try:
            notebook = nbformat.read(file_stream, as_version=4)
        except Exception:  # whatever is wrong with it, it is not from here that cells are taken
            notebook = new_notebook()
        return self.from_notebook_node(notebook, resources=resources, **kw)


class _Link(NbGraderPreprocessor):
    """Knows which submission is being converted."""

    def here(self, resources: dict) -> tuple[Classroom, Chapter, str]:
        classroom = open_classroom(self.parent.parent.coursedir.root)
        return classroom, find_chapter(resources["nbgrader"]["assignment"]), resources["nbgrader"]["student"]


class Rebuild(_Link):
    """Replaces the notebook that was handed in by the released one with the learner's answers in words."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        classroom, chapter, student = self.here(resources)
        path = classroom.folder("submitted", student, chapter) / f"{chapter.notebook}.ipynb"
        notebook, notes = rebuild(released_notebook(classroom, chapter), read_plain(path))
        for note in notes:
            self.log.warning(note)
        return notebook, resources


class Judge(_Link):
    """Stands where nbgrader executes cells: judges the learner's file in the box, and puts in the reports."""

    allow_weak_sandbox = Bool(False, help="Whether to grade where nothing confines the learner's code.").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        classroom, chapter, student = self.here(resources)
        place = classroom.marks(chapter) / f"{student}.json"
        bench = _bench(self.allow_weak_sandbox)
        try:
            judged = bench.judge(chapter, gather(classroom, chapter, student), classroom.seed)
        except Ungradable as error:
            write_json(place, record_without(student, chapter, bench.level, "ungradable", str(error)))
            raise
        except Exception as error:
            write_json(place, record_without(student, chapter, bench.level, "retry", repr(error)))
            raise
        for trouble in filter(None, (one.trouble for one in judged)):
            self.log.error("%s: %s", student, trouble)
        put_marks(nb, judged, bench.level)
        write_json(place, record_of(student, chapter, bench.level, judged))
        return nb, resources


@functools.cache
def _bench(allow_weak: bool) -> Bench:
    """One for all submissions of this process."""
    bench = Bench(allow_weak=allow_weak)
    atexit.register(bench.close)
    return bench
