"""The measuring process of against_pytorch.py: folder and number of pairs come as arguments."""

import functools
import math
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import track

from . import machine, memory, nets, report
from .layers import DENSE, layers
from .pairs import Ratio, compare, summarize

GOALS = {"float32": (0.90, 0.70), "float64": (0.40, 0.25)}


def geometric_mean(rows: list[dict], dtype: str) -> dict:
    """The nine dense shapes as one row; its middle half is that of the rows, taken together."""
    chosen = [each for each in rows if each["work"].startswith(f"{DENSE}, ") and each["dtype"] == dtype]
    name, (reach, stretch) = f"{DENSE}, geometric mean of {len(chosen)} shapes", GOALS[dtype]
    if chosen[0]["ratio"] is None:
        mean = Ratio(math.nan, math.nan, math.nan, sum(each["seconds"] for each in chosen), None)
    else:
        middle, low, high = (
            math.exp(sum(math.log(each[part]) for each in chosen) / len(chosen)) for part in ("ratio", "low", "high")
        )
        sums = (sum(each[part] for each in chosen) for part in ("seconds", "peer_seconds"))
        mean = Ratio(middle, low, high, *sums)
    return report.row(name, dtype, mean, reach, stretch)


def to_accuracy(goal: float, seeds: int) -> Ratio:
    """Seconds until the small net has the accuracy, on both sides, seed by seed."""
    nets.train_small(0, goal)
    ours, theirs = [], []
    for seed in range(seeds):
        runs = [functools.partial(nets.train_small, seed, goal)]
        if nets.torch:
            runs.append(functools.partial(nets.train_small_in_torch, seed, goal))
        results = [run() for run in (runs if seed % 2 else runs[::-1])]
        results = results if seed % 2 else results[::-1]
        if all(reached >= goal for *_, reached in results):
            ours.append(results[0][0])
            theirs += [results[1][0]] if nets.torch else []
    return summarize(ours, theirs or None)


def measured(pairs: int) -> Iterator[dict]:
    """Row after row."""
    steps = [("float32", False, 0.60, 0.45), ("float64", False, None, None), ("float32", True, None, None)]
    for step in steps[: 3 if nets.torch else 2]:
        work = nets.training_step(*step)
        yield report.row(work.name, work.dtype, compare(work.ours, work.theirs, pairs), work.reach, work.stretch)
    small = to_accuracy(0.98, max(2, pairs // 3))
    yield report.row("8×8 digits to 98 % test accuracy", "float32", small, 0.35, 0.25)
    for work in layers():
        yield report.row(work.name, work.dtype, compare(work.ours, work.theirs, pairs), work.reach, work.stretch)


def main(folder: Path, pairs: int) -> None:
    console = Console()
    if nets.torch:
        nets.torch.set_num_threads(1)
    else:
        console.print("PyTorch is not installed: the NumPy side alone. For both: pip install torch==2.13.0")
    told = machine.describe()
    wavering = machine.noise(pairs)
    told["noise"] = (
        f"a matrix product against itself: {wavering.median:.2f}, middle half {wavering.low:.2f} to {wavering.high:.2f}"
    )
    rows = list(track(measured(pairs), "Timing", total=4 + 18 + 6 - (0 if nets.torch else 1), console=console))
    rows += [geometric_mean(rows, dtype) for dtype in GOALS]
    paths = report.write(folder, rows, memory.table(), told)
    console.print(paths[0].read_text(encoding="utf-8"), markup=False, highlight=False, soft_wrap=True)
    console.print("Written: " + ", ".join(map(str, paths)), highlight=False, soft_wrap=True)


main(Path(sys.argv[1]), int(sys.argv[2]))
