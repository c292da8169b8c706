"""One process for one exercise: load the learner's module, then answer calls until the other side hangs up."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from autograder_tests.judging.calls import Answer, Call, Failure, describe, perform
from course_lib.given.loader import PACKAGE, MissingModule, load
from grading.sandbox.answers import to_value
from grading.sandbox.values import DoesNotFit
from grading.sandbox.wire import SOURCES_LIMIT, encode, read_value


def serve(fd: int) -> None:
    """Say that the confinement holds, load what is asked for, and answer calls. Ends with the process."""

    def receive(count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            piece = os.read(fd, min(count - len(data), 1 << 20))
            if not piece:
                os._exit(0)
            data += piece
        return bytes(data)

    def send(frame: bytes) -> None:
        rest = memoryview(frame)
        while rest:
            rest = rest[os.write(fd, rest) :]

    send(encode("confined"))
    task = read_value(receive, SOURCES_LIMIT)
    random.seed(0)  # code that draws without a seed still gives the same report twice
    np.random.seed(0)
    filename = f"{PACKAGE}/{task['stem']}.py"
    function = find(task, filename)
    if isinstance(function, Answer):
        send(encode(to_value(function)))
        return
    send(encode("loaded"))
    while True:
        call = Call(**read_value(receive))
        send(frame_of(guarded(partial(perform, function, call, filename), filename)))


def find(task: dict[str, Any], filename: str) -> Callable | Answer:
    """The learner's function, or the answer that its absence is."""

    def look() -> Callable | Answer:
        try:
            module = load(task["stem"], task["sources"])
        except MissingModule as error:
            return Answer("not_written", failure=Failure("MissingModule", str(error)))
        if task["name"] not in vars(module):
            return Answer("not_written", failure=Failure("AttributeError", f"{filename} has no {task['name']}"))
        return vars(module)[task["name"]]

    return guarded(look, filename)


def guarded(action: Callable[[], Any], filename: str) -> Any:
    """What ``action`` gives, or how it failed: SystemExit and KeyboardInterrupt end it, not the process."""
    try:
        return action()
    except BaseException as error:
        return Answer("raised", failure=describe(error, filename))


def frame_of(answer: Answer) -> bytes:
    """The answer as a frame, or as much of it as fits."""
    try:
        return encode(to_value(answer))
    except (DoesNotFit, MemoryError) as error:
        failure = Failure("ResultTooLarge", f"the result cannot be handed back: {error or 'it does not fit in memory'}")
        too_large = Answer("raised", failure=failure, arguments=answer.arguments, printed=answer.printed)
    try:
        return encode(to_value(too_large))
    except (DoesNotFit, MemoryError):  # then it is the arguments, and so they are no longer what they were
        return encode(to_value(replace(too_large, arguments=((), {}))))
