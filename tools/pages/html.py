"""An executed notebook as one HTML file: text, mathematics, code, outputs, and widgets that live without a kernel.

Everything is in the file, and the file itself forbids the browser to ask for more.
"""

import json
from pathlib import Path

from jinja2 import pass_context
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

from tools.pages.mathematics import mathml
from tools.pages.widgets import VIEW, take_widgets

HERE = Path(__file__).parent
SHOWN = [VIEW, "text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/latex", "text/plain"]


class Renderer(IPythonRenderer):
    """Markdown as HTML, formulas as MathML."""

    def block_math(self, body: str) -> str:
        return mathml(body, display=True)

    def inline_math(self, body: str) -> str:
        return mathml(body)

    def latex_environment(self, name: str, body: str) -> str:
        return mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", display=True)


class Exporter(HTMLExporter):
    """nbconvert, with this folder's template and no address of anybody else."""

    @pass_context
    def markdown2html(self, context, source: str) -> str:
        attachments = context.get("cell", {}).get("attachments", {})
        return MarkdownWithMath(renderer=Renderer(escape=False, attachments=attachments)).render(source)

    def default_filters(self):
        yield from super().default_filters()
        yield "mathml", mathml


def page(book: NotebookNode, title: str, links: tuple[tuple[str, str], ...] = ()) -> str:
    """One notebook as a page.

    Parameters
    ----------
    book : NotebookNode
        Executed, with the states of its widgets in its metadata. Views of widgets that need a kernel are taken out.
    title : str
    links : tuple of (str, str)
        Address and words of what the page links to at its top and its end, in order.
    """
    scripts = [_read("host.js"), _read("fences.js")]
    own = {"title": title, "links": links, "css": style(), "scripts": scripts, "widgets": as_json(take_widgets(book))}
    config = Config({"NbConvertBase": {"display_data_priority": SHOWN}})
    exporter = Exporter(template_file=str(HERE / "page.html.j2"), config=config)
    text, _ = exporter.from_notebook_node(book, resources={"page": own})
    return text


def style() -> str:
    """The style sheet of a page: the colours of code in light and dark, and its own."""
    code = [
        f"@media (prefers-color-scheme: {theme}) {{\n{HtmlFormatter(style=name).get_style_defs('.highlight')}\n}}"
        for theme, name in (("light", "default"), ("dark", "github-dark"))
    ]
    return "\n".join([*code, _read("page.css")])


def as_json(value: dict) -> str:
    """JSON that may stand inside a script element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
