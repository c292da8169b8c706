"""What several tests share: a real browser, and a fresh copy of the project."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def skip_or_fail(reason: str) -> None:
    """Skip with a reason; under ``CI=true``, where nothing may be missing, fail with it."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


def wait_for(what, seconds: float = 60, every: float = 0.1):
    """The first true answer of ``what()``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := what():
            return answer
        time.sleep(every)
    raise AssertionError(f"nothing after {seconds} s")


@pytest.fixture(scope="session")
def browser():
    """A real Chromium, driven by Playwright."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        skip_or_fail(f"no browser: none of {', '.join(BROWSERS)} is on the PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS.split())
        yield chromium
        chromium.close()


@pytest.fixture
def explorer_page(browser):
    """A page without Jupyter for explorers; the test fails if anything goes wrong in it."""
    from browser_hosts import new_page

    page, wrong = new_page(browser)
    yield page
    page.close()
    assert wrong == []


@pytest.fixture(scope="session")
def explorer_server(tmp_path_factory):
    """One JupyterLab and Notebook 7 for all explorers: its address, and the folder in which notebooks are written."""
    from browser_hosts import jupyter

    folder = tmp_path_factory.mktemp("jupyter")
    with jupyter(folder) as address:
        yield address, folder


@pytest.fixture
def nothing_remembered(tmp_path, monkeypatch):
    """Whatever the course remembers in this process, it remembers in a folder that is new."""
    from course_lib.given import memory

    monkeypatch.setattr(memory, "FOLDER", tmp_path / ".learner")


@pytest.fixture
def fresh_clone(tmp_path: Path) -> Path:
    """The project as a clone would have it, with what is not committed yet, in a folder with a space in its name."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        skip_or_fail("no clone can be made: this is not a git checkout, or git is not installed")
    clone = tmp_path / "a course"
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, clone / name)
    return clone
