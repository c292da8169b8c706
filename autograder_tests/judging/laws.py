"""Laws that hold without a reference, as data: calls and the weights with which their results must cancel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .calls import Call
from .spec import Law, Term
from .trial import Trial


def broken(trial: Trial, law: Law) -> str | None:
    """How the implementation breaks the law, in a sentence; None where it keeps it."""
    total, scale = -np.asarray(law.constant, float), float(np.max(np.abs(law.constant), initial=0.0))
    coarse = False
    for term in law.terms:
        answer = trial.answer(term.call)
        if answer.kind != "returned":
            return "one of the calls did not return"
        try:
            value, index = _output(answer.value, term.index)
            value = np.asarray(value)
            if value.dtype.kind not in "biuf":
                return "one of the results is not made of real numbers"
            coarse = coarse or value.dtype in (np.float16, np.float32)
            taken = np.asarray(value[index] if index != () else value, float)
        except (TypeError, ValueError, LookupError):
            return "one of the results has not the right type or shape"
        if taken.shape != total.shape and total.shape != ():
            return f"the results have shapes that do not match, {total.shape} and {taken.shape}"
        total = total + term.weight * taken
        scale = max(scale, float(np.max(np.abs(term.weight * taken), initial=0.0)))
    worst = float(np.max(np.abs(total), initial=0.0))
    if worst <= (1e-4 if coarse else law.rtol) * (scale or 1.0):
        return None
    return f"it is off by {worst:.6g}"


def _output(value: Any, index: Any) -> tuple[Any, Any]:
    """Of several outputs the one that the index begins with, and what is left of the index."""
    several = isinstance(value, (tuple, list, dict)) and isinstance(index, tuple)
    if several and index and isinstance(index[0], (int, str)):
        return value[index[0]], index[1:]
    return value, index


def _with(args: tuple, place: int, value: Any) -> Call:
    return Call((*args[:place], value, *args[place + 1 :]))


def linear(part: str, args: tuple, place: int, what: str, rng: np.random.Generator) -> Law:
    """Twice one thing plus three times another gives twice the one result plus three times the other."""
    one = args[place]
    other = rng.integers(-4, 5, one.shape).astype(float)
    return Law(
        part,
        f"linearity in the {what}: 2a + 3b must give 2 times the result of a plus 3 times the result of b",
        (
            Term(1.0, _with(args, place, 2 * one + 3 * other)),
            Term(-2.0, Call(args)),
            Term(-3.0, _with(args, place, other)),
        ),
    )


def shifts(part: str, args: tuple, place: int, what: str) -> Iterator[Law]:
    """Along each axis: moving the input by one place moves the result by one place."""
    image = args[place]
    for axis in range(image.ndim):
        later = tuple(slice(1, None) if a == axis else slice(None) for a in range(image.ndim))
        yield Law(
            part,
            f"shift equivariance: the {what} without its first entries along axis {axis} must give the result without"
            " its first entries along that axis",
            (Term(1.0, _with(args, place, image[later])), Term(-1.0, Call(args), later)),
        )


def equals(part: str, sentence: str, call: Call, constant: Any, index: Any = ()) -> Law:
    """A call whose result is known from the law itself."""
    return Law(part, sentence, (Term(1.0, call, index),), constant)


def cancels(part: str, sentence: str, *terms: tuple[float, Call, Any]) -> Law:
    """Any other relation between results of the same function."""
    return Law(part, sentence, tuple(Term(weight, call, index) for weight, call, index in terms))
