"""Where explorers are tested: a plain page without Jupyter, and one server with JupyterLab and Notebook 7."""

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_connection, create_server

import nbformat
import psutil
from conftest import ROOT, wait_for
from ipywidgets.embed import embed_data

from tools.pages.widgets import page_widgets

EXPLORERS = ROOT / "course_lib" / "given" / "explorers"
HOST = (ROOT / "tools" / "pages" / "host.js").read_text(encoding="utf-8")
ORIGIN = "http://explorers.test"  # exists in the browser's routes only
FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]"
ROOT_CLASS = ".course-explorer"


def new_page(browser, **context):
    """A page that can fetch nothing but the explorers' own scripts, and the list of all that goes wrong in it."""
    page = browser.new_page(**context)
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: wrong.append(request.url))
    serve_scripts(page)
    return page, wrong


def serve_scripts(page) -> None:
    """Answer the page's requests from the explorers' folder, as a web server would; refuse all others."""

    def answer(route):
        path = EXPLORERS / route.request.url.removeprefix(ORIGIN + "/")
        if not route.request.url.startswith(ORIGIN) or not (path.is_file() or path == EXPLORERS):
            return route.abort()
        if path == EXPLORERS:
            return route.fulfill(body="<!doctype html><html lang=en><title>page</title>", content_type="text/html")
        return route.fulfill(body=path.read_text(encoding="utf-8"), content_type="text/javascript")

    page.route("**/*", answer)
    page.goto(ORIGIN + "/")


def open_plain(page, *widgets, as_written: bool = False) -> None:
    """Open widgets in a page without Jupyter.

    Parameters
    ----------
    page : playwright page
        One that :func:`serve_scripts` has prepared.
    *widgets : Explorer
    as_written : bool
        Import the scripts from their files, as they are written, not the one inlined text.
    """
    content = page_widgets(embed_data(views=list(widgets), drop_defaults=False)["manager_state"])
    if as_written:
        for widget in widgets:
            script = f"{type(widget).__module__.rpartition('.')[2]}.js"
            key = content["models"][widget.model_id]["script"]
            content["texts"][key] = f'export {{ default }} from "{ORIGIN}/{script}";'
    page.evaluate(
        """([places, content, host]) => {
            document.body.innerHTML = places.map((id) => `<div data-widget="${id}"></div>`).join("");
            const data = document.createElement("script");
            Object.assign(data, { type: "application/json", id: "widgets", textContent: content });
            const script = document.createElement("script");
            Object.assign(script, { type: "module", textContent: host });
            document.body.append(data, script);
        }""",
        [[widget.model_id for widget in widgets], json.dumps(content), HOST],
    )
    page.locator(f"{ROOT_CLASS} .course-explorer-formula").nth(len(widgets) - 1).wait_for()


def twin(page, script: str, expression: str, **values):
    """Evaluate an expression of JavaScript with a script's exports as ``m`` and the values as ``v``."""
    return page.evaluate(
        f"async ([url, v]) => {{ const m = await import(url); return ({expression}); }}",
        [f"{ORIGIN}/{script}", values],
    )


def as_js(array) -> dict:
    """An array as the scripts' functions take it; they read typed arrays and plain lists alike."""
    return {"shape": list(array.shape), "data": array.ravel().tolist()}


FINGERPRINTS = """
(root) => {
  window.frames_seen = [];
  const look = () => root.innerText + [...root.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL()).join();
  const fields = () => [...root.querySelectorAll("input, select")].map((field) => field.value).join();
  document.addEventListener("keydown", () => {
    requestAnimationFrame(() => window.frames_seen.push(look() + fields()));
  });
}
"""


def frames_of_keys(page, root, keys: list[str]) -> list[str]:
    """What the explorer looked like in the first frame after each key; the next key comes after that frame."""
    root.evaluate(FINGERPRINTS)
    for number, key in enumerate(keys, start=1):
        page.keyboard.press(key)
        page.wait_for_function(f"window.frames_seen.length === {number}", timeout=5000)
    return page.evaluate("window.frames_seen")


