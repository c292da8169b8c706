"""The facts of a report as labelled lines: what was called, what came, what was expected, and the sum behind it."""

from __future__ import annotations

import builtins
import functools
from pprint import pformat
from typing import TYPE_CHECKING, Any

import numpy as np

from .calls import Call
from .compare import name, number
from .sheet import REFUSED, Working
from .trial import Outcome
from .views import tell

if TYPE_CHECKING:
    from .report import Report

WIDTH = 100
TERMS = 12  # products that are written out; of the rest there is a …
PRINTED = 400  # characters of the learner's own output that are shown
WRITTEN_OUT = 600  # entries; of a larger array only the shape is told
WRITTEN_IN_DICT = 20  # the same for one of many

HIDDEN_WORDS = {"type": "a wrong type", "shape": "a wrong shape", "values": "wrong values"}
BUILT_IN_ERRORS = {
    name for name, item in vars(builtins).items() if isinstance(item, type) and issubclass(item, Exception)
}

Fact = tuple[str, str]


def facts(report: Report, show_drawn: bool = True) -> list[Fact]:
    """The first thing that is wrong, line by line; inputs drawn for grading only if they may be shown."""
    wrong = report.wrong
    if wrong.law is not None:
        return _law_facts(report, show_drawn)
    outcome = wrong.outcome
    hidden = outcome.question.drawn and not show_drawn
    if report.unreadable:
        return _failure_facts(outcome, False)
    lines = [("case", outcome.question.case.name)]
    if not hidden:
        lines.append(("called", call_text(report.exercise, report.sheet.arguments, outcome.question.call)))
    if wrong.changed:
        lines.append(("changed", "the arrays that it was given; they must be as before when it returns"))
    elif outcome.answer.kind == "too_slow":
        lines.append(("stopped", "the call ran out of time. Is there a loop that does not end?"))
    elif outcome.answer.kind == "ended":
        lines.append(("ended", "your code ended the process in which it ran"))
    elif outcome.answer.failure is not None:
        lines += _failure_facts(outcome, hidden)
    else:
        lines += _difference_facts(report, outcome, hidden)
    if outcome.answer.printed.strip() and not hidden:
        lines.append(("printed", outcome.answer.printed.strip()[:PRINTED]))
    return [(label, _plain(body)) for label, body in lines]


def _plain(text: str) -> str:
    """Text without characters that could steer a terminal or hide something; learners' words pass through here."""
    return "".join(char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text)


def _failure_facts(outcome: Outcome, hidden: bool) -> list[Fact]:
    """Of a hidden call only the kind of error and its line: a message could carry the input away."""
    failure = outcome.answer.failure
    if hidden:
        known = failure.type in BUILT_IN_ERRORS
        return [("raised", f"{failure.type if known else 'an error'}, in line {failure.line}")]
    lines = [("raised", f"{failure.type}: {failure.message}")]
    if failure.file and not failure.line:
        lines.append(("in", failure.file))
    if failure.line:
        source = f":  {failure.source}" if failure.source else ""
        lines.append(("in", f"{failure.file}, line {failure.line}{source}"))
    return lines


def _difference_facts(report: Report, outcome: Outcome, hidden: bool) -> list[Fact]:
    difference, view = outcome.difference, outcome.question.case.view
    where = "".join(f"[{key!r}]" for key in difference.path)
    where = f"its output {where}: " if where else ""
    if hidden:
        return [("returned", HIDDEN_WORDS[difference.kind])]
    if difference.kind != "values":
        return [("returned", where + difference.says)]
    came, expected = difference.says.split("; expected ")
    if outcome.question.expected is REFUSED:
        return [("returned", came), ("expected", expected)]
    if view is not None:
        shown = view.data[difference.cell[0]]
        seen = f"{view.sentence}: {tell(view, came)}; expected: {tell(view, expected)}"
        return [("patch", array_text(shown)), ("seen", seen)]
    if difference.cell is None:
        return [("returned", where + came), ("expected", expected)]
    value = functools.reduce(lambda item, key: item[key], difference.path, outcome.answer.value)
    lines = [
        ("returned", f"{where}{name(value)}; first difference at {list(difference.cell)}: {came}"),
        ("expected", f"the same shape; there: {expected}"),
    ]
    working = report.working()
    if working is not None:
        lines.append(("there", sum_text(working, expected)))
    return lines


def _law_facts(report: Report, show_drawn: bool) -> list[Fact]:
    law = report.wrong.law
    lines = [("law", law.sentence)]
    if show_drawn:
        lines.append(("called", call_text(report.exercise, report.sheet.arguments, law.terms[0].call)))
    return [*lines, ("found", report.wrong.how)]


def call_text(exercise: str, arguments: tuple[str, ...], call: Call) -> str:
    """The call as code that one can paste, unless an array in it is too large for that."""
    lines, given = [], []
    for argument, value in zip(arguments, call.args):
        if isinstance(value, (np.ndarray, dict, list)):
            lines.append(f"{argument} = {_argument_text(value, len(argument) + 3)}")
            given.append(argument)
        else:
            given.append(repr(value))
    given += [f"{key}={value!r}" for key, value in call.kwargs.items()]
    return "\n".join([*lines, f"{exercise}({', '.join(given)})"])


def _argument_text(value: Any, indent: int, longest: int = WRITTEN_OUT) -> str:
    if isinstance(value, np.ndarray):
        if value.size > WRITTEN_IN_DICT and not value.any():
            return f"np.zeros({value.shape})"
        return array_text(value, indent) if value.size <= longest else f"<array of shape {value.shape}>"
    if isinstance(value, dict) and any(isinstance(item, np.ndarray) for item in value.values()):
        rows = [f"{key!r}: {_argument_text(item, indent, WRITTEN_IN_DICT)}" for key, item in value.items()]
        return "{" + f",\n{' ' * (indent + 1)}".join(rows) + "}"
    return pformat(value, width=WIDTH, sort_dicts=False).replace("\n", "\n" + " " * indent)


def array_text(array: np.ndarray, indent: int = 0) -> str:
    """An array as code, its rows under one another; without axes of length 1 where each row would hold one number."""
    if array.ndim > 2 and array.shape[-1] == 1 and array.size > 1:
        return f"{array_text(array.squeeze(), indent)}.reshape{array.shape}"
    with np.printoptions(threshold=4000, linewidth=WIDTH, precision=6, suppress=_ordinary(array), floatmode="maxprec"):
        body = np.array2string(array, separator=", ", prefix=" " * (indent + len("np.array(")))
    dtype = "" if array.dtype in (np.float64, np.int64) else f", dtype=np.{array.dtype}"
    return f"np.array({body}{dtype})"


def _ordinary(array: np.ndarray) -> bool:
    """Whether six digits behind the point show all entries."""
    return bool(np.abs(array).max(initial=0) >= 1e-3)


def sum_text(working: Working, expected: str) -> str:
    """The products of window and weights, written out."""
    pairs = list(zip(working.window.ravel(), working.weights.ravel()))
    products = [f"{number(pixel)}·{_factor(weight)}" for pixel, weight in pairs[:TERMS]]
    return " + ".join([*products, *(["…"] if len(pairs) > TERMS else [])]) + f" = {expected}"


def _factor(weight: float) -> str:
    return number(weight) if weight >= 0 else f"({number(weight)})"
