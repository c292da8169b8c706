"""Values as JSON descriptions with raw buffers beside them, and back.

What travels: None, bool, int of 64 bits, float, complex, str, tuple, list, dict with str keys, NumPy scalars, and exact
ndarrays of plain numbers (long doubles as doubles). All else arrives as a :class:`Foreign`. The grader's box runs this
file as it stands.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

DEPTH_LIMIT = 16
DIMENSION_LIMIT = 1 << 31
PAYLOAD_LIMIT = 4 << 20  # of a value; right results take a fortieth, and the judge keeps every one of an exercise
NAME_LIMIT = 100

DTYPES = frozenset(
    "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128".split()
)
SENT_AS = {name: name for name in DTYPES} | {np.dtype(np.longdouble).name: "float64"}
SCALARS = {  # by type: NumPy has several of one name, such as longlong
    kind: SENT_AS[name] for kind in {*np.sctypeDict.values()} if (name := np.dtype(kind).name) in SENT_AS
}


class DoesNotFit(ValueError):
    """A value is too large or too deep to be sent."""


@dataclass(frozen=True)
class Foreign:
    """Stands for a value of a type that does not travel, such as a set or an ndarray subclass."""

    type_name: str


def describe(value: Any, buffers: list[bytes], foreign: bool, depth: int = 0) -> Any:
    """The description of ``value`` for JSON; the bytes of its arrays are added to ``buffers``.

    Raises
    ------
    DoesNotFit
        If it is nested too deeply, or an array is too large.
    TypeError
        Without ``foreign``, if something in it cannot travel.
    """
    if depth > DEPTH_LIMIT:
        raise DoesNotFit(f"it is nested more than {DEPTH_LIMIT} deep")
    kind = type(value)  # the exact type: a subclass may lie about everything else
    if value is None or kind in (bool, float, str):
        return value
    if kind is int and -(2**63) <= value < 2**63:
        return value
    if kind is complex:
        return ["complex", value.real, value.imag]
    if kind in (list, tuple):
        return [kind.__name__, [describe(item, buffers, foreign, depth + 1) for item in value]]
    if kind is dict and all(type(key) is str for key in value):
        return ["dict", [[key, describe(item, buffers, foreign, depth + 1)] for key, item in value.items()]]
    if kind in SCALARS:
        buffers.append(_as_sent(value, SCALARS[kind]))
        return ["scalar", SCALARS[kind]]
    if kind is np.ndarray and value.dtype.name in SENT_AS:
        if value.nbytes > PAYLOAD_LIMIT:  # said before it is copied
            raise DoesNotFit(f"an array of it takes {value.nbytes:,} bytes; at most {PAYLOAD_LIMIT:,} are taken")
        dtype = SENT_AS[value.dtype.name]
        buffers.append(_as_sent(value, dtype))
        return ["array", dtype, list(value.shape)]
    if not foreign:
        raise TypeError(f"a value of type {_name(value)} cannot be sent into the box")
    return ["foreign", _name(value)[:NAME_LIMIT]]


def _as_sent(value: np.ndarray | np.generic, dtype: str) -> bytes:
    with np.errstate(all="ignore"):  # a long double may be too large for a double
        return value.astype(dtype).tobytes()


def _name(value: Any) -> str:
    if type(value) is Foreign:
        return value.type_name
    if type(value) is np.ndarray:
        return f"ndarray of {value.dtype.name}"
    if type(value) is int:
        return f"int of {value.bit_length()} bits"
    if type(value) is dict:
        return "dict whose keys are not all strings"
    return type(value).__name__


def rebuild(node: Any, payload: Payload, depth: int = 0) -> Any:
    """The value of a description that is not trusted.

    Raises
    ------
    ValueError, TypeError, OverflowError
        If it is no description, or tells of more bytes than there are.
    """
    if depth > DEPTH_LIMIT:
        raise ValueError(f"nested more than {DEPTH_LIMIT} deep")
    if node is None or type(node) in (bool, float):
        return node
    if type(node) is str:
        return _text(node)
    if type(node) is int:
        if not -(2**63) <= node < 2**63:
            raise ValueError("an int of more than 64 bits")
        return node
    if type(node) is not list:
        raise TypeError("an object where a tagged list was due")
    tag, *rest = node
    if tag == "complex":
        real, imag = rest
        return complex(float(real), float(imag))
    if tag in ("list", "tuple"):
        (items,) = rest
        rebuilt = [rebuild(item, payload, depth + 1) for item in items]
        return rebuilt if tag == "list" else tuple(rebuilt)
    if tag == "dict":
        (pairs,) = rest
        return {_text(key): rebuild(item, payload, depth + 1) for key, item in pairs}
    if tag == "scalar":
        (dtype,) = rest
        return payload.array(dtype, [])[()]
    if tag == "array":
        dtype, shape = rest
        return payload.array(dtype, shape)
    if tag == "foreign":
        (name,) = rest
        return Foreign(_text(name)[:NAME_LIMIT])
    raise ValueError("an unknown tag")


def _text(text: Any) -> str:
    if type(text) is not str:
        raise TypeError(f"a {type(text).__name__} in place of a text")
    return text.encode("utf-8", "replace").decode()  # half a surrogate pair could not be written to a report


class Payload:
    """The arrays' bytes, handed out in order."""

    def __init__(self, data: bytes):
        self.data, self.left = memoryview(data), len(data)

    def array(self, dtype: str, shape: list[int]) -> np.ndarray:
        """The next array; checked against what is left before anything is made."""
        if dtype not in DTYPES:
            raise ValueError("a dtype that does not travel")
        if not all(type(n) is int and 0 <= n < DIMENSION_LIMIT for n in shape):
            raise ValueError("a shape that is none")
        size = math.prod(shape) * np.dtype(dtype).itemsize
        if size > self.left:
            raise ValueError(f"an array of {size:,} bytes where {self.left:,} are left")
        start = len(self.data) - self.left
        self.left -= size
        raw = self.data[start : start + size]
        if dtype == "bool":  # a byte that is neither 0 nor 1 would make a bool that is equal to neither
            return (np.frombuffer(raw, "uint8") != 0).reshape(shape)
        return np.frombuffer(raw, dtype).reshape(shape).copy()
