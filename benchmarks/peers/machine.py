"""On what the figures were measured: processor, libraries, and how much the machine itself wavers."""

import ctypes
import os
import platform
from pathlib import Path

import numpy as np

from .pairs import Ratio, compare

try:
    import torch
except ImportError:
    torch = None


def keep_memory() -> str:
    """Ask the C library to keep freed memory for the next array, for both sides alike.

    Otherwise each large array is handed back to the system when it goes and fetched again, page by page, for the next:
    some 400 page faults a training step, at a price that differs from machine to machine and from run to run.
    """
    trim_threshold, mmap_threshold = -1, -3  # glibc's names for them, in malloc.h
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return "as the C library does it"
    done = mallopt(trim_threshold, 1 << 28) and mallopt(mmap_threshold, 1 << 28)
    return "freed memory is kept for the next array, on both sides" if done else "as the C library does it"


def describe() -> dict[str, str]:
    """Processor, cores, libraries and their kernels."""
    told = {
        "processor": processor(),
        "cores": str(os.cpu_count()),
        "Python": platform.python_version(),
        "NumPy": f"{np.__version__}, {blas()}",
        "threads": "1 on each side",
        "memory": keep_memory(),
    }
    if torch:
        told["PyTorch"] = f"{torch.__version__}, CPU capability {torch.backends.cpu.get_cpu_capability()}"
    return told


def processor() -> str:
    """The processor's name, and its widest vector instructions where Linux tells them."""
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor() or platform.machine()
    lines = dict(line.split(":", 1) for line in info.read_text().splitlines() if ":" in line)
    fields = {name.strip(): value.strip() for name, value in lines.items()}
    vectors = [name for name in ("avx512f", "avx2") if name in fields.get("flags", "").split()]
    return f"{fields.get('model name', platform.machine())}, {vectors[0] if vectors else 'no AVX2'}"


def blas() -> str:
    """NumPy's BLAS, with the kernels that it chose."""
    from threadpoolctl import threadpool_info

    numpy_only = [library for library in threadpool_info() if "numpy" in library["filepath"]]
    if not numpy_only:
        return "BLAS unknown"
    library = numpy_only[0]
    return f"{library['internal_api']} {library['version']}, kernels {library.get('architecture', 'unknown')}"


def noise(pairs: int) -> Ratio:
    """A matrix product against itself: what is not 1 here is the machine's doing."""
    a = np.random.default_rng(0).standard_normal((512, 512), dtype="float32")
    return compare(lambda: a @ a, lambda: a @ a, pairs)
