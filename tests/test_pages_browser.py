"""Saved pages in a real browser, opened from the file system, offline: alive, silent, and asking nobody."""

import base64
import re
import struct

import nbformat
import pytest
from conftest import ROOT
from saved_pages import dead_links, opened, prints, save, shows

from autograder_tests.catalogue import chapters
from tools.pages.running import solved_copy
from tools.pages.site import site

pytestmark = pytest.mark.browser

LIMIT = 1_500_000  # bytes of a page, its pictures left out
NAMES = ["index", *(chapter.notebook for chapter in chapters())]
MATHS = r"$$\begin{pmatrix} 1 \\ 2 \\ 3 \end{pmatrix}$$ and $(x)$"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The whole course as pages, every answer filled in."""
    place = tmp_path_factory.mktemp("site")
    with solved_copy(ROOT) as copy:
        for name, text in site(chapters(), copy):
            (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.mark.parametrize("name", NAMES[1:])
def test_a_chapter_is_alive_and_asks_nobody(browser, folder, name):
    with opened(browser, folder / f"{name}.html") as (tab, wrong):
        assert tab.locator("[data-widget]").count() >= 3
        assert tab.locator("[data-widget] > .waiting").count() == 0
        assert tab.locator("math").count() > 0 and tab.locator("code.formula").count() == 0
        for width in (1000, 390):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert wrong == []


def test_the_pages_link_to_one_another(browser, folder):
    assert dead_links(folder) == []
    with opened(browser, folder / f"{NAMES[1]}.html") as (tab, wrong):
        tab.get_by_role("link", name="Contents").first.click()
        for chapter in chapters():
            assert tab.locator(f'a[href="{chapter.notebook}.html"]').count() == 1
        tab.locator(f'a[href="{NAMES[2]}.html"]').click()
        assert tab.locator("h1").inner_text().startswith(chapters()[1].number)
    assert wrong == []


def test_a_page_is_dark_where_the_reader_wants_it_dark(browser, folder):
    with opened(browser, folder / "index.html") as (tab, wrong):
        ground = "getComputedStyle(document.body).backgroundColor"
        grounds = []
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            grounds.append(tab.evaluate(ground))
    assert grounds == ["rgb(255, 255, 255)", "rgb(24, 24, 24)"] and wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_small_before_its_pictures(folder, name):
    text = (folder / f"{name}.html").read_text(encoding="utf-8")
    assert len(re.sub(r"data:image/[^\"]*", "", text).encode()) < LIMIT


def test_a_prediction_is_committed_by_keyboard_and_revealed_further_down(browser, folder):
    with opened(browser, folder / "01_convolution.html") as (tab, wrong):
        predict, reveal = (tab.locator(".course-form", has_text="flat grey wall").nth(n) for n in (0, 1))
        assert "You have not predicted anything" in reveal.inner_text()
        predict.locator("input").first.focus()
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        assert predict.locator("input:disabled").count() == 4 and "Committed" in predict.inner_text()
        assert "Not so." in reveal.inner_text() and reveal.locator("input").nth(1).is_checked()
    assert wrong == []


def test_a_quiz_answers_each_choice(browser, folder):
    with opened(browser, folder / "01_convolution.html") as (tab, wrong):
        quiz = tab.locator(".course-form", has=tab.get_by_role("button", name="Answer")).first
        said = set()
        for radio in quiz.locator("input").all():
            radio.check()
            quiz.get_by_role("button").click()
            said.add(quiz.locator("[aria-live]").inner_text())
        assert len(said) == quiz.locator("input").count() and any(reply.startswith("Right.") for reply in said)
    assert wrong == []


SCRIPT = """
export default {
  initialize({ model }) { model.set("begun", true); },
  render({ model, el }) {
    const { shape, data } = model.get("array");
    const numbers = new Float64Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
    el.textContent = [shape, ...numbers, model.get("begun"), typeof model.send].join(" ");
  },
};
"""


def widget(script: str) -> dict:
    """A widget with an array, whose bytes lie outside its state."""
    data = base64.b64encode(struct.pack("<3d", 0.5, -1, 2)).decode()
    return {
        "state": {"_esm": script, "_css": "p { color: red }", "array": {"shape": [3], "data": None}},
        "buffers": [{"path": ["array", "data"], "encoding": "base64", "data": data}],
    }


def test_a_widget_finds_its_bytes_in_their_place_and_no_kernel(browser, tmp_path):
    path = save(tmp_path, shows("a"), shows("a"), models={"a": widget(SCRIPT)})
    with opened(browser, path) as (tab, wrong):
        assert tab.locator("[data-widget]").all_inner_texts() == ["3 0.5 -1 2 true undefined"] * 2
    assert wrong == []


def test_a_widget_that_fails_keeps_to_itself_and_is_noticed(browser, tmp_path):
    broken = widget("export default { render() { throw new Error('broken'); } }")
    path = save(tmp_path, shows("b"), shows("a"), models={"a": widget(SCRIPT), "b": broken})
    with opened(browser, path) as (tab, wrong):
        assert tab.locator("[data-widget]").nth(1).inner_text().startswith("3 0.5")
    assert any("broken" in said for said in wrong)


def test_a_picture_from_elsewhere_is_refused_by_the_page_itself(browser, tmp_path):
    with opened(browser, save(tmp_path, prints(text_html='<img src="https://example.org/x.png">'))) as (_, wrong):
        pass
    assert any("Content Security Policy" in said for said in wrong)


def test_without_its_policy_a_page_would_ask_and_that_would_be_seen(browser, tmp_path):
    path = save(tmp_path, prints(text_html='<img src="https://example.org/x.png">'))
    path.write_text(path.read_text(encoding="utf-8").replace("default-src 'none'; ", "").replace("img-src", "font-src"))
    with opened(browser, path) as (_, wrong):
        pass
    assert "https://example.org/x.png" in wrong and not any("Content Security Policy" in said for said in wrong)


def test_brackets_are_as_tall_as_what_they_hold(browser, tmp_path):
    with opened(browser, save(tmp_path, nbformat.v4.new_markdown_cell(MATHS))) as (tab, wrong):
        tall, low = (tab.locator("mo", has_text="(").nth(n).bounding_box()["height"] for n in (0, 1))
        assert tall > 0.8 * tab.locator("mtable").bounding_box()["height"] > 2 * low
    assert wrong == []
