"""The notebooks: well formed, complete, and running to the end whether or not the learner has written anything."""

import re
import subprocess

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

from autograder_tests.catalogue import chapters, find_exercise
from course_lib.given.questions import questions
from tools.notebooks import notebook, slug, unused
from tools.stubs import BEGIN, END, at_home, stub

TEXT = """# A title

```{code-cell} python
check("window_sum")
```

```{code-cell} python
check("window_sum")  # not alone
```

+++ {"reflect": {"id": "reflect-09", "points": 2}}

Your answer.
"""
CHAPTERS = pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.notebook)


def read(chapter):
    return nbformat.read(ROOT / "notebooks" / f"{chapter.notebook}.ipynb", as_version=4)


def asked(book, function):
    """The questions that a notebook puts by ``predict``, ``reveal`` or ``quiz``, in order."""
    cells = (re.fullmatch(rf'{function}\("(.+)"\)', cell.source) for cell in book.cells if cell.cell_type == "code")
    return [found[1] for found in cells if found]


def test_a_check_alone_in_its_cell_is_graded_and_a_reflection_by_hand():
    graded = [cell.metadata.get("nbgrader") for cell in nbformat.reads(notebook(TEXT, "09_x"), as_version=4).cells]
    assert graded == [
        None,
        dict(grade=True, grade_id="window_sum", locked=True, points=find_exercise("window_sum").points)
        | dict(schema_version=3, solution=False, task=False),
        None,
        dict(grade=True, grade_id="reflect-09", locked=False, points=2, schema_version=3, solution=True, task=False),
    ]


def test_the_same_text_prints_the_same_bytes():
    assert notebook(TEXT, "09_x") == notebook(TEXT, "09_x")


def test_cell_ids_are_readable_and_unique():
    taken = set()
    assert [unused(slug(source), taken) for source in ["## Slide a kernel\nx", "Slide a kernel", "…"]] == [
        "slide-a-kernel",
        "slide-a-kernel-2",
        "cell",
    ]


@CHAPTERS
def test_every_exercise_is_checked_once_and_one_answer_is_graded_by_hand(chapter):
    graded = [cell.metadata.nbgrader for cell in read(chapter).cells if "nbgrader" in cell.metadata]
    assert [grading.grade_id for grading in graded] == [*chapter.exercises, f"reflect-{chapter.number}"]


@CHAPTERS
def test_every_prediction_is_revealed_further_down_and_three_questions_close_the_chapter(chapter):
    book = read(chapter)
    predicted = asked(book, "predict")
    assert predicted and predicted == asked(book, "reveal")
    assert len(asked(book, "quiz")) == 3
    for question in predicted:
        source = "\n".join(cell.source for cell in book.cells)
        assert source.index(f'predict("{question}")') < source.index(f'reveal("{question}")')


def test_every_question_is_asked_once():
    put = [question for chapter in chapters() for how in ("predict", "quiz") for question in asked(read(chapter), how)]
    assert sorted(put) == sorted(questions())


@pytest.fixture
def clone(fresh_clone):
    """A fresh copy of the project, committed, so that git sees what a run leaves behind."""
    for command in ("git init -q", "git add -A", "git -c user.name=n -c user.email=e commit -qm all"):
        subprocess.run(command.split(), cwd=fresh_clone, check=True)
    return fresh_clone


def answers(text, stem):
    """A learner's file with every answer in it."""
    lines = at_home(text, "course_lib").splitlines(keepends=True)
    return "".join(line for line in lines if line.strip() not in (BEGIN, END))


def write_modules(clone, as_learner):
    """Make every learner's file of a clone from its reference, by ``as_learner(text, stem)``."""
    for path in (clone / "solutions").glob("[!_]*.py"):
        text = as_learner(path.read_text(encoding="utf-8"), path.stem)
        (clone / "course_lib" / path.name).write_text(text, encoding="utf-8")


def execute(clone, chapter):
    """Run a clone's notebook in memory, as Run All would, and give it back with its outputs."""
    book = nbformat.read(clone / "notebooks" / f"{chapter.notebook}.ipynb", as_version=4)
    where = {"metadata": {"path": str(clone / "notebooks")}}
    return NotebookClient(book, timeout=120, kernel_name="python3", resources=where).execute()


def uses(book):
    """The outputs of the cells that use the learner's functions."""
    return [cell.outputs for cell in book.cells if cell.cell_type == "code" and cell.source.startswith("%%yours")]


def status(clone):
    return subprocess.run(["git", "status", "--short"], cwd=clone, capture_output=True, text=True, check=True).stdout


def checks(book):
    """The outputs of the graded code cells by exercise."""
    return {
        cell.metadata.nbgrader.grade_id: cell.outputs
        for cell in book.cells
        if cell.cell_type == "code" and "nbgrader" in cell.metadata
    }


@CHAPTERS
def test_a_solved_chapter_runs_to_the_end_and_is_right(chapter, clone):
    write_modules(clone, answers)
    before = status(clone)
    book = execute(clone, chapter)
    for name, outputs in checks(book).items():
        assert float(outputs[-1].data["text/plain"]) == find_exercise(name).points
    for outputs in uses(book):
        assert outputs and not any("text/markdown" in output.get("data", {}) for output in outputs)
    assert status(clone) == before


@CHAPTERS
def test_a_chapter_with_nothing_written_runs_to_the_end_and_explains_itself(chapter, clone):
    write_modules(clone, stub)
    before = status(clone)
    book = execute(clone, chapter)
    for outputs in checks(book).values():
        assert float(outputs[-1].data["text/plain"]) == 0.0
    for outputs in uses(book):
        assert "is not written yet" in outputs[0].data["text/markdown"]
    assert status(clone) == before
