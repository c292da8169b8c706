"""Charts of chapter 07 on the way down: signals through layers, paths in a valley, results by seed."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.given.plots import PAGE, Picture, show

DARK, LIGHT = "#08205c", "#d8bd68"
LINES = (("-", DARK, "o"), ("--", "0.4", "s"), (":", DARK, "^"), ("-.", "0.4", "D"))


def signal_sizes(sizes: Mapping[str, Sequence[float]], alt: str) -> Picture:
    """Draw the size of a signal after each layer, on a log scale, one line for each way to begin.

    Parameters
    ----------
    sizes : mapping of str to sequence of float
        At most four.
    alt : str
    """
    figure = Figure(figsize=(6.8, 3.2), layout="constrained")
    ax = figure.subplots()
    for (name, line), (style, colour, marker) in zip(sizes.items(), LINES, strict=False):
        ax.plot(range(len(line)), line, style, color=colour, marker=marker, markersize=4, label=name)
    ax.set_yscale("log")
    ax.set(xlabel="layers passed", ylabel="size of the signal", xticks=range(0, max(map(len, sizes.values())), 5))
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    ends = "; ".join(f"{name}: {line[-1]:.1e}" for name, line in sizes.items())
    return show(figure, f"{alt} After the last layer, {ends}.")


def valley(height, paths: Mapping[str, np.ndarray], alt: str) -> Picture:
    """Draw paths down a valley, one panel each, over lines of equal height.

    Parameters
    ----------
    height : callable
        ``height(a, b)`` for arrays of places.
    paths : mapping of str to ndarray, each of shape (steps + 1, 2)
    alt : str
    """
    a, b = np.meshgrid(np.linspace(-10, 4, 140), np.linspace(-2.6, 2.6, 100))
    figure = Figure(figsize=(PAGE, 1.9 * -(-len(paths) // 2)), layout="constrained")
    axes = figure.subplots(-(-len(paths) // 2), 2, sharex=True, sharey=True, squeeze=False).ravel()
    for ax, (name, path) in zip(axes, paths.items()):
        ax.contour(a, b, height(a, b), levels=np.geomspace(0.3, 120, 9), colors="0.8", linewidths=0.8)
        ax.plot(*path.T, "-", color=DARK, linewidth=1.2, marker="o", markersize=3)
        ax.plot(0, 0, marker="*", markersize=13, color=LIGHT, markeredgecolor="black")
        ax.set_title(f"{name}: height {height(*path[-1]):.2g} at the end", fontsize=10, loc="left")
        ax.set(xlim=(-10, 4), ylim=(-2.6, 2.6), xticks=[], yticks=[])
    for ax in axes[len(paths) :]:
        ax.axis("off")
    ends = "; ".join(f"{name} ends at height {height(*path[-1]):.2g}" for name, path in paths.items())
    return show(figure, f"{alt} {ends}.")


def by_seed(results: Mapping[str, Sequence[float]], title: str, alt: str) -> Picture:
    """Draw a dot for each seed and a bar at the median, one line for each way to train.

    Parameters
    ----------
    results : mapping of str to sequence of float
        Shares, from 0 to 1.
    title : str
    alt : str
    """
    figure = Figure(figsize=(PAGE, 0.42 * len(results) + 1.0), layout="constrained")
    ax = figure.subplots()
    for place, shares in enumerate(results.values()):
        ax.plot([min(shares), max(shares)], [place, place], color="0.75", linewidth=5, solid_capstyle="round")
        ax.plot(shares, [place] * len(shares), "o", color="white", markeredgecolor=DARK, markersize=7)
        ax.plot([np.median(shares)] * 2, [place - 0.3, place + 0.3], color=DARK, linewidth=3)
    ax.set_yticks(range(len(results)), results)
    ax.invert_yaxis()
    ax.set_title(title, fontsize=10, loc="left")
    ax.xaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    ax.grid(axis="x", color="0.9")
    ax.spines[["top", "right"]].set_visible(False)
    told = "; ".join(
        f"{name} {min(shares):.1%} to {max(shares):.1%}, median {np.median(shares):.1%}"
        for name, shares in results.items()
    )
    return show(figure, f"{alt} {told}.")
