"""How the nursery is started at each level of confinement, and what of this machine it gets to see.

strong
    bubblewrap: own process, network, host name and mount namespaces, in which only Python and NumPy are mounted, for
    reading. Inside it, the self-confinement of ``kernel``.
kernel
    Self-confinement alone: another user where we are root, resource limits, Landlock, a seccomp filter. The names of
    files outside can be asked for (does it exist, how long is it), their contents cannot.
process
    A process of its own with a clock. It protects the answers and the marks, not the machine.
"""

from __future__ import annotations

import os
import sys
import sysconfig

from grading.sandbox import mounts

LEVELS = ("strong", "kernel", "process")

ENVIRONMENT = {  # all of it: nothing tells that this is grading, and for whom
    "HOME": "/",
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
}
PYTHON_FLAGS = ("-s", "-S", "-P")  # nobody's site-packages, no working directory on the path


def command(level: str, bootstrap: str) -> list[str]:
    """The command line of the nursery; its standard input is the control socket."""
    python = [os.path.realpath(sys.executable), *PYTHON_FLAGS, "-c", bootstrap]
    return [*bubblewrap(), *python] if level == "strong" else python


def settings(level: str) -> dict:
    """What the nursery is told at its start."""
    return {
        "confined": level != "process",
        "parent": os.getpid() if level == "kernel" else None,  # bubblewrap watches over its own
        "packages": str(mounts.packages()),
        "library": sysconfig.get_path("stdlib"),
        "numpy": [str(path) for path in mounts.numpy_folders()],
    }


def bubblewrap() -> list[str]:
    """The bwrap command: everything unshared, nothing writable, only Python and NumPy mounted.

    Root makes no user namespace but keeps the two capabilities with which the nursery then becomes nobody: root in a
    user namespace would still be root to the limits that count by user.
    """
    if os.geteuid() == 0:
        namespaces = "--unshare-pid --unshare-net --unshare-ipc --unshare-uts --unshare-cgroup-try".split()
        capabilities = "--cap-drop ALL --cap-add CAP_SETUID --cap-add CAP_SETGID".split()
    else:
        namespaces, capabilities = ["--unshare-all"], "--cap-drop ALL".split()
    return [
        "bwrap",
        *namespaces,
        *capabilities,
        *"--die-with-parent --new-session --hostname box --chdir /".split(),
        *mounts.arguments(),
    ]
