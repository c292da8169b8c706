"""The judge: an implementation in, a report out. It does not know where the implementation runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from . import laws
from .calls import Caller
from .diagnose import diagnose
from .findings import Finding
from .report import PartResult, Report
from .sheet import Sheet
from .spec import Part
from .trial import Trial

UNTOUCHED = "leaves its inputs alone"  # a part of this name is earned by not writing into the arguments
REFUSES = "refuses what cannot be"  # and this one by a ValueError for each call that the contract forbids

BESIDES = {
    UNTOUCHED: Finding(
        "Its results are right, but it changes the arrays that it is given.",
        "input_changed",
        ("Which line writes into an argument? A copy of it can be changed without harm.",),
    ),
    REFUSES: Finding(
        "Its results are right, but it does not refuse with a ValueError what the contract forbids.",
        "bad_input_taken",
        ("The stub began with a check of its arguments. Is it still there?",),
    ),
}


class Exercise(Protocol):
    """What the judge asks of an exercise."""

    name: str
    chapter: object

    def sheet(self, seed: int) -> Sheet: ...


def judge(exercise: Exercise, caller: Caller, seed: int = 0, hint: int = 1, explain: bool = True) -> Report:
    """Judge an implementation of an exercise.

    Parameters
    ----------
    exercise : Exercise
        From the catalogue.
    caller : Caller
        The implementation: a Call in, an Answer out.
    seed : int
        Of the drawn cases. The same seed gives the same report, byte for byte.
    hint : int
        Which of the numbered hints a wrong answer gets; past the last one, the last.
    explain : bool
        Without it the mistake is not looked for, which is quicker.

    Returns
    -------
    Report
    """
    trial = Trial(exercise.sheet(seed), caller)
    for question in sorted(trial.sheet.questions, key=lambda question: question.drawn):
        trial.answer(question.call)  # drawn inputs come last: nothing of them can stand in a worked case's message
    results = tuple(_part(trial, part) for part in trial.sheet.parts)
    report = Report(exercise.name, exercise.chapter, trial.sheet, results, hint=hint)
    if report.verdict == "right" or not explain:
        return report
    return replace(report, findings=_findings(trial, report))


def _part(trial: Trial, part: Part) -> PartResult:
    if part.name in BESIDES:
        return _besides(trial, part)
    outcomes = [trial.outcome(question) for question in trial.sheet.questions if question.case.part == part.name]
    wrong = [outcome for outcome in outcomes if not outcome.right]
    if wrong:
        shown = min(wrong, key=lambda o: (o.question.drawn, _size(o.question.call.args), o.question.label))
        return PartResult(part, shown.verdict, shown)
    for law in trial.sheet.laws:
        how = laws.broken(trial, law) if law.part == part.name else None
        if how:
            return PartResult(part, "wrong_values", law=law, how=how)
    return PartResult(part, "right")


def _besides(trial: Trial, part: Part) -> PartResult:
    """A stub leaves its inputs alone and refuses the forbidden, so these parts wait for the first one."""
    first = _part(trial, trial.sheet.parts[0])
    if first.verdict != "right":
        return PartResult(part, first.verdict, first.outcome, first.law, first.how, waits=True)
    if part.name == REFUSES:
        taken = next((o for o in map(trial.outcome, trial.sheet.refused) if not o.right), None)
        return PartResult(part, taken.verdict, taken) if taken else PartResult(part, "right")
    changed = trial.changed_input()
    if changed is not None:
        return PartResult(part, "wrong_values", trial.outcome(changed), changed=True)
    return PartResult(part, "right")


def _findings(trial: Trial, report: Report) -> tuple[Finding, ...]:
    if report.verdict in ("not_written", "too_slow"):
        return ()
    wrong = [result for result in report.parts if result.verdict != "right"]
    if all(result.part.name in BESIDES for result in wrong):
        return tuple(BESIDES[result.part.name] for result in wrong)
    if trial.sheet.questions and all(trial.outcome(q).verdict == "raised" for q in trial.sheet.questions):
        return ()
    return diagnose(trial)


def _size(args: tuple) -> int:
    return sum(getattr(arg, "size", 1) for arg in args)
