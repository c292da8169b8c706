"""The learner's commands that write into course_lib: reset and solve. Neither loses what was there."""

from __future__ import annotations

from pathlib import Path

import click

from autograder_tests import catalogue
from autograder_tests.commands import Say
from course_lib.given.keep import keep
from tools.stubs import solved, stub

ROOT = Path(__file__).resolve().parent.parent


@click.command()
@click.argument("chapter")
def reset(chapter: str) -> None:
    """Begin CHAPTER's file again; the old one is kept beside it."""
    replace(chapter, stub, "as it was at the beginning")


@click.command()
@click.argument("chapter")
def solve(chapter: str) -> None:
    """Fill in CHAPTER's solutions; the old file is kept beside it."""
    replace(chapter, solved, "filled in with the solutions")


def replace(name: str, render, says: str) -> None:
    """Write a chapter's file anew; what stood there is kept beside it unless it is the same."""
    try:
        chapter = catalogue.find_chapter(name)
    except LookupError as error:
        raise Say(str(error)) from None
    source = ROOT / "solutions" / f"{chapter.stem}.py"
    if not source.exists():
        raise Say(f"solutions/{chapter.stem}.py is missing: take a complete copy of the course.")
    reference = source.read_text(encoding="utf-8")
    path, text = ROOT / "course_lib" / f"{chapter.stem}.py", render(reference, chapter.stem)
    before = path.read_text(encoding="utf-8", errors="replace") if path.exists() else text
    if before == text and path.exists():
        click.echo(f"course_lib/{path.name} is {says} already.")
        return
    try:
        if before not in (stub(reference, chapter.stem), solved(reference, chapter.stem)):
            kept = keep(path).name
            click.echo(f"Your file is kept as course_lib/{kept}; rename it to {path.name} to have it back.")
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Say(f"course_lib/{path.name} cannot be written: {error.strerror}. Nothing was changed.") from None
    click.echo(f"course_lib/{path.name} is {says}.")
