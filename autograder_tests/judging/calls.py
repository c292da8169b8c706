"""One call of somebody else's function, and all that can come of it.

This file needs NumPy and the standard library only: the grader's box runs it as it stands.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import signal
import threading
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

import numpy as np

PRINTED_LIMIT = 2_000  # characters of a learner's own output that are kept for the report

Kind = Literal["returned", "raised", "not_written", "too_slow", "ended"]


@dataclass(frozen=True)
class Call:
    """The arguments of one call.

    ``layout`` says how arrays lie in memory: "C", "F", "strided", or "mixed" for F and C by turns.
    """

    args: tuple = ()
    kwargs: dict = field(default_factory=dict)
    layout: str = "C"


@dataclass(frozen=True)
class Failure:
    """An exception in the learner's code, as its author would look for it."""

    type: str
    message: str
    file: str = ""
    line: int = 0
    source: str = ""


@dataclass(frozen=True)
class Answer:
    """What came of a call. ``arguments`` are the arguments as the function left them."""

    kind: Kind
    value: Any = None
    failure: Failure | None = None
    arguments: tuple = ()
    printed: str = ""


class Caller(Protocol):
    """An implementation under test, wherever it runs: in this process, or behind a wall."""

    def __call__(self, call: Call) -> Answer: ...


class OutOfTime(BaseException):
    """Raised inside a learner's function by our clock. A BaseException, so that ``except Exception`` lets it pass."""


def lay_out(value: Any, layout: str) -> Any:
    """A private copy of ``value``, its arrays laid out in memory as asked."""
    if isinstance(value, np.ndarray):
        if layout == "strided" and value.ndim:
            roomy = np.zeros(tuple(2 * n for n in value.shape), value.dtype)
            view = roomy[tuple(slice(None, None, 2) for _ in value.shape)]
            view[...] = value
            return view
        return np.array(value, order="F" if layout == "F" else "C")
    if isinstance(value, (list, tuple)):
        orders = itertools.cycle("FC" if layout == "mixed" else [layout])
        return type(value)(lay_out(item, order) for item, order in zip(value, orders))
    if isinstance(value, dict):
        return {key: lay_out(item, layout) for key, item in value.items()}
    return value


def perform(function: Callable, call: Call, filename: str = "", seconds: float | None = None) -> Answer:
    """Call ``function`` on copies and say what came of it; nothing it raises or prints gets out.

    Parameters
    ----------
    function : callable
    call : Call
    filename : str
        The learner's file; the last line of the traceback in it is the one to show.
    seconds : float, optional
        Wall-clock limit. Without one the caller keeps the clock, as the grader does from outside.
    """
    args, kwargs = lay_out(call.args, call.layout), lay_out(call.kwargs, call.layout)
    printed = io.StringIO()

    def answer(kind: Kind, **more: Any) -> Answer:
        return Answer(kind, arguments=(args, kwargs), printed=printed.getvalue()[:PRINTED_LIMIT], **more)

    try:
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            np.errstate(),
            warnings.catch_warnings(),
            time_limit(seconds),
        ):
            value = function(*args, **kwargs)
    except OutOfTime:
        return answer("too_slow")
    except NotImplementedError as error:
        return unwritten(error, function, answer, filename)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit and the like are the learner's own, and end only this call
        return answer("raised", failure=describe(error, filename))
    return answer("returned", value=value)


def unwritten(error: NotImplementedError, function: Callable, answer: Callable[..., Answer], filename: str) -> Answer:
    """Tell a stub from a written function that met another stub, or that raised for a reason of its own."""
    if error.args:
        return answer("raised", failure=describe(error, filename))
    where = traceback.extract_tb(error.__traceback__)[-1].name
    if where == getattr(function, "__name__", where):
        return answer("not_written")
    failure = describe(error, filename)
    return answer("raised", failure=replace(failure, message=f"it calls {where}, which is not written yet"))


def describe(error: BaseException, filename: str = "") -> Failure:
    """The failure as seen from the learner's file: its last line on the way to the error."""
    if isinstance(error, SyntaxError):
        return Failure(
            type(error).__name__, error.msg or "", error.filename or "", error.lineno or 0, (error.text or "").strip()
        )
    try:
        message = str(error)
    except BaseException:  # an exception may lie about itself too
        message = "(its message cannot be printed)"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename == filename] or (frames[-1:] if not filename else [])
    if not own:  # for instance a call with more arguments than the function takes
        return Failure(type(error).__name__, message, filename)
    return Failure(type(error).__name__, message, own[-1].filename, own[-1].lineno or 0, own[-1].line or "")


@contextlib.contextmanager
def time_limit(seconds: float | None):
    """Raise OutOfTime in the body when the clock runs out, and again until it listens.

    Only the main thread of a system with SIGALRM can be interrupted; elsewhere there is no limit.
    """
    if seconds is None or not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: Any) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
