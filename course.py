"""The command ``course``: one line a subcommand, each served by its room and loaded only when it is called."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click

COMMANDS = {
    "check": ("autograder_tests.commands", "Check your functions."),
    "progress": ("autograder_tests.commands", "Show what is right so far, chapter by chapter."),
    "hint": ("autograder_tests.commands", "Give the next hint for an exercise."),
    "mistakes": ("autograder_tests.commands", "Show every known mistake and the parts that catch it."),
    "reset": ("tools.commands", "Begin a chapter's file again; the old one is kept beside it."),
    "solve": ("tools.commands", "Fill in a chapter's solutions; the old file is kept beside it."),
    "page": ("tools.pages.commands", "Save a chapter as one page, alive without Jupyter."),
    "site": ("tools.pages.commands", "Save all chapters as pages, with a page of contents."),
    "release": ("grading.cli", "Make what learners get of a chapter."),
    "intake": ("grading.cli", "Take in submissions."),
    "grade": ("grading.cli", "Grade what was taken in."),
    "demo": ("grading.cli", "Play an instructor's whole day on sample submissions."),
}


class Rooms(click.Group):
    """A group whose commands live in other rooms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        return getattr(importlib.import_module(COMMANDS[name][0]), name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


@click.command(cls=Rooms)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Convolutional Neural Networks: a deep dive."""
    ctx.obj = importlib.import_module("tools.stubs")  # the printer: only this file may hand it to the instructor's room


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
