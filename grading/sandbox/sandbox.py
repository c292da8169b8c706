"""The box: the strongest confinement that this machine gives, proved by trying before anybody's code runs in it."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from autograder_tests.judging.calls import Call
from grading.sandbox.levels import LEVELS
from grading.sandbox.nursery import COURSE, INSIDE, Nursery, SandboxFailed
from grading.sandbox.submission import Submission

NEXT_STEP = (
    "Install bubblewrap (for instance: apt install bubblewrap), or grade on Linux 5.13 or later with Landlock (on "
    "Windows: in WSL2). For code that you trust as your own, --allow-weak-sandbox runs it without confinement."
)


class SandboxUnavailable(RuntimeError):
    """This machine does not give the confinement that was asked for."""


class Sandbox:
    """A place to run other people's code in. One thread uses it, the one that made it.

    Parameters
    ----------
    level : {"strong", "kernel", "process"}, optional
        The level to use, and no other. Without it, the strongest that this machine gives.
    allow_weak : bool
        Whether ``process``, which confines nothing, will do.

    Attributes
    ----------
    level : str
        The level in use.

    Raises
    ------
    SandboxUnavailable
        With what is missing, and the next step.
    """

    def __init__(self, level: str | None = None, allow_weak: bool = False):
        if level is not None and level not in LEVELS:
            raise ValueError(f"there is no level {level!r} of confinement; there are {', '.join(LEVELS)}")
        if level == "process" and not allow_weak:
            raise SandboxUnavailable(f"The level 'process' does not confine other people's code. {NEXT_STEP}")
        wanted = [level] if level else [each for each in LEVELS if allow_weak or each != "process"]
        reasons = []
        for self.level in wanted:
            reason = _missing(self.level)
            if reason is None:
                self._nursery, reason = _proved(self.level)
            if reason is None:
                return
            reasons.append(f"{self.level}: {reason}")
        raise SandboxUnavailable(f"Other people's code cannot be confined here ({'; '.join(reasons)}). {NEXT_STEP}")

    def submission(self, sources: Mapping[str, str]) -> Submission:
        """One learner's files, by stem. To be used with ``with``."""
        return Submission(self._nursery, sources)

    def close(self) -> None:
        """End everything that runs in the box."""
        self._nursery.close()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _missing(level: str) -> str | None:
    """What this machine lacks for a level, as far as can be said without trying."""
    if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
        return "this system cannot fork"
    if level == "strong" and shutil.which("bwrap") is None:
        return "bubblewrap (bwrap) is not installed"
    return None


def _proved(level: str) -> tuple[Nursery | None, str | None]:
    """A nursery at this level, or the reason why there is none."""
    try:
        nursery = Nursery(level)
    except SandboxFailed as error:
        return None, str(error)
    try:
        reason = _leak(nursery, level)
    except SandboxFailed as error:
        reason = str(error)
    if reason:
        nursery.close()
        return None, reason
    return nursery, None


def _leak(nursery: Nursery, level: str) -> str | None:
    """What succeeds in a box of this nursery and must not."""
    files = [path for path in (__file__, "/etc/passwd", "/proc/self/environ") if Path(path).exists()]
    proof = (COURSE / INSIDE / "proof.py").read_text(encoding="utf-8")
    with Submission(nursery, {"proof": proof}) as submission:
        answer = submission.caller("proof", "attempts", seconds=20.0)(Call((files if level != "process" else [],)))
    if answer.kind != "returned" or not isinstance(answer.value, dict):
        return f"the proof of confinement did not come back ({answer.failure or answer.kind})"
    if level == "process":
        return None
    stopped_by = {f"read {path}": "FileNotFoundError" for path in files} if level == "strong" else {}
    for what, outcome in answer.value.items():
        expected = stopped_by.get(what, "PermissionError")
        if not outcome:
            return f"code in the box could {what}"
        if outcome != expected:
            return f"an attempt to {what} met {outcome}, not {expected}"
    return None
