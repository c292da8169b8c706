"""VolumeLab: equal to the reference, worked by keyboard alone, and true about what one frame does not hold."""

import numpy as np
import pytest
from browser_hosts import ROOT_CLASS, as_js, open_notebook, open_plain, twin, write_notebook

from course_lib.given.explorers import explore
from course_lib.given.explorers.volume_lab import FOLLOWS_RIGHT
from solutions.convolution_3d import conv2d_one_filter, conv3d_single

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA = ".course-explorer-formula"
STRENGTH = ".course-volume-strength"
SHAPES = [((5, 6, 7), (3, 2, 4)), ((4, 9, 6), (1, 3, 3)), ((9, 16, 16), (3, 1, 3)), ((3, 4, 5), (3, 4, 5))]


@pytest.mark.parametrize(
    "start, said",
    [
        (dict(volume=np.ones((2, 7, 7))), r"kernel \(3, 1, 3\) is larger than the volume \(2, 7, 7\)"),
        (dict(volume=np.ones((7, 7))), r"must have 3 axes, \(D, H, W\)\. \[np.newaxis\] adds one"),
        (dict(volume=np.zeros((4000, 4000))), r"\(4000, 4000\); it must have 3 axes"),
        (dict(volume=np.zeros((9, 100, 24))), r"at most 24 .* \[:, ::5, :\]"),
        (dict(volume=np.full((4, 4, 4), np.nan)), r"volume\[0, 0, 0\] is nan"),
        (dict(kernel=np.ones((3, 3))), r"must have 3 axes, \(KD, KH, KW\)"),
        (dict(kernel=np.ones((6, 1, 1))), "at most 5"),
        (dict(place=(7, 0, 0)), r"place is \[7, 0, 0\]; the output has depths 0 to 6, rows 0 to 6 and columns 0 to 6"),
        (dict(place=(1, 1)), r"place is \[1, 1\]"),
    ],
)
def test_what_cannot_be_shown_is_refused(start, said):
    with pytest.raises(ValueError, match=said):
        explore("volume_lab", **start)


@pytest.mark.browser
@pytest.mark.parametrize("volume, kernel", SHAPES)
def test_the_twin_equals_the_reference(explorer_page, volume, kernel):
    rng = np.random.default_rng(sum(volume))
    x, w = rng.normal(size=volume), rng.normal(size=kernel)
    found = twin(explorer_page, "core/volume.js", "m.crossCorrelate3d(v.x, v.w)", x=as_js(x), w=as_js(w))
    right = conv3d_single(x, w)
    assert found["shape"] == list(right.shape)
    assert np.allclose(found["data"], right.ravel(), rtol=0, atol=1e-5)


@pytest.mark.browser
def test_slices_boxes_and_sizes_are_those_of_numpy(explorer_page):
    x = np.arange(60.0).reshape(3, 4, 5)
    for expression, right in [
        ("m.frameAt(v.x, 2)", x[2]),
        ("m.rowThroughTime(v.x, 1)", x[:, 1]),
        ("m.columnThroughTime(v.x, 3)", x[:, :, 3].T),
        ("m.boxOf(v.x, [1, 0, 2], [2, 3, 1])", x[1:3, 0:3, 2:3]),
        ("m.backwards(v.x)", x[::-1]),
        ("m.resized(v.x, [1, 4, 7])", np.pad(x[1:2], ((0, 0), (0, 0), (1, 1)))),
    ]:
        found = twin(explorer_page, "core/volume.js", expression, x=as_js(x))
        assert found == as_js(right), expression
    assert twin(explorer_page, "core/volume.js", "m.meanSquare(v.x)", x=as_js(x)) == (x**2).mean()


@pytest.mark.browser
@pytest.mark.parametrize("kernel, ends", [(FOLLOWS_RIGHT, "frames counts."), (np.ones((3, 1, 3)), "the film runs.")])
def test_what_it_says_of_the_whole_film_is_what_the_reference_gives(explorer_page, kernel, ends):
    """One frame at a time gives the same to the film and to the film backwards; all frames together need not."""
    lab = explore("volume_lab", kernel=kernel)
    open_plain(explorer_page, lab)
    said = explorer_page.locator(STRENGTH).inner_text()

    def strength(film, slices):
        return f"{round(float((conv3d_single(film, slices) ** 2).mean()), 3):g}"

    film, alone = lab.volume, kernel[1:2]
    assert strength(film, alone) == strength(film[::-1], alone)
    frames = np.stack([conv2d_one_filter(frame[np.newaxis], alone) for frame in film])
    assert np.allclose(frames, conv3d_single(film, alone))
    assert f"2-D on each frame: {strength(film, alone)}; backwards {strength(film, alone)} too" in said
    assert f"3-D: {strength(film, kernel)}; backwards {strength(film[::-1], kernel)}," in said
    assert said.endswith(ends)


