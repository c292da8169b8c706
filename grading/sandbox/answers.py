"""An answer as a plain value that travels, and back, checked field by field and as a whole.

The grader's box runs this file as it stands.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from autograder_tests.judging.calls import PRINTED_LIMIT, Answer, Failure
from grading.sandbox.wire import BadFrame

FROM_THE_BOX = {  # by kind, whether a failure may come with it; the other kinds are said by the side with the clock
    "returned": (False,),
    "raised": (True,),
    "not_written": (False, True),
}
FIELDS = {field.name for field in fields(Answer)}
FAILURE_FIELDS = {field.name for field in fields(Failure)}
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
        If a field is missing, is not of its type, or does not go with the kind of answer.
    """
    try:
        return _answer(value)
    except (TypeError, ValueError) as error:
        raise BadFrame(f"an answer cannot be read: {error}") from error


def _answer(value: Any) -> Answer:
    _demand(type(value) is dict and set(value) == FIELDS, "its fields are not those of an answer")
    kind, failure, arguments = value["kind"], value["failure"], value["arguments"]
    _demand(type(kind) is str and kind in FROM_THE_BOX, "a kind that no box may claim")
    _demand((failure is not None) in FROM_THE_BOX[kind], "a failure that is missing, or that is one too many")
    _demand(kind == "returned" or value["value"] is None, "a value, although it did not return")
    _demand(type(arguments) is tuple and tuple(map(type, arguments)) in ((), (tuple, dict)), "arguments that are none")
    _demand(kind != "returned" or arguments, "it returned, and its arguments are missing")
    return Answer(
        kind,
        value=value["value"],
        failure=None if failure is None else _failure(failure),
        arguments=arguments,
        printed=_text(value["printed"], PRINTED_LIMIT),
    )


def _failure(value: Any) -> Failure:
    _demand(type(value) is dict and set(value) == FAILURE_FIELDS, "its failure's fields are not those of a failure")
    line = value["line"]
    _demand(type(line) is int and line >= 0, "a line that is no number of a line")
    return Failure(line=line, **{name: _text(value[name], limit) for name, limit in FAILURE_LIMITS.items()})


def _demand(condition: Any, otherwise: str) -> None:
    if not condition:
        raise ValueError(otherwise)


def _text(text: Any, limit: int) -> str:
    if type(text) is not str:
        raise TypeError(f"a {type(text).__name__} in place of a text")
    return text[:limit]
