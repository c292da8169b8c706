"""The report: verdict, points, and the first thing that is wrong; the same facts as text, as JSON and drawn."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

from .compare import number
from .findings import Finding
from .sheet import Sheet, Working
from .spec import Law, Part
from .trial import Outcome
from .words import WIDTH, facts


@dataclass(frozen=True)
class PartResult:
    """What came of one part: ``outcome`` or ``law`` is the first thing wrong in it.

    A part that ``waits`` is not judged before the first part is right.
    """

    part: Part
    verdict: str
    outcome: Outcome | None = None
    law: Law | None = None
    how: str = ""
    changed: bool = False
    waits: bool = False

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

    @property
    def unreadable(self) -> bool:
        """Whether the learner's file failed before the function could be called."""
        outcome = self.wrong and self.wrong.outcome
        return bool(outcome) and outcome.answer.kind == "raised" and not outcome.answer.arguments

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
        if self.unreadable:
            return f"{self.file} cannot be run, so {self.exercise} cannot be checked."
        done = sum(result.verdict == "right" for result in self.parts)
        what = {
            "wrong_type_or_shape": "gives a wrong type or shape",
            "wrong_values": "is wrong",
            "raised": "raised an error",
            "too_slow": "took too long",
        }[self.verdict]
        where = f'in part "{self.wrong.part.name}"'
        return f"{self.exercise} {what} {where} ({done} of {len(self.parts)} parts right, {_points(self)})."

    def hint_line(self) -> str:
        """The numbered hint; nothing when all is right, nothing is written, or nothing could be run."""
        if self.wrong is None or not self.hints or self.verdict == "not_written" or self.unreadable:
            return ""
        shown = min(max(self.hint, 1), len(self.hints))
        return f"Hint {shown} of {len(self.hints)}: {self.hints[shown - 1]}"

    def text(self, show_drawn: bool = True) -> str:
        """The report for a terminal. Without ``show_drawn``, inputs that were drawn for grading stay hidden."""
        blocks = [self.headline()]
        if self.verdict == "not_written":
            blocks.append(f"Write it in {self.file}, save the file, and check again.")
        elif self.wrong is not None:
            blocks += ["\n".join(f"  {label:<9} {_indented(body)}" for label, body in facts(self, show_drawn))]
            blocks += [_wrapped(finding.sentence) for finding in self.findings]
        if self.hint_line():
            blocks.append(_wrapped(self.hint_line()))
        return "\n\n".join(block for block in blocks if block)

    def html(self, show_drawn: bool = True) -> str:
        """The report as one self-contained piece of HTML."""
        from .draw import drawn

        return drawn(self, show_drawn)

    def working(self) -> Working | None:
        """The products behind the first cell that differs."""
        outcome = self.wrong and self.wrong.outcome
        if not outcome or not outcome.difference or outcome.difference.cell is None or outcome.difference.path:
            return None
        return self.sheet.key.working(outcome.question, outcome.difference.cell)


def _points(report: Report) -> str:
    return f"{number(report.points)} of {number(report.max_points)} points"


def _indented(body: str) -> str:
    return body.replace("\n", "\n" + " " * 12)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
