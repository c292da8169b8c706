"""How long grading takes: `course grade` beside nbgrader's own autograde, which runs every notebook in a kernel.

    python benchmarks/throughput.py [SUBMISSIONS]

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
from grading.classroom import Classroom, open_or_create
from grading.intake import take_in
from grading.release import release
from grading.samples import SAMPLES, Sample, hand_in
from tools import stubs

COURSE = Path(__file__).resolve().parents[1]
CHAPTER = find_chapter("01")
TIMED = ("right", "right-but-noisy", "wrong-kernel-not-turned", "wrong-sum-of-sides", "half-right", "not-written")
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "cnn-deep-dive"
c.Autograde.exclude_overwriting = {"01_convolution": ["course_lib/convolution.py"]}
"""


def prepare(root: Path, samples: list[Sample], numbered: bool) -> Classroom:
    """A classroom with some submissions, none graded."""
    classroom = open_or_create(root)
    zipped = release(classroom, CHAPTER, stubs)
    reference = (COURSE / "solutions" / "convolution.py").read_text(encoding="utf-8")
    for number, sample in enumerate(samples):
        inbox = root.parent / f"inbox-{root.name}-{number}"
        inbox.mkdir()
        hand_in(sample, zipped, reference, inbox)
        if numbered:
            (inbox / sample.name).rename(inbox / f"{sample.name}-{number:03}")
        take_in(classroom, CHAPTER, [inbox])
    return classroom


def stock_copy(classroom: Classroom) -> Path:
    """The same classroom for nbgrader as it comes."""
    copy = classroom.root.with_name(f"{classroom.root.name}-stock")
    shutil.copytree(classroom.root, copy)
    (copy / "nbgrader_config.py").write_text(STOCK)
    return copy


def grade_ours(classroom: Classroom) -> float:
    """Seconds that `course grade` takes."""
    return timed([sys.executable, "course.py", "grade", "01", "--json", "--classroom", str(classroom.root)], COURSE)


def grade_stock(root: Path, *arguments: str) -> float:
    """Seconds that nbgrader's autograde takes, in its own configuration."""
    return timed([sys.executable, "-m", "nbgrader", "autograde", CHAPTER.notebook, *arguments], root)


def timed(command: list[str], folder: Path) -> float:
    """Seconds that a command takes in a folder, with the programs of this environment at hand."""
    environment = {key: value for key, value in os.environ.items() if key not in ("COURSE_CLASSROOM", "PYTHONPATH")}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
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


def race(folder: Path, count: int) -> None:
    """Time both on the same honest submissions, which the stock configuration can grade too."""
    kinds = itertools.cycle([sample for sample in SAMPLES if sample.name in TIMED])
    classroom = prepare(folder / "race", list(itertools.islice(kinds, count)), numbered=True)
    copy = stock_copy(classroom)
    quick, slow = grade_ours(classroom), grade_stock(copy)
    print(f"{count} submissions, {os.cpu_count()} cores")
    print(f"course grade         {quick:6.1f} s  {60 * count / quick:5.0f} a minute")
    print(f"nbgrader autograde   {slow:6.1f} s  {60 * count / slow:5.0f} a minute  (stock configuration)")
    print(f"ratio                {slow / quick:6.1f}")
    same = sum(stock(copy).get(student) == score for student, score in ours(classroom).items())
    print(f"equal marks          {same} of {count}")


def compare(folder: Path) -> None:
    """Print the marks of each sample submission under both, one by one, so that none can stop another."""
    classroom = prepare(folder / "compare", list(SAMPLES), numbered=False)
    copy = stock_copy(classroom)
    grade_ours(classroom)
    for sample in SAMPLES:
        grade_stock(copy, "--student", sample.name)
    just, other = ours(classroom), stock(copy)
    print(f"\n{'submission':<26}{'just':>8}{'course':>8}{'stock':>8}")
    for sample in SAMPLES:
        given = sample.score(CHAPTER), just[sample.name], other.get(sample.name)
        print(f"{sample.name:<26}" + "".join(f"{'-' if score is None else score:>8}" for score in given))


def main(count: int) -> None:
    """Race, then compare."""
    with tempfile.TemporaryDirectory(prefix="course-benchmark-") as folder:
        race(Path(folder), count)
        compare(Path(folder))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
