"""The learner's functions by name, and one sentence where something is wrong with them.

``%%yours`` and the explorers share this file; it needs the standard library only, so that it loads in no time.
"""

import re
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from course_lib.given.loader import load

FOLDER = Path(__file__).resolve().parent.parent


class NoSuchFunction(LookupError):
    """No file of the learner's defines a function of this name."""


def find(name: str, sources: Mapping[str, str], folder: Path) -> Callable:
    """A function of the learner's, from its file's text.

    Parameters
    ----------
    name : str
    sources : mapping of str to str
        What ``loader.read_sources(folder)`` gave.
    folder : Path
        What file names in tracebacks begin with.

    Raises
    ------
    NoSuchFunction
        If no text defines it.
    Exception
        Whatever the file raises when it is loaded.
    """
    return getattr(load(stem_of(name, sources), sources, str(folder)), name)


def stem_of(name: str, sources: Mapping[str, str]) -> str:
    """The first file that defines the function; raises NoSuchFunction if none does."""
    for stem, text in sources.items():
        if re.search(rf"^def {re.escape(name)}\b", text, re.MULTILINE):
            return stem
    raise NoSuchFunction(name)


def sentence(error: BaseException, folder: Path, again: str) -> str | None:
    """What went wrong in the learner's files and where, as one short paragraph of Markdown.

    Parameters
    ----------
    error : BaseException
    folder : Path
    again : str
        How to go on once it is mended, for instance ``"run this cell again"``.

    Returns
    -------
    str or None
        None where no line of the learner's has to do with it.
    """
    if isinstance(error, NoSuchFunction):
        return f"No file in `{folder.name}` defines `{error}`. `course reset` brings back a chapter's empty functions."
    if isinstance(error, SyntaxError) and Path(error.filename or "").parent == folder:
        where = place(error.filename, error.lineno, folder)
        return f"Python cannot read {where}: {error.msg}. Mend that line, save, and {again}."
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).parent == folder]
    return _in_a_function(error, own[-1], folder, again) if own else None


def _in_a_function(error: BaseException, frame: traceback.FrameSummary, folder: Path, again: str) -> str:
    where = place(frame.filename, frame.lineno, folder)
    if isinstance(error, NotImplementedError) and not error.args:
        return (
            f"`{frame.name}` is not written yet ({where}). Write it, or take the course's answer with "
            f"`course solve {Path(frame.filename).stem}`, then {again}."
        )
    return f"`{frame.name}` raised `{told(error)}` ({where}: `{frame.line}`). Its check above helps to find out why."


def told(error: BaseException) -> str:
    """The type of an error, and its message if it has one, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".rstrip(": ").split())


def place(filename: str, line: int | None, folder: Path) -> str:
    """A line of a learner's file as one would name it."""
    return f"`{folder.name}/{Path(filename).name}`, line {line}"
