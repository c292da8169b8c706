"""NetScope under the hand: drawn on and followed by keyboard and mouse, muted, with the learner's code beside it."""

import re

import numpy as np
import pytest
from browser_hosts import ROOT_CLASS, open_notebook, open_plain, twin, write_notebook
from conftest import wait_for
from random_lenet import make_net

from course_lib.given import memory
from course_lib.given.explorers import explore
from course_lib.given.weights import save_weights

pytestmark = pytest.mark.usefixtures("nothing_remembered")
FORMULA, READS = ".course-explorer-formula", ".course-net-reads"


@pytest.mark.browser
def test_its_purpose_by_keyboard_alone(explorer_page):
    """Draw a one, follow a neuron, mute maps and units, see what changed, take it back."""
    page = explorer_page
    open_plain(page, explore("net_scope"))
    said, reads = page.locator(FORMULA), page.locator(READS)
    assert reads.inner_text() == "The net reads 8 (0.999). Nothing is muted."

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)

    press("Tab", "Tab", "Enter", "Tab", "Tab", "Tab")  # picture, blank, pen, what layers show, the image
    press(*["ArrowUp"] * 11, "Space", *["ArrowDown"] * 21, "Space")
    assert reads.inner_text().startswith("The net reads 1 (")
    assert page.locator("select").first.input_value() == "your drawing"
    press(*["ArrowRight"] * 6)
    before = reads.inner_text()
    assert before.startswith("The net reads 1 ("), "the pen was lifted"

    press("Tab", "ArrowDown", "ArrowDown")  # the probabilities
    assert said.inner_text().startswith("fc3[1] = bias + 84 products = ")
    assert "probability of 1 = e^" in said.inner_text() and "It sees the whole image." in said.inner_text()
    press("Tab", "ArrowUp")  # conv1, from the middle of its first map
    assert said.inner_text().startswith("conv1[0, 13, 14] = relu(bias + 25 products) = ")
    assert said.inner_text().endswith("It sees 5 × 5 pixels: rows 11 to 15, columns 12 to 16.")
    press(*["ArrowRight"] * 14)
    assert said.inner_text().startswith("conv1[1, 13, 0] = "), "over the edge lies the next map"
    press("PageDown", "m")
    assert "It is muted: 0 goes on from here." in said.inner_text()
    assert re.match(r"Without map 2 of conv1 the net reads \d .*; with everything, 1 \(0\.\d+\)\.", reads.inner_text())
    press("Tab", "ArrowDown")
    assert re.match(r"pool1\[0, 8, 7\] = mean\(.*\) = ", said.inner_text())
    press("Tab", "Tab", "Tab", "ArrowRight", "m")  # conv2, pool2, fc1
    assert said.inner_text().startswith("fc1[1] = relu(bias + 400 products) = ")
    assert reads.inner_text().startswith("Without map 2 of conv1, unit 1 of fc1 the net reads")
    press("Tab", "Tab")  # fc2, the button
    press("Enter")
    assert reads.inner_text().startswith("Without map 2 of conv1 the net reads")
    press("Tab", "Enter")
    assert reads.inner_text() == before
    page.locator("select").nth(2).focus()
    press("ArrowDown")
    assert page.locator(".course-net-layers figcaption").first.inner_text().endswith("dark −1, light 1")


@pytest.mark.browser
def test_the_pointer_draws_erases_and_chooses(explorer_page):
    page = explorer_page
    open_plain(page, explore("net_scope", image=np.zeros((28, 28))))
    image = page.locator("canvas").first
    box = image.bounding_box()

    def drag(first, last):
        middle = box["x"] + box["width"] / 2
        page.mouse.move(middle, box["y"] + box["height"] * first / 28)
        page.mouse.down()
        page.mouse.move(middle, box["y"] + box["height"] * last / 28, steps=2 * (last - first))
        page.mouse.up()

    blank = page.locator(READS).inner_text()
    drag(4, 24)
    assert page.locator(READS).inner_text().startswith("The net reads 1 (")
    page.locator("select").nth(1).select_option("erases")
    drag(2, 26)
    assert page.locator(READS).inner_text() == blank
    conv2 = page.locator(".course-net-layers canvas").nth(2)
    conv2.click(position={"x": 1 + 64 + 6 * 3 + 2, "y": 1 + 64 + 6 * 4 + 2})
    assert page.locator(FORMULA).inner_text().startswith("conv2[9, 4, 3] = ")
    page.locator(".course-bars-row").nth(6).click()
    assert page.locator(FORMULA).inner_text().startswith("fc3[6] = ")


