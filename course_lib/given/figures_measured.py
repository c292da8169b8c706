"""Charts of what was measured in chapter 06. Their words end with the numbers, since these differ on each machine."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_lib.given.job import Job
from course_lib.given.plots import MARK, PAGE, Picture, show
from course_lib.given.stopwatch import Machine, Timing, said, short

DARK, LIGHT = "#08205c", "#d8bd68"
MARKERS = {"seven loops": "x", "conv2d": "v", "im2col": "s", "rows": "o", "FFT": "^", "Winograd": "D", "PyTorch": "*"}
SHADES = {"im2col": ("white", ""), "rows": ("#d8bd68", ""), "FFT": ("#5a6f9e", "//"), "Winograd": ("#08205c", "")}


def ladder(times: Mapping[str, Timing], alt: str) -> Picture:
    """Draw how many multiply-adds a second each method reached, with the quarters around the median.

    The log scale has the same ends every time, so that ladders can be compared.

    Parameters
    ----------
    times : mapping of str to Timing
    alt : str
    """
    rates = [timing.rate for timing in times.values()]
    figure = Figure(figsize=(PAGE, 0.5 * len(times) + 1.0), layout="constrained")
    ax = figure.subplots()
    for place, (name, timing) in enumerate(times.items()):
        face = LIGHT if name == "PyTorch" else DARK
        ax.barh(place, timing.rate, color=face, edgecolor="black", hatch="///" if name == "PyTorch" else "", height=0.6)
        ends = timing.multiply_adds / np.array([timing.high, timing.low])
        ax.plot(ends, [place, place], color=MARK, linewidth=2.5)
        ax.text(max(ends[1], timing.rate) * 1.15, place, said(timing.rate), va="center", fontsize=10)
    ax.set_yticks(range(len(times)), list(times))
    ax.invert_yaxis()
    ax.set_xscale("log")
    ax.set_xlim(min(1e5, min(rates) / 5), max(1e12, max(rates) * 8))
    ax.set_xlabel("multiply-adds a second (each step of the scale is ten times as much)")
    ax.spines[["top", "right"]].set_visible(False)
    return show(figure, _with_numbers(alt, {name: said(timing.rate) for name, timing in times.items()}))


def roofline(machine: Machine, jobs: Sequence[tuple[str, Job, Mapping[str, Timing]]], alt: str) -> Picture:
    """Draw each method at its multiply-adds a byte and a second, under what the machine's memory and products allow.

    Parameters
    ----------
    machine : Machine
    jobs : sequence of (name, Job, times by method)
        The first is drawn filled, the others hollow.
    alt : str
    """
    figure = Figure(figsize=(PAGE, 4.8), layout="constrained")
    ax = figure.subplots()
    points = [
        (job.multiply_adds / job.traffic(method), timing.rate, method, rank)
        for rank, (_, job, times) in enumerate(jobs)
        for method, timing in times.items()
    ]
    ends = np.array([min(point[0] for point in points) / 4, max(point[0] for point in points) * 4])
    along = np.geomspace(*ends, 200)
    ax.plot(along, np.minimum(machine.rate, machine.bytes * along), color="black", linewidth=2)
    ax.text(ends[1], machine.rate * 1.2, "matrix products", ha="right", fontsize=9)
    ax.text(ends[0] * 1.1, machine.bytes * ends[0] * 2.2, "memory", fontsize=9)
    for across, up, method, rank in points:
        style = {"color": DARK} if rank == 0 else {"facecolor": "white", "edgecolor": DARK}
        if method == "seven loops":
            style = {"color": DARK if rank == 0 else "0.5"}
        ax.scatter(across, up, marker=MARKERS.get(method, "P"), s=80, linewidth=1.5, zorder=3, **style)
    for method in dict.fromkeys(point[2] for point in points):
        marker = MARKERS.get(method, "P")
        ax.plot([], [], marker=marker, color=DARK, linestyle="", markersize=8, label=method)
    for rank, (name, _, _) in enumerate(jobs):
        ax.plot([], [], linestyle="", label=f"{'hollow' if rank else 'filled'}: {name}")
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlabel("multiply-adds for each byte that is moved")
    ax.set_ylabel("multiply-adds a second")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=9)
    spoken = {
        f"{method}, {name}": f"{said(timing.rate)} at {short(job.multiply_adds / job.traffic(method))} a byte"
        for name, job, times in jobs
        for method, timing in times.items()
    }
    return show(figure, _with_numbers(alt, spoken))


def errors(found: Mapping[str, Mapping[str, float]], alt: str) -> Picture:
    """Draw the largest error of each method as a share of the largest output, one kind of mark for each dtype.

    Parameters
    ----------
    found : mapping of str to mapping of str to float
        The errors by dtype, then by method.
    alt : str
    """
    methods = list(next(iter(found.values())))
    figure = Figure(figsize=(PAGE, 0.45 * len(methods) + 1.3), layout="constrained")
    ax = figure.subplots()
    for (dtype, by_method), marker, face in zip(found.items(), "oD", (DARK, LIGHT)):
        steps = float(np.finfo(dtype).eps)
        ax.axvline(steps, color="0.5", linestyle="--" if marker == "o" else ":")
        ax.text(steps, -0.75, f"one step of {dtype}", ha="center", fontsize=9)
        heights = [max(by_method[method], steps / 50) for method in methods]
        ax.scatter(heights, range(len(methods)), marker=marker, s=80, color=face, edgecolor="black", zorder=3)
        for place, method in enumerate(methods):
            ax.text(heights[place] * 1.6, place, _power(by_method[method]), va="center", fontsize=9)
    ax.set_yticks(range(len(methods)), methods)
    ax.set_ylim(len(methods) - 0.5, -1.1)
    ax.set_xscale("log")
    ax.set_xlim(1e-17, 1e-3)
    ax.set_xlabel("largest error, as a share of the largest output")
    ax.spines[["top", "right"]].set_visible(False)
    spoken = {f"{method} in {dtype}": _power(e) for dtype, row in found.items() for method, e in row.items()}
    return show(figure, _with_numbers(alt, spoken))


def winners(times: Mapping[tuple[int, int], Mapping[str, Timing]], alt: str) -> Picture:
    """Draw which method was fastest for each kernel size and number of channels, and how far ahead it was.

    Parameters
    ----------
    times : mapping of (kernel size, channels) to times by method
    alt : str
    """
    sizes, channels = (sorted({key[axis] for key in times}) for axis in (0, 1))
    figure = Figure(figsize=(PAGE, 0.85 * len(channels) + 0.9), layout="constrained")
    ax = figure.subplots()
    spoken = {}
    for (size, channel), methods in times.items():
        ranking = sorted(methods, key=lambda method: methods[method].seconds)
        first, second = ranking[:2]
        ahead = methods[second].seconds / methods[first].seconds
        left, bottom = sizes.index(size), channels.index(channel)
        face, hatch = SHADES[first]
        ax.add_patch(Rectangle((left, bottom), 1, 1, facecolor=face, hatch=hatch, edgecolor="black"))
        ink = "white" if face == "#08205c" else "black"
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5} if hatch else None
        ax.text(left + 0.5, bottom + 0.6, first, ha="center", va="center", fontsize=11, color=ink, bbox=box)
        behind = f"then {second}, ×{ahead:.1f}"
        ax.text(left + 0.5, bottom + 0.24, behind, ha="center", va="center", fontsize=8, color=ink, bbox=box)
        spoken[f"kernel {size}, {channel} channels"] = f"{first}, then {second} at {ahead:.1f} times its time"
    ax.set_xticks(np.arange(len(sizes)) + 0.5, [f"{size}×{size}" for size in sizes])
    ax.set_yticks(np.arange(len(channels)) + 0.5, channels)
    ax.set(xlim=(0, len(sizes)), ylim=(0, len(channels)), xlabel="kernel", ylabel="channels, and filters")
    ax.tick_params(length=0)
    return show(figure, _with_numbers(alt, spoken))


def _power(error: float) -> str:
    return f"{error:.0e}" if error else "none"


def _with_numbers(alt: str, spoken: Mapping[str, str]) -> str:
    return f"{alt} Measured here: {'; '.join(f'{name} {words}' for name, words in spoken.items())}."
