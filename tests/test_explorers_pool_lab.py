"""PoolLab: equal to the reference forwards and back, worked by keyboard alone, and true about what a move changes."""

import numpy as np
import pytest
from browser_hosts import ROOT_CLASS, as_js, open_notebook, open_plain, twin, write_notebook

from course_lib.given.explorers import explore
from course_lib.given.explorers.kernel_lab import seven
from solutions.pooling import avg_pool2d, max_pool2d, max_pool2d_with_argmax, max_unpool2d, shift_sensitivity

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA = ".course-explorer-formula"
MOVED = ".course-pool-moved"
BACK = ".course-pool-side p"
GEOMETRIES = [  # image, window, stride, padding
    ((6, 8), (2, 2), (2, 2), (0, 0)),
    ((7, 5), (3, 2), (2, 1), (1, 1)),
    ((9, 12), (2, 3), (3, 4), (0, 1)),
    ((5, 4), (4, 4), (1, 3), (2, 2)),
    ((64, 63), (8, 1), (5, 2), (4, 0)),
]
KINDS = {
    "max": (max_pool2d, {}),
    "mean": (avg_pool2d, {"count_padding": True}),
    "mean, padding not counted": (avg_pool2d, {"count_padding": False}),
}
ALL = [
    pytest.param(*geometry, kind, id=f"{kind} {geometry[0]}".replace(" ", ""))
    for geometry in GEOMETRIES
    for kind in KINDS
]


def as_how(window, stride, padding, kind) -> dict:
    """Window, stride, padding and kind as the scripts take them."""
    how = {"window": window, "stride": stride, "padding": padding, "kind": kind[:4].rstrip(",")}
    return how | {"countPadding": KINDS[kind][1].get("count_padding", True)}


def reference(image, window, stride, padding, kind):
    function, options = KINDS[kind]
    return function(image[None, None], window, stride, padding, **options)[0, 0]


@pytest.mark.parametrize(
    "start, said",
    [
        (dict(image=np.zeros((4000, 4000))), "at most 64"),
        (dict(image=np.zeros((2, 4, 4))), "it must have 2 axes"),
        (dict(image=[[1.0, np.nan]]), r"image\[0, 1\] is nan"),
        (dict(window=9), "window is 9; give a whole number from 1 to 8"),
        (dict(stride=0), "stride is 0"),
        (dict(padding=2), r"padding \[2, 2\] is more than half the window \[2, 2\]"),
        (dict(image=np.ones((3, 9)), window=4), r"window \[4, 4\] does not fit on an image \(3, 9\)"),
        (dict(kind="min"), "kind is 'min'; give one of 'max', 'mean'"),
        (dict(place=(5, 0)), r"place is \[5, 0\]; the output has rows 0 to 4, columns 0 to 4"),
        (dict(shift=0.5), "shift is 0.5"),
    ],
)
def test_what_cannot_be_shown_is_refused(start, said):
    with pytest.raises(ValueError, match=said):
        explore("pool_lab", **start)


@pytest.mark.browser
@pytest.mark.parametrize("shape, window, stride, padding, kind", ALL)
def test_the_twin_equals_the_reference(explorer_page, shape, window, stride, padding, kind):
    image = np.random.default_rng(sum(shape)).normal(size=shape) - 1  # mostly negative: padding with 0 would win
    how = as_how(window, stride, padding, kind)
    found = twin(explorer_page, "core/pooling.js", "m.pool(v.x, v.how)", x=as_js(image), how=how)
    right = reference(image, window, stride, padding, kind)
    assert found["shape"] == list(right.shape)
    assert np.allclose(found["data"], right.ravel(), rtol=0, atol=1e-5)


@pytest.mark.browser
@pytest.mark.parametrize("shape, window, stride, padding, kind", ALL)
def test_the_way_back_is_the_derivative_of_the_reference(explorer_page, shape, window, stride, padding, kind):
    """Each pixel's share is what a small step of it changes; between two winners both functions are straight lines."""
    rng = np.random.default_rng(sum(shape))
    image = rng.permutation(np.arange(float(np.prod(shape)))).reshape(shape)
    gradient = rng.normal(size=reference(image, window, stride, padding, kind).shape)
    found = twin(
        explorer_page,
        "core/pooling.js",
        "m.sendBack(v.g, v.x, v.how)",
        g=as_js(gradient),
        x=as_js(image),
        how=as_how(window, stride, padding, kind),
    )
    back = np.reshape(found["data"], shape)
    for place in rng.permutation(list(np.ndindex(shape)))[:40]:
        step = np.zeros(shape)
        step[tuple(place)] = 0.25
        up, down = (reference(image + sign * step, window, stride, padding, kind) for sign in (1, -1))
        assert np.isclose(np.sum((up - down) * gradient) / 0.5, back[tuple(place)], atol=1e-5)


