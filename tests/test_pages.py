"""Saved pages as text: mathematics, widgets, forms that answer without Python, links, and the two commands."""

import re

import nbformat
import pytest
from click.testing import CliRunner
from conftest import ROOT
from saved_pages import book_of, dead_links, prints, save, shows

import course
from autograder_tests import catalogue
from course_lib.given import forms, memory
from course_lib.given.questions import questions
from tools.pages import commands, running
from tools.pages.html import as_json, page
from tools.pages.mathematics import mathml
from tools.pages.site import links, opening, title, words
from tools.pages.widgets import page_widgets

MARKDOWN = nbformat.v4.new_markdown_cell
FORMULA = re.compile(r"\$\$(.*?)\$\$|(?<![$\\])\$(.+?)(?<![$\\])\$", re.DOTALL)
TEXTS = sorted((ROOT / "notebooks" / "text").glob("*.md"))


def left_as_latex(drawn: str) -> bool:
    """Whether something of a formula was not understood: a command stays as it is, or all of it does."""
    return "\\" in drawn or not drawn.startswith("<math")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_formula_of_the_course_becomes_mathml(path):
    found = [display or inline for display, inline in FORMULA.findall(path.read_text(encoding="utf-8"))]
    assert [latex for latex in found if left_as_latex(mathml(latex, display=True))] == []


@pytest.mark.parametrize("latex", [r"\nosuchcommand{x}", r"\left( x", r"\begin{pmatrix} 1"])
def test_a_formula_that_cannot_be_read_is_noticed_and_stops_nothing(latex):
    assert left_as_latex(mathml(latex))


def test_mathematics_stands_in_cells_and_in_outputs():
    text = page(
        book_of(MARKDOWN("So $a<b$, and\n\n$$\nc\n$$"), prints(text_markdown="$d$"), prints(text_latex="$$e$$")), "t"
    )
    assert re.findall(r"<mi>(.)</mi>", text) == list("abcde")
    assert (
        len(re.findall(r'<math[^>]*display="block"', text)) == 2
        and "$" not in text[text.index("<main>") : text.index("</main>")]
    )


def test_a_page_forbids_every_request_and_quotes_what_it_is_given():
    text = page(book_of(MARKDOWN("x")), "<b>&", (("a.html", "<i>"),))
    assert "default-src 'none'" in text and "<title>&lt;b&gt;&amp;</title>" in text and "&lt;i&gt;" in text


def test_a_widgets_state_cannot_end_its_script_element():
    assert "</script" not in as_json({"text": "</script><script>alert(1)</script>"})


def model(**state):
    return {"model_name": "AnyModel", "model_module": "anywidget", "state": {"_esm": "script", "_css": "style"} | state}


def test_each_script_is_kept_once_and_only_what_a_script_may_see():
    widgets = page_widgets(
        {"state": {"a": model(n=1, _view_name="x"), "b": model(n=2), "layout": {"state": {"width": 1}}}}
    )
    assert sorted(widgets["texts"].values()) == ["script", "style"]
    assert {name: one["state"] for name, one in widgets["models"].items()} == {"a": {"n": 1}, "b": {"n": 2}}


def test_a_widget_that_needs_a_kernel_leaves_its_description(tmp_path):
    slider = {"state": {"value": 3}}
    text = save(tmp_path, shows("s", "a slider"), shows("gone", "a lost one"), models={"s": slider}).read_text()
    assert "data-widget" not in text.partition("<main>")[2].partition("</main>")[0]
    assert "<pre>a slider</pre>" in text and "<pre>a lost one</pre>" in text


@pytest.fixture
def no_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "FOLDER", tmp_path / ".learner")
    forms.choice.cache_clear()
    yield
    forms.choice.cache_clear()


@pytest.mark.parametrize("make", [forms.predict, forms.reveal, forms.quiz])
def test_what_a_page_lets_a_form_say_is_what_python_says(make, no_memory):
    for id, question in questions().items():
        forms.choice.cache_clear()
        form, shared = make(id), forms.choice(id)
        said = forms.replies(form.kind, form.question)
        assert len(said) == 1 + len(question.options)
        for index, expected in enumerate(said, start=-1):
            shared.index = index
            assert (form.locked, form.reply) == expected


