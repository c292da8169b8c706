"""For the tests of the box: a sandbox for each level that this machine has, and what became of processes."""

import sys
import time
from pathlib import Path

import pytest
from conftest import skip_or_fail

from autograder_tests.judging.calls import Call
from grading.sandbox import Sandbox, SandboxUnavailable

LEVELS = ("strong", "kernel", "process")
HONEST = {"convolution": "def double(x):\n    return 2 * x\n"}

_open: dict[str, Sandbox] = {}


def sandbox_at(level):
    """The sandbox of that level, made once; where there is none the test is skipped, but not under CI=true."""
    if level not in _open:
        if level != "process" and not sys.platform.startswith("linux"):
            pytest.skip(f"the level {level} is for Linux")
        try:
            _open[level] = Sandbox(level, allow_weak=True)
        except SandboxUnavailable as error:
            skip_or_fail(str(error))
    return _open[level]


def close_all():
    """End every sandbox that was made."""
    while _open:
        _open.popitem()[1].close()


def answers_of(sandbox, text, *calls, seconds=2.0):
    """What comes of calling ``f`` of a chapter file, once for each tuple of arguments."""
    with sandbox.submission({"convolution": text}) as submission:
        caller = submission.caller("convolution", "f", seconds)
        return [caller(Call(args)) for args in calls or [()]]


def assert_works(sandbox):
    """A neighbour is served as if nothing had been."""
    with sandbox.submission(HONEST) as submission:
        assert submission.caller("convolution", "double")(Call((21,))).value == 42


def living():
    """Every process that has not ended, with its parent's process id."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state not in "ZX":
            parents[int(stat.parent.name)] = int(parent)
    return parents


def descendants(pid):
    """Process ids of the living children of ``pid``, and theirs."""
    children = {}
    for child, parent in living().items():
        children.setdefault(parent, []).append(child)
    found, todo = [], [pid]
    while todo:
        found += (more := children.get(todo.pop(), []))
        todo += more
    return found


def still_alive(pids):
    """Which of these processes do not end within five seconds."""
    deadline = time.monotonic() + 5
    while (alive := living().keys() & pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    return alive
