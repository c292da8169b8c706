"""Readings of a whole output: the right numbers scaled, moved, clipped or cut, when no known mistake explains them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .compare import same
from .findings import Finding
from .trial import Outcome, Trial

Reading = Callable[[np.ndarray, Outcome], Any]


@np.errstate(all="ignore")  # an expected infinity makes no sense of some readings
def read(trial: Trial) -> Finding | None:
    """The first reading that makes every returned answer out of the right one; None where none does."""
    outcomes = [o for o in trial.outcomes() if o.answer.kind == "returned"]
    failing = [o for o in outcomes if not o.right]
    if len(failing) < 2 or len(outcomes) < len(trial.sheet.questions) or not all(map(_plain, outcomes)):
        return None
    for sentence, reading in (*_scaled(trial, failing), *MOVED, *CLIPPED):
        if all(_agrees(reading, outcome) for outcome in outcomes):
            fresh = [trial.outcome(question) for question in trial.sheet.fresh]
            if all(o.answer.kind == "returned" and _agrees(reading, o) for o in fresh):
                return Finding(sentence)
    return None


def _plain(outcome: Outcome) -> bool:
    value, expected = outcome.answer.value, outcome.question.expected
    numeric = isinstance(value, (int, float, np.number)) or type(value) is np.ndarray and value.dtype.kind in "iuf"
    of_numbers = outcome.right or outcome.difference.kind != "type"  # 3.0 in place of 3 is no matter of reading
    return (
        outcome.question.case.view is None and numeric and of_numbers and isinstance(expected, (np.ndarray, int, float))
    )


def _agrees(reading: Reading, outcome: Outcome) -> bool:
    expected = np.asarray(outcome.question.expected, float)
    try:
        wanted = np.asarray(reading(expected, outcome), float)
    except (ValueError, IndexError, ZeroDivisionError):
        return False
    return same(np.asarray(outcome.answer.value, float), wanted)


def _ratio(outcome: Outcome) -> float | None:
    expected = np.asarray(outcome.question.expected, float)
    value = np.asarray(outcome.answer.value, float)
    weight = float((expected**2).sum())
    if value.shape != expected.shape or weight == 0 or not np.isfinite(value).all():
        return None
    return float((value * expected).sum()) / weight


def _scaled(trial: Trial, failing: list[Outcome]) -> Iterator[tuple[str, Reading]]:
    """The right result times a constant, or divided by a count that depends on the call."""
    ratio = _ratio(failing[0])
    if ratio is not None and abs(ratio - 1) > 1e-6:
        words = (
            "the right result with its sign changed" if abs(ratio + 1) < 1e-6 else f"{ratio:.6g} times the right result"
        )
        yield f"In every case your result is {words}.", lambda expected, _: ratio * expected
    yield from _shifted(failing[0])
    for place, argument in enumerate(trial.sheet.arguments):
        for words, count in (
            (f"the number of entries of {argument}", lambda arg: arg.size),
            (f"the number of rows of {argument}", lambda arg: arg.shape[0]),
            (f"the number of columns of {argument}", lambda arg: arg.shape[1]),
        ):

            def counted(outcome: Outcome, place=place, count=count) -> int:
                args = outcome.question.call.args
                if place >= len(args) or not isinstance(args[place], np.ndarray):
                    raise IndexError
                return count(args[place])

            yield f"In every case your result is the right one divided by {words}.", lambda e, o, n=counted: e / n(o)
            yield f"In every case your result is the right one times {words}.", lambda e, o, n=counted: e * n(o)


def _shifted(outcome: Outcome) -> Iterator[tuple[str, Reading]]:
    """The right result plus a constant."""
    value, expected = np.asarray(outcome.answer.value, float), np.asarray(outcome.question.expected, float)
    if value.shape == expected.shape and value.size and np.isfinite(value).all():
        extra = float((value - expected).flat[0])
        words = f"plus {extra:.6g}" if extra > 0 else f"less {-extra:.6g}"
        yield f"In every case your result is the right one {words}.", lambda e, _: e + extra


def _padded_like(expected: np.ndarray, outcome: Outcome) -> np.ndarray:
    """The right numbers in the top left corner of a larger map of zeros."""
    value = np.asarray(outcome.answer.value)
    if value.ndim != expected.ndim or value.shape == expected.shape:
        raise ValueError("not larger")
    return np.pad(expected, [(0, v - e) for v, e in zip(value.shape, expected.shape)])


def _reshaped(expected: np.ndarray, outcome: Outcome) -> np.ndarray:
    shape = np.shape(outcome.answer.value)
    if shape == expected.shape:
        raise ValueError("the same shape")
    return expected.reshape(shape)


def _last_zero(axis: int) -> Reading:
    def reading(expected: np.ndarray, _: Outcome) -> np.ndarray:
        blank = expected.copy()
        blank[(slice(None),) * axis + (-1,)] = 0
        return blank

    return reading


def _rank(needed: int, change: Callable[[np.ndarray], np.ndarray]) -> Reading:
    def reading(expected: np.ndarray, _: Outcome) -> np.ndarray:
        if expected.ndim < needed:
            raise ValueError("not enough axes")
        return change(expected)

    return reading


MOVED: tuple[tuple[str, Reading], ...] = (
    ("Your result has the right numbers with rows and columns exchanged.", _rank(2, lambda e: e.swapaxes(-1, -2))),
    ("Your result has the right numbers turned by 180 degrees.", _rank(2, lambda e: e[..., ::-1, ::-1])),
    ("Your result has the right numbers with the rows in reverse order.", _rank(2, lambda e: e[..., ::-1, :])),
    ("Your result has the right numbers in reverse order along the last axis.", _rank(1, lambda e: e[..., ::-1])),
    ("Your result is right but for its last entries along the first axis, which are 0.", _last_zero(0)),
    ("Your result is right but for its last entries along the second axis, which are 0.", _last_zero(1)),
    ("Your result holds the right numbers at its beginning, and zeros after them.", _padded_like),
    (
        "Your result has the right numbers without the last along each axis.",
        _rank(1, lambda e: e[(slice(-1),) * e.ndim]),
    ),
    ("Your result holds the right numbers, in another shape.", _reshaped),
)

CLIPPED: tuple[tuple[str, Reading], ...] = (
    ("Your result is right where it is positive, and 0 where it should be negative.", lambda e, _: np.maximum(e, 0)),
    ("Your result is right but for its sign: nothing in it is negative.", lambda e, _: np.abs(e)),
    ("Your result is right but for what stands behind the decimal point, which is cut off.", lambda e, _: np.trunc(e)),
    ("Your result is right but rounded to whole numbers.", lambda e, _: np.round(e)),
    ("Your result is right but rounded down to whole numbers.", lambda e, _: np.floor(e)),
    ("Your result is right modulo 256: it does not fit in eight bits.", lambda e, _: np.mod(np.trunc(e), 256)),
    ("Your result is the square of the right one.", lambda e, _: e**2),
)
