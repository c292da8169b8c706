"""SlideStepper: the loop adds up what the reference does, and is stepped, scrubbed and predicted by keyboard alone."""

import numpy as np
import pytest
from browser_hosts import ROOT_CLASS, as_js, open_notebook, open_plain, twin, write_notebook

from course_lib.given.explorers import explore
from solutions.convolution import cross_correlate2d
from solutions.stride_and_padding import conv2d_single, pad2d

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA = ".course-explorer-formula"
CASES = [  # image, kernel, stride, padding, dilation
    ((5, 7), (2, 3), (1, 1), (0, 0), (1, 1)),
    ((8, 6), (3, 2), (2, 3), (1, 2), (1, 1)),
    ((7, 9), (2, 3), (3, 1), (0, 3), (3, 2)),
    ((4, 4), (4, 4), (1, 1), (0, 0), (1, 1)),
]


@pytest.mark.parametrize(
    "start, said",
    [
        (dict(image=np.zeros((4000, 4000))), r"\(4000, 4000\); an explorer shows at most 16"),
        (dict(image=np.zeros((5, 5, 3))), r"it must have 2 axes"),
        (dict(image=[[1.0, np.nan]]), r"image\[0, 1\] is nan"),
        (dict(kernel=np.ones((6, 6))), "at most 5"),
        (dict(kernel=np.ones((3, 3)), dilation=3), r"kernel \(3, 3\) with dilation \(3, 3\) is larger than the image"),
        (dict(stride=0), "stride is 0; give a whole number from 1 to 4"),
        (dict(place=(4, 0)), r"place is \[4, 0\]; the output has rows 0 to 3 and columns 0 to 4"),
    ],
)
def test_what_cannot_be_shown_is_refused(start, said):
    with pytest.raises(ValueError, match=said):
        explore("slide_stepper", **start)


@pytest.mark.browser
@pytest.mark.parametrize("image, kernel, stride, padding, dilation", CASES)
def test_every_step_of_the_loop_equals_the_reference(explorer_page, image, kernel, stride, padding, dilation):
    rng = np.random.default_rng(sum(image))
    x, w = rng.normal(size=image), rng.normal(size=kernel)
    right, framed = conv2d_single(x, w, stride, padding, dilation), pad2d(x, padding)
    steps = twin(
        explorer_page,
        "core/loop.js",
        "(() => { const loop = m.loopOver(v.x, v.w, v.options);"
        " return { shape: loop.shape, last: m.outputAt(loop, loop.steps - 1).data,"
        " all: Array.from({ length: loop.steps }, (_, time) => m.at(loop, time)) }; })()",
        x=as_js(framed),
        w=as_js(w),
        options={"stride": stride, "dilation": dilation},
    )
    assert steps["shape"] == list(right.shape)
    assert np.allclose(steps["last"], right.ravel(), rtol=0, atol=1e-5)
    assert len(steps["all"]) == right.size * (w.size + 2)
    for time, now in enumerate(steps["all"]):
        place, within = divmod(time, w.size + 2)
        i, j = divmod(place, right.shape[1])
        rows, columns = slice(i * stride[0], None, dilation[0]), slice(j * stride[1], None, dilation[1])
        products = (framed[rows, columns][: kernel[0], : kernel[1]] * w).ravel()
        assert (now["i"], now["j"], now["done"]) == (i, j, within == w.size + 1)
        assert np.isclose(now["sum"], products[: min(within, w.size)].sum(), rtol=0, atol=1e-5)
        if now["pixel"]:
            u, v = now["entry"]
            assert now["pixel"] == [i * stride[0] + u * dilation[0], j * stride[1] + v * dilation[1]]


@pytest.mark.browser
def test_steps_end_where_a_place_or_a_row_ends(explorer_page):
    """Two places in a row, two rows, four steps a place: times 0 to 15."""
    expression = "v.times.map((time) => m.stepped({ steps: 16, each: 4 }, time, v.direction, v.stretch))"

    def stepped(direction, stretch):
        times = [0, 2, 3, 5, 7, 15]
        return twin(explorer_page, "core/loop.js", expression, times=times, direction=direction, stretch=stretch)

    assert stepped(1, 1) == [1, 3, 4, 6, 8, 15] and stepped(-1, 1) == [0, 1, 2, 4, 6, 14]
    assert stepped(1, 4) == [3, 3, 7, 7, 11, 15] and stepped(-1, 4) == [0, 0, 0, 3, 3, 11]
    assert stepped(1, 8) == [7, 7, 7, 7, 15, 15] and stepped(-1, 8) == [0, 0, 0, 0, 0, 7]


