"""The process in which the learner's functions run for the explorers: ``python -m … PIPE SECONDS``.

It answers one call after another until the pipe closes. The alarm is for the case that nobody is left to kill it.
"""

import math
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.given import learner

LARGEST = 1_000_000  # entries; what is larger has the wrong shape for every explorer
AGAIN = "come back to this explorer"


def serve(pipe: Connection, seconds: float) -> None:
    """Answer calls ``(sources, folder, function, arguments, keywords)`` until the other end is closed."""
    pipe.send("ready")
    while True:
        try:
            call = pipe.recv()
        except (EOFError, OSError):
            return
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, 2 * seconds)
        answer = perform(*call)
        signal.setitimer(signal.ITIMER_REAL, 0)
        pipe.send(answer)


def perform(sources: dict[str, str], folder: Path, name: str, args: list, kwargs: dict) -> dict:
    """One call of a learner's function, as ``{"value": …}`` or ``{"sentence": …}``."""
    try:
        function = learner.find(name, sources, folder)
        value = function(*args, **kwargs)
    except BaseException as error:  # SystemExit and the like are the learner's own, and end only this call
        wrote = learner.sentence(error, folder, AGAIN)
        return {"sentence": wrote or f"Calling `{name}({_written(args, kwargs)})` raised `{learner.told(error)}`."}
    try:
        return {"value": plain(value)}
    except TypeError as error:
        return {"sentence": f"`{name}` returned {error}."}


def plain(value: Any) -> Any:
    """A result made of float64 arrays, numbers, and tuples and dicts of them only.

    Raises
    ------
    TypeError
        If something else is in it; the message completes "It returned …".
    """
    if value is None:
        raise TypeError("None. Is there a `return` on every way through it?")
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        number = float(value)
        return number if math.isfinite(number) else str(number)
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if not isinstance(value, np.ndarray):
        raise TypeError(f"a {type(value).__name__}, where an array or a number is expected")
    if value.dtype.kind not in "biuf":
        raise TypeError(f"an array of {value.dtype}, where numbers are expected")
    if value.size > LARGEST:
        raise TypeError(f"an array of shape {value.shape}, which is far too large")
    return np.array(value, np.float64)


def _written(args: list, kwargs: dict) -> str:
    """The arguments of a call as one would name them: arrays by their shape, dicts by what they hold."""

    def brief(value: Any) -> str:
        if isinstance(value, dict):
            return f"dict of {len(value)}"
        return f"array {value.shape}" if isinstance(value, np.ndarray) else repr(value)

    return ", ".join([*map(brief, args), *(f"{name}={brief(value)}" for name, value in kwargs.items())])


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])), float(sys.argv[2]))
