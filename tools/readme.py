"""The table of exercises in ``README.md``, printed from the checks between two markers."""

from pathlib import Path

from autograder_tests.catalogue import Chapter, chapters, find_exercise

BEGIN, END = "<!-- exercises: printed by make print -->", "<!-- end -->"


def render(root: Path) -> str:
    """The text of ``README.md``, its table of exercises brought up to date.

    Raises
    ------
    ValueError
        If a marker is missing.
    """
    text = (root / "README.md").read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md needs the lines {BEGIN!r} and {END!r}; put them where the table belongs.")
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def table() -> str:
    """One row a chapter: its notebook, the learner's file, its exercises, its points."""
    rows = ["| chapter | you write in | exercises | points |", "|---|---|---|---|", *map(_row, chapters())]
    return "\n".join(rows)


def _row(chapter: Chapter) -> str:
    notebook = f"[{chapter.notebook}](notebooks/{chapter.notebook}.ipynb)"
    exercises = ", ".join(f"`{name}`" for name in chapter.exercises)
    points = sum(find_exercise(name).points for name in chapter.exercises)
    return f"| {notebook} | `course_lib/{chapter.stem}.py` | {exercises} | {points:g} |"
