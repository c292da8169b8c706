"""The contrast: the simplest property of a call that tells the right answers from the wrong ones."""

from __future__ import annotations

from collections.abc import Iterator

from .findings import Finding
from .sheet import Question
from .trial import Trial

ENOUGH = 2  # right and wrong answers on each side of a property


def contrast(trial: Trial) -> Finding | None:
    """A closing sentence, where one property separates right from wrong on all cases and on the fresh ones."""
    outcomes = trial.outcomes()
    right, wrong = ([o.question for o in outcomes if o.right is side] for side in (True, False))
    if len(right) < ENOUGH or len(wrong) < ENOUGH:
        return None
    fresh = [trial.outcome(question) for question in trial.sheet.fresh]
    for words in _properties(trial.sheet.questions):
        for value in (True, False):
            foretold = [o.right == (o.question.features[words] is value) for o in (*outcomes, *fresh)]
            if all(foretold):
                side, otherwise = ("right", "wrong") if value else ("wrong", "right")
                return Finding(f"In all {len(foretold)} cases it is {side} when {words}, {otherwise} otherwise.")
    return None


def _properties(questions: tuple[Question, ...]) -> Iterator[str]:
    yield from questions[0].features if questions else ()
