"""FlipLens: equal to the reference, worked by keyboard alone, and true about half a turn and about two passes."""

import re

import numpy as np
import pytest
from browser_hosts import ROOT_CLASS, as_js, open_notebook, open_plain, twin, write_notebook

from course_lib.given.explorers import explore
from solutions.convolution import convolve2d, cross_correlate2d

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA = ".course-explorer-formula"
TOLD = ".course-flip-told"
SHAPES = [((5, 7), (3, 3)), ((8, 6), (2, 5)), ((64, 63), (7, 4)), ((4, 4), (4, 4)), ((3, 9), (1, 6))]
SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


@pytest.mark.parametrize(
    "start, said",
    [
        (dict(image=np.zeros((4000, 4000))), "at most 64"),
        (dict(image=np.zeros((2, 4, 4))), "it must have 2 axes"),
        (dict(kernel=[[1.0, np.inf]]), r"kernel\[0, 1\] is inf"),
        (dict(kernel=np.ones((9, 3))), "at most 7"),
        (dict(image=np.ones((4, 9))), r"kernel \(5, 3\) is larger than the image \(4, 9\)"),
        (dict(place=(10, 0)), r"place is \[10, 0\]; the output has rows 0 to 9 and columns 0 to 11"),
        (dict(place=-1), "place is -1; give a whole number from 0"),
    ],
)
def test_what_cannot_be_shown_is_refused(start, said):
    with pytest.raises(ValueError, match=said):
        explore("flip_lens", **start)


@pytest.mark.browser
@pytest.mark.parametrize("image, kernel", SHAPES)
def test_the_twins_equal_the_reference(explorer_page, image, kernel):
    rng = np.random.default_rng(sum(image))
    x, w = rng.normal(size=image), rng.normal(size=kernel)
    for script, name, reference in [
        ("core/maths.js", "crossCorrelate2d", cross_correlate2d),
        ("flip_lens.js", "convolve2d", convolve2d),
    ]:
        found = twin(explorer_page, script, f"m.{name}(v.x, v.w)", x=as_js(x), w=as_js(w))
        right = reference(x, w)
        assert found["shape"] == list(right.shape)
        assert np.allclose(found["data"], right.ravel(), rtol=0, atol=1e-5)


@pytest.mark.browser
@pytest.mark.parametrize("image, kernel", SHAPES)
def test_two_passes_give_what_one_gives(explorer_page, image, kernel):
    rng = np.random.default_rng(sum(image))
    x = rng.normal(size=image)
    w = np.outer(rng.normal(size=kernel[0]), rng.normal(size=kernel[1]))
    (pair,) = twin(explorer_page, "core/separate.js", "m.pairsOf(v.w)", w=as_js(w))
    found = twin(explorer_page, "core/separate.js", "m.inTwoPasses(v.x, v.pair)", x=as_js(x), pair=pair)
    assert np.allclose(found["result"]["data"], cross_correlate2d(x, w).ravel(), rtol=0, atol=1e-5)
    costs = twin(explorer_page, "core/separate.js", "m.costs(...v.all)", all=[image, kernel, 1])
    H, (KH, KW) = image[0], kernel
    OH, OW = cross_correlate2d(x, w).shape
    assert costs == {"whole": OH * OW * w.size, "passes": H * OW * KW + OH * OW * KH}


@pytest.mark.browser
@pytest.mark.parametrize("rank", [0, 1, 2, 3, 4])
def test_a_kernel_is_taken_apart_into_as_few_pairs_as_its_rank(explorer_page, rank):
    rng = np.random.default_rng(rank)
    w = rng.normal(size=(6, rank)) @ rng.normal(size=(rank, 4))
    pairs = twin(explorer_page, "core/separate.js", "m.pairsOf(v.w)", w=as_js(w))
    assert len(pairs) == np.linalg.matrix_rank(w) == rank
    added = sum(np.outer(pair["column"]["data"], pair["row"]["data"]) for pair in pairs)
    assert np.allclose(added, w, rtol=0, atol=1e-9)


@pytest.mark.browser
@pytest.mark.parametrize(
    "kernel, said",
    [
        (np.ones((2, 5)), "looks the same after half a turn, so the two maps are equal on every image"),
        (SOBEL, "each map is the other's negative on every image"),
        ([[1.0, 2, 3]], r"its entry \[0, 0\] is 1, then 3\. Here the maps differ in 30 of 30 places"),
    ],
)
def test_what_half_a_turn_does_is_true(explorer_page, kernel, said):
    image, kernel = np.random.default_rng(5).normal(size=(5, 8)), np.asarray(kernel)
    open_plain(explorer_page, explore("flip_lens", image=image, kernel=kernel))
    assert re.search(said, explorer_page.locator(FORMULA).inner_text())
    straight, turned = cross_correlate2d(image, kernel), convolve2d(image, kernel)
    truth = {"equal": np.allclose(straight, turned), "negative": np.allclose(straight, -turned)}
    assert truth == {word: f"{word} on every image" in said for word in truth}


