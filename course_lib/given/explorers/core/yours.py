"""The second lane: the learner's own function on what the explorer shows.

The function runs in a process of its own, which is started when a browser first asks and then kept. So nothing that
it does can hang or end the notebook's kernel: a process that does not answer in time is killed, also in the middle
of one long call into NumPy, and the next question starts a new one. A kernel that ends closes the pipe, and the
process ends with it.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.given.learner import FOLDER
from course_lib.given.loader import read_sources

SECONDS = 2.0  # for all that one question asks
START = 30.0  # for a new process, on a machine that is busy


class Workshop:
    """A process in which the learner's functions run; started when first needed, one for all explorers."""

    def __init__(self, folder: Path = FOLDER, seconds: float = SECONDS):
        self.folder, self.seconds = folder, seconds
        self._process: subprocess.Popen | None = None
        self._pipe: Any = None
        self._stuck: dict[str, dict[str, str]] = {}  # by function, the files with which it did not come to an end
        self._lock = threading.Lock()

    def run(self, calls: list[tuple[str, list, dict]]) -> list[dict]:
        """What comes of calls ``(function, arguments, keywords)``, read fresh from disk.

        Returns
        -------
        list of dict
            For each call ``{"value": …}``, with arrays, numbers, tuples and dicts in it, or ``{"sentence": …}``, which
            says what went wrong.
        """
        with self._lock:
            sources, left, answers = read_sources(self.folder), self.seconds, []
            for call in calls:
                if self._stuck.get(call[0]) == sources:
                    answers.append({"sentence": self._too_slow(call[0])})
                    continue
                if self._process is None:
                    self._start()
                began = time.monotonic()
                answers.append(self._one(call, sources, left))
                left = max(0, left - (time.monotonic() - began))
            return answers

    def _one(self, call: tuple[str, list, dict], sources: dict[str, str], seconds: float) -> dict:
        name = call[0]
        try:
            self._pipe.send((sources, self.folder, *call))
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except (EOFError, OSError):
            self.stop()
            return {
                "sentence": f"`{name}` ended Python itself. Look for `exit`, `os._exit` or endless recursion in it."
            }
        self.stop()
        self._stuck[name] = sources
        return {"sentence": self._too_slow(name)}

    def _too_slow(self, name: str) -> str:
        return (
            f"`{name}` did not come to an end within {self.seconds:g} seconds, and was stopped. "
            f"Does one of its loops go on for ever? Mend it and save; until then it is not run again."
        )

    def _start(self) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        command = [
            sys.executable,
            "-m",
            "course_lib.given.explorers.core.worker",
            str(theirs.fileno()),
            str(self.seconds),
        ]
        self._process = subprocess.Popen(
            command,
            cwd=FOLDER.parent,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # the kernel's interrupts are not for it
        )
        theirs.close()
        if self._pipe.poll(START):
            self._pipe.recv()  # it is ready

    def stop(self) -> None:
        """End the process; the next call starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._pipe.close()
            self._process = None


workshop = Workshop()


def answer(calls: list[dict], buffers: list) -> tuple[list[dict], list[bytes]]:
    """Run what a script asks for, and pack what came of it.

    Parameters
    ----------
    calls : list of dict
        Each ``{"function": str, "args": list, "kwargs": dict}``; an array is ``{"array": n, "shape": [...]}`` with its
        float64 bytes in ``buffers[n]``, and a list of numbers stands for a tuple.
    buffers : list of bytes-like

    Returns
    -------
    answers : list of dict
        Each ``{"value": …}`` or ``{"sentence": str}``.
    data : list of bytes
        The arrays in the values, as float64.
    """
    asked = [
        (call["function"], _unpack(call["args"], buffers, True), _unpack(call["kwargs"], buffers)) for call in calls
    ]
    data: list[bytes] = []
    answers = workshop.run(asked)
    return [item if "sentence" in item else {"value": _pack(item["value"], data)} for item in answers], data


def _unpack(item: Any, buffers: list, arguments: bool = False) -> Any:
    if isinstance(item, dict) and "array" in item:
        return np.frombuffer(bytes(buffers[item["array"]])).reshape(item["shape"]).copy()
    if isinstance(item, dict):
        return {key: _unpack(value, buffers) for key, value in item.items()}
    if isinstance(item, list):
        parts = [_unpack(part, buffers) for part in item]
        plain = not arguments and all(isinstance(part, (int, float)) for part in parts)
        return tuple(parts) if plain else parts
    return item


def _pack(value: Any, data: list[bytes]) -> Any:
    if isinstance(value, np.ndarray):
        data.append(np.ascontiguousarray(value, np.float64).tobytes())
        return {"array": len(data) - 1, "shape": list(value.shape)}
    if isinstance(value, tuple):
        return {"tuple": [_pack(part, data) for part in value]}
    if isinstance(value, dict):
        return {"dict": {name: _pack(part, data) for name, part in value.items()}}
    return value