@pytest.mark.browser
@pytest.mark.parametrize("window, stride", [((2, 2), (2, 2)), ((3, 2), (1, 1)), ((2, 3), (2, 1))])
def test_winners_and_ties_are_those_of_the_reference(explorer_page, window, stride):
    image = np.random.default_rng(0).integers(0, 3, (7, 8)).astype(float)  # many ties
    largest, places = max_pool2d_with_argmax(image[None, None], window, stride)
    how = as_how(window, stride, (0, 0), "max")
    values = {"x": as_js(image), "how": how, "y": as_js(largest[0, 0])}
    found = twin(explorer_page, "core/pooling.js", "m.winners(v.x, v.how)", **values)
    assert found["data"] == places.ravel().tolist()
    back = twin(explorer_page, "core/pooling.js", "m.sendBack(v.y, v.x, v.how)", **values)
    assert np.allclose(back["data"], max_unpool2d(largest, places, image.shape).ravel())


@pytest.mark.browser
def test_what_a_move_changes_is_measured_as_in_the_chapter(explorer_page):
    page = explorer_page
    open_plain(page, explore("pool_lab"))
    moved = page.locator(MOVED)
    assert moved.inner_text() == "Not moved yet."
    image = seven()[None, None]
    for steps in (1, 2, 3):
        page.get_by_label("move the image right").click()
        right = shift_sensitivity(image, 2, shift=steps)
        assert f"|now − before| / |before| = {round(right, 3):g}." in moved.inner_text()
        along = "The map is the old one, moved along." if steps == 2 else "no whole number of strides"
        assert along in moved.inner_text()
        before, now = (max_pool2d(np.roll(image, shift, 3), 2) for shift in (0, steps))
        assert f"Moved {steps} right: {np.sum(before != now)} of 25 numbers change" in moved.inner_text()
    page.get_by_label("window, rows").fill("8")
    page.get_by_label("window, columns").fill("8")
    page.get_by_label("move the image back").click()
    page.get_by_label("move the image down").click()
    assert moved.inner_text() == "Moved 1 down: 0 of 1 numbers change; |now − before| / |before| = 0. " + (
        "The map does not notice."
    )


@pytest.mark.browser
def test_its_purpose_by_keyboard_alone(explorer_page):
    """Pool, move, change the window, send a gradient back: all by Tab and a few keys."""
    page = explorer_page
    open_plain(page, explore("pool_lab", place=(2, 2)))
    said, back = page.locator(FORMULA), page.locator(BACK)

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)

    assert said.inner_text() == "output[2, 2] = max(0.688, 0.938, 1, 0.938) = 1, at image[5, 4]"
    assert back.inner_text().startswith(
        "Each number goes whole to the pixel that won. Sent: 1. Arrived: 1, on 1 of 100"
    )
    press(*["Tab"] * 3, "ArrowDown")  # image, blank, keep
    assert said.inner_text() == "output[2, 2] = (0.688 + 0.938 + 1 + 0.938) / 4 = 0.891"
    assert back.inner_text().startswith(
        "Each number is shared evenly over its window. Sent: 1. Arrived: 1, on 4 of 100"
    )
    press("ArrowUp", "Tab", "ArrowUp")  # the window's rows; the stride follows
    assert page.get_by_label("stride, rows").input_value() == "3"
    assert said.inner_text().startswith("output[2, 2] = max(1, 0.438, 1, 0.063, 0.625, 0) = 1, at image[6, 4]")
    press("Tab", "ArrowDown", "ArrowDown", "Tab", "ArrowUp")  # the stride's rows, then the padding's: windows overlap
    assert said.inner_text() == "output[2, 2] = max(1, 1, 0.625, 0.5, 0, 0.438) = 1, at image[1, 4]"
    press("ArrowUp")
    assert said.inner_text() == "rows: padding 2 is more than half the window 3, so a window could miss the image."
    press("ArrowDown", *["Tab"] * 7, "Enter")  # columns' three, left, up, down, right
    assert page.locator(MOVED).inner_text().startswith("Moved 1 right: ")
    press("Tab", "Enter")
    assert page.locator(MOVED).inner_text() == "Not moved yet."
    press("Tab", "ArrowDown", "ArrowRight", " ")  # back, then draw on the image, whose first row is padding
    assert page.locator("select").first.input_value() == "your drawing"
    press("Tab", *["ArrowUp"] * 3, *["ArrowLeft"] * 3)  # the output's first place sees what is drawn
    assert said.inner_text() == "output[0, 0] = max(0, 1, 0, 0) = 1, at image[0, 1]; 2 of padding never win"
    press("Tab", "ArrowRight", " ")  # the gradient that is sent: a second 1
    assert page.locator("select").last.input_value() == "your own"
    assert "Sent: 2. Arrived: 2, on 2 of 100 pixels." in back.inner_text()
    press("Tab", "ArrowUp")
    assert "Sent: 50. Arrived: 50, on" in back.inner_text()


