"""The cell magic ``%%yours``: run a cell with functions that the learner wrote, as they stand on disk now.

Where a function is not written yet, or goes wrong, one sentence says so, and the notebook runs on.
"""

import ast
import traceback
from pathlib import Path

from IPython.display import Markdown, display

from course_lib.given import learner
from course_lib.given.learner import FOLDER
from course_lib.given.loader import read_sources

CELL = "<the cell>"
STUB = ("raise NotImplementedError", "raise NotImplementedError()")


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
    except NameError as error:
        display(Markdown(_missing(error, names.split()) or sentence(error, FOLDER, body)))
    except (Exception, SystemExit) as error:
        display(Markdown(sentence(error, FOLDER, body)))


def functions(names: list[str], folder: Path) -> dict:
    """The learner's functions by name, fresh from the files in ``folder``."""
    sources = read_sources(folder)
    return {name: learner.find(name, sources, folder) for name in names}


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
    return learner.sentence(error, folder, "run this cell again") or _in_the_cell(error, body)


def _in_the_cell(error: BaseException, body: str) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    line = getattr(error, "lineno", None) or next((f.lineno for f in reversed(frames) if f.filename == CELL), None)
    text = body.splitlines()[line - 1].strip() if line else body.strip()
    return (
        f"This cell stopped at `{text}` with `{learner.told(error)}`. If a check above is not right yet, begin there."
    )


def _missing(error: NameError, names: list[str]) -> str:
    """Why the cell lacks something that a cell above makes with the same functions; empty if all are written."""
    if empty := [found for name in names for found in _unwritten(name)]:
        name, path, line = empty[0]
        return (
            f"`{name}` is not written yet ({learner.place(str(path), line, FOLDER)}), and this cell needs "
            f"`{error.name}`, which is made with it above. Write it, or take the course's answer with "
            f"`course solve {path.stem}`, then run the cells from there on again."
        )
    return ""


def _unwritten(name: str) -> list[tuple[str, Path, int]]:
    """The function with its file and line, if nothing of it is written yet."""
    sources = read_sources(FOLDER)
    stem = learner.stem_of(name, sources)
    defined = (node for node in ast.parse(sources[stem]).body if isinstance(node, ast.FunctionDef))
    last = [node.body[-1] for node in defined if node.name == name][-1]
    return [(name, FOLDER / f"{stem}.py", last.lineno)] if ast.unparse(last) in STUB else []


def load_ipython_extension(shell) -> None:
    """Make ``%%yours`` known to a notebook."""
    shell.register_magic_function(lambda line, cell: yours(line, cell, shell), "cell", "yours")
