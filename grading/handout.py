"""The page that travels with a release: what to install, how to open it, where to write, what to hand in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from autograder_tests.catalogue import Chapter

NEEDED = ("anywidget", "ipywidgets", "jupyterlab", "matplotlib", "numpy", "pooch", "tqdm")  # of pyproject.toml

PAGE = """\
# {chapter.notebook}

## Install

Python {python} is needed. In a terminal:

    python -m pip install {requirements}

## Open

In the folder of this file:

    jupyter lab {chapter.notebook}.ipynb

Run the notebook from its top.

## Write

Your answers in code go into `course_lib/{chapter.stem}.py`. Save it, then run the cell of the notebook that checks it;
the kernel need not be restarted. Your answers in words go into the notebook, where it asks for them.
Keep the names of files and functions. All other files belong to the course; changes to them do not count.

## Hand in

Zip this whole folder and hand in the zip file.
At the least, hand in `course_lib/{chapter.stem}.py` and `{chapter.notebook}.ipynb`.
"""


def page(chapter: Chapter, course: Path) -> str:
    """The text of README.md in a chapter's release; versions are those of the course's pyproject.toml."""
    project = tomllib.loads((course / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [line for line in project["dependencies"] if re.match(r"[\w.-]+", line)[0] in NEEDED]
    requirements = " ".join(f'"{line}"' for line in wanted)
    python = project["requires-python"].replace(">=", "") + " or later"
    return PAGE.format(chapter=chapter, python=python, requirements=requirements)
