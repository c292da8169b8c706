"""``%%yours``: the learner's functions, fresh from disk, and one calm sentence when something is wrong."""

from types import SimpleNamespace

import pytest

from course_lib.given import magic


@pytest.fixture
def cell(tmp_path, monkeypatch):
    """Run a cell over a folder with the given files; gives back what was displayed."""
    folder, shown = tmp_path / "course_lib", []
    folder.mkdir()
    monkeypatch.setattr(magic, "FOLDER", folder)
    monkeypatch.setattr(magic, "display", lambda value: shown.append(getattr(value, "data", value)))
    shell = SimpleNamespace(user_ns={})

    def run(names, body, **files):
        for stem, text in files.items():
            (folder / f"{stem}.py").write_text(text)
        shown.clear()
        magic.yours(names, body, shell)
        return shown

    return run


def test_the_last_expression_is_shown_and_variables_stay(cell):
    assert cell("twice", "y = twice(3)\ny + 1", demo="def twice(x):\n    return 2 * x\n") == [7]
    assert cell("", "y") == [6]


def test_an_edit_is_seen_without_a_restart(cell):
    assert cell("twice", "twice(3)", demo="def twice(x):\n    return x\n") == [3]
    assert cell("twice", "twice(3)", demo="def twice(x):\n    return 2 * x\n") == [6]


def test_functions_of_two_chapters_are_found(cell):
    files = {
        "one": "def a():\n    return 1\n",
        "two": "from course_lib.one import a\n\n\ndef b():\n    return a() + 1\n",
    }
    assert cell("a b", "a() + b()", **files) == [3]


@pytest.mark.parametrize(
    "body, text, said",
    [
        (
            "f()",
            "def f():\n    raise NotImplementedError\n",
            ["`f` is not written yet", "line 2", "`course solve demo`"],
        ),
        ("f()", "def f():\n    return 1 / 0\n", ["`f` raised", "division by zero", "line 2", "return 1 / 0"]),
        ("f()", "def f(:\n", ["Python cannot read", "`course_lib/demo.py`, line 1"]),
        ("f()", "import nothing_of_this_name\n\n\ndef f():\n    pass\n", ["nothing_of_this_name", "line 1"]),
        ("f()", "def f():\n    raise SystemExit\n", ["`f` raised `SystemExit`"]),
        ("f().shape", "def f():\n    return None\n", ["This cell stopped at `f().shape`", "NoneType"]),
        ("f(", "def f():\n    return None\n", ["This cell stopped at `f(`"]),
        ("g()", "def f():\n    return None\n", ["NameError"]),
    ],
)
def test_whatever_goes_wrong_is_one_sentence(cell, body, text, said):
    (sentence,) = cell("f", body, demo=text)
    for part in said:
        assert part in sentence
    assert "Traceback" not in sentence and "\n" not in sentence


STUB = "def f():\n    raise NotImplementedError\n"
WRITTEN = "def f():\n    return 1\n"


def test_what_a_cell_above_would_have_made_is_missed_because_of_the_stub(cell):
    (sentence,) = cell("f", "f() + made_above", demo=STUB, other="def g(:\n")
    assert "`f` is not written yet" in sentence and "`course solve demo`" in sentence
    (sentence,) = cell("f", "made_above + f()", demo=STUB)
    assert "`f` is not written yet" in sentence and "needs `made_above`" in sentence and "line 2" in sentence
    (sentence,) = cell("f", "made_above + f()", demo=WRITTEN)
    assert "`f` is not written yet" not in sentence and "NameError" in sentence


def test_a_function_that_no_file_has_is_named(cell):
    (sentence,) = cell("missing", "missing()", demo="def other():\n    pass\n")
    assert "No file in `course_lib` defines `missing`" in sentence
