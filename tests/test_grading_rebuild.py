"""Notebooks that came back damaged, forged or poisoned, and what is made of them."""

import codecs
import json

import nbformat
import pytest
from nbconvert.filters import markdown2html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.marking import Judged, listing
from grading.rebuild import MAX_ANSWER, Unreadable, inert, parse, put_marks, rebuild

PLACEHOLDER = "*Write here.*"


def grading(grade_id, solution):
    return {
        "nbgrader": {"grade": True, "solution": solution, "locked": not solution, "grade_id": grade_id, "points": 3}
    }


@pytest.fixture
def released():
    return new_notebook(
        cells=[
            new_markdown_cell("# Title", id="title"),
            new_code_cell('check("window_sum")', id="window_sum", metadata=grading("window_sum", False)),
            new_markdown_cell(PLACEHOLDER, id="reflect-01", metadata=grading("reflect-01", True)),
        ]
    )


def handed_in(released, answer):
    notebook = nbformat.from_dict(json.loads(json.dumps(released)))
    notebook.cells[2].source = answer
    return notebook


def raw(notebook):
    return json.dumps(notebook).encode()


@pytest.mark.parametrize(
    "save",
    [
        lambda text: text.encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: json.dumps(json.loads(text), ensure_ascii=False).encode("latin-1"),
    ],
    ids=["plain", "bom", "utf-16", "crlf", "latin-1"],
)
def test_an_answer_survives_how_it_was_saved(released, save):
    notebook, notes = rebuild(released, save(json.dumps(handed_in(released, "Weil es paßt."), indent=1)))
    assert notebook.cells[2].source == "Weil es paßt."
    assert notes == []


@pytest.mark.parametrize(
    "bytes_, reason",
    [
        (b"", "empty"),
        (b'{"cells": [', "not the JSON"),
        (b"[]", "no list of cells"),
        (b"{}", "no list of cells"),
        (b'{"cells": 3}', "no list of cells"),
        (b"[" * 200_000, "nested"),
        (b'{"cells": [\n<<<<<<< HEAD\n1,\n=======\n2\n>>>>>>> x\n]}', "git merge"),
        (b"%PDF-1.4", "not the JSON"),
    ],
)
def test_what_is_no_notebook_is_named(released, bytes_, reason):
    with pytest.raises(Unreadable, match=reason):
        parse(bytes_)
    notebook, notes = rebuild(released, bytes_)
    assert reason in notes[0]
    assert notebook.cells[2].source == notes[0], "a person must see that something was lost"


def test_cells_order_and_points_are_the_released_ones(released):
    forged = handed_in(released, "Mine.")
    forged.cells.reverse()
    for cell in forged.cells:
        cell.metadata.get("nbgrader", {}).update(points=99, grade=False, solution=True, schema_version=99)
        cell.metadata["tags"] = ["skip-execution"]
    forged.cells[1].update(source="pass", outputs=[{"output_type": "execute_result"}])
    forged.cells.append(forged.cells[0])
    notebook, _ = rebuild(released, raw(forged))
    assert notebook.cells[2].source == "Mine."
    notebook.cells[2].source = PLACEHOLDER
    assert notebook == released


def test_of_a_copied_cell_the_last_that_was_changed_counts(released):
    copied = handed_in(released, "First.")
    copied.cells += [new_markdown_cell(text, metadata=grading("reflect-01", True)) for text in ("Second.", PLACEHOLDER)]
    assert rebuild(released, raw(copied))[0].cells[2].source == "Second."


@pytest.mark.parametrize("source", [None, 3, ["a", 3, "b"], {"x": 1}])
def test_a_source_of_a_strange_type_breaks_nothing(released, source):
    strange = json.loads(raw(handed_in(released, "")))
    strange["cells"][2]["source"] = source
    expected = "ab" if isinstance(source, list) else PLACEHOLDER
    assert rebuild(released, raw(strange))[0].cells[2].source == expected


def test_an_untouched_answer_stays_recognisable(released):
    assert rebuild(released, raw(released))[0].cells[2] == released.cells[2]


@pytest.mark.parametrize(
    "poison",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<scr<script>ipt>alert(1)",
        "[a](javascript:alert(1))",
        "[a](java&#115;cript:alert(1))",
        "[a](\x01javascript:alert(1))",
        "![a](javascript:alert(1))",
        "[a]: javascript:alert(1)\n\n[a]",
        "<javascript:alert(1)>",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        r"$\href{javascript:alert(1)}{x}$",
    ],
)
def test_nothing_active_is_left_in_an_answer(poison):
    html = str(markdown2html(inert(poison)))
    for active in ("<script", "<img", "onerror=alert(1)>", 'href="javascript', 'href="data', "\\href"):
        assert active not in html.replace("&gt;", "")


@pytest.mark.parametrize(
    "text", ["a < b, 3 <= x", "[paper](https://example.org)", "$a_1 \\cdot b$", "`f(x)[1]`\n\n- item"]
)
def test_an_honest_answer_stays_as_it_is(text):
    assert inert(text) == text


def test_an_answer_is_kept_in_bounds_and_writable():
    assert len(inert("x" * 10**6)) == MAX_ANSWER
    assert inert("\ud800a\x1b[31m") == "?a[31m"


def test_a_mark_becomes_what_nbgrader_reads_as_points(released):
    judged = Judged("window_sum", "def window_sum(): ...\n", 2.5, 4.0, {}, "wrong", "<b>wrong</b>")
    put_marks(released, [judged], "strong")
    code, result = released.cells[1].outputs
    assert (code.output_type, code.name) == ("stream", "stdout")
    assert result.data == {"text/plain": "2.5", "text/html": "<b>wrong</b>"}
    assert released.metadata["course"]["level"] == "strong"
    nbformat.validate(released)


SOURCE = '''
def window_sum(patch, kernel):
    """Old."""
    return 0

def window_sum(patch, kernel):
    """Long.

    Words.
    """
    total = 0
    note = """kept"""

# a remark at the margin ends nothing
    return total
class Other:
    pass
'''


def test_the_listing_is_the_functions_last_form_without_its_docstring():
    said = listing(SOURCE, "window_sum")
    assert said.startswith("def window_sum(patch, kernel):\n    total = 0\n")
    assert said.endswith("    return total\n")
    assert '"""kept"""' in said
    assert listing(SOURCE, "window") == ""
    assert "\x1b" not in listing('def f():\n    return "\x1b[31m"', "f")
