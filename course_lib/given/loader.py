"""The one way from a learner's file to a function: read fresh, compiled before anything runs, never stale.

This file needs the standard library only: the grader's box runs it as it stands, on texts in place of a folder.
"""

from __future__ import annotations

import codecs
import importlib
import importlib.abc
import importlib.util
import linecache
import sys
import tokenize
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from types import ModuleType

PACKAGE = "course_lib"
TEXT = ("utf-8", "utf-16", "ascii", "iso8859", "cp", "latin", "mac", "koi8", "gb", "big5", "shift_jis", "euc")


class MissingModule(Exception):
    """There is no file for the chapter in the folder that was named."""


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Serves ``course_lib.<stem>`` from texts, so that chapters that import one another are fresh together."""

    def __init__(self, sources: Mapping[str, str], folder: str):
        self.sources, self.folder = sources, folder

    def filename(self, stem: str) -> str:
        return f"{self.folder}/{stem}.py"

    def find_spec(self, fullname, path=None, target=None):
        package, _, stem = fullname.rpartition(".")
        if package != PACKAGE or stem not in self.sources:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=self.filename(stem))

    def exec_module(self, module: ModuleType) -> None:
        stem = module.__name__.rpartition(".")[2]
        filename, text = self.filename(stem), self.sources[stem]
        code = compile(text, filename, "exec", dont_inherit=True)
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
        module.__file__ = filename
        exec(code, module.__dict__)


def decode(raw: bytes) -> str:
    """Python source as text, whatever editor saved it: UTF-8, a byte-order mark, UTF-16, a coding line.

    Raises
    ------
    SyntaxError, UnicodeError or LookupError
        If it is none of these, or its coding line names something else than an encoding of text.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    encoding, _ = tokenize.detect_encoding(BytesIO(raw).readline)
    if not codecs.lookup(encoding).name.startswith(TEXT):
        raise LookupError(f"{encoding} is no encoding of plain text")
    return raw.decode(encoding)


def read_sources(folder: Path | str) -> dict[str, str]:
    """Every chapter file of a folder as text, by stem.

    A file that cannot be decoded becomes a text that raises a SyntaxError when it is compiled.
    """
    sources = {}
    for path in sorted(Path(folder).glob("*.py")):
        if path.stem == "__init__":
            continue
        try:
            sources[path.stem] = decode(path.read_bytes()).replace("\r\n", "\n")
        except (SyntaxError, UnicodeError, LookupError):
            sources[path.stem] = "this file is not text that Python can read"
    return sources


def load(stem: str, sources: Mapping[str, str], folder: str = PACKAGE) -> ModuleType:
    """Run one chapter file in a new namespace; what it imports from other chapters is as new.

    Parameters
    ----------
    stem : str
        The chapter, for instance ``"convolution"``.
    sources : mapping of str to str
        Texts by stem, from :func:`read_sources` or from a submission.
    folder : str
        What file names in tracebacks begin with.

    Raises
    ------
    MissingModule
        If there is no such text.
    Exception
        Whatever the file itself raises, a SyntaxError before any of it has run.
    """
    if stem not in sources:
        raise MissingModule(f"{folder} has no {stem}.py")
    compile(sources[stem], f"{folder}/{stem}.py", "exec", dont_inherit=True)
    try:
        package = importlib.import_module(PACKAGE)
    except ImportError:  # in a bare box the package is nothing but the learner's texts
        package = sys.modules[PACKAGE] = ModuleType(PACKAGE)
        package.__path__ = []
    for name in sources:
        sys.modules.pop(f"{PACKAGE}.{name}", None)
        package.__dict__.pop(name, None)
    finder = _Finder(sources, folder)
    sys.meta_path[:] = [finder] + [other for other in sys.meta_path if not isinstance(other, _Finder)]
    return importlib.import_module(f"{PACKAGE}.{stem}")
