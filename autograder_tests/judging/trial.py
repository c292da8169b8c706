"""One implementation in front of one sheet: its answers, asked for once and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .calls import Answer, Call, Caller
from .compare import Demand, Difference, difference, name, same
from .sheet import REFUSED, Question, Sheet
from .spec import Case
from .views import Unseen, closer, look

PATIENCE = 2  # calls that may run out of time before the rest are taken to do so too

VERDICTS = {
    "returned": "right",
    "raised": "raised",
    "ended": "raised",
    "not_written": "not_written",
    "too_slow": "too_slow",
}


@dataclass(frozen=True)
class Outcome:
    """A question, what came, and the first difference if there is one."""

    question: Question
    answer: Answer
    verdict: str
    difference: Difference | None = None

    @property
    def right(self) -> bool:
        return self.verdict == "right"


class Trial:
    """Asks the caller each call at most once."""

    def __init__(self, sheet: Sheet, caller: Caller):
        self.sheet, self._caller = sheet, caller
        self._answers: dict[int, Answer] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._overruns = 0

    def answer(self, call: Call) -> Answer:
        """What comes of a call of this sheet."""
        if id(call) not in self._answers:
            given = Answer("too_slow") if self._overruns >= PATIENCE else self._caller(call)
            self._overruns += given.kind == "too_slow"
            self._answers[id(call)] = given
        return self._answers[id(call)]

    def outcome(self, question: Question) -> Outcome:
        """What comes of a question, judged."""
        if question.label not in self._outcomes:
            answer = self.answer(question.call)
            self._outcomes[question.label] = _judged(question, answer)
        return self._outcomes[question.label]

    def outcomes(self) -> list[Outcome]:
        return [self.outcome(question) for question in self.sheet.questions]

    def changed_input(self) -> Question | None:
        """The first question whose arguments the implementation changed."""
        return next((q for q in self.sheet.questions if _changed(q.call, self.answer(q.call))), None)


def behaves(case: Case, value: Any, outcome: Any) -> bool:
    """Whether a value is what a mistake gives: alike, and alike at a closer look where the view has one."""
    return alike(case, value, outcome) and same(closer(case.view, value), closer(case.view, outcome))


def alike(case: Case, one: Any, other: Any) -> bool:
    """Whether two values are the same to the eye of this case."""
    try:
        return same(look(case.view, one), look(case.view, other), precision(case))
    except Unseen:
        return False


def _judged(question: Question, answer: Answer) -> Outcome:
    verdict, found = VERDICTS[answer.kind], None
    if question.expected is REFUSED:
        return _refused(question, answer)
    if answer.kind == "returned":
        view = question.case.view
        try:
            demand = Demand(precision(question.case), question.case.whole)
            found = difference(look(view, answer.value), look(view, question.expected), demand)
        except Unseen as unseen:
            found = unseen.difference
        if found is not None:
            verdict = "wrong_values" if found.kind == "values" else "wrong_type_or_shape"
    return Outcome(question, answer, verdict, found)


def _refused(question: Question, answer: Answer) -> Outcome:
    if answer.kind == "raised" and answer.failure.type == "ValueError":
        return Outcome(question, answer, "right")
    if answer.kind != "returned":
        return Outcome(question, answer, VERDICTS[answer.kind])
    taken = Difference("values", f"{name(answer.value)}; expected a ValueError that says what is wrong with the input")
    return Outcome(question, answer, "wrong_values", taken)


def precision(case: Case) -> float:
    """Looser where an input is in single precision: the computation may be, too."""
    single = any(getattr(arg, "dtype", None) == np.float32 for arg in case.call.args)
    return max(case.rtol, 1e-4) if single else case.rtol


def _changed(call: Call, answer: Answer) -> bool:
    if not answer.arguments:
        return answer.kind == "returned"
    return not _equal((call.args, call.kwargs), tuple(answer.arguments))


def _equal(before: Any, after: Any) -> bool:
    if isinstance(before, np.ndarray):
        return (
            type(after) is np.ndarray
            and before.dtype == after.dtype
            and np.array_equal(before, after, equal_nan=before.dtype.kind == "f")
        )
    if isinstance(before, (tuple, list)):
        return type(after) is type(before) and len(before) == len(after) and all(map(_equal, before, after))
    if isinstance(before, dict):
        return (
            type(after) is dict and set(before) == set(after) and all(_equal(before[key], after[key]) for key in before)
        )
    return before is after or before == after
