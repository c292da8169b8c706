"""The judging engine: takes an implementation as an argument and does not know where it runs."""

from .calls import Answer, Call, Caller, Failure
from .judge import REFUSES, UNTOUCHED, judge
from .report import Report
from .spec import Case, Law, Mistake, Part, Spec, Taps, Term, View, call

__all__ = [
    "REFUSES",
    "UNTOUCHED",
    "Answer",
    "Call",
    "Caller",
    "Case",
    "Failure",
    "Law",
    "Mistake",
    "Part",
    "Report",
    "Spec",
    "Taps",
    "Term",
    "View",
    "call",
    "judge",
]
