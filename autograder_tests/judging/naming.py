"""Name the known mistake, or the smallest set of them, that explains every answer."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from .findings import Finding, counted
from .sheet import UNDEFINED, Question, Switches
from .trial import Outcome, Trial, alike, behaves

TOGETHER = 3  # mistakes that are looked for in one answer
MOST = 2_500  # sets of one size that are tried; with more of them the answer would be late, and rarely unique
WITNESSES = 2  # cases in which a mistake must show before it is named

Pick = Callable[[Any], Any]  # takes one output out of several


def named(trial: Trial) -> Finding | None:
    """The finding that names the cause, or None where no name is certain.

    Of an exercise with several outputs each is matched by itself when no set of mistakes explains them all at once.
    """
    shown = [outcome for outcome in trial.outcomes() if outcome.answer.kind == "returned" and not outcome.right]
    if len(shown) < WITNESSES:
        return None
    found = smallest(trial, lambda value: value)
    if found:
        return _finding(trial, found, "Your function behaves exactly as if ")
    return _one_by_one(trial)


def smallest(trial: Trial, pick: Pick) -> Switches | None:
    """The smallest set of mistakes that explains all answers, if there is just one."""
    suspects = sorted(trial.sheet.questions, key=lambda question: _telling(trial.outcome(question)))
    for size in range(1, TOGETHER + 1):
        sets = list(itertools.islice(trial.sheet.key.combinations(size), MOST + 1))
        if len(sets) > MOST:
            return None
        found = [s for s in sets if explains(trial, s, suspects, pick)]
        found = [s for s in found if explains(trial, s, trial.sheet.fresh, pick, witnesses=0)]
        if found:
            return found[0] if len(found) == 1 else frozenset.intersection(*found) or None
    return None


def _telling(outcome: Outcome) -> tuple[int, int]:
    """Sorts first what rules out most: wrong answers, and large inputs; one that raised agrees with almost anything."""
    size = sum(getattr(arg, "size", 1) for arg in outcome.question.call.args)
    return 2 if outcome.answer.kind == "raised" else int(outcome.right), -size


def explains(
    trial: Trial,
    switches: Switches,
    questions: list[Question] | tuple[Question, ...],
    pick: Pick,
    witnesses: int = WITNESSES,
) -> bool:
    """Whether every answer is what a function with these mistakes gives, and some of them are wrong for it."""
    seen = 0
    for question in questions:
        outcome = trial.sheet.key.outcome(question, switches)
        answer = trial.answer(question.call)
        if outcome is UNDEFINED:
            if answer.kind == "returned" and trial.outcome(question).right:
                return False
            continue
        try:
            harmless = alike(question.case, pick(outcome), pick(question.expected))
            if not harmless and trial.outcome(question).right:
                return False
            if answer.kind == "raised" and not harmless:
                continue  # wrong there in one way or the other; the sentence speaks of the calls that returned
            if answer.kind != "returned" or not behaves(question.case, pick(answer.value), pick(outcome)):
                return False
        except (TypeError, KeyError, IndexError):
            return False
        seen += not harmless
    return seen >= witnesses


def _one_by_one(trial: Trial) -> Finding | None:
    expected = trial.sheet.questions[0].expected
    if not isinstance(expected, (dict, tuple)):
        return None
    keys = sorted(expected) if isinstance(expected, dict) else range(len(expected))
    right, wrong, names = [], [], []
    for key in keys:
        if all(_right_at(trial, question, key) for question in trial.sheet.questions):
            right.append(str(key))
            continue
        found = smallest(trial, lambda value, key=key: value[key])
        if not found:
            return None
        wrong.append((str(key), found))
        names.extend(sorted(found))
    if not wrong:
        return None
    sentences = [f"its output {key} comes out exactly as if {_joined(trial, found)}" for key, found in wrong]
    lead = f"Output {' and '.join(right)} {'is' if len(right) == 1 else 'are'} right; " if right else ""
    names = list(dict.fromkeys(names))
    return Finding(_upper(lead + "; ".join(sentences)) + ".", "+".join(names), _hints(trial, names))


def _right_at(trial: Trial, question: Question, key: Any) -> bool:
    answer = trial.answer(question.call)
    try:
        return answer.kind == "returned" and alike(question.case, answer.value[key], question.expected[key])
    except (TypeError, KeyError, IndexError):
        return False


def _finding(trial: Trial, switches: Switches, lead: str) -> Finding:
    names = sorted(switches)
    returned = sum(outcome.answer.kind == "returned" for outcome in trial.outcomes())
    where = counted(returned, "case") + (" in which it returned" if returned < len(trial.sheet.questions) else "")
    return Finding(f"{lead}{_joined(trial, switches)} (in all {where}).", "+".join(names), _hints(trial, names))


def _joined(trial: Trial, switches: Switches) -> str:
    return ", and ".join(trial.sheet.mistakes[name].sentence for name in sorted(switches))


def _hints(trial: Trial, names: list[str]) -> tuple[str, ...]:
    return tuple(trial.sheet.mistakes[name].hint for name in names)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
