"""A notebook, printed from its MyST text: readable cell ids, nbgrader's metadata, no outputs, always the same bytes."""

import re
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from autograder_tests.catalogue import find_exercise

CHECK = re.compile(r"""check\(["'](\w+)["']\)""")
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
ID_LENGTH = 48  # nbformat allows 64; the rest is for a number


def notebook(text: str, name: str) -> str:
    """Print one chapter's notebook.

    Parameters
    ----------
    text : str
        The chapter in MyST Markdown, ``notebooks/text/<name>.md``. A code cell that holds nothing but
        ``check("<exercise>")`` is graded by itself; a Markdown cell under
        ``+++ {"reflect": {"id": "reflect-01", "points": 3}}`` is an answer that a person grades.
    name : str
        For instance ``"01_convolution"``.

    Returns
    -------
    str
        The notebook as JSON.
    """
    printed = jupytext.reads(text, fmt="md:myst")
    taken: set[str] = set()
    for cell in printed.cells:
        grading = grading_of(cell)
        cell.metadata = NotebookNode({"nbgrader": grading} if grading else {})
        cell.id = unused(grading["grade_id"] if grading else slug(cell.source), taken)
    printed.metadata = NotebookNode(
        course={"chapter": name.partition("_")[0], "printed_from": f"notebooks/text/{name}.md"},
        kernelspec=KERNEL,
        language_info={"name": "python"},
    )
    nbformat.validate(printed)
    return nbformat.writes(printed)


def grading_of(cell: NotebookNode) -> dict | None:
    """nbgrader's metadata for a check or a reflective answer; None for any other cell."""
    if cell.cell_type == "code" and (check := CHECK.fullmatch(cell.source.strip())):
        return _graded(check[1], find_exercise(check[1]).points, solution=False)
    if reflect := cell.metadata.get("reflect"):
        return _graded(reflect["id"], reflect["points"], solution=True)
    return None


def _graded(grade_id: str, points: float, solution: bool) -> dict:
    return {
        "grade": True,
        "grade_id": grade_id,
        "locked": not solution,
        "points": points,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }


def slug(source: str) -> str:
    """The first words of a cell's first line as an id: letters, digits and dashes."""
    words = re.findall(r"[a-z0-9]+", source.partition("\n")[0].lower())
    return "-".join(words[:6])[:ID_LENGTH].rstrip("-") or "cell"


def unused(name: str, taken: set[str]) -> str:
    """``name``, or ``name-2``, ``name-3``, whichever is not taken yet; it is taken from then on."""
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    taken.add(candidate)
    return candidate


def names(root: Path) -> list[str]:
    """The chapters that have a text, in order."""
    return sorted(path.stem for path in (root / "notebooks" / "text").glob("[0-9][0-9]_*.md"))
