"""The gate: what must hold of an exercise's checks before a learner meets them.

Each rule is a function from an exercise to complaints; an exercise passes when there are none.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .judging import REFUSES, UNTOUCHED, Answer, Call, Caller, judge
from .judging.calls import lay_out, perform
from .judging.live import run
from .judging.sheet import UNDEFINED, Question, Sheet
from .judging.trial import behaves
from .mistakes import model_caller

SEEDS = (0, 1, 2)
SEPARATION = 2  # cases that must tell any two known mistakes apart
FEWEST_MISTAKES = 6
FEWEST_HINTS = 2


def complaints(exercise: Any, reference: Callable, stub: Callable) -> list[str]:
    """Everything that is wrong with an exercise's checks, as sentences.

    Parameters
    ----------
    exercise : Exercise
        With ``spec`` and ``sheet(seed)``.
    reference : callable
        The solution.
    stub : callable
        What a learner finds.
    """
    rules = (declared, right_passes, stub_is_not_written, emptiness_fails, memory_fails, mistakes_are_named, apart)
    return [complaint for rule in rules for complaint in rule(exercise, reference, stub)]


def local(function: Callable) -> Caller:
    """A function of this process as an implementation."""
    return lambda call: perform(function, call)


def declared(exercise: Any, reference: Callable, stub: Callable) -> Iterator[str]:
    """Every part has cases that change with the seed, and there are mistakes and hints enough."""
    spec, sheet = exercise.spec, exercise.sheet(0)
    if bool(sheet.refused) != (REFUSES in [part.name for part in spec.parts]):
        yield f"calls that must be refused and the part {REFUSES!r} go together; one is there without the other"
    for part in spec.parts:
        drawn = [question for question in sheet.questions if question.case.part == part.name and question.drawn]
        if part.name not in (UNTOUCHED, REFUSES) and not drawn:
            yield f"part {part.name!r} has no drawn case: visible answers could be learned by heart"
    if len(spec.mistakes) < FEWEST_MISTAKES:
        yield f"only {len(spec.mistakes)} known mistakes; {FEWEST_MISTAKES} are wanted"
    if len(spec.hints) < FEWEST_HINTS:
        yield f"only {len(spec.hints)} hints; {FEWEST_HINTS} are wanted"


def right_passes(exercise: Any, reference: Callable, stub: Callable) -> Iterator[str]:
    """The solution passes, and so does the parametrised copy with no switch on."""
    for seed in SEEDS:
        for what, caller in (("the solution", local(reference)), ("the copy without mistakes", model_caller(exercise))):
            report = judge(exercise, caller, seed)
            if report.verdict != "right" or report.points != report.max_points:
                yield f"{what} does not pass at seed {seed}: {report.headline()}"


def stub_is_not_written(exercise: Any, reference: Callable, stub: Callable) -> Iterator[str]:
    """The stub is told from a wrong answer."""
    report = judge(exercise, local(stub))
    if report.verdict != "not_written" or report.points:
        yield f"the stub is not told as not written: {report.headline()}"


def emptiness_fails(exercise: Any, reference: Callable, stub: Callable) -> Iterator[str]:
    """Zeros, NaN, a constant of the right shape and the input itself earn nothing that counts as right."""
    fillers = {"zeros": 0.0, "NaN": np.nan, "a constant": 3.0}
    for what, number in fillers.items():
        report = judge(exercise, lambda call, n=number: emptied(reference, call, n))
        if report.verdict == "right" or report.points:
            yield f"{what} of the right shape earn {report.points:g} points"
    report = judge(exercise, lambda call: Answer("returned", lay_out(call.args[0], "C") if call.args else None))
    if report.verdict == "right":
        yield "the input itself passes"


def emptied(reference: Callable, call: Call, number: float) -> Answer:
    """An answer of the right form, or of none where the reference refuses the call."""
    try:
        return Answer("returned", filled(run(reference, call), number))
    except ValueError:
        return Answer("returned")


def filled(value: Any, number: float) -> Any:
    """A value of the same form with ``number`` everywhere."""
    if isinstance(value, np.ndarray):
        return np.full(value.shape, number)
    if isinstance(value, (tuple, list)):
        return type(value)(filled(item, number) for item in value)
    if isinstance(value, dict):
        return {key: filled(item, number) for key, item in value.items()}
    return number


def memory_fails(exercise: Any, reference: Callable, stub: Callable) -> Iterator[str]:
    """The answers of one seed, learned by heart, earn nothing at another."""
    known = {fingerprint(question.call): question.expected for question in exercise.sheet(0).questions}

    def by_heart(call: Call) -> Answer:
        return Answer("returned", known.get(fingerprint(call), 0.0))

    if not exercise.sheet(0).questions[0].call.args:
        return  # without arguments there is but one right answer
    report = judge(exercise, by_heart, seed=1)
    if report.points:
        yield f"answers learned by heart at seed 0 earn {report.points:g} points at seed 1"


def fingerprint(call: Call) -> str:
    """The same for calls with the same arguments."""
    parts = [arg.tobytes() + str(arg.shape).encode() if isinstance(arg, np.ndarray) else repr(arg) for arg in call.args]
    return repr((parts, sorted(call.kwargs.items())))


def mistakes_are_named(exercise: Any, reference: Callable, stub: Callable) -> Iterator[str]:
    """Every known mistake fails, and is named as itself, whatever the seed."""
    for seed, mistake in itertools.product(SEEDS, exercise.spec.mistakes):
        report = judge(exercise, model_caller(exercise, mistake.name), seed)
        if report.verdict == "right":
            yield f"mistake {mistake.name} passes at seed {seed}"
        elif report.mistake != mistake.name:
            yield f"mistake {mistake.name} is named {report.mistake} at seed {seed}"


def apart(exercise: Any, reference: Callable, stub: Callable) -> Iterator[str]:
    """Any two known mistakes differ in at least two cases."""
    sheet = exercise.sheet(0)
    for (one, other), cases in separation(sheet).items():
        if cases < SEPARATION:
            yield f"only {cases} case(s) tell {one} from {other}"


def separation(sheet: Sheet) -> dict[tuple[str, str], int]:
    """How many cases tell each pair of known mistakes apart."""
    names = sorted(sheet.mistakes)
    outcomes = {
        name: [sheet.key.outcome(question, frozenset([name])) for question in sheet.questions] for name in names
    }

    def differ(one: str, other: str) -> int:
        return sum(map(_told_apart, sheet.questions, outcomes[one], outcomes[other]))

    return {(one, other): differ(one, other) for one, other in itertools.combinations(names, 2)}


def _told_apart(question: Question, one: Any, other: Any) -> bool:
    if one is UNDEFINED or other is UNDEFINED:
        return one is not other
    return not behaves(question.case, one, other)
