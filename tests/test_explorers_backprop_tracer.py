"""BackpropTracer: equal to the reference, as are its measured slopes; worked by keyboard alone; just to the learner."""

import numpy as np
import pytest
from browser_hosts import ROOT_CLASS, answered, as_js, open_notebook, open_plain, twin, write_notebook

from course_lib.given.explorers import explore
from solutions.convolution_3d import conv2d
from solutions.training import conv2d_backward

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA = ".course-explorer-formula"
TYPED = (
    "Object.fromEntries(Object.entries(v.layer).map("
    "([name, a]) => [name, a.data ? { ...a, data: Float64Array.from(a.data) } : a]))"
)
DY = "{ ...v.dy, data: Float64Array.from(v.dy.data) }"
CASES = [  # x, w, stride, padding
    ((1, 5, 6), (1, 1, 3, 3), (1, 1), (0, 0)),
    ((2, 6, 7), (3, 2, 2, 3), (2, 1), (1, 2)),
    ((3, 7, 5), (2, 3, 3, 1), (3, 2), (2, 0)),
    ((1, 4, 4), (2, 1, 4, 4), (1, 3), (0, 1)),
]


def layer_of(shape, filters, stride, padding):
    """Random arrays of a layer and of its dy, and the same as the scripts take them."""
    rng = np.random.default_rng(sum(shape))
    x, w, b = (rng.normal(size=lengths) for lengths in (shape, filters, filters[:1]))
    dy = rng.normal(size=conv2d(x[np.newaxis], w, b, stride, padding).shape[1:])
    layer = {"x": as_js(x), "w": as_js(w), "b": as_js(b), "stride": stride, "padding": padding}
    return (dy, x, w, b), {"dy": as_js(dy), "layer": layer}


def close(found, right):
    return found["shape"] == list(right.shape) and np.allclose(found["data"], right.ravel(), rtol=0, atol=1e-5)


@pytest.mark.parametrize(
    "start, said",
    [
        (dict(x=np.ones((6, 7))), r"x has shape \(6, 7\); it must have 3 axes, \(C, H, W\)"),
        (dict(x=np.ones((1, 4000, 4000))), r"\(1, 4000, 4000\); .* at most 10"),
        (dict(x=np.ones((4, 6, 7))), r"x has shape \(4, 6, 7\); at most 3 are shown"),
        (dict(x=[[[1, 2], [np.inf, 4]]]), r"x\[0, 1, 0\] is inf"),
        (dict(w=np.ones((3, 3))), r"w has shape \(3, 3\); it must have 4 axes, \(F, C, KH, KW\)"),
        (dict(w=np.ones((6, 1, 5, 5))), r"w has shape \(6, 1, 5, 5\); .*at most"),
        (dict(w=np.ones((2, 3, 3, 3))), r"w has shape \(2, 3, 3, 3\), filters for 3 channels; x \(1, 6, 7\) has 1"),
        (dict(x=np.ones((1, 2, 9))), r"the kernel \(3, 3\) is larger than the image \(2, 9\)"),
        (dict(dy=np.ones((2, 4, 4))), r"dy has shape \(2, 4, 4\); the output of this layer has \(2, 4, 5\)"),
        (dict(stride=4), "stride is 4; give a whole number from 1 to 3, or a pair"),
        (dict(padding=-1), "padding is -1"),
    ],
)
def test_what_cannot_be_shown_is_refused(start, said):
    with pytest.raises(ValueError, match=said):
        explore("backprop_tracer", **start)


@pytest.mark.parametrize(
    "start", [dict(stride=(2, 3), padding=(2, 0)), dict(x=np.ones((2, 3, 3))), dict(w=np.ones((1, 1, 5, 5)))]
)
def test_dy_is_made_to_the_layers_shape(start):
    tracer = explore("backprop_tracer", **start)
    right = conv2d(tracer.x[np.newaxis], tracer.w, None, tuple(tracer.stride), tuple(tracer.padding)).shape[1:]
    assert tracer.dy.shape == right and tracer.dy.any()


