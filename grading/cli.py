"""The instructor's commands: release, intake, grade, demo. `course` mounts them."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
from collections import Counter
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from autograder_tests.catalogue import NoReference, UnknownName, find_chapter

from .classroom import COURSE, Refused, command, is_usual, open_classroom, open_or_create

CORES = min(os.cpu_count() or 1, 8)

classroom_option = click.option(
    "--classroom",
    type=click.Path(path_type=Path),
    envvar="COURSE_CLASSROOM",
    default=COURSE / "classroom",
    show_default="./classroom",
    help="The folder of the class.",
)


@contextlib.contextmanager
def sentences():
    """Say what the course refuses as one sentence, without a traceback."""
    from .sandbox import SandboxUnavailable

    try:
        yield
    except (Refused, UnknownName, NoReference, SandboxUnavailable) as error:
        raise click.ClickException(str(error)) from error


@click.command()
@click.argument("chapter")
@classroom_option
@click.pass_obj
def release(printer, chapter: str, classroom: Path) -> None:
    """Release CHAPTER: make the zip file for the learners, without any answer."""
    with sentences():
        from .release import release as make

        meant = find_chapter(chapter)
        place = make(open_or_create(classroom), meant, printer)
    click.echo(f"Chapter {meant.number} is released. Give the learners {place}.")


@click.command()
@click.argument("chapter")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--received", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]), help="When; default now."
)
@classroom_option
def intake(chapter: str, paths: tuple[Path, ...], received: datetime | None, classroom: Path) -> None:
    """Take in what was handed in for CHAPTER: folders, zip files, downloads from a learning platform.

    Each file's student is found by the platform's pattern in its name, or else by the name of its folder or file.
    """
    with sentences():
        from .intake import take_in

        meant, opened = find_chapter(chapter), open_classroom(classroom)
        receipts, nobodys = take_in(opened, meant, list(paths), received)
    for receipt in receipts:
        click.echo(f"{receipt.student}: {receipt.outcome}")
        for note in receipt.notes:
            click.echo(f"    {note}")
    for sentence in nobodys:
        click.echo(f"Nobody's: {sentence}")
    failed = sum(receipt.outcome == "failed" for receipt in receipts)
    click.echo(f"{len(receipts) - failed} taken in. Next: {command(opened.root, 'grade', meant.number)}")
    if failed or not receipts:
        raise click.ClickException(f"{failed} could not be taken in." if failed else "Nothing was taken in.")


@click.command()
@click.argument("chapter")
@click.option("--jobs", type=click.IntRange(1), default=CORES, show_default=True, help="Judged at once.")
@click.option("--seed", type=int, help="Draw the hidden cases from this number, not from the class's secret.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as JSON, and nothing else.")
@click.option("--allow-weak-sandbox", is_flag=True, help="Go on where nothing confines the learners' code.")
@classroom_option
def grade(chapter: str, jobs: int, seed: int | None, as_json: bool, allow_weak_sandbox: bool, classroom: Path) -> None:
    """Grade everything that was handed in for CHAPTER.

    The scores are those of the checks; answers in words are graded by a person, in nbgrader's formgrader.
    """
    with sentences():
        from .grade import grade as run

        meant = find_chapter(chapter)
        opened = open_classroom(classroom)
        console = Console(stderr=True, quiet=as_json)
        with Progress(console=console, transient=True) as progress:
            bar = progress.add_task("Grading", total=len(opened.students(meant)) or None)
            records = run(opened, meant, jobs, seed, allow_weak_sandbox, lambda record: progress.advance(bar))
    click.echo(json.dumps(records, indent=1)) if as_json else _show(records, meant.notebook, opened.root)
    if any(record["outcome"] == "retry" for record in records):
        raise SystemExit(1)


def _show(records: list[dict], assignment: str, root: Path) -> None:
    table = Table("student", "outcome", "score", "of", "remark")
    for record in records:
        score = "not graded" if record["score"] is None else f"{record['score']:g}"
        wrong = Counter(
            each["mistake"] or each["verdict"] for each in record["exercises"] if each["verdict"] != "right"
        )
        remark = ", ".join(what if times == 1 else f"{what} ({times})" for what, times in wrong.items())
        table.add_row(
            record["student"], record["outcome"], score, f"{record['max_score']:g}", record["reason"] or remark
        )
    Console().print(table)
    click.echo(f"The learners' code was confined at level {records[0]['level']!r}.")
    where = "" if is_usual(root) else f"export COURSE_CLASSROOM={shlex.quote(str(root))}; "
    click.echo(f"Next: {where}nbgrader generate_feedback {assignment} --force; nbgrader export")


@click.command()
@click.option(
    "--classroom", type=click.Path(path_type=Path), help="Keep the demonstration here; default a temporary folder."
)
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True)
@click.option("--chapter", help="Only this one; default all.")
@click.pass_obj
def demo(printer, classroom: Path | None, jobs: int, chapter: str | None) -> None:
    """Play a whole day: release, hand in, take in, grade, feedback, export; compare the marks with what is just."""
    with sentences():
        from .demo import play

        if not play(classroom, printer, jobs, chapter):
            raise SystemExit(1)