@pytest.mark.browser
def test_what_is_sent_adds_up_where_windows_overlap_and_is_lost_on_the_padding(explorer_page):
    page, back = explorer_page, explorer_page.locator(BACK)
    image = np.zeros((3, 4))
    image[1, 2] = 5
    open_plain(page, explore("pool_lab", image=image, window=2, stride=1))
    page.locator("select").last.select_option("a 1 from every place")
    assert back.inner_text().endswith("Sent: 6. Arrived: 6, on 3 of 12 pixels. The most, 4, is on image[1, 2].")
    page.locator("select").nth(1).select_option("the mean, padding counts")
    page.get_by_label("padding, rows").fill("1")
    assert "Sent: 12. Arrived: 9, on 12 of 12 pixels; 3 falls on the padding." in back.inner_text()
    page.locator("select").nth(1).select_option("the mean, padding not counted")
    assert "Sent: 12. Arrived: 12, on 12 of 12 pixels." in back.inner_text()


@pytest.mark.browser
def test_a_moved_image_is_painted_where_the_brush_is(explorer_page):
    page = explorer_page
    open_plain(page, explore("pool_lab", image=np.zeros((4, 6)), window=1, shift=(-1, 2), place=(1, 3)))
    box = page.locator("canvas").first.bounding_box()
    page.mouse.click(box["x"] + 3.5 * box["width"] / 6, box["y"] + 1.5 * box["height"] / 4)
    assert page.locator(FORMULA).inner_text() == "output[1, 3] = max(1) = 1, at image[1, 3]"
    page.get_by_label("move the image back").click()
    assert page.locator(FORMULA).inner_text() == "output[1, 3] = max(0) = 0, at image[1, 3]"


@pytest.mark.browser
def test_the_learners_functions_run_beside_it_in_jupyterlab(browser, explorer_server):
    address, folder = explorer_server
    write_notebook(folder, "pool_lab", ['explore("pool_lab")'])
    answers = folder / "course_lib" / "pooling.py"
    right = answers.read_text(encoding="utf-8")
    with browser.new_context(viewport={"width": 1300, "height": 1500}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "pool_lab")
        root = page.locator(ROOT_CLASS)

        def says(text):
            root.get_by_text(text).wait_for(timeout=30_000)

        says("max_pool2d gives the same 25 numbers")
        answers.write_text(right.replace("padded = np.full(", "padded = 0 * np.ones(").replace(", -np.inf)", ")"))
        root.locator("select").first.select_option("its upper edges")
        root.get_by_label("padding, rows").fill("1")
        says("max_pool2d differs in ")
        root.locator("select").nth(1).select_option("the mean, padding not counted")
        says("avg_pool2d gives the same 20 numbers")
        answers.write_text(right.replace("counted[rows, columns].sum()", "(kh * kw)"), encoding="utf-8")
        root.get_by_label("move the image right").click()
        says("avg_pool2d differs in ")
    answers.write_text(right, encoding="utf-8")
