"""A folder of pages: every chapter, each with its neighbours, and a page of contents."""

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Template
from nbformat import NotebookNode

from autograder_tests.catalogue import Chapter
from tools.pages.html import HERE, page, style
from tools.pages.running import run

TITLE = "Convolutional Neural Networks: a deep dive"
CONTENTS = "index.html"


def title(book: NotebookNode) -> str:
    """The first heading of a notebook."""
    return next(found[1] for cell in book.cells if (found := re.search(r"^# (.+)$", cell.source, re.MULTILINE)))


def opening(book: NotebookNode) -> str:
    """The first paragraph under the first heading, without its marks."""
    text = next(cell.source for cell in book.cells if cell.cell_type == "markdown")
    return re.sub(r"[*`$]", "", text.split("\n\n")[1])


def one(chapter: Chapter, root: Path) -> str:
    """A chapter as a page of its own."""
    book = run(chapter, root)
    return page(book, title(book))


def site(chapters: tuple[Chapter, ...], root: Path) -> Iterator[tuple[str, str]]:
    """Every chapter and the contents.

    Parameters
    ----------
    chapters : tuple of Chapter
        In order.
    root : Path
        The course whose notebooks are run.

    Yields
    ------
    name, text : str
        A file's name and what goes into it, as soon as its notebook has run.
    """
    books = {}
    for number, chapter in enumerate(chapters):
        books[chapter] = book = run(chapter, root)
        yield f"{chapter.notebook}.html", page(book, title(book), links(chapters, number))
    yield CONTENTS, contents(books)


def links(chapters: tuple[Chapter, ...], number: int) -> tuple[tuple[str, str], ...]:
    """The ways out of one chapter: to the one before, the contents, and the one after."""
    before = [(f"{chapter.notebook}.html", f"← {words(chapter)}") for chapter in chapters[:number][-1:]]
    after = [(f"{chapter.notebook}.html", f"{words(chapter)} →") for chapter in chapters[number + 1 :][:1]]
    return *before, (CONTENTS, "Contents"), *after


def words(chapter: Chapter) -> str:
    """A chapter's name as one reads it, for instance "02 stride and padding"."""
    return f"{chapter.number} {chapter.stem.replace('_', ' ')}"


def contents(books: dict[Chapter, NotebookNode]) -> str:
    """The page of contents: each chapter with its first sentences and its exercises."""
    rows = [
        (f"{chapter.notebook}.html", title(book), opening(book), chapter.exercises) for chapter, book in books.items()
    ]
    template = Template((HERE / "contents.html.j2").read_text(encoding="utf-8"), autoescape=True)
    return template.render(title=TITLE, css=style(), chapters=rows)
