"""A Python with NumPy loaded and nobody's code in it, that forks one confined process for each exercise.

Orders come over the control socket: START, with the socket that the new process is to serve, is answered by its
process id; KILL by its wait status. When the control socket closes, all ends.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from grading.sandbox.inside import absent, box, confinement
from grading.sandbox.wire import KILL, ORDER, REPLY, START

# Loaded before the first fork: a box then starts in milliseconds, and needs no file of a Python that lies where only
# root may look.
WARM = """
    abc argparse array ast base64 bisect builtins calendar cmath codecs collections.abc colorsys concurrent.futures
    contextlib copy csv ctypes dataclasses datetime decimal difflib doctest enum fractions functools gc glob hashlib
    heapq importlib.resources inspect io itertools json keyword logging math multiprocessing numbers operator os pathlib
    pdb pickle platform pprint queue random re secrets shutil signal socket statistics string struct subprocess sys
    tempfile textwrap threading time timeit traceback types typing unittest unittest.mock uuid warnings weakref zlib
    numpy.char numpy.ctypeslib numpy.dtypes numpy.exceptions numpy.fft numpy.lib.format numpy.lib.stride_tricks
    numpy.linalg numpy.ma numpy.polynomial numpy.random numpy.rec numpy.strings numpy.testing numpy.typing
""".split()


def main(control: socket.socket, settings: dict[str, Any]) -> None:
    """Prepare, report readiness, and take orders until the control socket closes."""
    for name in WARM:
        importlib.import_module(name)
    sys.path.remove(settings["packages"])  # NumPy finds its own parts; nothing else that lies beside it is to be found
    absent.install()
    ruleset = confinement.read_only_ruleset(readable(settings)) if settings["confined"] else None
    if settings["confined"]:
        confinement.drop_privileges()
        confinement.die_with(settings["parent"])
    os.dup2(1, 2)  # the pipe that was there for failures until now
    gc.collect()
    gc.freeze()
    control.sendall(REPLY.pack(0))
    with contextlib.suppress(ConnectionResetError):
        take_orders(control, settings["confined"], ruleset)


def take_orders(control: socket.socket, confined: bool, ruleset: int | None) -> None:
    """Start and end boxes as asked, until the control socket closes."""
    children: set[int] = set()
    try:
        while True:
            message, sockets, _, _ = socket.recv_fds(control, ORDER.size, 1)
            if not message:
                return
            verb, pid = ORDER.unpack(message)
            if verb == START:
                pid = start(control, sockets[0], confined, ruleset)
                children.add(pid)
                control.sendall(REPLY.pack(pid))
            elif verb == KILL and pid in children:
                children.remove(pid)
                control.sendall(REPLY.pack(end(pid)))
    finally:
        for pid in children:
            end(pid)


def readable(settings: dict[str, Any]) -> list[Path]:
    """The standard library without what is installed beside it, and NumPy."""
    library = [path for path in Path(settings["library"]).iterdir() if not path.name.endswith("-packages")]
    return [path for path in [*library, *map(Path, settings["numpy"])] if path.exists()]


def start(control: socket.socket, served: int, confined: bool, ruleset: int | None) -> int:
    """Fork one box that serves the socket ``served``; its process id."""
    nursery = os.getpid()
    pid = os.fork()
    if pid:
        os.close(served)
        return pid
    try:
        control.close()
        os.dup2(1, 0)  # an empty standard input
        if confined:
            confinement.die_with(nursery)
        confinement.limit_resources(strict=confined)
        if confined:
            confinement.restrict_files(ruleset)
            confinement.restrict_system_calls()
        box.serve(served)
    finally:
        os._exit(1)


def end(pid: int) -> int:
    """Kill a child that may be dead already; its wait status."""
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]
