"""ChannelStack: equal to the reference, worked by keyboard alone, and the sum of what is heard."""

import numpy as np
import pytest
from browser_hosts import ROOT_CLASS, as_js, open_notebook, open_plain, twin, write_notebook

from course_lib.given import datasets
from course_lib.given.explorers import explore
from course_lib.given.explorers.channel_stack import four_filters, photograph
from solutions.convolution_3d import conv2d, conv2d_one_filter

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA = ".course-explorer-formula"
SHAPES = [  # image, filters
    ((3, 24, 20), (4, 3, 3, 3)),
    ((1, 5, 8), (1, 1, 2, 3)),
    ((6, 7, 6), (8, 6, 5, 1)),
    ((2, 4, 5), (3, 2, 4, 5)),
]


@pytest.mark.parametrize(
    "start, said",
    [
        (dict(image=np.ones((24, 20))), r"image has shape \(24, 20\); it must have 3 axes, \(C, H, W\).*np\.newaxis"),
        (dict(image=np.ones((3, 4000, 4000))), "at most 48 along an axis"),
        (dict(image=np.full((3, 9, 9), np.nan)), r"image\[0, 0, 0\] is nan"),
        (
            dict(image=np.ones((4, 9, 9))),
            r"image \(4, 9, 9\) has 4 channels, the filters \(4, 3, 3, 3\) have slices for 3",
        ),
        (dict(filters=datasets.lenet5_parameters()["conv2.w"]), r"\(16, 6, 5, 5\) have slices for 6.*\(F, 3, KH, KW\)"),
        (dict(filters=np.ones((9, 3, 3, 3))), r"9 for 3 channels; at most 8"),
        (dict(filters=np.ones((3, 7, 7))), r"\(1, 3, 7, 7\) can be shown with slices of at most 5 × 5"),
        (dict(filters=[[1, 2], [3]]), r"filters is \[\[1, 2\], \[3\]\]"),
        (dict(filters=np.ones((3, 3))), r"must have 4 axes, \(F, C, KH, KW\)"),
        (dict(image=np.ones((3, 2, 9))), "larger than the image"),
        (dict(bias=[1, 2]), "4 filters and 2 biases"),
        (dict(names=["a"]), "one name for each of the 3 channels"),
        (dict(place=(22, 0)), r"place is \[22, 0\]; the output has rows 0 to 21 and columns 0 to 17"),
    ],
)
def test_what_cannot_be_shown_is_refused(start, said):
    with pytest.raises(ValueError, match=said):
        explore("channel_stack", **start)


def test_a_single_filter_is_a_bank_of_one():
    stack = explore("channel_stack", filters=np.ones((3, 2, 2)), image=np.ones((3, 4, 4)))
    assert stack.filters.shape == (1, 3, 2, 2) and stack.bias.tolist() == [0] and stack.place == [2, 2]


@pytest.mark.browser
@pytest.mark.parametrize("image, filters", SHAPES)
def test_the_twin_equals_the_reference(explorer_page, image, filters):
    rng = np.random.default_rng(sum(image))
    x, w, b = rng.normal(size=image), rng.normal(size=filters), rng.normal(size=filters[0])
    heard = [True, False, True, True, False, True][: image[0]]
    silent = w * np.reshape(heard, (1, -1, 1, 1))
    typed = "const typed = (a) => ({ ...a, data: Float64Array.from(a.data) }); const [x, w] = [typed(v.x), typed(v.w)];"
    values = {"x": as_js(x), "w": as_js(w), "b": b.tolist(), "heard": heard}

    def equal(expression, right):
        found = twin(explorer_page, "core/channels.js", f"(() => {{ {typed} return {expression}; }})()", **values)
        assert found["shape"] == list(right.shape)
        assert np.allclose(found["data"], right.ravel(), rtol=0, atol=1e-5)

    every = "Array.from({ length: w.shape[0] }, (_, f) => m.shares(x, m.filterOf(w, f)))"
    equal(f"m.layer({every}, v.heard.map(() => true), v.b)", conv2d(x[np.newaxis], w, b)[0])
    equal(f"m.layer({every}, v.heard, v.b)", conv2d(x[np.newaxis], silent, b)[0])
    equal("m.silenced(w, v.heard)", silent)
    last = filters[0] - 1
    equal(f"m.addedUp(m.shares(x, m.filterOf(w, {last})), v.heard)", conv2d_one_filter(x, silent[last]))
    for c in range(image[0]):
        equal(f"m.shares(x, m.filterOf(w, 0))[{c}]", conv2d_one_filter(x[[c]], w[0, [c]]))