@pytest.mark.browser
def test_its_purpose_by_keyboard_alone(explorer_page):
    """Follow a place, turn the kernel, draw a pixel, edit the kernel until the maps agree, and take it apart."""
    page = explorer_page
    open_plain(page, explore("flip_lens", kernel=[[1.0, 2, 3], [4, 5, 6], [7, 8, 9]], place=(2, 2)))
    said, told = page.locator(FORMULA), page.locator(TOLD)

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)

    def lines():
        return said.inner_text().split("\n")

    assert page.locator("select").nth(1).input_value() == "1 to 9"
    assert lines()[0].startswith("cross_correlate2d[2, 2] = 0·1 + 0·2") and lines()[0].endswith("1·8 + 0·9 = 8")
    assert lines()[1].endswith("1·2 + 0·1 = 2")
    assert "Here the maps differ in 24 of 144 places." in lines()[2]
    assert told.inner_text().startswith("No single column times a row") and "It takes 2 pairs" in told.inner_text()
    press(*["Tab"] * 6, "Enter")  # image, blank, kernel, rows, columns, turn the kernel
    assert lines()[0].endswith(" = 2") and lines()[1].endswith(" = 8")
    press("Tab", *["ArrowDown"] * 2, *["ArrowRight"] * 2, " ")  # draw on the image
    assert page.locator("select").first.input_value() == "your drawing"
    assert lines()[0].startswith("cross_correlate2d[2, 2] = 1·9 + ") and lines()[0].endswith(" = 11")
    press("Tab", "ArrowUp")  # the first map
    assert lines()[1].startswith("convolve2d[1, 2] = ")
    press("Tab", "ArrowLeft")  # the second
    assert lines()[1].startswith("convolve2d[1, 1] = ")
    press("Tab")  # the kernel: make it the same after half a turn
    for row in [(1, 2, 1), (2, 4, 2), (1, 2, 1)]:
        for digit in row:
            press(str(digit), "ArrowRight")
        press("ArrowDown", "ArrowLeft", "ArrowLeft")
    assert lines()[2].endswith("so the two maps are equal on every image.")
    assert told.inner_text().endswith("two passes give the same map.")
    bars = page.locator(".course-flip-bars").inner_text()
    assert "12·12 places · 3·3 = 1,296 products" in bars and "(14·12·3 + 12·12·3) = 936 products" in bars


@pytest.mark.browser
def test_the_kernels_offered_are_what_their_names_say(explorer_page):
    page = explorer_page
    open_plain(page, explore("flip_lens"))
    preset, said = page.locator("select").nth(1), page.locator(FORMULA)
    for name, ending in [("mean", "equal"), ("blur", "equal"), ("Sobel", "negative"), ("upper edge", "negative")]:
        preset.select_option(name)
        assert said.inner_text().endswith(f"{ending} on every image.")
        assert page.locator(TOLD).inner_text().endswith("two passes give the same map.")
    preset.select_option("the letter F")
    assert page.locator("input").nth(0).input_value() == "5"
    preset.select_option("mean")
    page.locator("input").nth(1).fill("7")
    assert preset.input_value() == "mean"
    entries = page.locator("[role=gridcell][tabindex]")
    assert [entries.nth(n).inner_text() for n in range(entries.count())] == ["0.03"] * 35


@pytest.mark.browser
def test_the_learners_functions_run_beside_it_in_jupyterlab(browser, explorer_server):
    address, folder = explorer_server
    write_notebook(folder, "flip_lens", ['explore("flip_lens")'])
    answers = folder / "course_lib" / "convolution.py"
    right = answers.read_text(encoding="utf-8")
    with browser.new_context(viewport={"width": 1300, "height": 1500}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "flip_lens")
        root = page.locator(ROOT_CLASS)

        def says(text):
            root.get_by_text(text).wait_for(timeout=30_000)

        says("cross_correlate2d gives the same 120 numbers")
        says("convolve2d gives the same 120 numbers")
        answers.write_text(right.replace("kernel[::-1, ::-1]", "kernel[::-1]"), encoding="utf-8")
        root.get_by_text("turn the kernel").focus()
        page.keyboard.press("Enter")
        says("convolve2d differs in ")
        says("cross_correlate2d gives the same 120 numbers")
    answers.write_text(right, encoding="utf-8")
