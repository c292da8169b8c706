"""A notebook for the gradebook: the released cells, order and points, the learner's answers in words, the marks.

Nothing else of a submitted notebook is used, so nothing else in it can do harm or be lost.
"""

from __future__ import annotations

import json
import re
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder_tests.catalogue import Chapter, find_exercise

from .classroom import Classroom, Refused, command
from .marking import Judged

MAX_ANSWER = 100_000  # characters
LEFT_OUT = b'{"left_out": "too large or unreadable"}'  # stands where a notebook came and could not be taken in
CONFLICT = re.compile(r"^(<{7}|={7}|>{7})", re.MULTILINE)


class Unreadable(Exception):
    """The bytes are no notebook. The message says what they are."""


def parse(raw: bytes) -> dict:
    """The JSON of a notebook, whatever editor or platform saved it.

    Parameters
    ----------
    raw : bytes
        UTF-8 with or without a byte-order mark, UTF-16, or Latin-1.

    Raises
    ------
    Unreadable
        With the reason.
    """
    if not raw.strip():
        raise Unreadable("the file is empty")
    if raw == LEFT_OUT:
        raise Unreadable("it was too large, or damaged, to be taken in")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", "replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
    try:
        content = json.loads(text)
    except RecursionError:
        raise Unreadable("it is nested more deeply than any notebook") from None
    except ValueError as error:
        if CONFLICT.search(text):
            raise Unreadable("it holds the marks of an unfinished git merge") from None
        raise Unreadable(f"it is not the JSON of a notebook ({error})") from None
    if not isinstance(content, dict) or not isinstance(cells_of(content), list):
        raise Unreadable("it is JSON, but has no list of cells")
    return content


def cells_of(content: dict) -> Any:
    """The cells, in today's form of a notebook or in the one with worksheets."""
    worksheets = content.get("worksheets")
    if isinstance(worksheets, list) and worksheets and isinstance(worksheets[0], dict):
        return worksheets[0].get("cells")
    return content.get("cells")


def answers(content: dict) -> dict[str, list[str]]:
    """What was written in each cell that has a grade id or a cell id; several texts where a cell was copied."""
    found: dict[str, list[str]] = {}
    for cell in cells_of(content):
        if not isinstance(cell, dict):
            continue
        source = cell.get("source")
        if isinstance(source, list):
            source = "".join(line for line in source if isinstance(line, str))
        metadata = cell.get("metadata")
        grading = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        ids = (cell.get("id"), grading.get("grade_id") if isinstance(grading, dict) else None)
        for key in {key for key in ids if isinstance(key, str)}:
            if isinstance(source, str):
                found.setdefault(key, []).append(source)
    return found


def inert(text: str) -> str:
    """Markdown that stays text: no HTML begins in it, its links lead to web pages, nothing in it steers a terminal.

    A space goes where an element or another kind of link would begin; both are then plain text to every reader.
    """
    text = text[:MAX_ANSWER].encode("utf-8", "replace").decode("utf-8")
    text = "".join(letter for letter in text if letter in "\n\t" or letter >= " " and letter != "\x7f")
    text = re.sub(r"<(?=[A-Za-z/!?])", "< ", text)
    text = re.sub(
        r"\\(?=(?:href|require|style|class|cssId|html[A-Za-z]*)(?![A-Za-z]))", r"\\ ", text
    )  # MathJax acts on them
    return re.sub(r"\](?=[(:])(?!\(https?://)(?!:\s*https?://)", "] ", text)


def released_notebook(classroom: Classroom, chapter: Chapter) -> NotebookNode:
    """The notebook of a chapter as the class got it.

    Raises
    ------
    Refused
        If it was released with other exercises or points than the course has now.
    """
    notebook = nbformat.read(classroom.released(chapter), as_version=4)
    graded = {cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points) for cell in checks(notebook)}
    now = {name: float(find_exercise(name).points) for name in chapter.exercises}
    if graded != now:
        other = ", ".join(sorted(name for name in graded.keys() | now.keys() if graded.get(name) != now.get(name)))
        raise Refused(
            f"Chapter {chapter.number} was released with other points or exercises than the course has now ({other}). "
            f"Run {command(classroom.root, 'release', chapter.number)} again, then grade."
        )
    return notebook


def rebuild(released: NotebookNode, raw: bytes) -> tuple[NotebookNode, list[str]]:
    """The released notebook with a learner's answers in words. Of a cell's copies the last that was changed counts.

    Parameters
    ----------
    released : NotebookNode
        What the class got. It is left as it was.
    raw : bytes
        The notebook that was handed in.

    Returns
    -------
    NotebookNode
    list of str
        What could not be taken over, in sentences.
    """
    notebook = nbformat.from_dict(json.loads(json.dumps(released)))
    notes, written = [], {}
    try:
        written = answers(parse(raw))
    except Unreadable as error:
        notes.append(f"The notebook could not be read: {error}. A person must look at the answers in words.")
    for cell in notebook.cells:
        grading = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        elif grading.get("solution"):
            own = written.get(grading.grade_id) or written.get(cell.id, [])
            changed = [text for text in own if text.strip() not in ("", cell.source.strip())]
            if changed:
                cell.source = inert(changed[-1])
            elif notes:
                cell.source = notes[0]
    return notebook, notes


def checks(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells that carry points: one check each."""
    return [
        cell for cell in notebook.cells if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
    ]


def put_marks(notebook: NotebookNode, judged: list[Judged], level: str) -> None:
    """Make each report the output of its cell, in the form that nbgrader reads as points.

    Parameters
    ----------
    notebook : NotebookNode
        From :func:`rebuild`; it is changed.
    judged : list of Judged
    level : str
        How the learner's code was confined; it is kept in the notebook's metadata.
    """
    by_name = {one.exercise: one for one in judged}
    for number, cell in enumerate(checks(notebook), start=1):
        one = by_name[cell.metadata.nbgrader.grade_id]
        data = {"text/plain": repr(one.points), "text/html": one.html}
        cell.execution_count = number
        cell.outputs = [new_output("execute_result", data=data, execution_count=number)]
        if one.code:
            cell.outputs.insert(0, new_output("stream", name="stdout", text=one.code))
    notebook.metadata.setdefault("course", {})["level"] = level