@pytest.mark.browser
@pytest.mark.parametrize("shape, filters, stride, padding", CASES)
def test_the_twin_equals_the_reference_forward_and_backward(explorer_page, shape, filters, stride, padding):
    (dy, x, w, b), values = layer_of(shape, filters, stride, padding)
    found = twin(
        explorer_page,
        "core/backward.js",
        f"{{ y: m.conv2d({TYPED}), ...m.conv2dBackward({DY}, {TYPED}) }}",
        **values,
    )
    assert close(found["y"], conv2d(x[np.newaxis], w, b, stride, padding)[0])
    dx, dw, db = conv2d_backward(dy[np.newaxis], x[np.newaxis], w, stride, padding)
    assert close(found["dx"], dx[0]) and close(found["dw"], dw) and close(found["db"], db)


@pytest.mark.browser
@pytest.mark.parametrize("shape, filters, stride, padding", CASES)
def test_the_measured_slopes_equal_the_reference(explorer_page, shape, filters, stride, padding):
    (dy, x, w, _), values = layer_of(shape, filters, stride, padding)
    measure = f'["x", "w", "b"].map((name) => m.slopes({DY}, {TYPED}, name))'
    found = twin(explorer_page, "core/backward.js", measure, **values)
    dx, dw, db = conv2d_backward(dy[np.newaxis], x[np.newaxis], w, stride, padding)
    assert close(found[0], dx[0]) and close(found[1], dw) and close(found[2], db)


@pytest.mark.browser
@pytest.mark.parametrize(
    "change, right, said",
    [
        (lambda dx, dw, db: (dx, dw, db), True, "gives the measured slope for each number: 42 of x, 18 of w, 2 of b"),
        (
            lambda dx, dw, db: (dx * 2, dw, db),
            False,
            "`dx` is not the measured slope in 12 of 42 cells. "
            "At [0, 0, 1, 1] it gives 2; moving that number of `x` shows 1.",
        ),
        (
            lambda dx, dw, db: (dx, dw, db / 2),
            False,
            "`db` is not the measured slope in 1 of 2 cells. At [0] it gives 1; moving that number of `b` shows 2.",
        ),
        (
            lambda dx, dw, db: (dx, dw[0], db),
            False,
            "`conv2d_backward`: `dw` returned an array of shape (1, 3, 3); the right shape is (2, 1, 3, 3).",
        ),
        (lambda dx, dw, db: (dx, dw), False, "must return dx, dw and db, in this order."),
    ],
)
def test_the_learners_gradients_are_judged_by_the_measured_slopes(explorer_page, change, right, said):
    start = explore("backprop_tracer")
    gradients = conv2d_backward(start.dy[np.newaxis], start.x[np.newaxis], start.w)
    measured = dict(zip(("dx", "dw", "db"), map(as_js, gradients), strict=True))
    values = {"yours": [as_js(array) for array in change(*gradients)], "measured": measured}
    found = twin(explorer_page, "core/gradients_yours.js", "m.gradientsCompared(v.yours, v.measured)", **values)
    assert found["right"] is right and said in found["text"]


