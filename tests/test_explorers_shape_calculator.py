"""ShapeCalculator: equal to the reference, worked by keyboard alone, and true about what is left over."""

import itertools

import numpy as np
import pytest
from browser_hosts import ROOT_CLASS, as_js, open_notebook, open_plain, twin, write_notebook

from course_lib.given.explorers import explore
from solutions.stride_and_padding import conv2d_single, output_size, pad2d, receptive_field

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA = ".course-explorer-formula"
CASES = [  # image, kernel, stride, padding, dilation
    ((8, 6), (3, 2), (1, 1), (0, 0), (1, 1)),
    ((9, 12), (3, 3), (2, 3), (1, 2), (1, 1)),
    ((10, 7), (2, 3), (3, 2), (2, 0), (3, 1)),
    ((5, 5), (5, 5), (4, 1), (3, 3), (2, 2)),
    ((32, 31), (7, 1), (6, 5), (5, 4), (4, 4)),
]


@pytest.mark.parametrize(
    "start, said",
    [
        (dict(stride=0), "stride is 0; give a whole number from 1 to 6, or a pair"),
        (dict(padding=(1, 2, 3)), r"padding is \(1, 2, 3\)"),
        (dict(dilation=1.5), "dilation is 1.5"),
        (dict(image=np.ones((40, 40))), r"\(40, 40\); an explorer shows at most 32"),
        (dict(layers=[(3, 0, 0)]), r"layer \(3, 0, 0\) must be"),
        (dict(layers=[]), "layers has 0 layers"),
    ],
)
def test_what_cannot_be_shown_is_refused(start, said):
    with pytest.raises(ValueError, match=said):
        explore("shape_calculator", **start)


@pytest.mark.browser
@pytest.mark.parametrize("image, kernel, stride, padding, dilation", CASES)
def test_the_twin_equals_the_reference(explorer_page, image, kernel, stride, padding, dilation):
    rng = np.random.default_rng(sum(image))
    x, w = rng.normal(size=image), rng.normal(size=kernel)
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    values = {"x": as_js(x), "w": as_js(w), "options": options}
    found = twin(explorer_page, "core/maths.js", "m.crossCorrelate2d(v.x, v.w, v.options)", **values)
    right = conv2d_single(x, w, **options)
    assert found["shape"] == list(right.shape)
    assert np.allclose(found["data"], right.ravel(), rtol=0, atol=1e-5)


@pytest.mark.browser
def test_sizes_and_left_over_pixels_equal_the_reference(explorer_page):
    numbers = list(itertools.product((4, 7), (1, 3), (1, 2, 5), (0, 2), (1, 2)))
    found = twin(explorer_page, "core/maths.js", "v.all.map((n) => m.unseen(...n))", all=numbers)
    sizes = twin(explorer_page, "core/maths.js", "v.all.map((n) => m.outputSize(...n))", all=numbers)
    for (n, k, s, p, d), unseen, size in zip(numbers, found, sizes, strict=True):
        try:
            right = output_size(n, k, s, p, d)
        except ValueError:
            assert size < 1
            continue
        assert size == right
        # A pixel is seen if lighting it up changes the output.
        row = [np.eye(1, n + 2 * p, at) for at in range(n + 2 * p)]
        dark = [at for at, lit in enumerate(row) if not conv2d_single(lit, np.ones((1, k)), (1, s), 0, (1, d)).any()]
        assert unseen == dark


@pytest.mark.browser
@pytest.mark.parametrize(
    "layers", [[(3, 1, 0)], [(3, 1, 1), (2, 2, 0), (5, 3, 2)], [(2, 2, 0)] * 4, [(7, 6, 5), (1, 1, 0)]]
)
def test_the_receptive_field_equals_the_reference(explorer_page, layers):
    found = twin(explorer_page, "core/stack.js", "m.receptiveField(v.layers)", layers=layers)
    size, jump, start = receptive_field(layers)
    assert found == {"size": size, "jump": jump, "start": start}
    first, last = twin(explorer_page, "core/stack.js", "m.cone(v.layers, 2)[0]", layers=layers)
    assert (first, last) == (start + 2 * jump, start + 2 * jump + size - 1)


