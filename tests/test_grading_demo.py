"""The demonstration day: green twice in a row, red when a mark is not what is just."""

from dataclasses import replace

import pytest

from autograder_tests.catalogue import find_exercise
from grading import demo
from grading.classroom import Refused, open_or_create
from grading.samples import SAMPLES
from tools import stubs

FEW = [sample for sample in SAMPLES if sample.name in ("right", "zip-slip", "only-a-pdf")]


def test_the_day_is_green_twice_and_red_when_a_mark_differs(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(demo, "SAMPLES", FEW)
    assert demo.play(tmp_path / "class", stubs, jobs=1, only="01")
    assert demo.play(tmp_path / "class", stubs, jobs=1, only="01")
    assert "DIFFERS" not in capsys.readouterr().out
    assert not list(tmp_path.rglob("escaped.py"))
    monkeypatch.setattr(demo, "SAMPLES", [replace(FEW[0], points={"window_sum": 3.0}), *FEW[1:]])
    assert not demo.play(tmp_path / "class", stubs, jobs=1, only="01")
    assert "DIFFERS" in capsys.readouterr().out


def test_every_chapter_has_everyday_hand_ins():
    for chapter in demo.chapters():
        assert [sample.score(chapter) for sample in demo.everyday(chapter)][::2] == [
            sum(find_exercise(name).points for name in chapter.exercises),
            0.0,
        ]


def test_a_real_class_is_left_alone(tmp_path):
    classroom = open_or_create(tmp_path)
    classroom.folder("submitted", "jane", demo.find_chapter("01")).mkdir(parents=True)
    with pytest.raises(Refused, match="not the demonstration's"):
        demo.play(tmp_path, stubs, jobs=1, only="01")
    assert not (tmp_path / "release").exists()