SETUP = """
import pathlib
from course_lib.given import memory
from course_lib.given.explorers import explore
from course_lib.given.explorers.core import yours
memory.FOLDER = pathlib.Path("learner").resolve()
yours.workshop.folder = pathlib.Path("course_lib").resolve()
"""


def write_notebook(folder: Path, name: str, cells: list[str]) -> None:
    """A notebook whose first cell keeps what is remembered, and the learner's files, inside ``folder``."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in [SETUP.strip(), *cells]])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, folder / f"{name}.ipynb")
    write_answers(folder / "course_lib")


def write_answers(folder: Path) -> None:
    """The learner's files with every answer right."""
    folder.mkdir(exist_ok=True)
    for path in (ROOT / "solutions").glob("[!_]*.py"):
        text = path.read_text(encoding="utf-8").replace("from solutions.", "from course_lib.")
        (folder / path.name).write_text(text, encoding="utf-8")


@contextmanager
def jupyter(folder: Path):
    """A server for JupyterLab and Notebook 7 on the loopback; yields its address, and leaves no process behind."""
    folder.mkdir(exist_ok=True)
    settings = folder / "home" / ".jupyter" / "lab" / "user-settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')  # every cell stays in the page
    options = [
        "--allow-root",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder}",
        "--IdentityProvider.token=",
    ]
    with _served(folder, "jupyterlab", "--ServerApp.port", options) as address:
        yield address


@contextmanager
def voila(folder: Path, name: str):
    """A server that shows one notebook as a page, by Voilà; yields its address."""
    with _served(folder, "voila", "--Voila.port", [str(folder / f"{name}.ipynb"), "--Voila.ip=127.0.0.1"]) as address:
        yield address


@contextmanager
def _served(folder: Path, module: str, port_option: str, options: list[str]):
    """A server on a free port of the loopback, stopped with all its children by their own process ids."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    paths = {"PYTHONPATH": str(ROOT), "JUPYTER_CONFIG_PATH": str(ROOT / "tools" / "lab_config")}
    with (folder / f"{module}.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", module, *options, f"{port_option}={port}", "--no-browser"],
            cwd=folder,
            env=plain | paths | {"HOME": str(folder / "home")},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(lambda: server.poll() is None and " at" in (folder / f"{module}.log").read_text() and _open(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        family = psutil.Process(server.pid).children(recursive=True) if server.poll() is None else []
        server.terminate()
        server.wait(30)
        _, alive = psutil.wait_procs(family, timeout=10)
        for process in alive:
            process.kill()
        assert alive == [], "the server left processes behind"


def _open(port: int) -> bool:
    """Whether somebody listens."""
    with suppress(OSError), create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def open_notebook(page, address: str, host: str, name: str) -> None:
    """Open a notebook in "lab" or "notebook" and run all its cells by the keyboard."""
    page.goto(f"{address}/{'doc/tree' if host == 'lab' else 'notebooks'}/{name}.ipynb")
    cells = page.locator(".jp-Notebook .jp-Cell")
    count = len(page.request.get(f"{address}/api/contents/{name}.ipynb").json()["content"]["cells"])
    cells.nth(count - 1).wait_for(timeout=60_000)  # they come one after the other
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(timeout=60_000, state="attached")
    for number in range(count):
        prompt = cells.nth(number).locator(".jp-InputPrompt")
        wait_for(lambda prompt=prompt: _run(page, prompt), every=0)


def _run(page, prompt) -> bool:
    """Run the cell of a prompt; False if the page, which may still be loading, did not take the keys."""
    prompt.click()
    page.keyboard.press("Control+Enter")
    with suppress(AssertionError):
        wait_for(lambda: re.search(r"[*\d]", prompt.inner_text()), seconds=2)
        return wait_for(lambda: re.search(r"\d", prompt.inner_text()))
    return False


def answered(page, root, text: str) -> None:
    """Wait until an explorer says something of the learner's code; come back to it now and then, as a reader would."""

    def says():
        page.mouse.move(0, 0)
        root.hover(position={"x": 5, "y": 5})
        with suppress(AssertionError):
            return wait_for(lambda: root.get_by_text(text).count(), seconds=8)
        return 0

    wait_for(says)
