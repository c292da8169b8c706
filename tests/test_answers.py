"""Answers written from the stubs alone, by people who had not seen the checks: no wrong one passes, no right one fails.

``tests/answers/<exercise>/right_NN.py`` and ``wrong_NN.py`` are complete modules; their first line says what is unusual
or wrong about them.
"""

import warnings
from pathlib import Path

import pytest

from autograder_tests import catalogue
from autograder_tests.judging import Answer, judge
from autograder_tests.judging.calls import describe, perform
from course_lib.given import loader
from tools.stubs import solved

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ROOT / "tests" / "answers"
SEEDS = (0, 3)


def answers(kind):
    return sorted(f"{path.parent.name}/{path.stem}" for path in ANSWERS.glob(f"*/{kind}_*.py"))


def reports(answer):
    """What the judge says of an answer, its chapter's earlier neighbours being right."""
    path = ANSWERS / f"{answer}.py"
    exercise = catalogue.find_exercise(path.parent.name)
    sources = {}
    for chapter in catalogue.chapters():
        if chapter.number < exercise.chapter.number:
            text = (ROOT / "solutions" / f"{chapter.stem}.py").read_text(encoding="utf-8")
            sources[chapter.stem] = solved(text, chapter.stem)
    sources[exercise.chapter.stem] = path.read_text(encoding="utf-8")
    try:
        function = getattr(loader.load(exercise.chapter.stem, sources), exercise.name)
    except Exception as error:
        failed = Answer("raised", failure=describe(error))
        return [judge(exercise, lambda call: failed)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [judge(exercise, lambda call: perform(function, call, seconds=2), seed) for seed in SEEDS]


@pytest.mark.parametrize("answer", answers("right"))
def test_right_but_unusual_is_never_refused(answer):
    for report in reports(answer):
        assert report.verdict == "right", report.text()


@pytest.mark.parametrize("answer", answers("wrong"))
def test_wrong_never_passes(answer):
    assert any(report.verdict != "right" for report in reports(answer))


def test_every_exercise_has_answers_of_both_kinds():
    for kind in ("right", "wrong"):
        assert {answer.partition("/")[0] for answer in answers(kind)} >= set(catalogue.exercise_names())
