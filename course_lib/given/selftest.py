"""Look at the machine before the course begins, and say in plain sentences what was found."""

import sys
from importlib import metadata

from course_lib.given import datasets, memory

OLDEST_PYTHON = (3, 11)
PACKAGES = ("numpy", "matplotlib", "ipywidgets", "anywidget", "jupyterlab", "nbgrader")


class Findings(str):
    """A few lines of text; a notebook shows them as they are."""

    def __repr__(self) -> str:
        return str(self)


def selftest() -> Findings:
    """Versions, data files, and whether the course can remember; one line each, the next step in those that fail."""
    return Findings("\n".join([_python(), *map(_package, PACKAGES), _data(), _memory()]))


def _python() -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return f"✗ Python is {version}; the course needs 3.11 or newer. Install one, then run `make env`."
    return f"✓ Python is {version}."


def _package(name: str) -> str:
    try:
        return f"✓ {name} is {metadata.version(name)}."
    except metadata.PackageNotFoundError:
        return f"✗ {name} is missing. Run `make env`, then restart the kernel."


def _data() -> str:
    try:
        images, _ = datasets.digits()
        height, width = datasets.photograph().shape
        samples, _ = datasets.eeg()[0].shape
    except (OSError, ValueError, ImportError) as error:
        return f"✗ A data file cannot be read ({error}). Run `make env`; if that does not help, fetch the course anew."
    return f"✓ The data are here: {len(images)} digits, a photograph of {height} × {width}, {samples} samples of EEG."


def _memory() -> str:
    if memory.writable():
        return f"✓ Predictions and hints are kept in {memory.FOLDER}."
    return f"✗ {memory.FOLDER} cannot be written, so predictions and hints last only until the kernel stops."
