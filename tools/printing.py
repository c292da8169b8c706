"""Print everything that is written once and printed elsewhere, or say what no longer agrees.

``python -m tools.printing`` prints. Where a print would cover a learner's work, a copy is kept beside it first.
"""

import importlib
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from course_lib.given.keep import keep
from tools import notebooks
from tools.stubs import stub

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "make print"

PAGES = {  # path: (what it is printed from, the module whose render(root) prints it)
    "environment.yml": ("pyproject.toml", "tools.environment"),
    "README.md": ("the checks", "tools.readme"),
    "autograder_tests/MISTAKES.md": ("the checks", "tools.mistakes_page"),
}


@dataclass(frozen=True)
class Print:
    """One printed file: where it goes, what it is printed from, its text, and whether learners work in it."""

    path: str
    source: str
    text: Callable[[], str]
    learners: bool = False


def table(root: Path) -> list[Print]:
    """Every printed file of the course at ``root``."""
    stems = sorted(path.stem for path in (root / "solutions").glob("*.py") if path.stem != "__init__")
    return [
        *(_stub(root, stem) for stem in stems),
        *(_notebook(root, name) for name in notebooks.names(root)),
        *(_page(root, path, *row) for path, row in PAGES.items()),
    ]


def _stub(root: Path, stem: str) -> Print:
    source = f"solutions/{stem}.py"
    return Print(f"course_lib/{stem}.py", source, lambda: stub(_read(root / source), stem), learners=True)


def _notebook(root: Path, name: str) -> Print:
    source = f"notebooks/text/{name}.md"
    return Print(
        f"notebooks/{name}.ipynb", source, lambda: notebooks.notebook(_read(root / source), name), learners=True
    )


def _page(root: Path, path: str, source: str, module: str) -> Print:
    return Print(path, source, lambda: importlib.import_module(module).render(root))


def print_all(root: Path = ROOT) -> list[str]:
    """Print every file that differs from its print.

    Returns
    -------
    list of str
        One line for each file written, and for each copy kept.
    """
    done = []
    for item in table(root):
        path, text = root / item.path, item.text()
        before = _read(path)
        if before == text:
            continue
        if item.learners and before is not None and before != _committed(root, item.path):
            done.append(f"{item.path} held work of yours; it is kept as {keep(path).name}")
        path.write_text(text, encoding="utf-8", newline="\n")
        done.append(f"{item.path} printed from {item.source}")
    return done


def drift(root: Path = ROOT) -> list[str]:
    """One line for each printed file that no longer says what its source says, with the command that mends it.

    A file in which a learner is at work is not compared; :func:`is_work` tells.
    """
    return [line for item in table(root) if not is_work(root, item) and (line := difference(root, item))]


def difference(root: Path, item: Print) -> str:
    """What is wrong with one printed file, and the command that mends it; empty if nothing is."""
    before = _read(root / item.path)
    if before == item.text():
        return ""
    state = "is missing" if before is None else f"is not what {item.source} prints"
    return f"{item.path} {state}. Run `{COMMAND}`."


def is_work(root: Path, item: Print) -> bool:
    """Whether a learner has changed this file since the last commit, while its source is as committed.

    Under ``CI=true`` nobody is at work, and everything is compared.
    """
    if not item.learners or os.environ.get("CI") == "true":
        return False
    committed = _committed(root, item.path)
    return (
        committed is not None
        and _read(root / item.path) not in (None, committed)
        and _read(root / item.source) == _committed(root, item.source)
    )


def _read(path: Path) -> str | None:
    """The file as text, however it was saved; None where there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None


def _committed(root: Path, path: str) -> str | None:
    """The file as of the last commit; None where there is no git, no commit or no such file."""
    try:
        shown = subprocess.run(["git", "show", f"HEAD:./{path}"], cwd=root, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return shown.stdout.decode("utf-8", errors="replace").replace("\r\n", "\n")


if __name__ == "__main__":
    for line in print_all():
        print(line)
