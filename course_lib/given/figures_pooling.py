"""Figures of chapter 04: windows with their winners, striped lines, and what a move changes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_lib.given.plots import MARK, PAGE, Picture, show

LINES = (("black", "o", "-"), ("#2b6cb0", "s", "--"), ("#c2571a", "^", "-."), ("#6b7a2f", "D", ":"))


def winners(image: np.ndarray, pooled: np.ndarray, window: int, alt: str) -> Picture:
    """Draw an image cut into windows, the largest pixel of each ringed, and the pooled map beside it.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    pooled : ndarray, shape (H // window, W // window)
    window : int
    alt : str
    """
    cell = 0.55
    figure = Figure(figsize=(cell * (image.shape[1] + pooled.shape[1]) + 1.2, cell * image.shape[0] + 0.9))
    figure.set_layout_engine("constrained")
    left, right = figure.subplots(1, 2, width_ratios=[image.shape[1], pooled.shape[1]])
    top = 1.2 * float(image.max())  # so that even the brightest cell is darker than the gaps
    for ax, array, title in ((left, image, "feature map"), (right, pooled, "the largest of each window")):
        _numbered(ax, array, top)
        ax.set_title(title, fontsize=10)
        ax.set_xlabel(f"{array.shape[0]} × {array.shape[1]}", fontsize=9)
        ax.spines[:].set_visible(False)
    for i, j in np.ndindex(pooled.shape):
        corner = j * window - 0.5, i * window - 0.5
        left.add_patch(Rectangle(corner, window, window, fill=False, edgecolor="white", linewidth=7))
        patch = image[i * window : (i + 1) * window, j * window : (j + 1) * window]
        row, column = np.argwhere(patch == pooled[i, j])[0]
        begin = j * window + column - 0.32, i * window + row - 0.32
        left.add_patch(Rectangle(begin, 0.64, 0.64, fill=False, edgecolor=MARK, linewidth=2.5))
    return show(figure, alt)


def strips(lines: Sequence[np.ndarray], titles: Sequence[str], alt: str) -> Picture:
    """Draw lines of numbers from 0 to 1 one under another, all as long as the first, whatever their number of entries.

    Parameters
    ----------
    lines : sequence of ndarray, each of shape (L,)
    titles : sequence of str
    alt : str
    """
    figure = Figure(figsize=(PAGE, 0.78 * len(lines) + 0.1), layout="constrained")
    axes = figure.subplots(len(lines), 1, squeeze=False)[:, 0]
    for ax, line, title in zip(axes, lines, titles, strict=True):
        _numbered(ax, line[np.newaxis], 1.0)
        ax.set_aspect("auto")
        ax.set_title(title, fontsize=10, loc="left")
    return show(figure, alt)


def changes(shifts: Sequence[int], curves: dict[str, Sequence[float]], alt: str) -> Picture:
    """Draw how much maps change when the image moves, one line a kind of map.

    Parameters
    ----------
    shifts : sequence of int
        Pixels by which the image moves.
    curves : dict of str to sequence of float
        What each line is called, and its height at each shift.
    alt : str
    """
    figure = Figure(figsize=(7.5, 4.0), layout="constrained")
    ax = figure.subplots()
    for (name, heights), (colour, marker, style) in zip(curves.items(), LINES):
        ax.plot(shifts, heights, color=colour, marker=marker, linestyle=style, label=name)
    ax.set_xticks(list(shifts))
    ax.set_xlabel("the image moves by … pixels")
    ax.set_ylabel("change, as a share of the map")
    ax.set_ylim(bottom=-0.04)
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return show(figure, alt)


def _numbered(ax: Axes, array: np.ndarray, top: float) -> None:
    """Cells in grey from 0 to ``top``, with their numbers written in."""
    ax.imshow(array, cmap="gray", vmin=0, vmax=top, interpolation="nearest")
    ax.set_xticks([])
    ax.set_yticks([])
    for (i, j), value in np.ndenumerate(array):
        ink = "black" if value > 0.55 * top else "white"
        ax.text(j, i, f"{value:.3g}", ha="center", va="center", fontsize=10, color=ink)
