"""Im2colWeaver: equal to the reference, worked by keyboard alone, and true about copies, stretches and bytes."""

import numpy as np
import pytest
from browser_hosts import ROOT_CLASS, answered, as_js, open_notebook, open_plain, twin, write_notebook

from course_lib.given import datasets
from course_lib.given.explorers import explore
from course_lib.given.job import Job
from solutions.fast_convolution import col2im, im2col, shifted_rows

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA = ".course-explorer-formula"
COLUMNS = "core/columns.js"
TYPED = "{ ...v.x, data: Float64Array.from(v.x.data) }"
CASES = [  # shape, kernel, stride, padding, dilation
    ((1, 5, 6), (3, 3), (1, 1), (0, 0), (1, 1)),
    ((2, 5, 6), (3, 2), (2, 1), (1, 2), (1, 1)),
    ((3, 10, 7), (2, 3), (3, 2), (2, 0), (3, 1)),
    ((2, 4, 4), (4, 4), (1, 4), (0, 1), (1, 1)),
    ((3, 9, 10), (5, 1), (4, 3), (2, 2), (2, 3)),
]


def window(kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    return {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation}


@pytest.mark.parametrize(
    "start, said",
    [
        (dict(image=np.ones((5, 6))), r"\(5, 6\); it must have 3 axes, \(C, H, W\). \[np.newaxis\] adds one"),
        (dict(image=np.ones((3, 4000, 4000))), r"\(3, 4000, 4000\); .* at most 10"),
        (dict(image=np.ones((4, 5, 6))), r"4 channels, shape \(4, 5, 6\); at most 3 are shown. .*\[:3\]"),
        (dict(image=[[[1, np.nan]]]), r"image\[0, 0, 1\] is nan"),
        (dict(kernel_shape=6), "kernel_shape is 6; give a whole number from 1 to 5, or a pair"),
        (dict(stride=0), "stride is 0"),
        (dict(padding=(0, 3)), r"padding is \(0, 3\)"),
        (dict(dilation=4), "dilation is 4"),
        (dict(follow="pixel"), 'follow is \'pixel\'; give "window" or "kernel"'),
    ],
)
def test_what_cannot_be_shown_is_refused(start, said):
    with pytest.raises(ValueError, match=said):
        explore("im2col_weaver", **start)


@pytest.mark.browser
@pytest.mark.parametrize("shape, kernel, stride, padding, dilation", CASES)
def test_the_twin_equals_the_reference(explorer_page, shape, kernel, stride, padding, dilation):
    x = np.random.default_rng(sum(shape)).normal(size=shape)
    values = {"x": as_js(x), "window": window(kernel, stride, padding, dilation)}
    found = twin(explorer_page, COLUMNS, f"m.im2col({TYPED}, v.window)", **values)
    right = im2col(x[np.newaxis], kernel, stride, padding, dilation)[0]
    assert found["shape"] == list(right.shape)
    assert np.allclose(found["data"], right.ravel(), rtol=0, atol=1e-5)


@pytest.mark.browser
@pytest.mark.parametrize("shape, kernel, stride, padding, dilation", CASES)
def test_a_pixel_has_as_many_copies_as_col2im_sends_back(explorer_page, shape, kernel, stride, padding, dilation):
    (C, H, W), (ph, pw) = shape, padding
    framed = (1, C, H + 2 * ph, W + 2 * pw)
    counts = col2im(
        np.ones_like(im2col(np.ones(framed), kernel, stride, 0, dilation)), framed, kernel, stride, 0, dilation
    )
    pixels = [{"c": int(c), "p": int(p), "q": int(q)} for c, p, q in np.ndindex(framed[1:])]
    values = {"window": window(kernel, stride, padding, dilation), "shape": shape, "pixels": pixels}
    places = "m.placesOf(v.shape, v.window)"
    copies = f"v.pixels.map((pixel) => m.copiesOf(pixel, v.window, {places}))"
    found = twin(explorer_page, COLUMNS, copies, **values)
    assert [len(entries) for entries in found] == counts.ravel().tolist()
    back = f"{copies}.map((all) => all.map((entry) => m.sourceOf(entry, v.window, {places})))"
    for pixel, sources in zip(pixels, twin(explorer_page, COLUMNS, back, **values), strict=True):
        assert all(pixel == {axis: source[axis] for axis in "cpq"} for source in sources)


@pytest.mark.browser
@pytest.mark.parametrize(
    "shape, kernel, padding", [((1, 5, 6), (3, 3), 0), ((2, 4, 7), (1, 4), 2), ((3, 6, 5), (5, 2), 1)]
)
def test_shifted_rows_equal_the_reference_and_are_as_large(explorer_page, shape, kernel, padding):
    x = np.random.default_rng(sum(shape)).normal(size=shape)
    right = shifted_rows(x.transpose(1, 0, 2)[..., np.newaxis], kernel[1], padding)[..., 0]
    values = {"x": as_js(x), "window": window(kernel, padding=(padding, padding))}
    found = twin(explorer_page, COLUMNS, f"m.shiftedRows({TYPED}, v.window)", **values)
    assert found["shape"] == list(right.shape)
    assert np.allclose(found["data"], right.ravel(), rtol=0, atol=1e-5)
    counted = twin(explorer_page, COLUMNS, "m.numbersWritten([1, ...v.x.shape], v.window)", **values)
    columns = im2col(x[np.newaxis], kernel, padding=padding)
    assert counted == {"input": x.size, "columns": columns.size, "rows": right.size}


@pytest.mark.browser
def test_the_memory_of_a_batch_is_that_of_the_chapters_jobs(explorer_page):
    job = Job((64, 1, 28, 28), (6, 1, 5, 5), padding=2)
    values = {"window": window((5, 5), padding=(2, 2)), "shape": job.x_shape}
    counted = twin(explorer_page, COLUMNS, "m.numbersWritten(v.shape, v.window)", **values)
    assert (counted["columns"], counted["rows"]) == (job.copies("im2col"), job.copies("rows"))
    for no in (window((5, 5), stride=(1, 2)), window((5, 5), dilation=(2, 1)), window((5, 5), padding=(1, 2))):
        assert (
            twin(explorer_page, COLUMNS, "m.numbersWritten(v.shape, v.window).rows", window=no, shape=job.x_shape)
            is None
        )


@pytest.mark.browser
def test_the_photograph_of_the_memory_panel_is_the_courses(explorer_page):
    open_plain(explorer_page, explore("im2col_weaver"))
    H, W, C = datasets.photograph_rgb().shape
    told = explorer_page.get_by_label("memory", exact=True).inner_text()
    assert f"(1, {C}, {H}, {W}) in float32" in told
    assert "408 kB" in told and "1.2 MB, 3 times the input" in told and "3.6 MB, 8.8 times the input" in told


@pytest.mark.browser
@pytest.mark.parametrize(
    "addresses, runs, told",
    [
        ([3, 4, 5], [[3, 3]], "one stretch of 3 numbers"),
        ([0, 1, 6, 7], [[0, 2], [6, 2]], "2 stretches of 2 numbers"),
        ([0, 2, 4], [[0, 1], [2, 1], [4, 1]], "3 stretches of 1 number"),
        ([0, 2, 3], [[0, 1], [2, 2]], "2 stretches of 1 to 2 numbers"),
    ],
)
def test_stretches_are_counted_and_told(explorer_page, addresses, runs, told):
    found = twin(explorer_page, "core/weave.js", "[m.stretches(v.a), m.stretchesTold(m.stretches(v.a))]", a=addresses)
    assert found == [runs, told]


@pytest.mark.browser
def test_its_purpose_by_keyboard_alone(explorer_page):
    """From a pixel to its copies, along a window and along a place of the kernel, to what a batch takes."""
    page = explorer_page
    open_plain(page, explore("im2col_weaver"))
    said = page.locator(FORMULA)
    first, rows_and_columns, memory = said.inner_text().splitlines()
    assert first == "columns[4, 5] = padded[0, 1·1 + 1·1, 1·1 + 1·1] = padded[0, 2, 2] = 14"
    assert rows_and_columns.startswith(
        "Row 4 = (0·3 + 1)·3 + 1: channel 0, row 1 and column 1 of the kernel. Column 5 = 1·4 + 1"
    )
    assert rows_and_columns.endswith("This pixel stands in the matrix 9 times.")
    assert memory == (
        "Column 5 is read from 6 stretches of 3 numbers and written to 18 stretches of 1 number, 48 bytes apart. "
        "In the shifted rows all of output row 1 is one stretch of 72 numbers, which its neighbours share."
    )

    for _ in range(9):
        page.keyboard.press("Tab")  # eight fields, and what is followed
    page.keyboard.press("ArrowDown")
    assert said.inner_text().endswith(
        "Row 4 is read from 3 stretches of 4 numbers and written to one stretch of 12 numbers. "
        "In the shifted rows all of output row 1 is one stretch of 72 numbers, which its neighbours share."
    )
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")  # channel 0
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert "columns[0, 0] = padded[0, 0·1 + 0·1, 0·1 + 0·1] = padded[0, 0, 0] = 0" in said.inner_text()
    assert "stands in the matrix once." in said.inner_text()
    page.keyboard.press("Tab")  # channel 1
    page.keyboard.press("ArrowRight")
    assert "columns[10, 0] = padded[1, " in said.inner_text() and "= 31" in said.inner_text()
    page.keyboard.press("Tab")  # the matrix
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert said.inner_text().startswith("columns[11, 1] = padded[1, 0·1 + 0·1, 1·1 + 2·1] = padded[1, 0, 3] = 33")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    told = page.get_by_label("memory", exact=True)
    assert "200.7 kB" in told.inner_text()

    page.get_by_label("stride, rows").focus()
    page.keyboard.press("ArrowUp")
    assert "only for stride 1" in told.inner_text() and "shifted rows" not in said.inner_text()


@pytest.mark.browser
def test_a_pixel_under_no_window_and_a_kernel_that_fits_nowhere_are_told(explorer_page):
    page = explorer_page
    open_plain(page, explore("im2col_weaver", stride=2))
    said = page.locator(FORMULA)
    page.locator("canvas").first.focus()
    for key in ["End", *["ArrowDown"] * 4]:
        page.keyboard.press(key)
    assert said.inner_text().startswith("padded[0, 4, 5] = 29 lies under no place of the kernel: no column has it.")
    page.get_by_label("dilation, rows").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert said.inner_text() == "The kernel spans 7 × 3, the padded image has 5 × 6: it fits nowhere."
    page.locator("canvas").first.focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_label("padding, rows").focus()
    page.keyboard.press("ArrowUp")
    assert said.inner_text().startswith("columns[")


@pytest.mark.browser
def test_the_learners_function_runs_beside_it_in_jupyterlab(browser, explorer_server):
    address, folder = explorer_server
    write_notebook(folder, "im2col_weaver", ['explore("im2col_weaver", padding=(1, 0))'])
    answers = folder / "course_lib" / "fast_convolution.py"
    right = answers.read_text(encoding="utf-8")
    wrong = right.replace(
        "return columns.reshape(N, C * KH * KW, OH * OW)", "return columns[:, :, ::-1].reshape(N, C * KH * KW, OH * OW)"
    )
    lost = right.replace("return columns.reshape(N, C * KH * KW, OH * OW)", "return columns")
    assert right not in (wrong, lost)
    with browser.new_context(viewport={"width": 1300, "height": 1300}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "im2col_weaver")
        root = page.locator(ROOT_CLASS)

        answered(page, root, "im2col gives the same 360 numbers")
        answers.write_text(wrong, encoding="utf-8")
        page.get_by_label("kernel, columns").focus()
        page.keyboard.press("ArrowUp")
        answered(page, root, "im2col differs in")
        assert root.locator(".course-yours canvas").is_visible()
        answers.write_text(lost, encoding="utf-8")
        page.keyboard.press("ArrowDown")
        answered(page, root, "shape (1, 2, 3, 3, 5, 4); the right shape is (1, 18, 20)")
    answers.write_text(right, encoding="utf-8")