@pytest.mark.browser
def test_an_image_in_another_size_keeps_its_corners_and_its_own_size(explorer_page):
    x = np.arange(12.0).reshape(3, 4)
    same = twin(explorer_page, "core/maths.js", "m.resampled(v.x, [3, 4])", x=as_js(x))
    assert np.allclose(same["data"], x.ravel())
    larger = twin(explorer_page, "core/maths.js", "m.resampled(v.x, [7, 5])", x=as_js(x))
    assert larger["shape"] == [7, 5] and (larger["data"][0], larger["data"][-1]) == (0, 11)
    framed = twin(
        explorer_page, "core/maths.js", "m.padded({ ...v.x, data: Float64Array.from(v.x.data) }, [1, 2])", x=as_js(x)
    )
    assert np.array_equal(np.reshape(framed["data"], framed["shape"]), pad2d(x, (1, 2)))


@pytest.mark.browser
def test_its_purpose_by_keyboard_alone(explorer_page):
    page = explorer_page
    open_plain(page, explore("shape_calculator"))
    said, fields = page.locator(FORMULA), page.locator("input")
    rows, columns, output = said.inner_text().splitlines()
    assert rows == "rows: ⌊(10 + 2·0 − 3) / 2⌋ + 1 = ⌊3.5⌋ + 1 = 4, 1 left over at the end"
    assert columns == "columns: ⌊(8 + 2·1 − 3) / 2⌋ + 1 = ⌊3.5⌋ + 1 = 4, 1 left over at the end"
    assert output == "output: 4 × 4"

    for _ in range(3):
        page.keyboard.press("Tab")  # image, kernel, stride of the rows
    page.keyboard.press("ArrowUp")
    assert "⌊(10 + 2·0 − 3) / 3⌋ + 1 = ⌊2.333⌋ + 1 = 3, 1 left over" in said.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # dilation of the rows
    page.keyboard.type("4")
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")  # leaving an empty field puts the last number back
    assert fields.nth(4).input_value() == "4"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert "rows: span = 2·(3 − 1) + 1 = 5; ⌊(10 + 2·0 − 5) / 3⌋ + 1" in said.inner_text()
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("4")
    assert "the kernel spans 5, and only 4 are there: it fits nowhere" in said.inner_text()
    assert said.inner_text().endswith("output: none")


@pytest.mark.browser
def test_the_stack_is_edited_and_followed_by_keyboard(explorer_page):
    page = explorer_page
    open_plain(page, explore("shape_calculator"))
    told = page.locator(".course-explorer-field")
    assert told.inner_text().startswith("Output 1 sees size = 1 + 2·1 + 1·1 + 2·2 + 1·2 = 10 pixels, 4 to 13.")
    page.locator(".course-stack").focus()
    page.keyboard.press("ArrowRight")
    assert "Output 2 sees" in told.inner_text() and "8 to 17" in told.inner_text()
    page.get_by_text("remove the last").focus()
    page.keyboard.press("Enter")
    assert "size = 1 + 2·1 + 1·1 + 2·2 = 8 pixels" in told.inner_text()
    page.get_by_label("layer 3, window").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("7")
    page.get_by_label("layer 2, window").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("7")
    page.get_by_label("layer 2, stride").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("6")
    assert told.inner_text() == "Layer 3 finds no place on 3 entries. Make its window smaller, or pad."


@pytest.mark.browser
def test_the_learners_functions_run_beside_it_in_jupyterlab(browser, explorer_server):
    address, folder = explorer_server
    write_notebook(folder, "shape_calculator", ['explore("shape_calculator")'])
    answers = folder / "course_lib" / "stride_and_padding.py"
    right = answers.read_text(encoding="utf-8")
    with browser.new_context(viewport={"width": 1300, "height": 1500}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "shape_calculator")
        root = page.locator(ROOT_CLASS)

        def says(text):
            root.get_by_text(text).wait_for(timeout=15_000)

        says("output_size says the same for rows and columns")
        says("conv2d_single gives the same 16 numbers")
        says("receptive_field says the same")
        answers.write_text(
            right.replace("(padded - span) // stride + 1", "(padded - span) // stride"), encoding="utf-8"
        )
        root.locator("input").first.focus()
        page.keyboard.press("ArrowUp")
        says("output_size(11, 3, 2, 0, 1) returned 4; right is 5")
    answers.write_text(right, encoding="utf-8")
