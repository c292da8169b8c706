"""KernelLab: equal to the reference, worked by keyboard alone, its drawing kept, the learner's code beside it."""

import re

import numpy as np
import pytest
from browser_hosts import ROOT_CLASS, as_js, open_notebook, open_plain, twin, write_notebook

from course_lib.given import memory
from course_lib.given.explorers import explore
from solutions.convolution import cross_correlate2d

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA = ".course-explorer-formula"
LEFT_EDGE = np.array([[-1.0, 0, 1], [-1, 0, 1], [-1, 0, 1]])


@pytest.mark.parametrize(
    "kernel, place, said",
    [
        (np.ones((7, 7)), None, r"kernel \(7, 7\) is larger than the image \(4, 5\)"),
        (np.ones((9, 9)), None, "at most 7"),
        (np.eye(2), (3, 0), r"place is \[3, 0\]; the output has rows 0 to 2"),
    ],
)
def test_what_fits_nowhere_is_refused(kernel, place, said):
    with pytest.raises(ValueError, match=said):
        explore("kernel_lab", image=np.ones((4, 5)), kernel=kernel, place=place)


@pytest.mark.browser
@pytest.mark.parametrize("image, kernel", [((5, 7), (3, 3)), ((8, 6), (2, 5)), ((64, 64), (7, 7)), ((4, 4), (4, 4))])
def test_the_twin_equals_the_reference(explorer_page, image, kernel):
    rng = np.random.default_rng(sum(image))
    x, w = rng.normal(size=image), rng.normal(size=kernel)
    found = twin(explorer_page, "core/maths.js", "m.crossCorrelate2d(v.x, v.w)", x=as_js(x), w=as_js(w))
    right = cross_correlate2d(x, w)
    assert found["shape"] == list(right.shape)
    assert np.allclose(found["data"], right.ravel(), rtol=0, atol=1e-5)


@pytest.mark.browser
def test_its_purpose_by_keyboard_alone(explorer_page):
    """From the tools through the image and the output to the kernel: each changes the formula as it should."""
    page = explorer_page
    open_plain(page, explore("kernel_lab"))
    said = page.locator(FORMULA)
    assert said.inner_text().endswith("= 2.5")

    page.keyboard.press("Tab")  # the picture
    page.keyboard.press("Tab")  # blank
    page.keyboard.press("Enter")
    assert said.inner_text() == "output[3, 3] = 0·(−1) + 0·(−1) + 0·(−1) + 0·1 + 0·1 + 0·1 = 0"
    for _ in range(4):
        page.keyboard.press("Tab")  # the kernel's choice, rows, columns, the image
    for key in ["ArrowDown"] * 5 + ["ArrowRight"] * 3 + [" "]:
        page.keyboard.press(key)
    assert said.inner_text().endswith("0·(−1) + 1·1 + 0·1 + 0·1 = 1")

    page.keyboard.press("Tab")  # the output
    page.keyboard.press("ArrowUp")
    assert said.inner_text().startswith("output[2, 3] = ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")  # the kernel's first entry
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("-2.5")
    assert said.inner_text().endswith("1·(−2.5) + 0·1 + 0·1 = −2.5")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    for key in ["+", "+", "+"]:
        page.keyboard.press(key)
    assert said.inner_text().endswith("1·(−1) + 0·1 + 0·1 = −1")
    page.keyboard.press("Delete")
    assert said.inner_text() == "output[3, 3] = 0·(−1) + 0·(−1) + 0·(−1) + 0·1 + 0·1 = 0"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")  # columns
    page.keyboard.press("ArrowUp")
    assert page.locator("[role=gridcell][tabindex]").count() == 12


@pytest.mark.browser
def test_the_pointer_chooses_a_place_scrubs_the_kernel_and_draws(explorer_page):
    page = explorer_page
    open_plain(page, explore("kernel_lab", image=np.zeros((8, 8)), kernel=np.ones((3, 3))))
    said = page.locator(FORMULA)
    image, output = page.locator("canvas").nth(0), page.locator("canvas").nth(1)
    box = image.bounding_box()
    cell = box["width"] / 8
    page.mouse.move(box["x"] + 2.5 * cell, box["y"] + 2.5 * cell)
    page.mouse.down()
    page.mouse.move(box["x"] + 4.5 * cell, box["y"] + 2.5 * cell, steps=8)
    page.mouse.up()
    output.hover(
        position={"x": 2.5 * output.bounding_box()["width"] / 6, "y": 1.5 * output.bounding_box()["height"] / 6}
    )
    assert said.inner_text().startswith("output[1, 2] = ") and said.inner_text().endswith(" = 3")
    entry = page.locator("[role=gridcell][tabindex]").nth(4)
    start = entry.bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 50, start["y"] + 10, steps=5)
    page.mouse.up()
    assert entry.inner_text() == "2" and said.inner_text().endswith(" = 4")


@pytest.mark.browser
def test_many_products_are_told_row_by_row(explorer_page):
    open_plain(explorer_page, explore("kernel_lab", image=np.ones((8, 9)), kernel=np.ones((4, 5)), place=(2, 1)))
    assert explorer_page.locator(FORMULA).inner_text() == "output[2, 1] = 5 + 5 + 5 + 5 (row by row, 20 products) = 20"


def test_a_drawing_is_there_again_another_day():
    drawn = np.eye(6)
    explore("kernel_lab").drawing = drawn
    assert np.array_equal(explore("kernel_lab").drawing, drawn)
    memory.write("explorers", {"KernelLab": {"drawing": [["no", "numbers"]]}})
    assert explore("kernel_lab").drawing is None


@pytest.mark.browser
def test_the_learners_function_runs_beside_it_in_jupyterlab(browser, explorer_server):
    """Right, wrong, endless, and right again: the explorer stays alive, and what is drawn is kept."""
    address, folder = explorer_server
    write_notebook(folder, "kernel_lab", ['explore("kernel_lab")'])
    answers = folder / "course_lib" / "convolution.py"
    right = answers.read_text(encoding="utf-8")
    with browser.new_context(viewport={"width": 1300, "height": 1100}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "kernel_lab")
        root = page.locator(ROOT_CLASS)
        yours = root.locator(".course-yours-says")

        def says(text):
            yours.get_by_text(re.compile(text)).wait_for(timeout=15_000)

        says("gives the same 64 numbers")
        root.locator("canvas").first.focus()
        page.keyboard.press(" ")
        says("gives the same 64 numbers")
        for text, said in [
            (
                right.replace("image[i : i + KH, j : j + KW], kernel)", "image[i : i + KH, j : j + KW], -kernel)"),
                r"differs in \d+ of 64 cells",
            ),
            (right.replace("KH + 1, image", "KH, image"), r"shape \(7, 8\); the right shape is \(8, 8\)"),
            (
                right.replace("output = np.zeros((OH, OW))", "while True: pass"),
                "did not come to an end within 2 seconds",
            ),
            (right, "gives the same 64 numbers"),
        ]:
            answers.write_text(text, encoding="utf-8")
            page.mouse.move(0, 0)
            root.hover(position={"x": 5, "y": 5})
            says(said)
            before = root.locator(FORMULA).inner_text()
            root.locator("canvas").nth(1).focus()
            page.keyboard.press("ArrowLeft" if "3, 3" in before else "ArrowRight")
            assert root.locator(FORMULA).inner_text() != before, "the explorer no longer answers"
        page.wait_for_timeout(600)
    assert '"drawing"' in (folder / "learner" / "explorers.json").read_text()
