"""nbgrader's gradebook, written the way its autograde writes it: automatic marks new, a person's marks kept."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograder_tests.catalogue import Chapter

from .classroom import Classroom
from .nbgrader_link import settings


class Marks:
    """The one writer of a gradebook while a class is graded."""

    def __init__(self, gradebook: Gradebook, directory: CourseDirectory, config: Config):
        self.gradebook, self.directory, self.config = gradebook, directory, config

    def record(self, notebook: NotebookNode, student: str, chapter: Chapter, submitted: Path) -> None:
        """Store the points that a rebuilt notebook carries, when it was handed in, and what being late costs.

        Parameters
        ----------
        notebook : NotebookNode
            With marks in it, from :func:`grading.rebuild.put_marks`.
        student : str
        chapter : Chapter
        submitted : Path
            The submission's folder; its ``timestamp.txt`` says when it came.
        """
        self.gradebook.update_or_create_student(student)
        timestamp = self.directory.get_existing_timestamp(str(submitted))
        when = {"timestamp": timestamp} if timestamp else {}
        self.gradebook.update_or_create_submission(chapter.notebook, student, **when)
        resources = {
            "nbgrader": {
                "student": student,
                "assignment": chapter.notebook,
                "notebook": chapter.notebook,
                "db_url": self.directory.db_url,
            }
        }
        for preprocessor in (SaveAutoGrades, AssignLatePenalties):
            preprocessor(config=self.config).preprocess(notebook, resources)
        self.gradebook.db.expire_all()

    def without_mark(self, student: str, chapter: Chapter) -> None:
        """Make a student known, and ask for a person's look at what an earlier submission may have earned."""
        self.gradebook.update_or_create_student(student)
        with contextlib.suppress(MissingEntry):
            submission = self.gradebook.find_submission(chapter.notebook, student)
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.needs_manual_grade = True
            self.gradebook.db.commit()


@contextlib.contextmanager
def open_gradebook(classroom: Classroom) -> Iterator[Marks]:
    """The gradebook of a classroom, for as long as a class is graded."""
    config = settings(classroom)
    directory = CourseDirectory(config=config)
    with warnings.catch_warnings(), Gradebook(directory.db_url, directory.course_id) as gradebook:
        warnings.simplefilter("ignore", SAWarning)  # about nbgrader's own queries; they end well
        yield Marks(gradebook, directory, config)
