"""TrainWatch: it trains as the run itself does, scrubs back, notes the hand at the rate, and says what goes wrong."""

import json
import re

import numpy as np
import pytest
from browser_hosts import FOCUSABLE, ROOT_CLASS, as_js, open_notebook, open_plain, twin, write_notebook
from test_given_run import TRAIN, assert_same, make

from course_lib.given import memory
from course_lib.given.array_file import read_arrays
from course_lib.given.explorers import explore
from course_lib.given.explorers.train_watch import RECORDED
from solutions import training
from tools.recorded_run import CHANGE, EPOCHS, HIGH, LOWERED, SHAPES

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA = ".course-explorer-formula"


@pytest.fixture
def watched(monkeypatch):
    """Open a run; ``ask(kind, value)`` is what the page asks, and gives what it hears of it."""
    at_once = "course_lib.given.explorers.train_watch.to_this_thread"  # a browser of other tests keeps a loop running
    monkeypatch.setattr(at_once, lambda: lambda act, *values: act(*values))

    def opened(run, **start):
        watch, sent = explore("train_watch", run=run, **start), []
        monkeypatch.setattr(watch, "send", lambda message, *_: sent.append(message))

        def ask(kind, value=None):
            sent.clear()
            watch._asked(watch, json.loads(json.dumps({"kind": kind, "value": value})), [])
            if kind not in ("train", "forget"):
                assert sent == [{"kind": "heard"}]
                return None
            begun, done = sent
            assert begun == {"kind": "begun"} and (done["kind"], done["asked"]) == ("done", kind)
            return done

        return watch, ask

    return opened


@pytest.mark.parametrize(
    "start, said",
    [
        (dict(run={"conv1.w": np.ones((6, 1, 3, 3))}), "run is a dict; give a Run, for instance"),
        (dict(run="digits"), "run is a str"),
        (dict(epochs=0), "epochs is 0; give a whole number from 1 to 1000"),
        (dict(epochs=2.5), "epochs is 2.5"),
        (dict(epochs=4000), "epochs is 4000"),
    ],
)
def test_what_is_no_run_is_refused(start, said):
    with pytest.raises(ValueError, match=said):
        explore("train_watch", **start)


def test_it_trains_an_epoch_at_a_time_with_the_numbers_of_the_run_itself(watched, capsys):
    run = make()
    watch, ask = watched(run, epochs=4)
    assert watch.filters is None and watch.progress["state"] == "ready" and watch.progress["planned"] == 0.02
    for done in (1, 2, 3, 4):
        assert ask("train") == {"kind": "done", "asked": "train", "wrong": "", "epochs": done}
        assert len(watch.progress["loss"]) == done and len(watch.confusion) == done + 1
    assert watch.progress["state"] == "done" and capsys.readouterr().out == ""
    assert_same(run, make("straight").train(4))
    assert np.array_equal(watch.filters[4], run.parameters["conv1.w"])
    assert np.array_equal(watch.confusion, run.looks["confusion"])


def test_it_shows_a_run_with_its_epochs_and_follows_training_elsewhere():
    run = make().train(2)
    watch = explore("train_watch", run=run, epochs=5)
    assert len(watch.progress["loss"]) == 2 and watch.progress["state"] == "stopped" and len(watch.filters) == 3
    run.train(5)
    assert len(watch.progress["loss"]) == 5 and watch.progress["state"] == "done" and len(watch.filters) == 6


def test_a_rate_acts_from_the_next_epoch_on_and_is_noted(watched):
    run = make()
    watch, ask = watched(run)
    ask("train")
    ask("rate", 0.005)
    assert watch.progress["held"] == 0.005
    ask("train")
    ask("rate")
    ask("train")
    assert watch.progress["rates"] == [0.02, 0.005, 0.02] and watch.progress["by_hand"] == [False, True, False]
    assert [change["epoch"] for change in watch.progress["changes"]] == [2, 3]


def test_a_rate_that_is_too_high_is_said_and_a_lower_one_goes_on(watched):
    _, ask = watched(make().train(1))
    ask("rate", 1e20)
    said = ask("train")
    assert said["epochs"] == 1 and re.match("Stopped in epoch 2: the loss is .* Set a lower rate", said["wrong"])
    ask("rate", 0.01)
    assert ask("train")["wrong"] == ""


