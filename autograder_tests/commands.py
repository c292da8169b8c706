"""The learner's commands in a terminal: check, progress, hint, mistakes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from course_lib.given import memory
from course_lib.given.loader import MissingModule

from . import catalogue
from .checking import LEARNER, examine, with_next_hint
from .judging import Report

SYMBOLS = {"right": "[green]✓[/]", "not_written": "[dim]○[/]"}


class Say(click.ClickException):
    """A sentence for the person at the terminal, without a traceback."""

    exit_code = 2

    def show(self, file=None) -> None:
        click.echo(self.message, err=True)


def wanted(exercises: tuple[str, ...], chapter: str | None) -> list[catalogue.Exercise]:
    """The exercises that were asked for; all of them if none was named."""
    try:
        names = [name for asked in (chapter, *exercises) if asked for name in meant(asked, asked is chapter)]
        return [catalogue.find_exercise(name) for name in names or catalogue.exercise_names()]
    except LookupError as error:
        raise Say(str(error)) from None


def meant(asked: str, chapter: bool = False) -> tuple[str, ...]:
    """The exercises of a chapter, or the one exercise of that name."""
    if chapter or asked[:1].isdigit():
        return catalogue.find_chapter(asked).exercises
    return (asked,)


@click.command()
@click.argument("exercises", nargs=-1)
@click.option("--chapter", metavar="NN", help="All exercises of a chapter.")
@click.option("--using", type=click.Path(path_type=Path), default=LEARNER, help="Folder of the modules to check.")
@click.option("--seed", type=int, default=0, help="Of the drawn cases.")
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
def check(exercises: tuple[str, ...], chapter: str | None, using: Path, seed: int, as_json: bool) -> None:
    """Check EXERCISE..., or all of them. Exits with 0 only when all are right."""
    asked = wanted(exercises, chapter)
    if not using.is_dir():
        raise Say(f"There is no folder {using}. --using takes the folder in which the chapters' modules lie.")
    if seed < 0:
        raise Say(f"The seed is {seed}; take 0 or more.")
    try:
        reports = [examine(exercise, using, seed) for exercise in asked]
    except (MissingModule, catalogue.NoReference) as error:
        raise Say(str(error)) from None
    if as_json:
        click.echo(json.dumps([report.as_dict() for report in reports], ensure_ascii=False, indent=1))
    else:
        for text in texts(reports, using == LEARNER):
            click.echo(text + "\n")
        if len(reports) > 1:
            right = sum(report.verdict == "right" for report in reports)
            click.echo(f"{right} of {len(reports)} exercises are right.")
    sys.exit(any(report.verdict != "right" for report in reports))


def texts(reports: list[Report], own: bool) -> Iterator[str]:
    """What to print: alone, a report asks for the next hint; among others, what is unwritten takes one line."""
    if len(reports) == 1:
        yield (with_next_hint(reports[0]) if own else reports[0]).text()
        return
    told = set()
    for report in reports:
        if report.unreadable and report.file in told:
            continue
        if report.unreadable:
            told.add(report.file)
        yield report.headline() if report.verdict == "not_written" else report.text()


@click.command()
def progress() -> None:
    """Show what is right so far, chapter by chapter."""
    console = Console()
    table = Table(box=None, pad_edge=False)
    for heading in ("chapter", "exercise", "", "points"):
        table.add_column(heading, justify="right" if heading == "points" else "left")
    total = reached = 0.0
    following = ""
    for chapter in catalogue.chapters():
        for place, name in enumerate(chapter.exercises):
            try:
                report = examine(catalogue.find_exercise(name), explain=False)
            except (MissingModule, LookupError) as error:
                raise Say(str(error)) from None
            following = following or (name if report.verdict != "right" else "")
            total, reached = total + report.max_points, reached + report.points
            points = f"{report.points:g} of {report.max_points:g}"
            table.add_row("" if place else chapter.notebook, name, SYMBOLS.get(report.verdict, "[red]✗[/]"), points)
    console.print(table)
    console.print(f"\n{reached:g} of {total:g} points")
    if following:
        console.print(f"Next: {following}")


@click.command()
@click.argument("exercise")
def hint(exercise: str) -> None:
    """Give the next hint for EXERCISE."""
    [asked] = wanted((exercise,), None)
    given = memory.read("hints_asked")
    number = min(given.get(asked.name, 0) + 1, len(asked.hints))
    memory.write("hints_asked", given | {asked.name: number})
    click.echo(f"Hint {number} of {len(asked.hints)}: {asked.hints[number - 1]}")
    if number == len(asked.hints):
        click.echo(f"That was the last one. `course check {asked.name}` names the mistake if it knows it.")


@click.command()
def mistakes() -> None:
    """Show every known mistake and the parts that catch it."""
    from .mistakes import table as rows

    table = Table("exercise", "mistake", "caught by", "points left", box=None, pad_edge=False)
    before = ""
    try:
        for row in rows():
            points = f"{row.points:g} of {row.max_points:g}"
            table.add_row(
                "" if row.exercise == before else row.exercise, row.mistake.name, ", ".join(row.caught_by), points
            )
            before = row.exercise
    except catalogue.NoReference as error:
        raise Say(str(error)) from None
    Console().print(table)
