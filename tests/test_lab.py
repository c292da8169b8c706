"""How ``make lab`` decides what to open and how; ``test_lab_browser`` opens it."""

import json

import pytest

from autograder_tests.catalogue import chapters, find_chapter
from tools import lab


@pytest.fixture
def started(monkeypatch):
    """Keeps the process from turning into JupyterLab; holds the command line and environment it would have had."""
    seen = []
    monkeypatch.setattr(lab.os, "execve", lambda path, line, env: seen.append((line, env)))
    return seen


def workspaces(root):
    return {json.loads(path.read_text())["metadata"]["id"]: path for path in root.glob(".learner/lab/workspaces/*")}


def test_a_newcomer_gets_the_first_chapter(tmp_path, started):
    lab.main([], tmp_path)
    line, env = started[0]
    assert f"--LabApp.default_url=/lab/workspaces/chapter-{chapters()[0].number}" in line
    text = workspaces(tmp_path)["chapter-00"].read_text()
    assert "notebook:notebooks/00_start_here.ipynb" in text and "editor:course_lib/start_here.py" in text
    assert env["JUPYTERLAB_SETTINGS_DIR"].startswith(str(tmp_path))


def test_the_chapter_asked_for_comes_back_the_next_time(tmp_path, started):
    lab.main(["1"], tmp_path)
    lab.main([], tmp_path)
    assert [line[-1] for line, _ in started] == [started[0][0][-1]] * 2
    assert "--LabApp.default_url=/lab/workspaces/chapter-01" in started[1][0]


def test_a_layout_that_the_learner_moved_is_left_alone(tmp_path, started):
    lab.main(["01"], tmp_path)
    path = workspaces(tmp_path)["chapter-01"]
    theirs = {"data": {"something": "moved"}, "metadata": {"id": "chapter-01"}}
    path.write_text(json.dumps(theirs))
    lab.main(["01"], tmp_path)
    assert json.loads(path.read_text()) == theirs


def test_a_layout_cut_short_is_made_again(tmp_path, started):
    lab.main(["01"], tmp_path)
    path = workspaces(tmp_path)["chapter-01"]
    path.write_text('{"data": {"layout-re')
    lab.main(["01"], tmp_path)
    assert json.loads(path.read_text()) == lab.layout(find_chapter("01"))


def test_an_unknown_chapter_gets_a_sentence_and_leaves_nothing(tmp_path, started):
    with pytest.raises(SystemExit) as refusal:
        lab.main(["77"], tmp_path)
    assert "77" in str(refusal.value)
    assert started == [] and list(tmp_path.iterdir()) == []


def test_options_of_jupyter_are_passed_on(tmp_path, started):
    lab.main(["01", "--ip=0.0.0.0"], tmp_path)
    assert started[0][0][-1] == "--ip=0.0.0.0"


@pytest.mark.parametrize("display, expected", [("", True), (":0", False)])
def test_without_a_display_no_browser_is_started(tmp_path, monkeypatch, display, expected):
    monkeypatch.setattr(lab.sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert ("--no-browser" in lab.command(chapters()[0], tmp_path, [])) is expected


@pytest.mark.parametrize("uid, expected", [(0, True), (1000, False)])
def test_root_is_allowed_and_nobody_else_needs_to_be(tmp_path, monkeypatch, uid, expected):
    monkeypatch.setattr(lab.os, "geteuid", lambda: uid)
    assert ("--allow-root" in lab.command(chapters()[0], tmp_path, [])) is expected