def test_images_that_are_not_finite_are_said(watched):
    images = TRAIN[0].copy()
    images[0, 0, 0, 0] = np.nan
    _, ask = watched(make(train=(images, TRAIN[1])))
    assert "the loss is nan at step" in ask("train")["wrong"]


def test_the_stop_button_loses_the_running_epoch_only(watched, monkeypatch):
    run = make().train(2)
    _, ask = watched(run)
    step = training.sgd_momentum_step

    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "sgd_momentum_step", interrupted)
    assert ask("train")["wrong"] == "Stopped by hand after epoch 2; `train` goes on."
    monkeypatch.setattr(training, "sgd_momentum_step", step)
    ask("train")
    assert_same(run, make("straight").train(3))


def test_whatever_the_learners_code_raises_is_a_sentence(watched):
    def unwritten(*_, **__):
        raise NotImplementedError("later")

    _, ask = watched(make(step=unwritten))
    assert ask("train")["wrong"] == "The training stopped with `NotImplementedError: later`."


def test_another_run_under_the_name_is_said_and_stays(watched):
    kept = make().train(1)
    before = kept.path.read_bytes()
    _, ask = watched(make(decay=0.1))
    assert "another run is kept under the name 'digits' (decay was 0.0 and is 0.1)" in ask("train")["wrong"]
    assert kept.path.read_bytes() == before


def test_beginning_anew_deletes_and_takes_the_planned_rate(watched):
    run = make().train(2)
    watch, ask = watched(run)
    ask("rate", 0.005)
    assert ask("forget")["epochs"] == 0
    assert run.history == [] and watch.filters is None and watch.progress["held"] is None


def test_without_a_run_nothing_can_be_asked(monkeypatch):
    watch, sent = explore("train_watch"), []
    monkeypatch.setattr(watch, "send", lambda *message: sent.append(message))
    watch._asked(watch, {"kind": "train"}, [])
    assert sent == [] and not watch.alive and not memory.FOLDER.exists()


def test_the_recorded_run_is_what_its_command_records():
    looks, about = read_arrays(RECORDED)
    history = about["history"]
    assert np.array_equal(looks["filters"][0], training.he_init(SHAPES["conv1"], 0).astype(np.float32))
    assert len(history) == EPOCHS and len(looks["confusion"]) == EPOCHS + 1
    assert [epoch["rate"] for epoch in history] == [HIGH] * CHANGE + [LOWERED] * (EPOCHS - CHANGE)
    assert [epoch.get("by_hand", False) for epoch in history] == [False] * CHANGE + [True] * (EPOCHS - CHANGE)
    for epoch, counts in zip(history, looks["confusion"][1:], strict=True):
        assert epoch["valid_accuracy"] == np.trace(counts) / counts.sum()
    before, after = (max(e["loss"] for e in history[part]) for part in (slice(8, CHANGE), slice(CHANGE + 2, None)))
    assert after < before / 3  # the point that it makes


@pytest.mark.browser
@pytest.mark.parametrize("classes", [2, 3, 10])
def test_what_is_said_of_a_confusion_matrix_equals_numpy(explorer_page, classes):
    counts = np.random.default_rng(classes).integers(0, 20, (classes, classes))
    found = twin(explorer_page, "core/confusion.js", "[m.rightOf(v.c), m.worstOf(v.c)]", c=as_js(counts))
    wrong = counts - np.diag(np.diag(counts))
    row, column = np.unravel_index(wrong.argmax(), wrong.shape)
    assert found == [
        {"right": np.trace(counts), "all": counts.sum()},
        {"is": row, "read": column, "times": wrong.max()},
    ]
    perfect = as_js(np.diag(np.diag(counts)))
    assert twin(explorer_page, "core/confusion.js", "m.worstOf(v.c)", c=perfect) is None


@pytest.mark.browser
def test_an_entry_of_a_stack_and_the_nearest_rate(explorer_page):
    stack = np.random.default_rng(1).normal(size=(4, 6, 3, 5, 2))
    found = twin(explorer_page, "core/filters.js", "m.entryOf(v.s, 2)", s=as_js(stack))
    assert found["shape"] == [6, 3, 5, 2] and np.array_equal(found["data"], stack[2].ravel())
    rates = [0.0001, 0.004, 0.0183, 0.08, 7, 0]
    near = twin(explorer_page, "core/rate.js", "v.rates.map((rate) => m.RATES[m.nearest(rate)])", rates=rates)
    assert near == [0.0001, 0.005, 0.02, 0.1, 1, 0.0001]