def test_a_page_begins_where_the_form_stood(no_memory):
    widgets = page_widgets({"state": {"f": model(kind="Question", question="convolution/sign", chosen=1)}})
    form = widgets["models"]["f"]
    assert form["state"]["chosen"] == 1 and form["replies"][0] == {"locked": False, "reply": ""}


def test_a_chapter_knows_its_title_its_opening_and_its_neighbours():
    book = book_of(MARKDOWN("# 01 · A *title*\n\nAsk **one** question.\n\nMore."))
    assert (title(book), opening(book)) == ("01 · A *title*", "Ask one question.")
    first, second, *_, last = chapters = catalogue.chapters()
    assert links(chapters, 0) == (("index.html", "Contents"), (f"{second.notebook}.html", f"{words(second)} →"))
    assert links(chapters, 1)[0] == (f"{first.notebook}.html", f"← {words(first)}")
    assert links(chapters, len(chapters) - 1)[-1] == ("index.html", "Contents") and last


@pytest.mark.parametrize("address", ["gone.html", "#gone", "there.html#gone"])
def test_a_dead_link_is_found(tmp_path, address):
    (tmp_path / "there.html").write_text('<h1 id="top">x</h1>')
    (tmp_path / "page.html").write_text('<a class="x" href="there.html#top">x</a> <a href="https://example.org">x</a>')
    assert dead_links(tmp_path) == []
    (tmp_path / "page.html").write_text(f'<a href="{address}">x</a>')
    assert dead_links(tmp_path) == [f"page.html: {address}"]


def call(*arguments: str):
    return CliRunner().invoke(course.main, arguments)


@pytest.fixture
def ran(monkeypatch):
    """Notebooks that have run already: where the course was, in order."""
    roots = []

    def run(chapter, root):
        roots.append(root)
        return book_of(MARKDOWN(f"# {chapter.number} · Title\n\nOpening."))

    monkeypatch.setattr("tools.pages.site.run", run)
    return roots


def test_page_saves_one_chapter_where_it_is_told(tmp_path, ran):
    out = tmp_path / "new folder" / "page.html"
    done = call("page", "01", "--out", str(out))
    assert done.exit_code == 0 and str(out) in done.output and "01 · Title" in out.read_text(encoding="utf-8")
    assert ran == [ROOT]


def test_site_saves_every_chapter_and_its_contents(tmp_path, ran):
    assert call("site", str(tmp_path / "site")).exit_code == 0
    names = {path.name for path in (tmp_path / "site").iterdir()}
    assert names == {"index.html"} | {f"{chapter.notebook}.html" for chapter in catalogue.chapters()}
    assert dead_links(tmp_path / "site") == []


def test_solved_fills_in_a_copy_and_takes_it_away_again(tmp_path, ran):
    before = (ROOT / "course_lib" / "convolution.py").read_bytes()
    with running.solved_copy(ROOT) as copy:
        assert "NotImplementedError" not in (copy / "course_lib" / "convolution.py").read_text(encoding="utf-8")
    assert call("page", "01", "--solved", "--out", str(tmp_path / "x.html")).exit_code == 0
    assert ran[0] != ROOT and not ran[0].exists() and not copy.exists()
    assert (ROOT / "course_lib" / "convolution.py").read_bytes() == before


def test_an_unknown_chapter_gets_the_known_ones():
    done = call("page", "77")
    assert done.exit_code == 2 and "There is no chapter '77'" in done.output and "01_convolution" in done.output


def test_solved_without_solutions_says_what_to_leave_out(monkeypatch):
    monkeypatch.setattr(catalogue, "has_reference", lambda: False)
    done = call("page", "01", "--solved")
    assert done.exit_code == 2 and "--solved needs the solutions" in done.output


def test_a_place_that_cannot_be_written_is_named(tmp_path, ran):
    (tmp_path / "file").write_text("")
    done = call("page", "01", "--out", str(tmp_path / "file" / "page.html"))
    assert done.exit_code == 2 and f"{tmp_path / 'file'}" in done.output and "Traceback" not in done.output


def test_a_cell_that_takes_too_long_is_a_sentence(monkeypatch):
    def run(chapter, root):
        raise commands.CellTimeoutError("long")

    monkeypatch.setattr("tools.pages.site.run", run)
    done = call("page", "01")
    assert done.exit_code == 2 and "no page was made" in done.output
