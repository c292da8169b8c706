"""``make lab`` in a real browser: two panes, and the loop of editing, saving and checking.

One server serves the whole story. Run with ``-s`` to see where the screenshots are and how long a verdict takes.
"""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from socket import create_server

import psutil
import pytest
from conftest import wait_for

from tools.stubs import stub

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = (ROOT / "solutions" / "convolution.py").read_text(encoding="utf-8")
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/lab/\S+")
CHECK = 'check("cross_correlate2d")'


def with_kernel_flipped(text: str) -> str:
    """The reference, except that ``cross_correlate2d`` turns the kernel."""
    wrong = text.replace("j : j + KW], kernel)", "j : j + KW], kernel[::-1, ::-1])", 1)
    assert wrong != text
    return wrong


@contextmanager
def lab(clone: Path, home: Path, port: int):
    """JupyterLab on chapter 01 of a clone, without a display; yields the match of the address that it prints."""
    home.mkdir()
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "WAYLAND"))}
    log = home / "lab.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "tools.lab", "01", f"--ServerApp.port={port}"],
            cwd=clone,
            env=plain | {"HOME": str(home), "DISPLAY": "", "SHELL": "/bin/bash"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield wait_for(lambda: server.poll() is None and ADDRESS.search(log.read_text()))
    finally:
        family = psutil.Process(server.pid).children(recursive=True) if server.poll() is None else []
        server.terminate()
        server.wait(30)
        _, alive = psutil.wait_procs(family, timeout=10)
        for process in alive:
            process.kill()
        assert alive == [], "JupyterLab left processes behind"


def write_and_save(page, editor, text: str, file: Path) -> float:
    """Put a text into the editor by keyboard and save it; the time at which the keys were pressed."""
    editor.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    pressed = time.monotonic()
    page.keyboard.press("Control+S")
    wait_for(lambda: file.read_text(encoding="utf-8").rstrip() == text.rstrip(), every=0.01)
    return pressed


def run_to_check(page, notebook) -> None:
    """Run cell after cell by keyboard until the check is the active one."""
    notebook.locator(".jp-Cell").first.click()
    page.keyboard.press("Escape")
    for _ in range(100):
        if CHECK in notebook.locator(".jp-Cell.jp-mod-active").inner_text():
            return
        page.keyboard.press("Shift+Enter")
    raise AssertionError(f"no cell with {CHECK}")


def verdict(page, notebook, begins: str) -> str:
    """Run the active cell again and read its output, once it holds a line that begins so."""
    notebook.locator(".jp-Cell.jp-mod-active .jp-InputPrompt").click()
    page.keyboard.press("Control+Enter")
    output = notebook.locator(".jp-Cell.jp-mod-active .jp-Cell-outputArea")
    output.get_by_text(f"cross_correlate2d {begins}").first.wait_for(timeout=60_000)
    return output.inner_text()


@pytest.mark.browser
def test_a_learners_first_hour(browser, fresh_clone, tmp_path):
    answers = fresh_clone / "course_lib" / "convolution.py"
    answers.write_text(stub(REFERENCE, "convolution"), encoding="utf-8")
    with create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with lab(fresh_clone, tmp_path / "home", port) as address, browser.new_context() as context:
            assert int(address.group(1)) != port, "the port was taken, so another must be used and printed"
            page = context.new_page()
            page.set_viewport_size({"width": 1500, "height": 900})
            asked = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(address.group())

            notebook, editor = page.locator(".jp-NotebookPanel"), page.locator(".jp-FileEditor")
            notebook.get_by_role("heading", level=1).wait_for(timeout=60_000)
            editor.get_by_text("write your answers here").first.wait_for(timeout=60_000)
            left, right = notebook.bounding_box(), editor.bounding_box()
            assert left["x"] < 100 and left["x"] + left["width"] <= right["x"]
            assert min(left["width"], right["width"]) > 400 and min(left["height"], right["height"]) > 600
            page.screenshot(path=tmp_path / "panes.png")

            run_to_check(page, notebook)
            assert "Traceback" not in verdict(page, notebook, "is not written yet")

            write_and_save(page, editor, with_kernel_flipped(REFERENCE), answers)
            assert "mathematician's convolution" in verdict(page, notebook, "is wrong")
            page.screenshot(path=tmp_path / "wrong.png")

            pressed = write_and_save(page, editor, REFERENCE, answers)
            verdict(page, notebook, "is right")
            print(f"\nFrom saving to the verdict: {time.monotonic() - pressed:.2f} s. Screenshots: {tmp_path}")
            page.screenshot(path=tmp_path / "right.png")

            strangers = [url for url in asked if url.startswith("http") and "//127.0.0.1:" not in url]
            assert strangers == [], "a request left the machine"