@pytest.mark.browser
def test_it_is_scrubbed_back_by_keyboard_alone(explorer_page):
    page = explorer_page
    open_plain(page, explore("train_watch"))
    said, (looks, _) = page.locator(FORMULA), read_arrays(RECORDED)
    page.keyboard.press("Tab")  # the only thing that takes keys, as nobody can train here
    for epoch in range(EPOCHS, CHANGE - 1, -1):
        right = np.trace(looks["confusion"][epoch])
        assert said.inner_text().startswith(f"Epoch {epoch} of {EPOCHS}")
        assert f"accuracy = {right} / 144 = {right / 144:.1%}".replace("%", " %") in said.inner_text()
        assert ("set by hand" in said.inner_text()) == (epoch > CHANGE)
        page.keyboard.press("ArrowLeft")
    assert page.locator(".change").count() == 1
    page.keyboard.press("Home")
    assert said.inner_text().startswith("Before the first epoch: accuracy = ")
    table = [[int(cell or 0) for cell in row] for row in cells_of(page)]
    assert table == looks["confusion"][0].tolist()
    page.keyboard.press("End")
    assert said.inner_text().startswith(f"Epoch {EPOCHS} of {EPOCHS}")
    assert "; the only mistake: 2 was read as 8." in said.inner_text()


def cells_of(page):
    rows = page.locator(".train-watch-confusion tr").all()[1:]
    return [row.locator("td").all_inner_texts() for row in rows]


@pytest.mark.browser
def test_a_run_without_an_epoch_a_wide_one_and_one_without_filters_open(explorer_page):
    open_plain(explorer_page, explore("train_watch", run=make()))
    said = explorer_page.locator(FORMULA)
    assert said.inner_text() == "Before the first epoch: nothing has been seen yet."
    assert explorer_page.get_by_text("0 of 30").is_visible()

    watch = explore("train_watch", run=make().train(2))
    watch.filters = np.random.default_rng(0).normal(size=(3, 32, 3, 11, 11))
    open_plain(explorer_page, watch)
    assert explorer_page.locator("canvas").count() == 64
    watch.filters = np.zeros((3, 0, 1, 1, 1))
    open_plain(explorer_page, watch)
    assert explorer_page.locator("canvas:visible").count() == 0 and said.inner_text().startswith("Epoch 2 of 30")


START = """
import time
import numpy as np
from course_lib.given.datasets import digits
from course_lib.given.run import Run
from solutions.training import he_init, lenet5_activations, train_epoch

images, labels = digits()
x, y = (images[:600, np.newaxis] / 16).astype(np.float32), labels[:600].astype(int)
shapes = {"conv1": (6, 1, 3, 3), "conv2": (16, 6, 3, 3), "fc1": (30, 64), "fc2": (20, 30), "fc3": (10, 20)}
parameters = {f"{name}.w": he_init(shape).astype(np.float32) for name, shape in shapes.items()}
parameters |= {f"{name}.b": np.zeros(shape[0], np.float32) for name, shape in shapes.items()}

def slowly(*arguments, **settings):
    time.sleep(0.2)
    return train_epoch(*arguments, **settings)

def start(name, step=slowly, rate=0.05):
    logits = lambda parameters, images: lenet5_activations(parameters, images, (1, 1))["logits"]
    return Run(name, step, logits, parameters, (x[:450], y[:450]), (x[450:], y[450:]), rate=rate, batch=32)

run = start("live")
"""
COMPARE = """
rates = [epoch["rate"] for epoch in run.history]
print(rates, start("live").history == run.history)
same = start("planned", train_epoch, rate=lambda epoch: rates[epoch])
same.advance(len(rates))
all(np.array_equal(same.parameters[name], run.parameters[name]) for name in parameters)
"""


