"""The trusted end of one box: questions and answers against the clock."""

from __future__ import annotations

import time
from typing import Any

from grading.sandbox.nursery import Nursery, SandboxFailed
from grading.sandbox.values import DoesNotFit
from grading.sandbox.wire import HEADER_LIMIT, BadFrame, encode, read_value

CONFINE_SECONDS = 20.0


class Box:
    """One confined process. Its code is not trusted: every answer has a time limit and a length limit.

    Raises
    ------
    SandboxFailed
        If the process does not report that it is confined. No learner's code has run by then.
    """

    def __init__(self, nursery: Nursery):
        self._nursery = nursery
        self._socket, self._pid = nursery.start_box()
        self._status: int | None = None
        try:
            if self._read(time.monotonic() + CONFINE_SECONDS) != "confined":
                raise BadFrame("its first word is not ours")
        except (OSError, EOFError, BadFrame) as error:
            self.close()
            raise SandboxFailed(f"a box could not confine itself: {error or type(error).__name__}") from error

    def ask(self, question: Any, seconds: float, header_limit: int = HEADER_LIMIT) -> Any:
        """Send a value and read the one that comes back.

        Raises
        ------
        TimeoutError
            If it is not there in time.
        OSError, EOFError, BadFrame
            If the process has ended, or sent something else. After any of these the box is of no more use.
        SandboxFailed
            If the question is not one that can be sent: our mistake.
        """
        try:
            frame = encode(question, header_limit, foreign=False)
        except (TypeError, DoesNotFit) as error:
            raise SandboxFailed(f"a question cannot be sent: {error}") from error
        deadline = time.monotonic() + seconds
        self._socket.settimeout(seconds)
        self._socket.sendall(frame)
        return self._read(deadline)

    def close(self) -> int:
        """End the process; its wait status."""
        if self._status is None:
            self._socket.close()
            self._status = self._nursery.kill_box(self._pid)
        return self._status

    def _read(self, deadline: float) -> Any:
        def receive(count: int) -> bytearray:
            data = bytearray(count)
            rest = memoryview(data)
            while rest:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError("out of time")
                self._socket.settimeout(left)
                got = self._socket.recv_into(rest)
                if not got:
                    raise EOFError("it has ended")
                rest = rest[got:]
            return data

        return read_value(receive)
