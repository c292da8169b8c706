"""The commands that make pages to read without Jupyter: page and site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from nbclient.exceptions import CellTimeoutError

from autograder_tests import catalogue
from autograder_tests.commands import Say
from tools.pages import running
from tools.pages.site import CONTENTS, one
from tools.pages.site import site as pages

ROOT = Path(__file__).resolve().parents[2]
SOLVED = click.option("--solved", is_flag=True, help="With the course's answers in place of yours.")


@click.command()
@click.argument("chapter")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to; else here, as CHAPTER.html.")
@SOLVED
def page(chapter: str, out: Path | None, solved: bool) -> None:
    """Run CHAPTER's notebook and save it as one page that needs no Jupyter and no network."""
    try:
        found = catalogue.find_chapter(chapter)
    except LookupError as error:
        raise Say(str(error)) from None
    out = out or Path(f"{found.notebook}.html")
    with said(), course(solved) as root:
        text = one(found, root)
        write(out, text)
    click.echo(f"{out} is ready: open it in a browser.")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@SOLVED
def site(folder: Path, solved: bool) -> None:
    """Run every chapter and save them as pages in DIR, with a page of contents."""
    with said(), course(solved) as root:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages(catalogue.chapters(), root):
            write(folder / name, text)
            click.echo(f"{folder / name}")
    click.echo(f"Open {folder / CONTENTS} in a browser.")


@contextmanager
def course(solved: bool) -> Iterator[Path]:
    """The course to run: this one, or for a while a copy with every answer filled in."""
    if not solved:
        yield ROOT
        return
    if not catalogue.has_reference():
        raise Say("--solved needs the solutions, and this copy of the course has none. Leave it out to save your own.")
    with running.solved_copy(ROOT) as copy:
        yield copy


@contextmanager
def said() -> Iterator[None]:
    """Turn what can go wrong on the way to a page into a sentence."""
    try:
        yield
    except CellTimeoutError:
        slow = f"A cell took more than {running.SECONDS} s, so no page was made."
        raise Say(f"{slow} Run the notebook to see which.") from None
    except OSError as error:
        raise Say(f"{error.filename} cannot be read or written: {error.strerror}.") from None


def write(path: Path, text: str) -> None:
    """Save a page, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
