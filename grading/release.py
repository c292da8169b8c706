"""Release a chapter: nbgrader's source tree, its own generate_assignment, and a zip file for the learners.

What travels is listed here, file by file or folder by folder; everything else stays. No solution, no spec with the
code of the known mistakes, no hidden case and no history can come along by being forgotten.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Protocol

from autograder_tests.catalogue import Chapter, chapters

from .classroom import COURSE, Classroom, Refused, replace_folder
from .handout import page

EPOCH = (2020, 1, 1, 0, 0, 0)  # the date of every file in the zip, so that the same release has the same bytes
CHECKS = ("__init__.py", "catalogue.py", "checking.py", "recording.py")  # with judging/, all that a check needs
STAYS = ("__pycache__", "*.pyc", "*.kept*", ".*")


class Printer(Protocol):
    """Turns a reference into what a learner gets; ``tools/stubs.py`` is one. It is handed in from above."""

    def stub(self, text: str, stem: str) -> str:
        """The file with every answer taken out."""

    def solved(self, text: str, stem: str) -> str:
        """The file with every answer filled in, importing its neighbours from ``course_lib``."""


def release(classroom: Classroom, chapter: Chapter, printer: Printer) -> Path:
    """Release a chapter to a class, or release it again.

    Parameters
    ----------
    classroom : Classroom
    chapter : Chapter
    printer : Printer

    Returns
    -------
    Path
        The zip file to give to the learners.

    Raises
    ------
    Refused
        If the notebook or the solutions are not there, or nbgrader does not accept the assignment.
    """
    source = classroom.folder("source", ".", chapter)
    source.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=source.parent, prefix=".new-"))
    try:
        new.chmod(0o755)
        assemble(chapter, new, printer)
        replace_folder(new, source)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    _generate(classroom, chapter)
    return _pack(classroom, chapter)


def assemble(chapter: Chapter, folder: Path, printer: Printer, course: Path = COURSE) -> None:
    """Put together what a chapter's learners get: the notebook, their files, the checks, a page on how to begin."""
    from autograder_tests.recording import record

    notebook = course / "notebooks" / f"{chapter.notebook}.ipynb"
    if not notebook.is_file():
        raise Refused(f"{notebook} is missing. Run `make print` first.")
    shutil.copy(notebook, folder / notebook.name)
    learners = folder / "course_lib"
    shutil.copytree(course / "course_lib" / "given", learners / "given", ignore=shutil.ignore_patterns(*STAYS))
    shutil.copy(course / "course_lib" / "__init__.py", learners)
    for other in chapters()[: chapters().index(chapter) + 1]:
        reference = course / "solutions" / f"{other.stem}.py"
        if not reference.is_file():
            raise Refused(f"{reference} is missing. A release is made where the solutions are.")
        text = reference.read_text(encoding="utf-8")
        text = printer.stub(text, other.stem) if other == chapter else printer.solved(text, other.stem)
        (learners / reference.name).write_text(text, encoding="utf-8")
    checks = folder / "autograder_tests"
    shutil.copytree(course / "autograder_tests" / "judging", checks / "judging", ignore=shutil.ignore_patterns(*STAYS))
    for name in CHECKS:
        shutil.copy(course / "autograder_tests" / name, checks)
    record(chapter, checks / "recorded")
    (folder / "README.md").write_text(page(chapter, course), encoding="utf-8")


def _generate(classroom: Classroom, chapter: Chapter) -> None:
    """Run nbgrader's generate_assignment, quiet when it goes well."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log

    from .nbgrader_link import settings

    config = settings(classroom)
    config.CourseDirectory.assignment_id = chapter.notebook
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config, force=True)
    outcome = capture_log(converter)
    if not outcome["success"]:
        raise Refused(
            f"nbgrader did not accept {chapter.notebook}:\n{outcome.get('log', outcome['error'])}\n"
            "Mend the notebook's text and run `make print`, then release again."
        )


def _pack(classroom: Classroom, chapter: Chapter) -> Path:
    folder = classroom.folder("release", ".", chapter)
    place = folder.with_name(f"{chapter.notebook}.zip")
    unfinished = place.with_name(f".{place.name}")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(f"{chapter.notebook}/{path.relative_to(folder).as_posix()}", EPOCH)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())
    unfinished.replace(place)
    return place
