"""Who may import whom: arrows go one way."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {"course_lib", "solutions", "autograder_tests", "grading", "tools", "course"}
MAY_IMPORT = {
    "course_lib": {"course_lib"},
    "solutions": {"solutions"},
    "autograder_tests": {"autograder_tests", "solutions"},
    "grading": {"grading", "autograder_tests", "solutions", "course_lib"},
    "tools": {"tools", "autograder_tests", "solutions", "course_lib"},
}
DOORS = ("autograder_tests/checking.py", "autograder_tests/commands.py")  # from the checks to the learner


def imported(text: str) -> set[str]:
    """Full names of the modules that a file imports, relative imports left out."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module)
    return names


def wrong_arrows(path: str, text: str) -> list[str]:
    """The imports that a file of the project may not have."""
    room, *rest = Path(path).parts
    wrong = []
    for name in sorted(imported(text)):
        target = name.partition(".")[0]
        if path in DOORS and name.startswith("course_lib.given"):
            continue
        if target in ROOMS and target not in MAY_IMPORT[room]:
            wrong.append(f"{path} imports {name}")
        elif room in ("course_lib", "solutions") and len(rest) == 1 and not may_run_in_a_bare_box(target, room):
            wrong.append(f"{path} imports {name}; an exercise has NumPy and the standard library only")
    return wrong


def may_run_in_a_bare_box(target: str, room: str) -> bool:
    return target in (room, "numpy") or target in sys.stdlib_module_names


def test_no_arrow_points_the_wrong_way():
    wrong = []
    for room in MAY_IMPORT:
        for path in (ROOT / room).rglob("*.py"):
            wrong += wrong_arrows(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    assert wrong == []


@pytest.mark.parametrize(
    "path, text",
    [
        ("course_lib/given/plots.py", "from solutions.convolution import convolve2d"),
        ("solutions/convolution.py", "import course_lib.convolution"),
        ("solutions/convolution.py", "import scipy.signal"),
        ("autograder_tests/judging/judge.py", "from course_lib.given import loader"),
        ("autograder_tests/checking.py", "import course_lib.convolution"),
        ("grading/grade.py", "from tools.stubs import stub"),
        ("tools/printing.py", "import grading"),
        ("tools/printing.py", "def late():\n    import course"),
    ],
)
def test_an_arrow_the_wrong_way_is_seen(path, text):
    assert len(wrong_arrows(path, text)) == 1


@pytest.mark.parametrize(
    "path, text",
    [
        ("course_lib/given/plots.py", "import matplotlib"),
        ("course_lib/network.py", "import numpy as np\nimport math\nfrom course_lib.pooling import max_pool2d"),
        ("autograder_tests/checking.py", "from course_lib.given.loader import load"),
        ("autograder_tests/judging/judge.py", "from . import report\nfrom solutions import convolution"),
    ],
)
def test_an_arrow_the_right_way_is_let_pass(path, text):
    assert wrong_arrows(path, text) == []
