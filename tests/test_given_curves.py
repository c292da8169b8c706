"""The live curves: what Python tells, what the page draws, and that a notebook without a browser never waits."""

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient
from test_given_browser import MODEL

from course_lib.given import curves
from course_lib.given.curves import Curves, show_curves

SCRIPT = Curves._esm
HISTORY = [{"loss": 2 / n, "train_accuracy": 1 - 0.5 / n, "valid_accuracy": 0.9 - 0.4 / n} for n in range(1, 7)]


def state(done, goal=6, **changed):
    shown = Curves("digits", goal)
    shown.tell(HISTORY[:done], best_epoch=done)
    return {"name": "digits", "progress": shown.progress | changed}


def test_the_page_hears_of_an_epoch_at_most_every_tenth_of_a_second_and_always_of_the_end(monkeypatch):
    clock = iter([0.0, 0.0, 0.05, 0.2, 0.21])
    monkeypatch.setattr(curves.time, "perf_counter", lambda: next(clock))
    shown = Curves("digits", 6)
    lengths = []
    for done, end in ((0, "training"), (1, "training"), (2, "training"), (3, "done")):
        shown.tell(HISTORY[:done], 1, end)
        lengths.append((len(shown.progress["loss"]), shown.progress["state"]))
    assert lengths == [(0, "training"), (0, "training"), (2, "training"), (3, "done")]


def test_the_time_left_counts_this_calls_epochs_only(monkeypatch):
    clock = iter([10.0, 10.0, 14.0])
    monkeypatch.setattr(curves.time, "perf_counter", lambda: next(clock))
    shown = Curves("digits", 6)
    shown.tell(HISTORY[:2], 1)
    assert shown.progress["left"] is None
    shown.tell(HISTORY[:4], 1)
    assert shown.progress["left"] == 4.0  # two epochs took 4 s, two are left


def test_outside_a_notebook_there_are_no_curves():
    assert show_curves("digits", 3) is None


CELL = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from course_lib.given import memory
memory.FOLDER = Path({folder!r})
import test_given_run as here
run = here.make().train({epochs})
"""


def test_a_notebook_without_a_browser_gets_one_line_and_the_curves_for_later(tmp_path):
    code = CELL.format(root=str(ROOT), tests=str(ROOT / "tests"), folder=str(tmp_path), epochs=4)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}})
    client.execute()
    widget, printed = notebook.cells[0].outputs
    assert widget.data["text/plain"].startswith("[curves of digits")
    assert printed.text.count("\n") == 1 and printed.text.startswith("digits: 4 epochs in")
    states = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    kept = states[widget.data["application/vnd.jupyter.widget-view+json"]["model_id"]]["state"]
    assert kept["progress"]["state"] == "done" and len(kept["progress"]["valid"]) == 4
    assert "render" in kept["_esm"]


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


def show(page, state):
    page.evaluate(MODEL, [SCRIPT, state])


@pytest.mark.browser
def test_the_curves_grow_as_they_are_told(page):
    show(page, state(0))
    assert page.get_by_text("The first epoch is running.").is_visible()
    for done in (2, 5):
        page.evaluate("progress => model.change('progress', progress)", state(done)["progress"])
        page.get_by_text(f"{done} of 6").first.wait_for()
        assert page.get_by_role("progressbar").get_attribute("aria-valuenow") == str(done)
        assert [len(line.split()) for line in points(page)] == [done] * 3
    assert page.locator(".best").count() == 1


def points(page):
    return page.locator("polyline").evaluate_all("lines => lines.map((line) => line.getAttribute('points'))")


@pytest.mark.browser
def test_the_page_may_open_before_anything_is_told(page):
    show(page, {"name": "digits", "progress": {}})
    assert page.get_by_text("The first epoch is running.").is_visible()


@pytest.mark.browser
def test_a_rate_that_a_hand_changed_is_marked_between_the_epochs(page):
    show(page, state(6, changes=[{"epoch": 3, "text": "rate 0.01"}, {"epoch": 4, "text": "as planned"}]))
    assert page.locator(".change").count() == 2
    assert (
        page.get_by_text("rate 0.01").is_visible() and page.get_by_text("as planned").count() == 0
    )  # no room for both


@pytest.mark.browser
def test_the_slider_reads_an_epoch_aloud_by_keyboard(page):
    show(page, state(6, state="done"))
    assert page.locator("[aria-live=polite]").inner_text().startswith("Epoch 6 of 6 (the best): loss 0.333, training")
    page.locator("input").focus()
    page.keyboard.press("Home")
    page.get_by_text("Epoch 1 of 6: loss 2, training 50.0 %, validation 50.0 %.").wait_for()
    page.keyboard.press("ArrowRight")
    page.get_by_text("Epoch 2 of 6: loss 1, ").wait_for()
    assert page.locator(".cursor").count() == 2
    assert page.locator("input").get_attribute("data-lm-suppress-shortcuts") == "true"


@pytest.mark.browser
def test_while_it_trains_nothing_is_said_aloud_by_itself(page):
    show(page, state(3))
    assert page.locator("[aria-live=off]").inner_text().startswith("Epoch 3 of 6")


@pytest.mark.browser
@pytest.mark.parametrize(
    "changed, said",
    [
        ({"state": "done"}, "6 epochs, done"),
        ({"state": "stopped", "goal": 60}, "stopped after epoch 6 of 60"),
        ({"goal": 60, "left": 84.2}, "6 of 60, 1 min 24 s left"),
        ({"goal": 60, "left": 0.3}, "6 of 60, less than a second left"),
        ({"goal": 60, "left": None}, "6 of 60"),
    ],
)
def test_the_heading_says_how_far_it_is(page, changed, said):
    show(page, state(6, **changed))
    assert page.locator(".course-curves-time").inner_text() == said
