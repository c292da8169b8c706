"""An answer as a plain value that travels, and back, checked field by field.

The grader's box runs this file as it stands.
"""

from __future__ import annotations

from typing import Any

from autograder_tests.judging.calls import PRINTED_LIMIT, Answer, Failure
from grading.sandbox.wire import BadFrame

FROM_THE_BOX = ("returned", "raised", "not_written")  # the rest is said by the side with the clock
FAILURE_LIMITS = {"type": 100, "message": 2_000, "file": 200, "source": 500}


def to_value(answer: Answer) -> dict[str, Any]:
    """The fields of an answer by name."""
    failure = answer.failure and dict(vars(answer.failure))
    return {**vars(answer), "failure": failure}


def from_value(value: Any) -> Answer:
    """The answer that a box sent.

    Raises
    ------
    BadFrame
        If a field is missing, or is not of its type.
    """
    try:
        kind, failure, printed = value["kind"], value["failure"], value["printed"]
        if type(kind) is not str or kind not in FROM_THE_BOX:
            raise ValueError("a kind that no box may claim")
        return Answer(
            kind,
            value=value["value"],
            failure=None if failure is None else _failure(failure),
            arguments=_arguments(value["arguments"]),
            printed=_text(printed, PRINTED_LIMIT),
        )
    except (LookupError, TypeError, ValueError) as error:
        raise BadFrame(f"an answer cannot be read: {error}") from error


def _failure(fields: dict[str, Any]) -> Failure:
    line = fields["line"]
    if type(line) is not int:
        raise TypeError("a line that is no number")
    return Failure(line=line, **{name: _text(fields[name], limit) for name, limit in FAILURE_LIMITS.items()})


def _arguments(value: Any) -> tuple:
    if type(value) is not tuple or tuple(map(type, value)) not in ((), (tuple, dict)):
        raise TypeError("arguments that are none")
    return value


def _text(text: Any, limit: int) -> str:
    if type(text) is not str:
        raise TypeError(f"a {type(text).__name__} in place of a text")
    return text[:limit]
