"""Arrays that travel to the browser and back, and a sentence for those that cannot."""

from typing import Any

import numpy as np
import traitlets

MOST = 64  # rows or columns: a cell can still be seen, and four nested loops still answer within a frame or two
AXES = {1: "(K,)", 2: "(H, W)", 3: "(C, H, W)", 4: "(N, C, H, W)"}


def numbers(
    name: str, value: Any, ndim: int = 2, most: int = MOST, least: int = 1, axes: str | None = None
) -> np.ndarray:
    """A reader's own array, checked, as a new array of fractions.

    Parameters
    ----------
    name : str
        What the reader calls it.
    value : array_like
    ndim : int
        How many axes it must have.
    most, least : int
        How long an axis may be.
    axes : str, optional
        What its axes are called in a message; left out, those of images.

    Returns
    -------
    ndarray, float64

    Raises
    ------
    ValueError
        If it holds something else than finite numbers, has another number of axes, or is too large or too small.
    """
    try:
        array = np.array(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {_briefly(value)}; give an array of numbers, for instance np.eye(5).") from None
    if array.ndim != ndim:
        raise ValueError(
            f"{name} has shape {array.shape}; it must have {ndim} axes, {axes or AXES[ndim]}.{_other_axes(array, ndim)}"
        )
    if min(array.shape) < least:
        raise ValueError(f"{name} has shape {array.shape}; each axis must have a length of {least} or more.")
    if max(array.shape) > most:
        raise ValueError(
            f"{name} has shape {array.shape}; an explorer shows at most {most} along an axis. {_part(array, most)}"
        )
    array = array.astype(np.float64)
    if not np.isfinite(array).all():
        place = [int(index) for index in np.argwhere(~np.isfinite(array))[0]]
        raise ValueError(f"{name}{place} is {array[tuple(place)]}; np.nan_to_num(…) replaces what is no finite number.")
    return array


def pair(name: str, value: Any, least: int, most: int) -> list[int]:
    """A whole number for rows and for columns, checked; a single one stands for both.

    Raises
    ------
    ValueError
        If it is neither a whole number from ``least`` to ``most`` nor a pair of them.
    """
    given = [value, value] if np.ndim(value) == 0 else list(value)
    if len(given) != 2 or not all(isinstance(one, (int, np.integer)) and least <= one <= most for one in given):
        raise ValueError(f"{name} is {value!r}; give a whole number from {least} to {most}, or a pair (rows, columns).")
    return [int(one) for one in given]


def _briefly(value: Any) -> str:
    text = " ".join(repr(value).split())
    return f"{text[:40]}… ({type(value).__name__})" if len(text) > 40 else f"{text} ({type(value).__name__})"


def _other_axes(array: np.ndarray, ndim: int) -> str:
    """How to get the number of axes, where it is clear."""
    if ndim == 2 and array.ndim == 3 and array.shape[2] in (3, 4):
        return " Take the mean of the colours, .mean(axis=2)."
    if array.ndim == ndim + 1:
        return " Take one of them, for instance [0]."
    if array.ndim == ndim - 1 and ndim > 2:
        return " [np.newaxis] adds one in front, np.stack([…]) makes one of several."
    return " np.atleast_2d(…) adds one." if array.ndim == 1 and ndim == 2 else ""


def _part(array: np.ndarray, most: int) -> str:
    """Two ways to make an array small enough, as code."""
    start = ", ".join(f":{most}" if length > most else ":" for length in array.shape)
    steps = ", ".join(f"::{-(-length // most)}" if length > most else ":" for length in array.shape)
    return f"Take a part, [{start}], or fewer pixels, [{steps}]."


class Array(traitlets.TraitType):
    """A trait that holds an array, or None, and travels as its shape and its raw bytes.

    Parameters
    ----------
    dtype : str
        What travels: "float64", or "float32" for what is large.
    """

    default_value = None
    allow_none = True
    info_text = "an array of finite numbers"

    def __init__(self, dtype: str = "float64", **kwargs):
        super().__init__(**kwargs)
        self.dtype = np.dtype(dtype)
        self.tag(sync=True, to_json=self._pack, from_json=self._unpack)

    def validate(self, owner, value):
        if value is None:
            return None
        array = np.asarray(value, self.dtype)
        if not np.isfinite(array).all():
            self.error(owner, value)
        return array

    def set(self, owner, value):  # traitlets asks whether old == new, which an array does not answer with one truth
        new, old = self._validate(owner, value), owner._trait_values.get(self.name)
        owner._trait_values[self.name] = new
        if old is None or new is None or not np.array_equal(old, new):
            owner._notify_trait(self.name, old, new)

    def _pack(self, value, widget) -> dict | None:
        if value is None:
            return None
        return {
            "shape": list(value.shape),
            "dtype": self.dtype.name,
            "data": memoryview(np.ascontiguousarray(value).reshape(-1).view(np.uint8)),  # also where there is nothing
        }

    def _unpack(self, packed, widget) -> np.ndarray | None:
        if packed is None:
            return None
        return np.frombuffer(bytes(packed["data"]), packed["dtype"]).reshape(packed["shape"])
