"""The figures of chapter 03: two ways to use a third axis, one place over all channels, and where films move."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_lib.given.plots import MARK, PAGE, Picture, _draw, _written, show

STEP = np.array([0.4, 0.28])  # how far each card of a pile lies behind the one before it
CARD = np.array([2.1, 1.6])
WINDOW = np.array([0.6, 0.5])


def two_ways(alt: str) -> Picture:
    """Draw a kernel that covers all channels beside one that moves along the depth, each with what comes out.

    Parameters
    ----------
    alt : str
    """
    figure = Figure(figsize=(PAGE, 2.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    _pile(left, ["red", "green", "blue"], covered=range(3), into=1)
    left.set_title("sum over channels: two directions to move in", fontsize=11)
    _pile(right, [f"frame {t}" for t in range(5)], covered=range(3), into=3)
    right.set_title("slide along depth: three directions to move in", fontsize=11)
    return show(figure, alt)


def _pile(ax: Axes, names: list[str], covered: range, into: int) -> None:
    """A pile of cards with the kernel's box on some of them, its ways to move, and the pile that comes out."""
    for depth in reversed(range(len(names))):
        _card(ax, depth * STEP, CARD, depth)
        ax.text(*(depth * STEP + CARD * [0, 1] + [0.06, -0.05]), names[depth], va="top", fontsize=8)
    front = np.array([0.3, 0.55])
    back = front + covered[-1] * STEP
    for corner in np.array([[0, 0], [0, 1], [1, 0], [1, 1]]) * WINDOW:
        ax.plot(*zip(front + corner, back + corner), color=MARK, linewidth=1)
    for depth in reversed(covered):
        ax.add_patch(Rectangle(front + depth * STEP, *WINDOW, facecolor=MARK, alpha=0.25, linewidth=0))
        ax.add_patch(Rectangle(front + depth * STEP, *WINDOW, fill=False, edgecolor=MARK, linewidth=2))
    _arrow(ax, back + WINDOW * [1, 0.5], (0.75, 0))
    _arrow(ax, front + WINDOW * [0.5, 0], (0, -0.5))
    if len(covered) < len(names):
        _arrow(ax, back + WINDOW, 2 * STEP)
    ax.annotate("", xy=(4.75, 0.85), xytext=(3.95, 0.85), arrowprops=dict(arrowstyle="->", color="0.25"))
    out = np.array([4.95, 0.35])
    for depth in reversed(range(into)):
        _card(ax, out + depth * STEP, CARD - WINDOW, depth)
    word = "1 feature map" if into == 1 else f"{into} slices, in order"
    ax.text(out[0], out[1] - 0.1, word, va="top", fontsize=9)
    ax.set_xlim(-0.1, 7.35)
    ax.set_ylim(-0.1, 2.8)
    ax.set_aspect("equal")
    ax.axis("off")


def _card(ax: Axes, at: np.ndarray, size: np.ndarray, depth: int) -> None:
    ax.add_patch(Rectangle(at, *size, facecolor=str(0.96 - 0.05 * depth), edgecolor="0.25", linewidth=1))


def _arrow(ax: Axes, begin: np.ndarray, way: np.ndarray | tuple[float, float]) -> None:
    ax.annotate("", xy=begin + way, xytext=begin, arrowprops=dict(arrowstyle="-|>", color="black", linewidth=2))


def place(image: np.ndarray, kernel: np.ndarray, row: int, column: int, names: list[str], alt: str) -> Picture:
    """Draw one place of an image with channels: in each channel the window, the kernel's slice, and its share.

    Parameters
    ----------
    image : ndarray, shape (C, H, W)
    kernel : ndarray, shape (C, KH, KW)
    row, column : int
        Where the window begins.
    names : list of str
        What the channels are called.
    alt : str
    """
    C, KH, KW = kernel.shape
    figure = Figure(figsize=(PAGE, 2.4 * C), layout="constrained")
    axes = figure.subplots(C, 4, squeeze=False)
    shares = []
    for c, row_axes in enumerate(axes):
        patch = image[c, row : row + KH, column : column + KW]
        shares.append((patch * kernel[c]).sum())
        _draw(row_axes[0], image[c], names[c], 2.4)
        row_axes[0].add_patch(Rectangle((column - 0.5, row - 0.5), KW, KH, fill=False, edgecolor=MARK, linewidth=3))
        titles = "patch", "× its slice", "= products"
        for ax, array, title in zip(row_axes[1:], (patch, kernel[c], patch * kernel[c]), titles, strict=True):
            _draw(ax, array, title, 1.8)
        row_axes[3].set_xlabel(f"their sum: {_written(shares[-1])}", fontsize=10, fontweight="bold")
    added = " + ".join(_written(share) for share in shares).replace("+ −", "− ")
    figure.supxlabel(f"one place, one number: {added} = {_written(sum(shares))}", fontsize=12, fontweight="bold")
    return show(figure, alt)


def duel(one: np.ndarray, other: np.ndarray, labels: np.ndarray, names: tuple[str, str], alt: str) -> Picture:
    """Draw two answers to each film against each other, with a mark for the way in which the film really moves.

    Parameters
    ----------
    one, other : ndarray, shape (N,)
        How strongly each of two kernels answers to each film.
    labels : ndarray, shape (N,), str
    names : tuple of str
        What the two kernels look for.
    alt : str
    """
    figure = Figure(figsize=(5.6, 4.4), layout="constrained")
    ax = figure.subplots()
    end = 1.08 * max(one.max(), other.max())
    ax.plot([0, end], [0, end], color="0.6", linewidth=1, linestyle="--")
    for name, marker, face in zip(sorted(set(labels.tolist())), "o^sD", ("#fff0b0", "#08205c", "white", "0.5")):
        ax.scatter(
            one[labels == name],
            other[labels == name],
            marker=marker,
            s=60,
            color=face,
            edgecolor="black",
            label=f"moves {name}",
        )
    ax.set_xlabel(f"answer of the kernel for {names[0]}")
    ax.set_ylabel(f"answer of the kernel for {names[1]}")
    ax.set_xlim(0, end)
    ax.set_ylim(0, end)
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return show(figure, alt)