@pytest.mark.browser
@pytest.mark.parametrize(
    "guess, said",
    [
        (-2, "✓ −2 is right."),
        (-2.004, "✓ −2.004 is right."),
        (14, "• You said 14; it is −2. 14 comes out when pixels are added without the kernel."),
        (2, "• You said 2; it is −2. 2 comes out with the kernel turned by half a turn."),
        (99, "• You said 99; it is −2."),
        (5, "• You said 5; it is −2."),
    ],
)
def test_a_guess_is_judged_and_a_reason_named_only_where_it_is_the_only_one(explorer_page, guess, said):
    others = [
        [14, "when pixels are added without the kernel"],
        [2, "with the kernel turned by half a turn"],
        [5, "in one way"],
        [5, "in another"],
        [-2, "as it should"],
    ]
    assert twin(explorer_page, "core/guess.js", "m.judged(v.guess, -2, v.others)", guess=guess, others=others) == said


@pytest.mark.browser
def test_the_reasons_are_computed_as_they_say(explorer_page):
    rng = np.random.default_rng(3)
    x, w, stride, dilation = rng.normal(size=(9, 9)), rng.normal(size=(2, 3)), (2, 1), (1, 2)
    loop = {"framed": as_js(x), "kernel": as_js(w), "stride": stride, "dilation": dilation}
    found = twin(explorer_page, "core/guess.js", "m.mistaken(v.loop, 1, 2)", loop=loop)
    right = {
        "with the kernel turned by half a turn": conv2d_single(x, w[::-1, ::-1], stride, 0, dilation)[1, 2],
        "when pixels are added without the kernel": conv2d_single(x, np.ones((2, 3)), stride, 0, dilation)[1, 2],
        "at out[2, 1]: the row comes first": conv2d_single(x, w, stride, 0, dilation)[2, 1],
        "without the stride": conv2d_single(x, w, 1, 0, dilation)[1, 2],
        "without the dilation": conv2d_single(x, w, stride, 0, 1)[1, 2],
    }
    assert {words for _, words in found} == set(right)
    assert all(np.isclose(number, right[words], rtol=0, atol=1e-5) for number, words in found)


@pytest.mark.browser
def test_its_purpose_by_keyboard_alone(explorer_page):
    """Step by products, by places and by rows, scrub, change the kernel, go to a place."""
    page = explorer_page
    open_plain(page, explore("slide_stepper"))
    said, lit = page.locator(FORMULA), page.locator("li[aria-current=step]")
    for _ in range(3):
        page.keyboard.press("Tab")  # the choice of a step, back, step
    page.keyboard.press("Enter")
    assert said.inner_text() == (
        "out[1, 2]: sum = 2·(−1) + 3·(−1) + 3·(−1) + 3·1 + 2·1 = −3 after 5 of 6 products, "
        "the last image[1 + 1, 2 + 1] · kernel[1, 1]"
    )
    assert lit.inner_text().split("\n") == [
        "sum ← sum + image[i + u, j + v] · kernel[u, v]",
        "image[2, 3] · kernel[1, 1] = 2·1",
    ]
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert lit.inner_text().split("\n") == ["out[i, j] ← sum", "out[1, 2] = −2"]
    page.keyboard.press("Enter")
    assert said.inner_text() == "out[1, 3]: the window begins at row 1, column 3; sum = 0"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # back
    assert said.inner_text().endswith("= −2")

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")  # a step is one place
    for _ in range(5):
        page.keyboard.press("Tab")  # to the slider
    page.keyboard.press("ArrowRight")
    assert said.inner_text().startswith("out[1, 3] = ")
    page.keyboard.press("End")
    assert said.inner_text().startswith("out[3, 4] = ")
    page.keyboard.press("Home")
    assert said.inner_text() == "out[0, 0]: the window begins at row 0, column 0; sum = 0"

    page.keyboard.press("Tab")  # the kernel's first entry
    page.keyboard.type("5")
    page.keyboard.press("Tab")  # the output
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert said.inner_text() == "out[1, 1] = 1·5 + 2·(−1) + 3·(−1) + 3·1 + 3·1 + 2·1 = 8"


@pytest.mark.browser
def test_a_number_is_predicted_before_it_shows_by_keyboard_alone(explorer_page):
    page = explorer_page
    open_plain(page, explore("slide_stepper"))
    said = page.locator(FORMULA)
    for _ in range(5):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # predict, and the field has the focus
    assert said.inner_text() == "out[1, 2] = 2·(−1) + 3·(−1) + 3·(−1) + 3·1 + 2·1 + 1·1 = ?"
    assert "−2" not in page.locator(".slide-stepper-code").inner_text()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    assert said.inner_text().startswith(
        "• You said 2; it is −2. 2 comes out with the kernel turned by half a turn. Right so far: 0 of 1.\nout[1, 2] = "
    )
    page.keyboard.press("Enter")  # the next place
    assert said.inner_text() == "out[1, 3] = 3·(−1) + 3·(−1) + 2·(−1) + 2·1 + 1·1 + 1·1 = ?"
    page.keyboard.type("−4")
    page.keyboard.press("Enter")
    assert said.inner_text().startswith("✓ −4 is right. Right so far: 1 of 2.\n")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # nothing typed: the number shows, and is not counted
    assert said.inner_text() == "out[1, 4] = 3·(−1) + 2·(−1) + 2·(−1) + 1·1 + 1·1 + 0·1 = −5"


