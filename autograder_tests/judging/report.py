"""The report: verdict, points, and the first thing that is wrong; the same facts as text, as JSON and drawn."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np

from .calls import Call
from .compare import name, number
from .findings import Finding
from .sheet import Sheet, Working
from .spec import Law, Part
from .trial import Outcome

WIDTH = 100


@dataclass(frozen=True)
class PartResult:
    """What came of one part: ``outcome`` or ``law`` is the first thing wrong in it."""

    part: Part
    verdict: str
    outcome: Outcome | None = None
    law: Law | None = None
    how: str = ""
    changed: bool = False

    @property
    def points(self) -> float:
        return self.part.points if self.verdict == "right" else 0.0


@dataclass(frozen=True)
class Report:
    """What the judge found. ``hint`` is the number of the hint to show."""

    exercise: str
    chapter: Any
    sheet: Sheet
    parts: tuple[PartResult, ...]
    findings: tuple[Finding, ...] = ()
    hint: int = 1

    @property
    def wrong(self) -> PartResult | None:
        """The first part that is not right."""
        return next((result for result in self.parts if result.verdict != "right"), None)

    @property
    def verdict(self) -> str:
        return self.wrong.verdict if self.wrong else "right"

    @property
    def points(self) -> float:
        return float(sum(result.points for result in self.parts))

    @property
    def max_points(self) -> float:
        return float(sum(result.part.points for result in self.parts))

    @property
    def mistake(self) -> str | None:
        return next((finding.mistake for finding in self.findings if finding.mistake), None)

    @property
    def hints(self) -> tuple[str, ...]:
        """All hints for this answer: those of the mistake, then those of the exercise."""
        return tuple(hint for finding in self.findings for hint in finding.hints) + self.sheet.hints

    @property
    def message(self) -> str:
        return self.text()

    @property
    def file(self) -> str:
        return f"course_lib/{self.chapter.stem}.py"

    def as_dict(self) -> dict:
        """The report for other programs."""
        return {
            "exercise": self.exercise,
            "chapter": self.chapter.number,
            "verdict": self.verdict,
            "points": self.points,
            "max_points": self.max_points,
            "parts": [
                {"name": r.part.name, "points": r.points, "max_points": float(r.part.points), "verdict": r.verdict}
                for r in self.parts
            ],
            "mistake": self.mistake,
            "message": self.message,
        }

    def headline(self) -> str:
        """One line: what is right, or where it is wrong."""
        if self.wrong is None:
            return f"{self.exercise} is right: {_points(self)}."
        if self.verdict == "not_written":
            return f"{self.exercise} is not written yet."
        done = sum(result.verdict == "right" for result in self.parts)
        what = {
            "wrong_type_or_shape": "gives a wrong type or shape",
            "wrong_values": "is wrong",
            "raised": "raised an error",
            "too_slow": "took too long",
        }[self.verdict]
        return f'{self.exercise} {what} in part "{self.wrong.part.name}" ({done} of {len(self.parts)} parts right, {_points(self)}).'

    def hint_line(self) -> str:
        """The numbered hint, or nothing when all is right."""
        if self.wrong is None or not self.hints:
            return ""
        shown = min(max(self.hint, 1), len(self.hints))
        return f"Hint {shown} of {len(self.hints)}: {self.hints[shown - 1]}"

    def text(self, show_drawn: bool = True) -> str:
        """The report for a terminal. Without ``show_drawn``, inputs that were drawn for grading stay hidden."""
        blocks = [self.headline()]
        if self.verdict == "not_written":
            blocks.append(f"Write it in {self.file}, save the file, and check again.")
        elif self.wrong is not None:
            blocks += ["\n".join(f"  {label:<9} {_indented(body)}" for label, body in self.facts(show_drawn))]
            blocks += [_wrapped(finding.sentence) for finding in self.findings]
        if self.hint_line():
            blocks.append(_wrapped(self.hint_line()))
        return "\n\n".join(block for block in blocks if block)

    def html(self, show_drawn: bool = True) -> str:
        """The report as one self-contained piece of HTML."""
        from .draw import drawn

        return drawn(self, show_drawn)

    def facts(self, show_drawn: bool = True) -> list[tuple[str, str]]:
        """What was called, what came and what was expected, as labelled lines."""
        wrong = self.wrong
        if wrong.law is not None:
            return self._law_facts(wrong, show_drawn)
        outcome = wrong.outcome
        hidden = outcome.question.drawn and not show_drawn
        call = f"{self.exercise} with a hidden input: {outcome.question.case.name}"
        facts = [
            ("case", outcome.question.case.name),
            ("called", call_text(self.exercise, self.sheet.arguments, outcome.question.call)),
        ]
        facts = [("called", call)] if hidden else facts
        if wrong.changed:
            facts.append(("changed", "the arrays that it was given; they must be as before when it returns"))
        elif outcome.answer.kind == "too_slow":
            facts.append(("stopped", "the call ran out of time. Is there a loop that does not end?"))
        elif outcome.answer.kind == "ended":
            facts.append(("ended", "your code ended the process in which it ran"))
        elif outcome.answer.failure is not None:
            facts += _failure_facts(outcome)
        else:
            facts += self._difference_facts(outcome, hidden)
        if outcome.answer.printed.strip() and not hidden:
            facts.append(("printed", outcome.answer.printed.strip()[:400]))
        return facts

    def _difference_facts(self, outcome: Outcome, hidden: bool) -> list[tuple[str, str]]:
        difference, value = outcome.difference, outcome.answer.value
        where = "".join(f"[{key!r}]" for key in difference.path)
        where = f"its output {where}: " if where else ""
        view = outcome.question.case.view
        if difference.kind != "values":
            return [("returned", where + difference.says)]
        if view is not None:
            return [
                (
                    "returned",
                    f"kernels, and {view.sentence}: {difference.says} at patch {difference.cell[0]}"
                    if difference.cell
                    else difference.says,
                )
            ]
        came, expected = difference.says.split("; expected ")
        if difference.cell is None:
            return [("returned", where + came), ("expected", expected)]
        facts = [
            ("returned", f"{where}{name(value)}; first difference at {list(difference.cell)}: {came}"),
            ("expected", f"the same shape; there: {expected}"),
        ]
        working = self.working()
        if working is not None and not hidden:
            facts.append(("there", sum_text(working, expected)))
        return facts

    def _law_facts(self, wrong: PartResult, show_drawn: bool) -> list[tuple[str, str]]:
        facts = [("law", wrong.law.sentence)]
        if show_drawn:
            facts.append(("called", call_text(self.exercise, self.sheet.arguments, wrong.law.terms[0].call)))
        return [*facts, ("found", wrong.how)]

    def working(self) -> Working | None:
        """The products behind the first cell that differs."""
        outcome = self.wrong and self.wrong.outcome
        if not outcome or not outcome.difference or outcome.difference.cell is None or outcome.difference.path:
            return None
        return self.sheet.key.working(outcome.question, outcome.difference.cell)


def _failure_facts(outcome: Outcome) -> list[tuple[str, str]]:
    failure = outcome.answer.failure
    facts = [("raised", f"{failure.type}: {failure.message}")]
    if failure.line:
        facts.append(
            ("in", f"{failure.file}, line {failure.line}" + (f":  {failure.source}" if failure.source else ""))
        )
    return facts


def call_text(exercise: str, arguments: tuple[str, ...], call: Call) -> str:
    """The call as code that one can paste."""
    lines, given = [], []
    for argument, value in zip(arguments, call.args):
        if isinstance(value, np.ndarray):
            lines.append(f"{argument} = {array_text(value, len(argument) + 3)}")
            given.append(argument)
        else:
            given.append(repr(value))
    given += [f"{key}={value!r}" for key, value in call.kwargs.items()]
    return "\n".join([*lines, f"{exercise}({', '.join(given)})"])


def array_text(array: np.ndarray, indent: int = 0) -> str:
    """An array as code, its rows under one another."""
    with np.printoptions(threshold=4000, linewidth=WIDTH, precision=6, suppress=True, floatmode="maxprec"):
        body = np.array2string(array, separator=", ", prefix=" " * (indent + len("np.array(")))
    dtype = "" if array.dtype in (np.float64, np.int64) else f", dtype=np.{array.dtype}"
    return f"np.array({body}{dtype})"


def sum_text(working: Working, expected: str) -> str:
    """The products of window and weights, written out."""
    pairs = list(zip(working.window.ravel(), working.weights.ravel()))
    terms = " + ".join(
        f"{number(pixel)}·{number(weight)}" if weight >= 0 else f"{number(pixel)}·({number(weight)})"
        for pixel, weight in pairs[:12]
    )
    return f"{terms}{' + …' if len(pairs) > 12 else ''} = {expected}"


def _points(report: Report) -> str:
    return f"{number(report.points)} of {number(report.max_points)} points"


def _indented(body: str) -> str:
    return body.replace("\n", "\n" + " " * 12)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
