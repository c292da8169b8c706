"""Tries, from where a learner's code runs, what must not succeed. It is run as a submission, through the same path."""

import os
import socket
from collections.abc import Callable
from functools import partial


def attempt(action: Callable[[], object]) -> str:
    """The name of what stopped ``action``, or an empty text: nothing did."""
    try:
        action()
    except Exception as error:
        return type(error).__name__
    return ""


def fork() -> None:
    """Make one process, which ends at once."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def read(path: str) -> None:
    """Read the first byte of a file."""
    with open(path, "rb") as file:
        file.read(1)


def attempts(files: list) -> dict:
    """What stopped each attempt, by what was attempted."""
    outcomes = {
        "make a process": attempt(fork),
        "run a program": attempt(lambda: os.execv("/no/such/program", ["program"])),
        "make a socket": attempt(lambda: socket.socket().close()),
        "signal its parent": attempt(lambda: os.kill(os.getppid(), 0)),
        "remove a file": attempt(lambda: os.unlink("/no/such/file")),
    }
    return outcomes | {f"read {path}": attempt(partial(read, path)) for path in files}