@pytest.mark.browser
def test_training_under_the_hand_by_keyboard_alone_in_jupyterlab(browser, explorer_server):
    """Train, lower the rate, pause, scrub back, stop by the kernel's button, go on: as if it had been planned so."""
    address, folder = explorer_server
    write_notebook(
        folder, "train_watch", [START.strip(), 'explore("train_watch", run=run, epochs=12)', COMPARE.strip()]
    )
    with browser.new_context(viewport={"width": 1100, "height": 1500}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "train_watch")
        root = page.locator(ROOT_CLASS)
        said, told = root.locator(FORMULA), root.locator(".course-curves-time")
        said.wait_for(timeout=30_000)

        def until(done):
            told.get_by_text(re.compile(done)).wait_for(timeout=30_000)

        root.get_by_role("button", name="train", exact=True).focus()
        page.keyboard.press("Enter")
        until(r"^[3-9] of 12")
        page.keyboard.press("Tab")  # until epoch
        page.keyboard.press("Tab")  # the rate
        assert root.locator("output").inner_text() == "0.05"
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        assert root.locator("output").inner_text() == "0.01"
        said.get_by_text("rate 0.01, set by hand").wait_for(timeout=15_000)
        root.get_by_role("button", name="pause").focus()
        page.keyboard.press("Enter")
        until("^stopped after epoch")
        page.wait_for_timeout(1000)
        standing = told.inner_text()
        root.get_by_label("read an epoch").focus()
        page.keyboard.press("Home")
        assert said.inner_text().startswith("Before the first epoch: accuracy = ") and told.inner_text() == standing
        assert len(cells_of(page)) == 10
        page.keyboard.press("ArrowRight")
        assert "rate 0.05, as planned" in said.inner_text()

        root.get_by_role("button", name="train", exact=True).focus()
        page.keyboard.press("Enter")
        until("^[0-9]+ of 12")
        stop = page.locator("[data-command='notebook:interrupt-kernel'], [title*='Interrupt the kernel']").first
        by_hand = root.get_by_text("Stopped by hand after epoch")
        for _ in range(6):  # between two epochs there is nothing that it could stop
            stop.click()
            page.wait_for_timeout(300)
            if by_hand.is_visible():
                break
        by_hand.wait_for(timeout=5000)
        cells = page.locator(".jp-Notebook .jp-CodeCell")
        for element in root.locator(f":is({FOCUSABLE}):visible:enabled").element_handles():
            element.focus()
            page.keyboard.press("d")
            page.keyboard.press("d")
        assert cells.count() == 4
        root.get_by_role("button", name="train", exact=True).focus()
        page.keyboard.press("Enter")
        until("12 epochs, done")

        cells.nth(3).locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        outcome = cells.nth(3).locator(".jp-OutputArea-executeResult")
        outcome.get_by_text("True").wait_for(timeout=60_000)
        printed = cells.nth(3).locator(".jp-OutputArea-output").first.inner_text()
        rates = [float(rate) for rate in re.findall(r"0\.\d+", printed)]
        assert printed.strip().endswith("True") and len(rates) == 12 and set(rates) == {0.05, 0.01}
        assert rates == sorted(rates, reverse=True)

        root.get_by_role("button", name="begin anew").focus()
        page.keyboard.press("Enter")
        assert root.get_by_role("button", name="delete 12 epochs?").is_visible()
        page.keyboard.press("Enter")
        until("^0 of 12")


@pytest.mark.browser
def test_a_run_that_a_cell_trains_is_followed_and_a_rate_set_meanwhile_is_not_lost_in_jupyterlab(
    browser, explorer_server
):
    address, folder = explorer_server
    cells = [START.replace('"live"', '"cell"').strip(), 'explore("train_watch", run=run, epochs=15)']
    write_notebook(folder, "train_cell", [*cells, "run = run.forget().train(15)"])
    with browser.new_context(viewport={"width": 1100, "height": 1800}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "train_cell")
        root, cells = page.locator(ROOT_CLASS), page.locator(".jp-Notebook .jp-CodeCell")
        told = root.locator(".course-curves-time")
        told.get_by_text("15 epochs, done").wait_for(timeout=30_000)
        cells.nth(3).locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        told.get_by_text(re.compile("^[2-5] of 15")).wait_for(timeout=30_000)
        root.locator(".train-watch-rate input").focus()
        page.keyboard.press("ArrowLeft")
        told.get_by_text("15 epochs, done").wait_for(timeout=30_000)
        root.get_by_label("until epoch").fill("16")
        root.get_by_role("button", name="train", exact=True).click()
        told.get_by_text("16 epochs, done").wait_for(timeout=30_000)
        assert "rate 0.02, set by hand" in root.locator(FORMULA).inner_text()
