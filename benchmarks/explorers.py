"""From a key to what is seen: the explorers beside `interact` with `plt.show`, in one JupyterLab and one run.

    python benchmarks/explorers.py [KEYS]

Each key changes a number on which a picture depends. "alone": the next key comes when the picture has changed.
"burst": 24 keys, one every 33 ms, as a key that is held down sends them; how many were seen, and how long after the
last one the picture came to rest. "your code": from the key to the verdict on a four-loop answer, on 64 × 64 pixels.
"""

import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "tests")]

from browser_hosts import jupyter, open_notebook, write_notebook  # noqa: E402
from conftest import BROWSERS, CHROMIUM_OPTIONS  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

BURST, REPEAT = 24, 33
FOUR_LOOPS = """import numpy as np


def cross_correlate2d(image, kernel):
    KH, KW = kernel.shape
    output = np.zeros((image.shape[0] - KH + 1, image.shape[1] - KW + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            for u in range(KH):
                for v in range(KW):
                    output[i, j] += image[i + u, j + v] * kernel[u, v]
    return output
"""
INTERACT = """
import matplotlib.pyplot as plt
from ipywidgets import interact
from course_lib.given.explorers.kernel_lab import seven
from solutions.convolution import cross_correlate2d

@interact(entry=(-500, 500))
def picture(entry=0):
    plt.imshow(cross_correlate2d(seven(), [[entry, 1, 1], [0, 0, 0], [-1, -1, -1]] * np.ones((3, 3))))
    plt.show()
"""
WATCH = """
([at, seen]) => {
  const root = document.querySelectorAll(".jp-Notebook .jp-CodeCell")[at];
  const look = () => [...root.querySelectorAll(seen)].map((one) => one.src || one.ariaLabel || one.textContent).join();
  const run = (window.run = { pressed: [], shown: [] });
  let last = look();
  document.addEventListener("keydown", (event) => run.pressed.push(event.timeStamp), { capture: true });
  const frame = () => {
    if (window.run !== run) return;
    const now = look();
    if (now && now !== last) {
      last = now;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => run.shown.push(performance.now()); // comes after the frame is painted
      port2.postMessage(0);
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
"""
VERDICT = """
(at) => {
  const says = document.querySelectorAll(".jp-Notebook .jp-CodeCell")[at].querySelector(".course-yours-says");
  const run = (window.run = { pressed: [], shown: [] });
  document.addEventListener("keydown", (event) => run.pressed.push(event.timeStamp), { capture: true });
  new MutationObserver(() => run.shown.push(performance.now())).observe(says, { childList: true });
}
"""


@dataclass(frozen=True)
class Way:
    """One way to show a picture: its cell, what takes the keys, which keys, and in which elements they are seen."""

    name: str
    cell: str
    focus: str
    keys: str
    seen: str


WAYS = (
    Way("interact + plt.show", INTERACT, ".noUi-handle", "ArrowRight", ".jp-OutputArea-output img"),
    Way("KernelLab", 'explore("kernel_lab")', "[role=gridcell][tabindex]", "+", ".course-explorer-formula"),
    Way(
        "ShapeCalculator",
        'explore("shape_calculator")',
        "canvas[tabindex]",
        "ArrowRight ArrowDown ArrowLeft ArrowUp",
        "canvas",
    ),
    Way("PoolLab", 'explore("pool_lab")', "[aria-label='move the image right']", "Enter", ".course-pool-moved"),
    Way(
        "NetScope",
        'explore("net_scope")',
        ".course-net-layers canvas",
        "ArrowRight ArrowDown ArrowLeft ArrowUp",
        ".course-explorer-formula",
    ),
)
LARGE = 'import numpy as np\nexplore("kernel_lab", image=np.random.default_rng(0).random((64, 64)))'


def focus(page: Page, at: int, selector: str) -> None:
    """Give the keys to the first match in a cell; a slider of ipywidgets gets them only with the attribute, too."""
    element = page.locator(".jp-Notebook .jp-CodeCell").nth(at).locator(selector).first
    element.wait_for(timeout=60_000)
    element.evaluate("one => { one.dataset.lmSuppressShortcuts = 'true'; }")
    element.focus()


def alone(page: Page, keys: list[str]) -> list[float]:
    """Milliseconds from each key to the picture that it made."""
    for number, key in enumerate(keys, start=1):
        page.keyboard.press(key)
        page.wait_for_function(f"window.run.shown.length >= {number}", timeout=10_000)
    run = page.evaluate("window.run")
    return [shown - pressed for pressed, shown in zip(run["pressed"], run["shown"])]


def burst(page: Page, keys: list[str]) -> tuple[int, float]:
    """How many pictures were seen of quick keys, and milliseconds from the last key to the last picture."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(REPEAT)
    page.wait_for_timeout(1500)
    run = page.evaluate("window.run")
    return len(run["shown"]), run["shown"][-1] - run["pressed"][-1]


def measure(page: Page, keys: int) -> None:
    """Print a line for each way, and one for the learner's code."""
    base = None
    print(f"{'':22}{'median':>9}{'p95':>9}{'ratio':>8}   burst of {BURST}")
    for at, way in enumerate(WAYS, start=1):
        pressed = way.keys.split()
        focus(page, at, way.focus)
        page.evaluate(WATCH, [at, way.seen])
        times = alone(page, (pressed * keys)[:keys])
        page.evaluate(WATCH, [at, way.seen])
        seen, rest = burst(page, (pressed * BURST)[:BURST])
        median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        base = base or median
        print(f"{way.name:22}{median:6.1f} ms{p95:6.1f} ms{base / median:7.1f}×   {seen} seen, then {rest:.0f} ms")
    focus(page, len(WAYS) + 1, "[role=gridcell][tabindex]")
    page.wait_for_timeout(1500)
    page.evaluate(VERDICT, len(WAYS) + 1)
    times = alone(page, ["+"] * keys)
    print(f"{'your code, 64 × 64':22}{statistics.median(times):6.1f} ms{statistics.quantiles(times, n=20)[-1]:6.1f} ms")


def main(keys: int) -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        write_notebook(folder, "benchmark", [*(f"import numpy as np\n{way.cell}".strip() for way in WAYS), LARGE])
        (folder / "course_lib" / "convolution.py").write_text(FOUR_LOOPS)
        with jupyter(folder) as address:
            executable = next(filter(None, map(shutil.which, BROWSERS)))
            chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS.split())
            page = chromium.new_page(viewport={"width": 1300, "height": 1000})
            open_notebook(page, address, "lab", "benchmark")
            measure(page, keys)
            chromium.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 34)