@pytest.mark.browser
def test_stride_padding_and_dilation_are_changed_by_keyboard_and_stand_in_the_index(explorer_page):
    page = explorer_page
    open_plain(page, explore("slide_stepper", stride=(2, 1), padding=1, dilation=(1, 2)))
    said = page.locator(FORMULA)
    assert said.inner_text().endswith("the last padded[2·1 + 1, 2 + 2·0] · kernel[1, 0]")
    page.get_by_label("dilation, rows").focus()
    page.keyboard.press("ArrowUp")
    assert said.inner_text().endswith("the last padded[2·1 + 2·1, 2 + 2·0] · kernel[1, 0]")
    page.get_by_label("dilation, columns").focus()
    page.keyboard.press("ArrowUp")
    page.get_by_label("padding, rows").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("padding, columns").focus()
    page.keyboard.press("ArrowDown")
    assert "image[" in said.inner_text()
    page.get_by_label("dilation, rows").focus()
    page.keyboard.press("ArrowUp")
    assert "= ?" not in said.inner_text() and page.locator("canvas").nth(1).is_visible()


@pytest.mark.browser
def test_a_kernel_that_fits_nowhere_is_said_and_left_again(explorer_page):
    page = explorer_page
    open_plain(page, explore("slide_stepper", image=np.ones((3, 3)), kernel=np.ones((2, 2)), place=(0, 0), padding=0))
    said = page.locator(FORMULA)
    page.get_by_label("dilation, rows").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert said.inner_text().startswith("The kernel fits nowhere.")
    page.get_by_text("step ▸").click()
    page.get_by_text("predict", exact=True).last.click()
    page.get_by_label("dilation, rows").focus()
    page.keyboard.press("ArrowDown")
    assert said.inner_text() == "out[0, 0] = 1·1 + 1·1 + 1·1 + 1·1 = ?"


@pytest.mark.browser
def test_it_plays_to_the_end_silently_and_not_at_all_where_motion_is_unwanted(explorer_page):
    page = explorer_page
    page.emulate_media(reduced_motion="reduce")
    open_plain(page, explore("slide_stepper"))
    assert page.get_by_text("play", exact=True).count() == 0
    page.emulate_media(reduced_motion="no-preference")
    open_plain(page, explore("slide_stepper", place=(3, 4)))
    said = page.locator(FORMULA)
    page.get_by_text("play", exact=True).click()
    assert said.get_attribute("aria-live") == "off"
    page.get_by_text("play", exact=True).wait_for()  # the button says so again when all is done
    assert said.inner_text().startswith("out[3, 4] = ") and said.get_attribute("aria-live") == "polite"


@pytest.mark.browser
def test_the_learners_function_runs_beside_it_in_jupyterlab(browser, explorer_server):
    address, folder = explorer_server
    cells = ['explore("slide_stepper")', 'explore("slide_stepper", stride=(2, 1), padding=1, dilation=(1, 2))']
    write_notebook(folder, "slide_stepper", cells)
    answers = folder / "course_lib" / "convolution.py"
    right = answers.read_text(encoding="utf-8")
    with browser.new_context(viewport={"width": 1300, "height": 1500}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "slide_stepper")
        page.get_by_text("cross_correlate2d gives the same 20 numbers").wait_for(timeout=15_000)
        page.get_by_text("conv2d_single gives the same 15 numbers").wait_for(timeout=15_000)
        answers.write_text(right.replace("kernel.shape[1] > image", "kernel.shape[1] < image"), encoding="utf-8")
        root = page.locator(ROOT_CLASS).first
        page.mouse.move(0, 0)
        root.hover(position={"x": 5, "y": 5})
        root.get_by_text("raised ValueError").wait_for(timeout=15_000)
        before = root.locator(FORMULA).inner_text()
        root.get_by_text("step ▸").click()
        assert root.locator(FORMULA).inner_text() != before, "the explorer no longer answers"
    answers.write_text(right, encoding="utf-8")


def test_the_default_is_no_square_of_anything():
    lab = explore("slide_stepper")
    out = cross_correlate2d(lab.image, lab.kernel)
    assert all(one[0] != one[1] for one in (lab.image.shape, lab.kernel.shape, out.shape))
