"""What the explorers share: their door, their arrays, their scripts in one text, and the learner's code beside them."""

import re

import numpy as np
import pytest
from browser_hosts import EXPLORERS, open_plain, write_answers

from course_lib.given import plots
from course_lib.given.explorers import UnknownExplorer, explore
from course_lib.given.explorers.core import yours
from course_lib.given.explorers.core.inline import inline
from course_lib.given.explorers.core.yours import Workshop

pytestmark = pytest.mark.usefixtures("nothing_remembered")
IMAGE = np.arange(20.0).reshape(4, 5)


def test_an_unknown_explorer_is_named_with_its_neighbour():
    with pytest.raises(UnknownExplorer, match="'kernel_lib'. Do you mean 'kernel_lab'?"):
        explore("kernel_lib")


def test_an_unknown_argument_is_named_with_those_that_exist():
    with pytest.raises(TypeError, match="takes no 'imge'; it takes image, kernel"):
        explore("kernel_lab", imge=IMAGE)


@pytest.mark.parametrize(
    "image, said",
    [
        (np.zeros((4000, 4000)), r"shape \(4000, 4000\); .* at most 64 .* \[::63, ::63\]"),
        (np.zeros((5, 5, 3)), r"\(5, 5, 3\); it must have 2 axes.* \.mean\(axis=2\)"),
        (np.zeros(5), r"\(5,\); it must have 2 axes"),
        ([[1.0, np.nan]], r"image\[0, 1\] is nan; np\.nan_to_num"),
        ([[1.0, np.inf]], r"image\[0, 1\] is inf"),
        ("a picture", r"image is 'a picture' \(str\); give an array of numbers"),
        ([[1, 2], [3]], r"image is \[\[1, 2\], \[3\]\] \(list\)"),
        (np.zeros((3, 0)), r"\(3, 0\); each axis must have a length of 1"),
        (np.eye(3) * 1j, r"give an array of numbers"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_the_value_and_the_next_step(image, said):
    with pytest.raises(ValueError, match=said):
        explore("kernel_lab", image=image)


def test_an_array_travels_as_its_shape_and_bytes():
    lab = explore("kernel_lab", image=IMAGE)
    packed = lab.get_state()["image"]
    assert packed["shape"] == [4, 5] and len(packed["data"]) == 20 * 8
    lab.set_state({"image": packed | {"data": (IMAGE + 1).tobytes()}})
    assert np.array_equal(lab.image, IMAGE + 1)


def test_the_scripts_have_the_colours_of_the_figures():
    script = (EXPLORERS / "core" / "colours.js").read_text(encoding="utf-8")
    stops = re.findall(r'"(#\w{6})"', re.search(r"SIGNED = \[(.+?)\]", script)[1])
    for place, stop in zip(np.linspace(0, 1, len(stops)), stops, strict=True):
        written = [int(stop[at : at + 2], 16) for at in (1, 3, 5)]
        assert np.allclose(written, 255 * np.array(plots.SIGNED(place)[:3]), atol=2)  # matplotlib rounds the place


def write_scripts(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text)
    return folder / "top.js"


def test_a_shared_script_is_put_in_once_and_what_it_hides_stays_hidden(tmp_path):
    top = write_scripts(
        tmp_path,
        one='import { b } from "./two.js";\nexport const a = b;\n',
        two="const hidden = 1;\nexport const b = hidden;\nexport function f() {}\n",
        top='import { a } from "./one.js";\nimport { b, f } from "./two.js";\nconst hidden = a;\nexport default {};\n',
    )
    text = inline(top)
    assert "import" not in text and text.count("const hidden = 1;") == 1
    assert "return { b, f };" in text and 'const { b, f } = shared["two.js"];' in text
    assert text.index('shared["two.js"] = ') < text.index('shared["one.js"] = ') < text.index("export default")


@pytest.mark.parametrize(
    "texts, said",
    [
        (dict(top='import * as all from "./one.js";\n'), "cannot be inlined"),
        (dict(top='import thing from "https://cdn.example/x.js";\n'), "cannot be inlined"),
        (dict(top='import { a } from "./one.js";\n', one="export { a };\n"), "cannot be inlined"),
        (dict(top='import { a } from "./one.js";\n', one="const a = 1;\nexport default a;\n"), "export a name"),
        (dict(top='import { a } from "./top.js";\n'), "in turn"),
    ],
)
def test_a_script_that_does_not_keep_to_the_rule_is_refused(tmp_path, texts, said):
    with pytest.raises(ValueError, match=said):
        inline(write_scripts(tmp_path, **texts))


@pytest.fixture
def workshop(tmp_path):
    """A workshop over right answers, with a short patience."""
    folder = tmp_path / "course_lib"
    write_answers(folder)
    made = Workshop(folder, seconds=1.0)
    yield made
    made.stop()


def ask(workshop, name="cross_correlate2d", *args):
    (answer,) = workshop.run([(name, list(args or (IMAGE, np.eye(2))), {})])
    return answer


def rewrite(workshop, body):
    """The learner writes another function."""
    (workshop.folder / "convolution.py").write_text(
        f"import os\nimport numpy as np\n\n\ndef cross_correlate2d(image, kernel):\n    {body}\n"
    )


def test_the_learners_function_is_run_and_an_edit_is_seen(workshop):
    assert np.array_equal(ask(workshop)["value"], IMAGE[:-1, :-1] + IMAGE[1:, 1:])
    rewrite(workshop, "return image + 1")
    assert np.array_equal(ask(workshop)["value"], IMAGE + 1)


@pytest.mark.parametrize(
    "body, said",
    [
        ("raise NotImplementedError", "is not written yet .* then come back to this explorer"),
        ("return image[9, 9]", r"`cross_correlate2d` raised `IndexError: .*line 6: `return image\[9, 9\]`"),
        ("return None", "returned None. Is there a `return`"),
        ("return [[1.0]]", "returned a list, where an array"),
        ("return np.array(['a'])", "returned an array of <U1"),
        ("return np.zeros((2000, 2000))", r"shape \(2000, 2000\), which is far too large"),
        ("return (", "Python cannot read `course_lib/convolution.py`, line"),
        ("raise SystemExit", "raised `SystemExit`"),
        ("os._exit(1)", "ended Python itself"),
        ("print('chatter' * 100000)", "returned None"),
    ],
)
def test_whatever_goes_wrong_is_one_sentence_and_the_next_call_works(workshop, body, said):
    rewrite(workshop, body)
    answer = ask(workshop)
    assert re.search(said, answer["sentence"]) and "\n" not in answer["sentence"]
    assert np.array_equal(ask(workshop, "dilate_kernel", np.eye(2), 1)["value"], np.eye(2))


def test_too_many_arguments_are_told_with_the_call(workshop):
    assert (
        "Calling `output_size(5, 3, 1, 0, 1, 9)` raised `TypeError"
        in ask(workshop, "output_size", 5, 3, 1, 0, 1, 9)["sentence"]
    )


def test_a_dict_of_arrays_comes_back_by_name(workshop):
    rewrite(workshop, "return {'twice': 2 * image, 'rest': (image, 3)}")
    value = ask(workshop)["value"]
    assert np.array_equal(value["twice"], 2 * IMAGE) and value["rest"][1] == 3
    data = []
    packed = yours._pack(value, data)
    assert packed["dict"]["twice"] == {"array": 0, "shape": [4, 5]} and len(data) == 2
    rewrite(workshop, "return {'twice': [1]}")
    assert "returned a list" in ask(workshop)["sentence"]


def test_a_dict_is_told_by_its_size(workshop):
    said = ask(workshop, "cross_correlate2d", {"w": IMAGE}, IMAGE, 1)["sentence"]
    assert "Calling `cross_correlate2d(dict of 1, array (4, 5), 1)` raised `TypeError" in said


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "return np.linalg.svd(np.ones((20000, 2000)))",
        "import time; time.sleep(60)",
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32)); exec('while True: pass')",
    ],
)
def test_what_never_ends_is_stopped_and_not_run_again_until_it_is_saved_anew(workshop, body):
    rewrite(workshop, body)
    assert "did not come to an end within 1 second" in ask(workshop)["sentence"]
    assert workshop._process is None
    assert "not run again" in ask(workshop)["sentence"]
    assert workshop._process is None, "it was run again"
    rewrite(workshop, "return image")
    assert np.array_equal(ask(workshop)["value"], IMAGE)


