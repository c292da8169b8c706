"""How a process shuts itself in, for good: no privilege needed, no dependency, Linux only.

After all of it, the process can compute, read the standard library and NumPy, and use the file descriptors that it
already has. It cannot open another file, change one, make a process or a thread, send a signal, or make a socket.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
from collections.abc import Iterable
from pathlib import Path

from grading.sandbox.inside.system_calls import ALLOWED, AUDIT_ARCHITECTURES

UNPRIVILEGED = 65534  # "nobody"
LIMITS = {
    "RLIMIT_AS": 1536 << 20,
    "RLIMIT_FSIZE": 0,
    "RLIMIT_CORE": 0,
    "RLIMIT_NOFILE": 64,
    "RLIMIT_NPROC": 0,
    "RLIMIT_CPU": 300,  # seconds; a backstop for the clock outside
}

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446  # the same on every architecture
READ_FILE, READ_DIR = 1 << 2, 1 << 3
FILE_RIGHTS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15}  # how many bits of rights are known; 16 from ABI 5 on

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
    return result


def _prctl(option: int, *values: int | ctypes.c_void_p) -> None:
    arguments = [value if isinstance(value, ctypes.c_void_p) else ctypes.c_ulong(value) for value in values]
    padding = [ctypes.c_ulong(0)] * (4 - len(arguments))
    _checked(_libc.prctl(option, *arguments, *padding), f"prctl {option}")


def drop_privileges() -> None:
    """Stop being root, if this is root, and give up what a set-user-id program could give back."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED)
        os.setresuid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED)
    _prctl(PR_SET_NO_NEW_PRIVS, 1)


def die_with(parent: int | None) -> None:
    """Have the kernel kill this process when its parent dies; end now if ``parent`` is gone already.

    ``None``: the parent's process id means nothing here, because it lies in another namespace.
    To be called after a change of user, which clears it.
    """
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def limit_resources(strict: bool) -> None:
    """Lower the limits of memory, files, processes and CPU time. Not ``strict``: as far as the system knows them."""
    for name, limit in LIMITS.items():
        with contextlib.nullcontext() if strict else contextlib.suppress(AttributeError, ValueError, OSError):
            which = getattr(resource, name)
            hard = resource.getrlimit(which)[1]
            lowest = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(which, (lowest, lowest))


def read_only_ruleset(paths: Iterable[Path]) -> int | None:
    """A Landlock ruleset under which nothing but these files and folders can be read; None without Landlock.

    Every other right that this kernel knows is refused everywhere: to write, make, remove, run; from ABI 4 on to use
    TCP, from ABI 6 on to signal a process outside.
    """
    abi = _libc.syscall(LANDLOCK_CREATE, None, 0, 1)
    if abi < 1:
        return None
    file_rights = (1 << FILE_RIGHTS_BY_ABI.get(abi, 16)) - 1
    network, scope = (0b11 if abi >= 4 else 0), (0b11 if abi >= 6 else 0)
    attributes = struct.pack("=QQQ", file_rights, network, scope)[: 8 if abi < 4 else 16 if abi < 6 else 24]
    ruleset = _checked(_libc.syscall(LANDLOCK_CREATE, attributes, len(attributes), 0), "landlock_create_ruleset")
    for path in paths:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rights = READ_FILE | READ_DIR if path.is_dir() else READ_FILE
        _checked(_libc.syscall(LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", rights, fd), 0), f"landlock {path}")
        os.close(fd)
    return ruleset


def restrict_files(ruleset: int | None) -> None:
    """Live under the ruleset from now on."""
    if ruleset is not None:
        _checked(_libc.syscall(LANDLOCK_RESTRICT, ruleset, 0), "landlock_restrict_self")
        os.close(ruleset)


def restrict_system_calls() -> None:
    """Refuse, with EPERM, every system call but the allowed ones; another architecture's are fatal."""
    machine = platform.machine()
    if machine not in AUDIT_ARCHITECTURES:
        raise OSError(f"system calls of the {machine} architecture are not known here")
    load, equal, give_back = 0x20, 0x15, 0x06
    kill, refuse, allow = 0x8000_0000, 0x0005_0001, 0x7FFF_0000
    numbers = sorted(ALLOWED[machine])
    program = [
        (load, 0, 0, 4),  # the architecture
        (equal, 1, 0, AUDIT_ARCHITECTURES[machine]),
        (give_back, 0, 0, kill),
        (load, 0, 0, 0),  # the number of the call
        *((equal, len(numbers) - i, 0, number) for i, number in enumerate(numbers)),
        (give_back, 0, 0, refuse),
        (give_back, 0, 0, allow),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(code)))
    _prctl(PR_SET_SECCOMP, 2, ctypes.c_void_p(ctypes.addressof(header)))