@pytest.mark.browser
def test_its_purpose_by_keyboard_alone(explorer_page):
    """Mute, solo, move, change a slice and a bias, choose another filter: each changes the formula as it should."""
    page = explorer_page
    open_plain(page, explore("channel_stack"))
    said = page.locator(FORMULA)
    red, green, blue = (conv2d_one_filter(photograph()[[c]], four_filters()[0, [c]]) for c in range(3))

    def number(text):
        return float(text.strip("()").replace("−", "-"))

    def total():
        return number(said.inner_text().split(" = ")[-1])

    assert (
        said.inner_text() == "out[0, 10, 9] = 14.897 (red) + (−4.446) (green) + (−3.318) (blue) + (−3) (bias) = 4.134"
    )
    page.keyboard.press("Tab")  # mute red
    page.keyboard.press("Enter")
    assert "0 (red, muted)" in said.inner_text()
    assert total() == pytest.approx(green[10, 9] + blue[10, 9] - 3, abs=1e-3)
    page.keyboard.press("Tab")  # solo red
    page.keyboard.press("Enter")
    assert total() == pytest.approx(red[10, 9] - 3, abs=1e-3), "solo is stronger than mute"
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert total() == pytest.approx((red + green + blue)[10, 9] - 3, abs=1e-3)

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # image[0]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    assert said.inner_text().startswith("out[0, 9, 10] = ")
    page.keyboard.press("Tab")  # the slice of red
    page.keyboard.type("0")
    assert total() == pytest.approx((red + green + blue)[9, 10] - 2 * photograph()[0, 9, 10] - 3, abs=1e-3)
    for _ in range(9):
        page.keyboard.press("Tab")  # two rows of four, and the bias
    page.keyboard.press("+")
    assert "(−2.5) (bias)" in said.inner_text()
    page.keyboard.press("Tab")  # the output
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert said.inner_text().startswith("out[0, 10, 9] = ")
    for _ in range(3):
        page.keyboard.press("Tab")  # filters 0, 1, 2
    page.keyboard.press("Enter")
    assert said.inner_text().startswith("out[2, 10, 9] = ") and "bias" not in said.inner_text()
    right = conv2d_one_filter(photograph(), four_filters()[2])[10, 9]
    assert total() == pytest.approx(right, abs=1e-3)


@pytest.mark.browser
def test_muting_dims_the_channel_and_changes_every_map_of_the_bank(explorer_page):
    page = explorer_page
    open_plain(page, explore("channel_stack"))
    bank = page.locator(".course-channels-bank canvas")

    def pictures():
        return [canvas.evaluate("canvas => canvas.toDataURL()") for canvas in bank.all()]

    before = pictures()
    page.get_by_role("button", name="mute green").click()
    row = page.get_by_role("group", name="green")
    assert row.get_attribute("data-muted") == "true"
    assert row.get_by_role("button", name="mute green").get_attribute("aria-pressed") == "true"
    assert float(row.locator("canvas").first.evaluate("e => getComputedStyle(e.parentElement).opacity")) < 0.5
    assert float(row.locator("canvas").last.evaluate("e => getComputedStyle(e.parentElement).opacity")) == 1
    assert len(before) == 4 and all(one != other for one, other in zip(before, pictures()))


@pytest.mark.browser
def test_one_filter_has_no_bank(explorer_page):
    open_plain(explorer_page, explore("channel_stack", filters=four_filters()[0]))
    assert explorer_page.locator(FORMULA).inner_text().startswith("out[10, 9] = ")
    assert explorer_page.locator(".course-channels-bank canvas").count() == 0


@pytest.mark.browser
def test_the_learners_functions_run_beside_it_in_jupyterlab(browser, explorer_server):
    """Right, then with the bias forgotten, then with the channels not summed; a muted channel is muted for them too."""
    address, folder = explorer_server
    write_notebook(folder, "channel_stack", ['explore("channel_stack")'])
    answers = folder / "course_lib" / "convolution_3d.py"
    right = answers.read_text(encoding="utf-8")
    with browser.new_context(viewport={"width": 1300, "height": 1500}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "channel_stack")
        root = page.locator(ROOT_CLASS)

        def says(text):
            root.locator(".course-yours-says").get_by_text(text).wait_for(timeout=15_000)

        says("conv2d_one_filter gives the same 396 numbers")
        says("conv2d gives the same 1584 numbers")
        for change, said in [
            (
                ("if b is not None:\n        output += np.reshape(b, (F, 1, 1))", "pass"),
                "conv2d differs in 792 of 1584",
            ),
            (("image[:, i : i + KH", "image[:1, i : i + KH"), "conv2d_one_filter differs in 396 of 396"),
        ]:
            assert right.count(change[0]) == 1
            answers.write_text(right.replace(*change), encoding="utf-8")
            page.mouse.move(0, 0)
            root.hover(position={"x": 5, "y": 5})
            says(said)
        answers.write_text(right, encoding="utf-8")
        root.get_by_role("button", name="mute green").click()
        says("conv2d_one_filter gives the same 396 numbers")
        says("conv2d gives the same 1584 numbers")
