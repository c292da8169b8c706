"""What several tests do with saved pages: make small ones, open them as a reader would, and follow their links."""

import re
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import nbformat

from tools.pages.html import page
from tools.pages.widgets import STATES, VIEW

WITHIN = ("file:", "data:", "blob:")  # addresses for which nobody is asked


def book_of(*cells, models: dict | None = None):
    """A notebook of these cells, with the states of these widgets."""
    book = nbformat.v4.new_notebook(cells=list(cells))
    book.metadata.widgets = {STATES: {"state": models or {}, "version_major": 2, "version_minor": 0}}
    return nbformat.from_dict(book)


def shows(model_id: str, says: str = "one line"):
    """A code cell whose output is a widget."""
    data = {VIEW: {"model_id": model_id}, "text/plain": says}
    return nbformat.v4.new_code_cell("widget", outputs=[nbformat.v4.new_output("display_data", data)])


def prints(**data):
    """A code cell with one output, its kinds named as keywords: ``text_html="<b>x</b>"``."""
    kinds = {name.replace("_", "/", 1): value for name, value in data.items()}
    return nbformat.v4.new_code_cell("cell", outputs=[nbformat.v4.new_output("display_data", kinds)])


def save(folder: Path, *cells, models: dict | None = None) -> Path:
    """A page of these cells as a file."""
    path = folder / "page.html"
    path.write_text(page(book_of(*cells, models=models), "A page"), encoding="utf-8")
    return path


@contextmanager
def opened(browser, path: Path, **context):
    """A file in a browser that is offline; yields the page, and a list of all that it asks for or complains of."""
    with browser.new_context(offline=True, **context) as one:
        tab, wrong = one.new_page(), []
        tab.on("request", lambda request: None if request.url.startswith(WITHIN) else wrong.append(request.url))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        tab.goto(path.as_uri())
        tab.wait_for_function(
            "!document.getElementById('widgets') || document.documentElement.dataset.widgets", timeout=20_000
        )
        yield tab, wrong


def dead_links(folder: Path) -> list[str]:
    """Every link of a folder's pages that leads to no file there, or to no place in one."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}
    dead = []
    for name, text in texts.items():
        for address in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', text):
            if re.match(r"[a-z]+:", address):
                continue
            file, _, place = address.partition("#")
            target = texts.get(file or name)
            if target is None or place and not any(f'id="{one}"' in target for one in (place, unquote(place))):
                dead.append(f"{name}: {address}")
    return dead