def test_the_process_ends_with_the_pipe(workshop):
    ask(workshop)
    workshop._pipe.close()
    assert workshop._process.wait(10) == 0


def test_a_message_from_the_browser_is_answered_in_kind(workshop, monkeypatch):
    monkeypatch.setattr(yours, "workshop", workshop)
    lab, sent = explore("kernel_lab"), []
    monkeypatch.setattr(lab, "send", lambda *message: sent.append(message))
    call = {
        "function": "cross_correlate2d",
        "args": [{"array": 0, "shape": [4, 5]}, {"array": 1, "shape": [2, 2]}],
        "kwargs": {},
    }
    lab._answer(lab, {"kind": "yours", "id": 7, "calls": [call]}, [IMAGE.tobytes(), np.eye(2).tobytes()])
    ((content, buffers),) = sent
    assert (content["kind"], content["id"], content["answers"]) == (
        "yours",
        7,
        [{"value": {"array": 0, "shape": [3, 4]}}],
    )
    assert np.array_equal(np.frombuffer(buffers[0]).reshape(3, 4), IMAGE[:-1, :-1] + IMAGE[1:, 1:])


def test_a_script_runs_no_other_function_than_its_own(workshop, monkeypatch):
    monkeypatch.setattr(yours, "workshop", workshop)
    lab, sent = explore("kernel_lab"), []
    monkeypatch.setattr(lab, "send", lambda *message: sent.append(message))
    lab._answer(lab, {"kind": "yours", "id": 1, "calls": [{"function": "pad2d", "args": [], "kwargs": {}}]}, [])
    assert sent[0][0]["answers"] == [] and workshop._process is None


@pytest.mark.browser
def test_a_field_that_is_left_without_a_number_takes_the_last_one_again(explorer_page):
    open_plain(explorer_page, explore("shape_calculator"))
    field = explorer_page.get_by_label("image, rows")
    before = field.input_value()
    for keys, left in (("e", before), ("", before), ("99", "32"), ("0", "1"), ("7", "7")):
        field.focus()
        explorer_page.keyboard.press("Control+A")
        explorer_page.keyboard.press("Delete")
        explorer_page.keyboard.type(keys)
        explorer_page.keyboard.press("Tab")
        assert field.input_value() == left
