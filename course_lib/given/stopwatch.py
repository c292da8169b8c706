"""Times that can be compared: tasks take turns, and the middle one of several times counts.

On a machine that does other things too, times vary from run to run; ratios of times taken in turns vary much less.
NumPy's matrix products use all cores unless OMP_NUM_THREADS says otherwise before NumPy is first imported.
"""

import importlib.util
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course_lib.given.job import Job, Task

NO_PYTORCH = "PyTorch is not installed here, so your functions are compared with each other only."

UNITS = ((1, "s"), (1e-3, "ms"), (1e-6, "µs"))


@dataclass(frozen=True)
class Timing:
    """Seconds that a task took: the median, and the quarters below and above it."""

    seconds: float
    low: float
    high: float
    multiply_adds: int

    @property
    def rate(self) -> float:
        """Multiply-adds a second."""
        return self.multiply_adds / self.seconds

    def __str__(self) -> str:
        unit, word = next(((size, word) for size, word in UNITS if self.seconds >= size), UNITS[-1])
        middle, low, high = (f"{seconds / unit:.3g}" for seconds in (self.seconds, self.low, self.high))
        return f"{middle:>5} {word}  (mostly {low} to {high})"


@dataclass(frozen=True)
class Machine:
    """What one core reaches at its best: multiply-adds a second in a matrix product, bytes a second in a copy."""

    rate: float
    bytes: float

    def __repr__(self) -> str:
        return (
            f"a large matrix product: {said(self.rate)} multiply-adds a second\n"
            f"a large copy: {said(self.bytes)} bytes a second, read and written"
        )


def race(tasks: dict[str, Task], seconds: float = 1.0, rounds: int = 9) -> dict[str, Timing]:
    """Time tasks in turns, each once to warm up and then once a round, until the time is over.

    Parameters
    ----------
    tasks : dict of str to Task
    seconds : float
        No new round begins after that many; there is always one.
    rounds : int
        The most there are.

    Returns
    -------
    dict of str to Timing
    """
    for task in tasks.values():
        task.call()
    laps, begun = [], time.perf_counter()
    while not laps or (len(laps) < rounds and time.perf_counter() - begun < seconds):
        laps.append([lap(task.call) for task in tasks.values()])
    quarters = np.percentile(laps, (50, 25, 75), axis=0).T
    return {name: Timing(*map(float, row), task.multiply_adds) for (name, task), row in zip(tasks.items(), quarters)}


def lap(call: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def machine() -> Machine:
    """Measure this machine, in float32 and in under two seconds: the best of several matrix products and copies."""
    square = np.ones((768, 768), np.float32)
    product = np.empty_like(square)
    source = np.ones(2**23, np.float32)  # 32 MB, and as much for its copy: more than most caches hold
    target = source.copy()
    by_product = best(lambda: np.matmul(square, square, out=product), seconds=0.5)
    by_copy = best(lambda: np.copyto(target, source), seconds=0.3)
    return Machine(768**3 / by_product, 2 * source.nbytes / by_copy)


def best(call: Callable[[], object], seconds: float) -> float:
    """The shortest of the laps that fit in so many seconds; there are always two."""
    laps, begun = [lap(call), lap(call)], time.perf_counter()
    while time.perf_counter() - begun < seconds:
        laps.append(lap(call))
    return min(laps)


def has_pytorch() -> bool:
    """Whether PyTorch is installed."""
    return importlib.util.find_spec("torch") is not None


def pytorch(job: Job) -> dict[str, Task]:
    """PyTorch's convolution on one core as a task called "PyTorch"; an empty dict where it is not installed."""
    if not has_pytorch():
        return {}
    import torch

    torch.set_num_threads(1)
    x, w = map(torch.from_numpy, job.arrays)
    return {"PyTorch": Task(lambda: torch.conv2d(x, w, padding=job.padding), job.multiply_adds)}


def said(number: float) -> str:
    """A large number as people say it: ``2.1 million``, ``58 billion``."""
    for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if number >= size:
            return f"{short(number / size)}{word}"
    return short(number)


def short(number: float) -> str:
    """Two digits, or all of them where there are more before the point: ``0.037``, ``2.1``, ``58``, ``340``."""
    return f"{number:.0f}" if number >= 9.95 else f"{number:.2g}"