@pytest.mark.browser
def test_its_purpose_by_keyboard_alone(explorer_page):
    """From an output's gradient to what it sends, to a pixel where messages meet, to a weight, and to the padding."""
    page = explorer_page
    open_plain(page, explore("backprop_tracer"))
    said = page.locator(FORMULA)
    assert said.inner_text().endswith(
        "Measured: with x[0, 1, 2] one larger the total, sum(dy·y), is 487; with it one smaller, 481. "
        "Half the difference is 3."
    )
    for _ in range(6):
        page.keyboard.press("Tab")  # four fields, what dy is, dy[0]
    page.keyboard.press("ArrowDown")
    assert (
        said.inner_text()
        == "dy[0, 1, 0] = 0 sends nothing back. Its window is padded[:, 1:4, 0:3]; space puts a 1 here."
    )
    page.keyboard.press(" ")
    page.keyboard.press("+")
    assert said.inner_text() == (
        "dy[0, 1, 0] = 2 adds 2·w[0] to dx, in the window padded[:, 1:4, 0:3]; "
        "it adds 2·padded[:, 1:4, 0:3] to dw[0], and 2 to db[0]."
    )
    assert page.get_by_text("db = [4, 0]").is_visible()
    page.keyboard.press("Tab")  # dy[1]
    page.keyboard.press("ArrowDown")
    for _ in range(2):
        page.keyboard.press("-")
    assert said.inner_text().startswith("dy[1, 1, 0] = −2 adds (−2)·w[1] to dx")

    page.keyboard.press("Tab")  # x
    page.keyboard.press("Tab")  # dx, at the pixel that was spelled out first
    page.keyboard.press("ArrowLeft")
    first, second = said.inner_text().splitlines()
    assert first == (
        "dx[0, 1, 1] = dy[0, 1, 0]·w[0, 0, 0, 1] + dy[0, 1, 1]·w[0, 0, 0, 0] + dy[1, 1, 0]·w[1, 0, 0, 1] = "
        "2·2 + 1·1 + (−2)·(−1) = 7"
    )
    assert second.endswith("Half the difference is 7.")
    page.keyboard.press("Tab")  # w
    page.keyboard.press("Tab")  # dw
    page.keyboard.press("ArrowRight")
    first, second = said.inner_text().splitlines()
    assert first.startswith("dw[1, 0, 0, 1] = dy[1, 1, 0]·padded[0, 1, 1] = (−2)·7 = −14")
    assert second.startswith("Measured: with w[1, 0, 0, 1] one larger") and second.endswith(
        "Half the difference is −14."
    )

    page.get_by_label("dy is").focus()
    page.keyboard.press("ArrowDown")  # a 1 at the chosen place
    page.locator("canvas").first.focus()
    page.keyboard.press("ArrowRight")
    assert "db = [1, 0]" in page.locator(ROOT_CLASS).inner_text()
    page.get_by_label("padding, rows").focus()
    page.keyboard.press("ArrowUp")
    page.locator("canvas").nth(3).focus()
    page.keyboard.press("ArrowUp")
    assert said.inner_text().endswith("It belongs to the padding, and is cut off.")


@pytest.mark.browser
def test_a_press_on_dy_puts_a_one_and_the_next_takes_it_away(explorer_page):
    page = explorer_page
    open_plain(page, explore("backprop_tracer", dy=np.zeros((2, 4, 5))))
    said, dy = page.locator(FORMULA), page.locator("canvas").first
    at = {"x": 3.5 * dy.bounding_box()["width"] / 5, "y": 2.5 * dy.bounding_box()["height"] / 4}
    dy.click(position=at)
    assert said.inner_text().startswith("dy[0, 2, 3] = 1 adds 1·w[0] to dx, in the window padded[:, 2:5, 3:6]")
    dy.click(position=at)
    assert said.inner_text().startswith("dy[0, 2, 3] = 0 sends nothing back")


@pytest.mark.browser
def test_many_messages_are_counted_and_channels_are_chosen(explorer_page):
    page = explorer_page
    open_plain(page, explore("backprop_tracer", x=np.ones((2, 6, 6)), dy=np.ones((2, 4, 4))))
    said = page.locator(FORMULA)
    assert said.inner_text().startswith("dx[0, 2, 2] = 45, a sum of 18 products.")
    page.get_by_label("channel").focus()
    page.keyboard.press("ArrowDown")
    assert said.inner_text().startswith("dx[1, 2, 2] = 45, a sum of 18 products.\nMeasured: with x[1, 2, 2] one larger")


@pytest.mark.browser
def test_the_learners_function_runs_beside_it_in_jupyterlab(browser, explorer_server):
    address, folder = explorer_server
    write_notebook(folder, "backprop_tracer", ['explore("backprop_tracer")'])
    answers = folder / "course_lib" / "training.py"
    right = answers.read_text(encoding="utf-8")
    lost = right.replace("dpadded[:, :, rows, columns] += np.tensordot", "dpadded[:, :, rows, columns] = np.tensordot")
    assert lost != right
    with browser.new_context(viewport={"width": 1300, "height": 1300}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "backprop_tracer")
        root = page.locator(ROOT_CLASS)
        answered(page, root, "conv2d_backward gives the measured slope for each number: 42 of x, 18 of w, 2 of b.")
        answers.write_text(lost, encoding="utf-8")
        page.get_by_label("stride, columns").focus()
        page.keyboard.press("ArrowUp")
        answered(page, root, "dx is not the measured slope in")
        assert root.locator(".course-yours canvas").first.is_visible()
        answers.write_text(
            right.replace("return dpadded[:, :, ph : ph + H, pw : pw + W], dw", "return None, dw"), encoding="utf-8"
        )
        answered(page, root, "conv2d_backward returned None")
    answers.write_text(right, encoding="utf-8")
