"""Training in JupyterLab, in a real browser: the curves move, the stop button stops, and going on loses nothing.

Run with ``-s`` to see where the screenshots are.
"""

import re

import nbformat
import pytest
from test_lab_browser import ROOT, lab, wait_for

from tools.stubs import solved

CHAPTERS = ("convolution", "stride_and_padding", "convolution_3d", "pooling", "network", "fast_convolution", "training")
EPOCHS = 40
SETUP = """
import time
import numpy as np
from course_lib.given.datasets import digits
from course_lib.given.run import Run
from course_lib.training import he_init, lenet5_activations, train_epoch

images, labels = digits()
x, y = (images[:500, np.newaxis] / 16).astype(np.float32), labels[:500].astype(int)
shapes = {"conv1": (6, 1, 3, 3), "conv2": (16, 6, 3, 3), "fc1": (30, 64), "fc2": (20, 30), "fc3": (10, 20)}
parameters = {f"{name}.w": he_init(shape).astype(np.float32) for name, shape in shapes.items()}
parameters |= {f"{name}.b": np.zeros(shape[0], np.float32) for name, shape in shapes.items()}

def slowly(*arguments, **settings):
    time.sleep(0.15)
    return train_epoch(*arguments, **settings)

def start(name, step):
    logits = lambda parameters, images: lenet5_activations(parameters, images, (1, 1))["logits"]
    return Run(name, step, logits, parameters, (x[:400], y[:400]), (x[400:], y[400:]), batch=32)

def numbers(run):
    measured = [{**epoch, "seconds": 0} for epoch in run.history]
    return measured, {name: array.tobytes() for name, array in (*run.parameters.items(), *run.best.items())}
"""
TRAIN = f'run = start("digits", slowly).train({EPOCHS})'
COMPARE = f'numbers(run) == numbers(start("straight", train_epoch).train({EPOCHS}))'


def write_notebook(path):
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (SETUP, TRAIN, COMPARE)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)


def run_cell(page, cell):
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")


def epoch(cell) -> int:
    """How many epochs the bar above the newest curves shows."""
    return int(cell.get_by_role("progressbar").last.get_attribute("aria-valuenow"))


@pytest.mark.browser
def test_curves_move_and_a_stop_loses_nothing(browser, fresh_clone, tmp_path):
    for stem in CHAPTERS:
        text = (ROOT / "solutions" / f"{stem}.py").read_text(encoding="utf-8")
        (fresh_clone / "course_lib" / f"{stem}.py").write_text(solved(text, stem), encoding="utf-8")
    write_notebook(fresh_clone / "training.ipynb")
    with lab(fresh_clone, tmp_path / "home", port=0) as address, browser.new_context() as context:
        page = context.new_page()
        page.set_viewport_size({"width": 1100, "height": 900})
        page.goto(re.sub(r"/lab/workspaces/[\w-]+", "/lab/tree/training.ipynb", address.group()))
        cells = page.locator(".jp-NotebookPanel .jp-CodeCell")
        cells.nth(2).wait_for(timeout=60_000)
        setup, train, compare = (cells.nth(n) for n in range(3))
        run_cell(page, setup)
        run_cell(page, train)

        curves = train.locator(".course-curves")
        curves.wait_for(timeout=60_000)
        wait_for(lambda: epoch(train) >= 3)
        first, before = curves.screenshot(path=tmp_path / "early.png"), epoch(train)
        wait_for(lambda: epoch(train) >= before + 3)
        assert curves.screenshot(path=tmp_path / "later.png") != first
        assert re.search(r"Epoch \d+ of 40.*: loss", curves.inner_text())

        page.locator("[data-command='notebook:interrupt-kernel'], [title*='Interrupt the kernel']").first.click()
        train.get_by_text("run.train(40) goes on").wait_for(timeout=60_000)
        stopped = train.inner_text()
        done = int(re.search(r"epochs 1 to (\d+) are kept", stopped).group(1))
        assert before + 3 <= done < EPOCHS and f"digits stopped in epoch {done + 1} of 40: by hand" in stopped
        assert "Traceback" not in stopped and f"stopped after epoch {done} of 40" in stopped
        page.screenshot(path=tmp_path / "stopped.png")
        train.get_by_role("slider").focus()
        page.keyboard.press("d")
        page.keyboard.press("d")
        assert cells.count() == 3, "the notebook took the slider's keys, and deleted the cell"

        run_cell(page, train)
        train.get_by_text("40 epochs, done").wait_for(timeout=120_000)
        assert f"digits: epochs {done + 1} to 40 in" in train.inner_text()
        run_cell(page, compare)
        compare.locator(".jp-OutputArea-executeResult").wait_for(timeout=60_000)
        assert compare.locator(".jp-OutputArea-executeResult").inner_text().strip().endswith("True")
        page.screenshot(path=tmp_path / "done.png")
        print(f"\nScreenshots: {tmp_path}")
