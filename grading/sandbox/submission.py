"""A learner's files, and their functions as callers that run behind the wall."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from typing import Any

from autograder_tests.judging.calls import Answer, Call, Failure
from grading.sandbox.answers import from_value
from grading.sandbox.box import Box
from grading.sandbox.nursery import Nursery
from grading.sandbox.wire import HEADER_LIMIT, SOURCES_LIMIT, BadFrame

LOAD_SECONDS = 10.0
EXERCISE_SECONDS = 20.0  # for all calls and loads of an exercise; a right answer in plain loops needs less than 2
PATIENCE = 2  # calls of one exercise that may run out of time; after that we do not wait again


class Submission:
    """One learner's files. One box is alive at a time: the exercise that was asked last has it."""

    def __init__(self, nursery: Nursery, sources: Mapping[str, str]):
        self._nursery, self._sources = nursery, dict(sources)
        self._current: BoxCaller | None = None

    def caller(self, stem: str, name: str, seconds: float = 2.0) -> BoxCaller:
        """The function ``name`` of the chapter ``stem``, in a fresh process of its own.

        Parameters
        ----------
        stem, name : str
            For instance ``"convolution"``, ``"window_sum"``.
        seconds : float
            Wall-clock limit of each call. Loading the file has a limit of its own.
        """
        self.close()
        self._current = BoxCaller(self._nursery, self._sources, stem, name, seconds)
        return self._current

    def close(self) -> None:
        """End what still runs."""
        if self._current:
            self._current.close()

    def __enter__(self) -> Submission:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class BoxCaller:
    """A Caller: one function, called in a box, and in a new one after anything irregular."""

    def __init__(self, nursery: Nursery, sources: Mapping[str, str], stem: str, name: str, seconds: float):
        self._nursery, self._seconds = nursery, seconds
        self._task = {"stem": stem, "name": name, "sources": dict(sources)}
        self._box: Box | None = None
        self._not_callable: Answer | None = None
        self._slow = 0
        self._left = EXERCISE_SECONDS

    def __call__(self, call: Call) -> Answer:
        """What came of the call.

        Raises
        ------
        SandboxFailed
            If the box failed, not the code in it; also where the call is not one that can be sent.
        """
        if self._slow >= PATIENCE or self._left <= 0:
            return Answer("too_slow")
        try:
            if self._box is None:
                self._load()
            if self._not_callable:
                return self._not_callable
            return from_value(self._ask(vars(call), self._seconds))
        except TimeoutError:
            self._slow += 1
            self.close()
            return Answer("too_slow")
        except BadFrame:
            self.close()
            return _ended("your code sent something that is no answer, and its process was ended")
        except (OSError, EOFError):
            return _ended(_how_it_ended(self.close()))

    def close(self) -> int:
        """End the box, if there is one; its wait status. The next call gets a fresh one."""
        box, self._box = self._box, None
        return box.close() if box else 0

    def _load(self) -> None:
        if self._not_callable is None:
            self._box = Box(self._nursery)
            reply = self._ask(self._task, LOAD_SECONDS, SOURCES_LIMIT)
            if type(reply) is not str or reply != "loaded":  # an array would compare element by element
                self._not_callable = from_value(reply)
                self.close()

    def _ask(self, question: Any, seconds: float, header_limit: int = HEADER_LIMIT) -> Any:
        """Ask the box, on the exercise's account of time."""
        begin = time.monotonic()
        try:
            return self._box.ask(question, max(min(seconds, self._left), 0.001), header_limit)
        finally:
            self._left -= time.monotonic() - begin


def _ended(message: str) -> Answer:
    return Answer("ended", failure=Failure("ended", message))


def _how_it_ended(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"your code ended the process (exit status {code})"
    if -code == signal.SIGKILL:
        return "your code ended the process"
    return f"your code crashed the process ({signal.Signals(-code).name})"
