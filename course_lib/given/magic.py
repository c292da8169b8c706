"""The cell magic ``%%yours``: run a cell with functions that the learner wrote, as they stand on disk now.

Where a function is not written yet, or goes wrong, one sentence says so, and the notebook runs on.
"""

import ast
import re
import traceback
from pathlib import Path

from IPython.display import Markdown, display

from course_lib.given.loader import load, read_sources

FOLDER = Path(__file__).resolve().parent.parent
CELL = "<the cell>"


class NoSuchFunction(LookupError):
    """No file of the learner's defines a function of this name."""


def yours(names: str, body: str, shell) -> None:
    """Run ``body`` with the learner's functions.

    Parameters
    ----------
    names : str
        The functions, separated by spaces; they are read fresh from ``course_lib``.
    body : str
        Python. The value of a last expression is displayed, as in any cell.
    shell : InteractiveShell
        Whose variables the cell uses.
    """
    try:
        shell.user_ns.update(functions(names.split(), FOLDER))
        run(body, shell.user_ns)
    except (Exception, SystemExit) as error:
        display(Markdown(sentence(error, FOLDER, body)))


def functions(names: list[str], folder: Path) -> dict:
    """The learner's functions by name, fresh from the files in ``folder``.

    Raises
    ------
    NoSuchFunction
        If no file defines one of them.
    Exception
        Whatever a file raises when it is loaded.
    """
    sources, found = read_sources(folder), {}
    for name in names:
        stems = [stem for stem, text in sources.items() if re.search(rf"^def {re.escape(name)}\b", text, re.MULTILINE)]
        if not stems:
            raise NoSuchFunction(name)
        found[name] = getattr(load(stems[0], sources, str(folder)), name)
    return found


def run(body: str, namespace: dict) -> None:
    """Execute a cell; display the value of its last expression."""
    tree = ast.parse(body, CELL)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, CELL, "exec"), namespace)
    if last is not None:
        value = eval(compile(ast.Expression(last.value), CELL, "eval"), namespace)
        if value is not None:
            display(value)


def sentence(error: BaseException, folder: Path, body: str) -> str:
    """What went wrong, where, and how to go on, as one short paragraph of Markdown."""
    if isinstance(error, NoSuchFunction):
        return f"No file in `{folder.name}` defines `{error}`. `course reset` brings back a chapter's empty functions."
    if isinstance(error, SyntaxError) and error.filename != CELL:
        place = _place(error.filename or "", error.lineno, folder)
        return f"Python cannot read {place}: {error.msg}. Mend that line, save, and run this cell again."
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).parent == folder]
    return _in_a_function(error, own[-1], folder) if own else _in_the_cell(error, frames, body)


def _in_a_function(error: BaseException, frame: traceback.FrameSummary, folder: Path) -> str:
    place = _place(frame.filename, frame.lineno, folder)
    if isinstance(error, NotImplementedError) and not error.args:
        return (
            f"`{frame.name}` is not written yet ({place}). Write it, or take the course's answer with "
            f"`course solve {Path(frame.filename).stem}`, then run this cell again."
        )
    return f"`{frame.name}` raised `{_told(error)}` ({place}: `{frame.line}`). Its check above helps to find out why."


def _in_the_cell(error: BaseException, frames: traceback.StackSummary, body: str) -> str:
    line = getattr(error, "lineno", None) or next((f.lineno for f in reversed(frames) if f.filename == CELL), None)
    text = body.splitlines()[line - 1].strip() if line else body.strip()
    return f"This cell stopped at `{text}` with `{_told(error)}`. If a check above is not right yet, begin there."


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _place(filename: str, line: int | None, folder: Path) -> str:
    return f"`{folder.name}/{Path(filename).name}`, line {line}"


def load_ipython_extension(shell) -> None:
    """Make ``%%yours`` known to a notebook."""
    shell.register_magic_function(lambda line, cell: yours(line, cell, shell), "cell", "yours")
