"""Strict comparison: type, then shape, then finite, then close. Nothing broadcasts; nothing passes by accident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

PRECISION = {"float16": 2e-3, "float32": 1e-4}  # relative to the largest expected entry, for results of that dtype


@dataclass(frozen=True)
class Demand:
    """How strictly two results are compared.

    Parameters
    ----------
    rtol : float
        Largest error allowed, relative to the largest absolute entry expected; looser for results in single precision.
    whole : bool
        Whether an array must have an integer dtype where the expected one has.
    loose : bool
        For results that may both be wrong: a NaN is like a NaN, and half precision is let pass.
    """

    rtol: float = 1e-6
    whole: bool = False
    loose: bool = False


@dataclass(frozen=True)
class Difference:
    """The first way in which a value is not what it should be.

    ``kind`` is "type", "shape" or "values"; ``cell`` is the first differing index of an array; ``path`` leads to it
    through tuples and dicts.
    """

    kind: str
    says: str
    cell: tuple[int, ...] | None = None
    path: tuple = ()


def difference(value: Any, expected: Any, demand: Demand = Demand(), path: tuple = ()) -> Difference | None:
    """What is wrong with ``value``, or None.

    Parameters
    ----------
    value : object
        As the learner's function returned it.
    expected : ndarray, float, int, bool, tuple, list or dict
        A dict may come with more keys than are expected.
    demand : Demand
    """
    if expected is None:
        return None if value is None else Difference("type", f"{name(value)}; the contract says None", path=path)
    if isinstance(expected, np.ndarray):
        return _arrays(value, expected, demand, path)
    if isinstance(expected, dict):
        if type(value) is not dict or not set(expected) <= set(value):
            return Difference(
                "type", f"{name(value)}; the contract says a dict with keys {sorted(expected)}", path=path
            )
        pairs = [(value[key], expected[key], key) for key in sorted(expected)]
    elif isinstance(expected, (tuple, list)):
        if type(value) not in (tuple, list) or len(value) != len(expected):
            wanted = f"a {type(expected).__name__} of {len(expected)}"
            return Difference("type", f"{name(value)}; the contract says {wanted}", path=path)
        pairs = [(value[i], expected[i], i) for i in range(len(expected))]
    else:
        return _numbers(value, expected, demand, path)
    return next(filter(None, (difference(v, e, demand, (*path, key)) for v, e, key in pairs)), None)


def _arrays(value: Any, expected: np.ndarray, demand: Demand, path: tuple) -> Difference | None:
    if type(value) is not np.ndarray:
        return Difference("type", name(value) + "; the contract says a NumPy array" + _mend(value), path=path)
    if value.dtype.kind not in "iuf":
        return Difference("type", f"an array of dtype {value.dtype}; the contract says real numbers", path=path)
    if value.dtype == np.float16 and not demand.loose:
        return Difference(
            "type", "an array of dtype float16, which holds three digits; use float32 or float64", path=path
        )
    if demand.whole and expected.dtype.kind in "iu" and value.dtype.kind == "f":
        return Difference(
            "type", f"an array of dtype {value.dtype}; the contract says whole numbers, dtype int", path=path
        )
    if value.shape != expected.shape:
        return Difference("shape", f"an array of shape {value.shape}; expected shape {expected.shape}", path=path)
    given = value.astype(np.float64)
    finite = np.isfinite(given) | ((given == expected) & np.isinf(expected))
    scale = np.max(np.abs(expected[np.isfinite(expected)]), initial=0.0) or 1.0
    limit = scale * max(demand.rtol, PRECISION.get(value.dtype.name, 0.0))
    with np.errstate(invalid="ignore"):
        close = np.abs(given - expected) <= limit
    right = finite & (close | (given == expected))
    if demand.loose:
        right |= np.isnan(given) & np.isnan(expected)
    wrong = np.argwhere(~right)
    if not len(wrong):
        return None
    cell = tuple(int(i) for i in wrong[0])
    return Difference("values", f"{number(given[cell])}; expected {number(expected[cell])}", cell, path)


def _numbers(value: Any, expected: Any, demand: Demand, path: tuple) -> Difference | None:
    if isinstance(expected, bool):
        if not isinstance(value, (bool, np.bool_)):
            return Difference("type", f"{name(value)}; the contract says True or False", path=path)
        return None if bool(value) == expected else Difference("values", f"{value}; expected {expected}", path=path)
    if type(value) is np.ndarray and value.size == 1:
        value = value.reshape(())[()]
    if type(value) is bool or not isinstance(value, (int, float, np.integer, np.floating)):
        return Difference("type", f"{name(value)}; the contract says one number" + _mend_number(value), path=path)
    if isinstance(value, np.float16) and not demand.loose:
        return Difference("type", "a float16, which holds three digits; use float32 or float64", path=path)
    if isinstance(expected, int):
        if not isinstance(value, (int, np.integer)):
            return Difference("type", f"{name(value)} ({value}); the contract says a whole number, an int", path=path)
        close = int(value) == expected
    else:
        limit = (abs(expected) or 1.0) * max(
            demand.rtol, PRECISION.get(getattr(value, "dtype", np.dtype(float)).name, 0.0)
        )
        close = value == expected or np.isfinite(expected) and abs(float(value) - expected) <= limit
        close = close or demand.loose and bool(np.isnan(value) and np.isnan(expected))
    return None if close else Difference("values", f"{number(value)}; expected {number(expected)}", path=path)


def same(one: Any, other: Any, rtol: float = 1e-6) -> bool:
    """Whether two results would be judged alike; a NaN is like a NaN."""
    return difference(one, other, Demand(rtol, loose=True)) is None


def name(value: Any) -> str:
    """What a value is, in words for a learner."""
    if value is None:
        return "None"
    kind = getattr(value, "type_name", None) or type(value).__name__
    if type(value) is np.ndarray:
        return f"an array of shape {value.shape}"
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"


def number(value: Any) -> str:
    """A number in as few digits as tell it apart."""
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    return f"{float(value):.6g}"


def _mend(value: Any) -> str:
    if value is None:
        return ": is there a return at its end?"
    if isinstance(value, (list, tuple)):
        return ": return np.array(...) of it"
    if isinstance(value, np.ndarray):
        return ": return np.asarray(...) of it"
    return ""


def _mend_number(value: Any) -> str:
    if value is None:
        return ": is there a return at its end?"
    return ": are all products added up?" if type(value) is np.ndarray else ""
