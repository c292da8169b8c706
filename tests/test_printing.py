"""What is printed agrees with what it is printed from, and printing never loses a learner's work."""

import subprocess

import pytest
from conftest import ROOT

from course_lib.given.keep import keep
from tools import printing
from tools.stubs import UnbalancedMarkers, stub

SOLUTION = '''"""A chapter."""

from solutions.earlier import helper


def half(x):
    """Half of x."""
    # 1. Halve.
    # BEGIN SOLUTION
    return helper(x) / 2
    # END SOLUTION


def nested(x):
    if x:
        # BEGIN SOLUTION
        return 1
        # END SOLUTION
    return 0
'''
STUB = '''# Printed from solutions/chapter.py; write your answers here.
"""A chapter."""

from course_lib.earlier import helper


def half(x):
    """Half of x."""
    # 1. Halve.
    raise NotImplementedError


def nested(x):
    if x:
        raise NotImplementedError
    return 0
'''


@pytest.mark.parametrize("item", printing.table(ROOT), ids=lambda item: item.path)
def test_the_committed_print_is_up_to_date(item):
    if printing.is_work(ROOT, item):
        pytest.skip(f"{item.path} holds a learner's work")
    assert printing.difference(ROOT, item) == ""


def test_a_stub_is_the_solution_without_its_answers():
    assert stub(SOLUTION, "chapter") == STUB


@pytest.mark.parametrize(
    "text, line",
    [
        ("# BEGIN SOLUTION\nx\n", "line 1"),
        ("x\n# END SOLUTION\n", "line 2"),
        ("# BEGIN SOLUTION\n# BEGIN SOLUTION\n# END SOLUTION\n", "line 2"),
    ],
)
def test_markers_that_do_not_pair_up_are_named(text, line):
    with pytest.raises(UnbalancedMarkers, match=line):
        stub(text, "chapter")


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """A committed course of one chapter, all of it printed."""
    monkeypatch.setattr(printing, "PAGES", {})
    monkeypatch.delenv("CI", raising=False)
    for folder in ("solutions", "course_lib", "notebooks/text"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "solutions/chapter.py").write_text(SOLUTION)
    (tmp_path / "notebooks/text/00_chapter.md").write_text("# A title\n")
    printing.print_all(tmp_path)
    for command in ("git init -q", "git add -A", "git -c user.name=n -c user.email=e commit -qm all"):
        subprocess.run(command.split(), cwd=tmp_path, check=True)
    return tmp_path


def test_printing_twice_changes_nothing(toy):
    assert printing.print_all(toy) == []
    assert printing.drift(toy) == []


def test_a_changed_source_is_drift_that_names_its_cure(toy):
    (toy / "solutions/chapter.py").write_text(SOLUTION.replace("Halve", "Divide"))
    assert printing.drift(toy) == ["course_lib/chapter.py is not what solutions/chapter.py prints. Run `make print`."]


def test_a_missing_print_is_drift(toy):
    (toy / "notebooks/00_chapter.ipynb").unlink()
    assert printing.drift(toy) == ["notebooks/00_chapter.ipynb is missing. Run `make print`."]


def test_a_learners_work_is_no_drift_but_is_compared_in_continuous_integration(toy, monkeypatch):
    (toy / "course_lib/chapter.py").write_text("my work\n")
    assert printing.drift(toy) == []
    monkeypatch.setenv("CI", "true")
    assert len(printing.drift(toy)) == 1


def test_a_committed_difference_is_drift(toy):
    (toy / "course_lib/chapter.py").write_text("edited by hand\n")
    subprocess.run("git -c user.name=n -c user.email=e commit -qam edited".split(), cwd=toy, check=True)
    assert len(printing.drift(toy)) == 1


def test_printing_over_a_learners_work_keeps_it(toy):
    stub_file = toy / "course_lib/chapter.py"
    for number, work in enumerate(["first\n", "second\n"], start=1):
        stub_file.write_text(work)
        assert f"chapter.py.kept-{number}" in printing.print_all(toy)[0]
        assert stub_file.read_text() == STUB
        assert stub_file.with_name(f"chapter.py.kept-{number}").read_text() == work


def test_work_in_another_encoding_is_kept_byte_for_byte(toy):
    work = "π = 3\n".encode("utf-16")
    (toy / "course_lib/chapter.py").write_bytes(work)
    printing.print_all(toy)
    assert (toy / "course_lib/chapter.py.kept-1").read_bytes() == work


def test_printing_over_an_old_print_keeps_nothing(toy):
    (toy / "solutions/chapter.py").write_text(SOLUTION.replace("Halve", "Divide"))
    printing.print_all(toy)
    assert not list(toy.rglob("*.kept-*"))


def test_a_print_cannot_be_told_from_work_without_git_and_is_kept(toy):
    (toy / ".git").rename(toy / "not-git")
    (toy / "course_lib/chapter.py").write_text("my work\n")
    printing.print_all(toy)
    assert (toy / "course_lib/chapter.py.kept-1").read_text() == "my work\n"


def test_keeping_what_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        keep(tmp_path / "nothing.py")
