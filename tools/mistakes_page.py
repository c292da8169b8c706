"""The page of known mistakes, printed from the checks."""

from __future__ import annotations

import itertools
from pathlib import Path

from autograder_tests import mistakes
from autograder_tests.judging.compare import number

HEAD = """<!-- Printed from autograder_tests/*/*.py by `make print`; edit those. -->

# Known mistakes

What learners write, and which part of an exercise catches it. Each mistake is a switch in a parametrised copy of the
reference; the judge names it when it explains every answer of a function. `course mistakes` prints the same table.
"""


def render(root: Path) -> str:
    """The page as Markdown; ``root`` is the course, as for every page."""
    blocks = [HEAD]
    for exercise, rows in itertools.groupby(mistakes.table(), key=lambda row: row.exercise):
        lines = [f"\n## {exercise}\n", "| mistake | behaves as if | caught by | points left |", "|---|---|---|---|"]
        lines += [
            f"| `{row.mistake.name}` | {row.mistake.sentence} | {', '.join(row.caught_by)} "
            f"| {number(row.points)} of {number(row.max_points)} |"
            for row in rows
        ]
        blocks.append("\n".join(lines) + "\n")
    return "".join(blocks)