@pytest.mark.browser
def test_muting_the_right_map_of_conv1_turns_the_eight_into_a_nine(explorer_page):
    """As the chapter asks the reader to find out."""
    for number in range(6):
        open_plain(explorer_page, explore("net_scope", muted=[("conv1", number)]))
        read = re.search(r"reads (\d)", explorer_page.locator(READS).inner_text())[1]
        assert read == ("9" if number == 2 else "8")


@pytest.mark.browser
@pytest.mark.parametrize("pooling", ["mean", "max"])
def test_the_small_net_on_the_digits_as_they_are(explorer_page, pooling):
    open_plain(explorer_page, explore("net_scope", weights=make_net(), pooling=pooling))
    assert explorer_page.locator("canvas").first.get_attribute("aria-label").startswith("image, 8 by 8")
    explorer_page.locator("canvas[tabindex]").nth(4).focus()
    explorer_page.keyboard.press("ArrowRight")
    assert re.match(rf"pool2\[\d, 1, \d\] = {pooling}\(", explorer_page.locator(FORMULA).inner_text())


def test_a_drawing_is_there_again_another_day():
    drawn = np.eye(28)
    explore("net_scope").drawing = drawn
    assert np.array_equal(explore("net_scope").drawing, drawn)
    memory.write("explorers", {"NetScope": {"drawing": "nothing"}})
    assert explore("net_scope").drawing is None


@pytest.mark.browser
@pytest.mark.parametrize(
    "value, said",
    [
        ("{ shape: [1, 10], data: v.scores }", r"✓|gives the same 10 numbers"),
        ("{ shape: [10], data: v.scores }", r"shape \(10\); the right shape is \(1, 10\)"),
        ("3", "returned 3; it must return an array"),
    ],
)
def test_what_lenet5_forward_returns_is_judged(explorer_page, value, said):
    scores = list(range(10))
    call = f'm.judged("lenet5_forward", {value}, {{ fc3: {{ shape: [10], data: v.scores }} }}).text'
    assert re.search(said, twin(explorer_page, "core/yournet.js", call, scores=scores))


@pytest.mark.browser
def test_the_learners_forward_pass_runs_beside_it_in_jupyterlab(browser, explorer_server):
    """lenet5_forward on the course's net, lenet5_activations on the learner's own: right, wrong, raising, and right."""
    address, folder = explorer_server
    write_notebook(folder, "net", ['explore("net_scope")', 'explore("net_scope", weights="lenet5_28")'])
    save_weights(folder / "learner" / "weights" / "lenet5_28.npz", make_net((28, 28), (5, 5), (2, 0)), padding=(2, 0))
    network, training = (folder / "course_lib" / f"{stem}.py" for stem in ("network", "training"))
    right = {path: path.read_text(encoding="utf-8") for path in (network, training)}
    with browser.new_context(viewport={"width": 1300, "height": 1100}) as context:
        page = context.new_page()
        open_notebook(page, address, "lab", "net")
        roots = page.locator(ROOT_CLASS)

        def says(number, text):
            """Wait for a sentence; on a busy machine the pointer has to come back and ask again."""

            def said():
                if re.search(text, roots.nth(number).locator(".course-yours-says").inner_text()):
                    return True
                page.mouse.move(0, 0)
                roots.nth(number).hover(position={"x": 5, "y": 5})

            wait_for(said, every=1)

        def edit(path, old, new):
            assert old in right[path]
            path.write_text(right[path].replace(old, new), encoding="utf-8")

        says(0, "lenet5_forward gives the same 10 numbers")
        says(1, "lenet5_activations gives the same in every layer: conv1, conv2, fc1, fc2, logits")
        edit(network, 'x = relu(linear(x, p["fc2.w"]', 'x = (linear(x, p["fc2.w"]')
        roots.nth(0).locator("canvas").first.focus()
        page.keyboard.press("Space")
        says(0, r"lenet5_forward differs in 10 of 10 cells. At \[0, 0\] it gives")
        edit(training, 'kept["fc1"] @ p["fc2.w"].T + p["fc2.b"]', 'kept["fc1"] @ p["fc2.w"].T')
        roots.nth(1).locator("canvas").nth(1).focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("m")
        says(1, r'lenet5_activations\(…\)\["fc2"\] differs in')
        edit(training, "_check_lenet5(parameters, images, padding)\n    # 1", "parameters['nothing']\n    # 1")
        page.keyboard.press("m")
        says(1, "lenet5_activations raised KeyError: 'nothing'")
        for path, text in right.items():
            path.write_text(text, encoding="utf-8")
        page.keyboard.press("m")
        says(1, "gives the same in every layer")
        roots.nth(0).locator("canvas").nth(1).focus()
        page.keyboard.press("m")
        says(0, "gives the same 10 numbers")
