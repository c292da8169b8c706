"""The whole day in one go, on sample submissions: what the marks are, beside what is just."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from autograder_tests.catalogue import chapters, find_chapter

from .classroom import COURSE, Classroom, Refused, open_or_create
from .grade import grade
from .intake import take_in
from .release import Printer, release
from .samples import SAMPLES, everyday, hand_in

STRANGE = "01"  # the chapter with every kind of hand-in; the others get the everyday ones


def play(folder: Path | None, printer: Printer, jobs: int, only: str | None = None) -> bool:
    """Release, hand in, take in, grade, give feedback, export; print a table of just and given marks.

    Parameters
    ----------
    folder : Path, optional
        Where to keep the classroom; without it, nothing is kept.
    printer : Printer
    jobs : int
    only : str, optional
        A chapter; all of them unless one is named.

    Returns
    -------
    bool
        Whether every mark is just.

    Raises
    ------
    Refused
        If the folder holds a classroom with other submissions.
    """
    played = {find_chapter(only)} if only else chapters()
    with tempfile.TemporaryDirectory(prefix="course-demo-") as temporary:
        classroom = open_or_create(folder or Path(temporary) / "classroom")
        samples = {chapter: SAMPLES if chapter.number == STRANGE else everyday(chapter) for chapter in played}
        for chapter in played:
            if set(classroom.students(chapter)) - {sample.name for sample in samples[chapter]}:
                raise Refused(
                    f"{classroom.root} holds submissions that are not the demonstration's. Name an empty folder."
                )
        records = {}
        for chapter in played:
            print(f"Chapter {chapter.number}: release, hand in, take in, grade, give feedback ...", flush=True)
            inbox = Path(temporary) / chapter.notebook
            inbox.mkdir()
            zipped = release(classroom, chapter, printer)
            reference = (COURSE / "solutions" / f"{chapter.stem}.py").read_text(encoding="utf-8")
            for sample in samples[chapter]:
                hand_in(sample, zipped, printer.at_home(reference, "course_lib"), inbox)
            take_in(classroom, chapter, [inbox])
            records[chapter] = {record["student"]: record for record in grade(classroom, chapter, jobs)}
            _nbgrader(classroom, "generate_feedback", chapter.notebook, "--force")
        escaped = [path for path in Path(temporary).rglob("escaped.py")]
        _nbgrader(classroom, "export")
        return _compare(classroom, samples, records) and not escaped


def _nbgrader(classroom: Classroom, *arguments: str) -> None:
    """Run one of nbgrader's own commands on a classroom, as an instructor would."""
    environment = os.environ | {"COURSE_CLASSROOM": str(classroom.root)}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=COURSE, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Refused(f"`nbgrader {' '.join(arguments)}` failed:\n{done.stderr[-2000:]}")


def _compare(classroom: Classroom, samples: dict, records: dict) -> bool:
    """Print just and given marks side by side, and say whether they are the same."""
    right = True
    with open(classroom.root / "grades.csv", newline="", encoding="utf-8") as file:
        exported = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    columns = "just", "given", "export", "feedback", ""
    table = Table("", Column("submission", no_wrap=True), *columns)
    for chapter, sample in ((each, sample) for each in samples for sample in samples[each]):
        record, row = records[chapter].get(sample.name, {}), exported.get((chapter.notebook, sample.name), {})
        just, given = sample.score(chapter), record.get("score")
        feedback = (classroom.folder("feedback", sample.name, chapter) / f"{chapter.notebook}.html").is_file()
        by_exercise = {each["exercise"]: each["points"] for each in record.get("exercises", [])}
        as_expected = (
            record.get("outcome") == row.get("outcome") == sample.outcome
            and just == given
            and row.get("raw_score") == ("" if just is None else str(just))
            and feedback == (sample.outcome == "scored")
            and all(by_exercise[name] == points for name, points in sample.points.items())
        )
        right = right and as_expected
        cells = [_points(just), _points(given), row.get("raw_score", ""), "yes" if feedback else "no"]
        first = chapter.number if sample is samples[chapter][0] else ""
        table.add_row(first, sample.name, *cells, "" if as_expected else "DIFFERS")
    Console().print(table)
    print("Every mark is just." if right else "Some marks differ from what is just.")
    return right


def _points(score: float | None) -> str:
    return "not graded" if score is None else f"{score:g}"
