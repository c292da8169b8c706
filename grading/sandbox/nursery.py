"""The trusted end of the nursery: start it at a level of confinement, have it start and kill boxes."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
from pathlib import Path

from grading.sandbox import levels
from grading.sandbox.wire import KILL, ORDER, REPLY, START

COURSE = Path(__file__).resolve().parents[2]
INSIDE = "grading/sandbox/inside"
BOOTSTRAP = f"{INSIDE}/bootstrap.py"
TEXTS = (  # in the order in which they import one another
    "autograder_tests/judging/calls.py",
    "course_lib/given/loader.py",
    "grading/sandbox/values.py",
    "grading/sandbox/wire.py",
    "grading/sandbox/answers.py",
    f"{INSIDE}/system_calls.py",
    f"{INSIDE}/confinement.py",
    f"{INSIDE}/absent.py",
    f"{INSIDE}/box.py",
    f"{INSIDE}/nursery.py",
)
START_SECONDS = 60.0
ORDER_SECONDS = 20.0


class SandboxFailed(RuntimeError):
    """The box itself failed, not the code in it: nothing is to be concluded, try again in a new Sandbox."""


class Nursery:
    """One nursery process. For one thread; a worker each has its own.

    The kernel ends the nursery when the thread that made it ends.

    Raises
    ------
    SandboxFailed
        If it does not start; the message has what it said.
    """

    def __init__(self, level: str):
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = _started(levels.command(level, (COURSE / BOOTSTRAP).read_text(encoding="utf-8")), theirs)
        hello = {"settings": levels.settings(level), "texts": _texts()}
        try:
            self._control.settimeout(START_SECONDS)
            self._control.sendall(json.dumps(hello).encode("ascii") + b"\n")
            self._reply()
        except (OSError, SandboxFailed) as error:
            self.close()
            said = self._process.stderr.read().decode(errors="replace").strip().splitlines()
            raise SandboxFailed(f"it did not start: {said[-1] if said else error}") from error
        finally:
            self._process.stderr.close()
        self._control.settimeout(ORDER_SECONDS)

    def start_box(self) -> tuple[socket.socket, int]:
        """Fork a box; the socket that it serves, and its process id as the nursery knows it."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [ORDER.pack(START, 0)], [theirs.fileno()])
                return ours, self._reply()
            except (OSError, SandboxFailed) as error:
                ours.close()
                raise SandboxFailed(f"no box could be started: {error}") from error

    def kill_box(self, pid: int) -> int:
        """End a box, dead or alive; its wait status."""
        try:
            self._control.sendall(ORDER.pack(KILL, pid))
            return self._reply()
        except OSError as error:
            raise SandboxFailed(f"a box could not be ended: {error}") from error

    def close(self) -> None:
        """End the nursery and every box that it started."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2)
            return
        self._process.kill()
        self._process.wait()

    def _reply(self) -> int:
        reply = self._control.recv(REPLY.size, socket.MSG_WAITALL)
        if len(reply) < REPLY.size:
            raise SandboxFailed("the nursery has ended")
        return REPLY.unpack(reply)[0]


def _started(command: list[str], control: socket.socket) -> subprocess.Popen:
    try:
        return subprocess.Popen(
            command,
            stdin=control,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=levels.ENVIRONMENT,
            cwd="/",
            start_new_session=True,  # an interrupt from the keyboard is the trusted side's to answer
        )
    except OSError as error:
        raise SandboxFailed(f"{command[0]} cannot be run: {error}") from error


def _texts() -> dict[str, str]:
    """What the box runs, by module name."""
    return {name.removesuffix(".py").replace("/", "."): (COURSE / name).read_text(encoding="utf-8") for name in TEXTS}
