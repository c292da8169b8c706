"""Marks as a table: nbgrader's CSV, in which a submission without a mark has no number."""

from __future__ import annotations

import csv
import json
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from .classroom import Classroom, Refused, command, open_classroom


class MarksExport(ExportPlugin):
    """nbgrader's CSV with two more columns: what came of the submission, and whether a person still has to look.

    A submission without a mark has no number in it.
    """

    columns = (
        *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
        *("raw_score", "late_submission_penalty", "score", "max_score", "outcome", "needs_manual_grade"),
    )

    def __init__(self, **more: Any):
        """Ends nbgrader with a sentence where there is nothing to export yet: it would go on to make a gradebook."""
        super().__init__(**more)
        try:
            self.classroom = open_classroom(self.parent.coursedir.root)
        except Refused as error:
            self.parent.fail(str(error))
        if not any(self.classroom.root.glob("release/*/*.ipynb")):
            first = command(self.classroom.root, "release", "01")
            self.parent.fail(f"Nothing has been released in {self.classroom.root} yet. Run {first} first.")

    def export(self, gradebook: Gradebook) -> None:
        """Write ``grades.csv`` in the classroom, or the file named with ``--to``."""
        classroom = self.classroom
        with open(self.to or classroom.root / "grades.csv", "w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, self.columns)
            table.writeheader()
            for assignment in gradebook.assignments:
                for student in gradebook.students:
                    if _asked(assignment.name, self.assignment) and _asked(student.id, self.student):
                        table.writerow(_row(classroom, gradebook, assignment, student))


def _asked(name: str, among: list) -> bool:
    return not among or name in map(str, among)


def _row(classroom: Classroom, gradebook: Gradebook, assignment: Any, student: Any) -> dict:
    row = {
        "assignment": assignment.name,
        "duedate": assignment.duedate or "",
        "student_id": student.id,
        "last_name": student.last_name or "",
        "first_name": student.first_name or "",
        "email": student.email or "",
        "max_score": assignment.max_score,
        "outcome": outcome_of(classroom, assignment.name, student.id),
    }
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return row
    row["timestamp"] = submission.timestamp or ""
    if row["outcome"] == "scored":
        penalty = submission.late_submission_penalty or 0.0
        row |= {"raw_score": submission.score, "late_submission_penalty": penalty}
        row |= {"score": max(0.0, submission.score - penalty), "needs_manual_grade": submission.needs_manual_grade}
    return row


def outcome_of(classroom: Classroom, assignment: str, student: str) -> str:
    """``scored``, ``ungradable``, ``retry``, ``not graded`` yet, or ``not handed in``."""
    place = classroom.root / "submitted" / student / assignment
    if place.is_symlink() or place.parent.is_symlink():
        return "ungradable"
    if not place.is_dir():
        return "not handed in"
    try:
        return json.loads((classroom.root / "marks" / assignment / f"{student}.json").read_text())["outcome"]
    except (OSError, ValueError, KeyError):
        return "not graded"