@pytest.mark.browser
def test_its_purpose_by_keyboard_alone(explorer_page):
    """Turn the film, change the kernel, move the box along each axis, scrub: each changes the formula as it should."""
    page = explorer_page
    open_plain(page, explore("volume_lab"))
    said, strength = page.locator(FORMULA), page.locator(STRENGTH)
    maps = page.locator(".course-volume-told canvas")

    def pictures():
        return [canvas.evaluate("canvas => canvas.toDataURL()") for canvas in maps.all()]

    def line(number):
        return said.inner_text().split("\n")[number]

    assert line(0).endswith("= 2 + 2 + 2 = 6") and line(1).endswith("= (−1) + 2 + (−1) = 0")
    assert line(2) == "Frame 4 alone, with kernel[1]: 0·(−1) + 1·2 + 0·(−1) = 2, forwards and backwards"
    before = pictures()
    page.keyboard.press("Tab")  # the film
    page.keyboard.press("Tab")  # turn it round
    page.keyboard.press("Enter")
    assert line(0).endswith("= (−1) + 2 + (−1) = 0") and line(1).endswith("= 6")
    after = pictures()
    assert after[0] == before[0], "one frame alone tells the direction"
    assert after[1] == before[2] != before[1] and after[2] == before[1]

    page.keyboard.press("Tab")  # the kernel
    page.keyboard.press("ArrowDown")  # follows left
    assert line(0).endswith("= 6")
    page.keyboard.press("Tab")  # the frame
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert line(0).startswith("out[3, 4, 4] = ")
    page.keyboard.press("Tab")  # a column through time
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    assert line(0).startswith("out[4, 3, 4] = ")
    for told, canvas in zip((line(2).split(",")[-2], line(0), line(1)), maps.all(), strict=True):
        value = told.split(" = ")[-1]
        assert canvas.get_attribute("aria-label").endswith(f"Row 3, column 4: {value}.")
    page.keyboard.press("Tab")  # a row through time
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert line(0).startswith("out[3, 3, 3] = ") and line(0).endswith("= 6")
    page.keyboard.press("Tab")  # the frames
    page.keyboard.press("Home")
    assert line(0).startswith("out[0, 3, 3] = ") and line(2).startswith("Frame 1 alone")
    page.keyboard.press("End")
    assert line(0).startswith("out[6, 3, 3] = ")
    page.keyboard.press("Tab")  # play
    page.keyboard.press("Tab")  # the kernel's depth
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert strength.inner_text().endswith("it does not tell which way the film runs.")
    for _ in range(3):
        page.keyboard.press("Tab")  # rows, columns, the kernel's first entry
    page.keyboard.type("-3")
    assert "·(−3)" in line(0)


@pytest.mark.browser
def test_the_film_runs_once_to_its_end_and_stops_where_one_wishes(explorer_page):
    page = explorer_page
    page.clock.install()
    open_plain(page, explore("volume_lab", place=(3, 3, 3)))
    said = page.locator(FORMULA)
    press = page.locator(".course-player button")

    def after(seconds):
        page.clock.run_for(1000 * seconds)
        return said.inner_text().split(" = ")[0], press.inner_text()

    press.click()
    assert after(0.45) == ("out[4, 3, 3]", "stop")
    press.click()
    assert after(2) == ("out[4, 3, 3]", "play")
    press.click()
    assert after(2) == ("out[6, 3, 3]", "play")
    press.click()  # from the beginning
    assert after(0.45) == ("out[1, 3, 3]", "stop")


@pytest.mark.browser
def test_who_prefers_no_motion_goes_on_by_one_frame_at_a_time(explorer_page):
    explorer_page.emulate_media(reduced_motion="reduce")
    explorer_page.clock.install()
    open_plain(explorer_page, explore("volume_lab", place=(6, 3, 3)))
    explorer_page.get_by_role("button", name="next").click()
    explorer_page.clock.run_for(2000)
    assert explorer_page.locator(FORMULA).inner_text().startswith("out[0, 3, 3]")


@pytest.mark.browser
def test_a_kernel_stays_in_the_volume_and_keeps_its_middle(explorer_page):
    page = explorer_page
    open_plain(page, explore("volume_lab", volume=np.ones((2, 3, 4)), kernel=np.ones((2, 3, 1)), place=(0, 0, 2)))
    said, columns = page.locator(FORMULA), page.get_by_role("spinbutton", name="columns")
    columns.fill("5")
    assert columns.input_value() == "4"
    assert said.inner_text().startswith("out[0, 0, 0] = ")
    columns.fill("1")
    columns.press("Tab")
    assert said.inner_text().startswith("out[0, 0, 2] = ")
    assert "3 + 3 = 6" in said.inner_text()


@pytest.mark.browser
def test_the_learners_function_runs_beside_it_in_jupyterlab(browser, explorer_server):
    """Right, then with the depth summed away as if it were channels, then wrong in one slice only."""
    address, folder = explorer_server
    write_notebook(folder, "volume_lab", ['explore("volume_lab")'])
    answers = folder / "course_lib" / "convolution_3d.py"
    right = answers.read_text(encoding="utf-8")
    head = "def conv3d_single(volume, kernel):\n"
    with browser.new_context(viewport={"width": 1300, "height": 1500}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "volume_lab")
        root = page.locator(ROOT_CLASS)
        picture = root.locator(".course-yours canvas")

        def says(text):
            root.locator(".course-yours-says").get_by_text(text).wait_for(timeout=15_000)

        says("conv3d_single gives the same 343 numbers")
        assert not picture.is_visible()
        rest = right.split(head)[1]
        for line, said, drawn in [
            (
                "return conv2d_one_filter(volume[:3], kernel)",
                "an array of shape (7, 7); the right shape is (7, 7, 7)",
                False,
            ),
            ("x = conv3d_copy(volume, kernel); x[3] += 1; return x", "differs in 49 of 343 cells. At [3, 0, 0]", True),
        ]:
            answers.write_text(f"{right}\n\ndef conv3d_copy(volume, kernel):\n{rest}\n\n{head}    {line}\n", "utf-8")
            page.mouse.move(0, 0)
            root.hover(position={"x": 5, "y": 5})
            says(said)
            assert picture.is_visible() == drawn
        root.locator("canvas").first.focus()
        before = root.locator(FORMULA).inner_text()
        page.keyboard.press("ArrowLeft")
        assert root.locator(FORMULA).inner_text() != before, "the explorer no longer answers"
    answers.write_text(right, encoding="utf-8")
