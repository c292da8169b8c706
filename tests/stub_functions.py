"""The learner's functions before anything is written, for tests of what a stub refuses already."""

from pathlib import Path
from types import ModuleType

from autograder_tests.catalogue import chapters
from course_lib.given import loader
from tools.stubs import stub

SOLUTIONS = Path(__file__).resolve().parent.parent / "solutions"


def stubs_of(stem: str) -> ModuleType:
    """A chapter's stubs; what they import of other chapters is a stub too, whatever was loaded before."""
    texts = {each.stem: (SOLUTIONS / f"{each.stem}.py").read_text(encoding="utf-8") for each in chapters()}
    return loader.load(stem, {name: stub(text, name) for name, text in texts.items()})
