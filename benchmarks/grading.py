"""How long grading takes: `course grade` beside nbgrader's own autograde, which runs every notebook in a kernel.

    python -m benchmarks.grading [SUBMISSIONS]

Both grade the same submissions in the same run, each as a whole command, from an empty gradebook to written marks.
The stock configuration differs from nbgrader's defaults in one thing: it leaves the learner's file in its place.
"""

import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder_tests.catalogue import find_chapter
from grading.classroom import Classroom, open_classroom, open_or_create
from grading.intake import take_in
from grading.release import release
from grading.samples import SAMPLES, hand_in
from tools import stubs

COURSE = Path(__file__).resolve().parents[1]
CHAPTER = find_chapter("01")
LEFT_OUT = {"looping", "only-a-pdf", "notebook-cut-short", "moodle", "zip-slip"}  # special in how they came, or slow
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "cnn-deep-dive"
c.Autograde.exclude_overwriting = {"01_convolution": ["course_lib/convolution.py"]}
"""


def prepare(root: Path, count: int) -> Classroom:
    """A classroom with so many submissions, none graded."""
    classroom = open_or_create(root)
    zipped = release(classroom, CHAPTER, stubs)
    reference = (COURSE / "solutions" / "convolution.py").read_text(encoding="utf-8")
    kinds = itertools.cycle(sample for sample in SAMPLES if sample.name not in LEFT_OUT)
    for number, sample in zip(range(count), kinds):
        inbox = root.parent / f"inbox-{number}"
        inbox.mkdir()
        hand_in(sample, zipped, reference, inbox)
        (inbox / sample.name).rename(inbox / f"{sample.name}-{number:03}")
        take_in(classroom, CHAPTER, [inbox])
    return classroom


def timed(command: list[str], **where) -> float:
    """Seconds that a command takes."""
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False, **where)
    return time.perf_counter() - start


def ours(classroom: Classroom) -> dict[str, float | None]:
    """The marks that `course grade` wrote."""
    kept = (json.loads(path.read_text()) for path in classroom.marks(CHAPTER).glob("*.json"))
    return {record["student"]: record["score"] for record in kept}


def stock(root: Path) -> dict[str, float]:
    """The automatic marks in a gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root}/gradebook.db", "cnn-deep-dive") as book:
        found = book.notebook_submissions(CHAPTER.notebook, CHAPTER.notebook)
        return {one.student.id: sum(grade.auto_score or 0.0 for grade in one.grades) for one in found}


def main(count: int) -> None:
    """Print both times, their ratio, and where the marks differ."""
    with tempfile.TemporaryDirectory(prefix="course-benchmark-") as folder:
        classroom = prepare(Path(folder) / "ours", count)
        copy = Path(folder) / "stock"
        shutil.copytree(classroom.root, copy)
        (copy / "nbgrader_config.py").write_text(STOCK)
        open_classroom(copy)
        print(f"{count} submissions, {os.cpu_count()} cores")
        quick = timed(
            [sys.executable, "course.py", "grade", "01", "--json", "--classroom", str(classroom.root)], cwd=COURSE
        )
        print(f"course grade        {quick:6.1f} s   {60 * count / quick:5.0f} a minute")
        plain = {key: value for key, value in os.environ.items() if key != "COURSE_CLASSROOM"}
        environment = plain | {
            "PYTHONPATH": "",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        slow = timed([sys.executable, "-m", "nbgrader", "autograde", CHAPTER.notebook], cwd=copy, env=environment)
        print(f"nbgrader autograde  {slow:6.1f} s   {60 * count / slow:5.0f} a minute   (stock configuration)")
        print(f"ratio               {slow / quick:6.1f}")
        just, other = ours(classroom), stock(copy)
        print(f"marks: {len(just)} and {len(other)} of {count}")
        for student in sorted(just):
            if just[student] != other.get(student):
                print(
                    f"  {student}: {just[student]} by course grade, {other.get(student, 'none')} by the stock configuration"
                )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
