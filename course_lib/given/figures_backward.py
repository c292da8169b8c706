"""Drawings of chapter 07 on the way back: a slope, messages between layers, windows that add up, rows backwards."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from course_lib.given.plots import MARK, PAGE, Picture, _draw, _written, show

DARK, SHEETS = "#08205c", ("#fff0b0", "#d8bd68", "#9db0d8")


def slope(values: np.ndarray, losses: np.ndarray, at: float, step: float, alt: str) -> Picture:
    """Draw the loss against one number, with the line through the losses a step to the left and to the right.

    Parameters
    ----------
    values, losses : ndarray, shape (L,)
    at, step : float
        Where the number stands, and how far it is moved to each side.
    alt : str
    """
    left, right = np.interp([at - step, at + step], values, losses)
    rise = (right - left) / (2 * step)
    figure = Figure(figsize=(6.5, 3.2), layout="constrained")
    ax = figure.subplots()
    ax.plot(values, losses, color=DARK, linewidth=2.5)
    reach = 4 * step
    middle = (left + right) / 2
    ax.plot([at - reach, at + reach], [middle - rise * reach, middle + rise * reach], "--", color=MARK, linewidth=2)
    ax.plot([at - step, at + step], [left, right], "o", color=MARK, markersize=8)
    aside = (12, -16) if rise > 0 else (12, 8)  # on the outer side of the curve
    ax.annotate(f"slope {_written(rise)}", (at + step, right), aside, textcoords="offset points", fontsize=11)
    ax.set(xlabel="one weight", ylabel="loss")
    ax.spines[["top", "right"]].set_visible(False)
    return show(figure, alt)


def messages(layers: Sequence[str], shapes: Sequence[str], parameters: Sequence[str], alt: str) -> Picture:
    """Draw a chain of layers: what goes forward above, what comes back below, what reaches the parameters beneath.

    Parameters
    ----------
    layers : sequence of str
    shapes : sequence of str
        Of what goes into each layer, and of what leaves the last one.
    parameters : sequence of str
        Of each layer, empty where it has none.
    alt : str
    """
    figure = Figure(figsize=(PAGE, 2.6), layout="constrained")
    ax = figure.subplots()
    for place, (layer, parameter) in enumerate(zip(layers, parameters, strict=True)):
        left = 3 * place + 1.4
        ax.add_patch(FancyBboxPatch((left, 0), 1.2, 2, boxstyle="round,pad=0.08", facecolor=SHEETS[0], edgecolor=DARK))
        ax.text(left + 0.6, 1, layer, ha="center", va="center", fontsize=10)
        if parameter:
            _arrow(ax, (left + 0.6, -0.1), (left + 0.6, -1.0), MARK, "--")
            ax.text(left + 0.6, -1.1, parameter, ha="center", va="top", fontsize=9)
    for place, shape in enumerate(shapes):
        left, right = 3 * place - 0.2, 3 * place + 1.3
        _arrow(ax, (left, 1.55), (right, 1.55), DARK, "-")
        _arrow(ax, (right, 0.45), (left, 0.45), MARK, "--")
        ax.text((left + right) / 2, 1.7, shape, ha="center", fontsize=9)
        ax.text((left + right) / 2, 0.3, shape, ha="center", va="top", fontsize=9)
    ax.text(-0.2, 2.45, "forward: numbers", fontsize=9, color=DARK)
    ax.text(3 * len(layers) + 1.3, -0.55, "back: gradients", ha="right", va="top", fontsize=9, color=MARK)
    _frame(ax, (-0.4, 3 * len(layers) + 1.5), (-1.6, 2.8))
    return show(figure, alt)


def spread(dy: np.ndarray, kernel: np.ndarray, alt: str) -> Picture:
    """Draw what each entry of a gradient sends back to the image through a kernel, and the sum of it all.

    Parameters
    ----------
    dy : ndarray, shape (OH, OW)
    kernel : ndarray, shape (KH, KW)
    alt : str
    """
    (OH, OW), (KH, KW) = dy.shape, kernel.shape
    sent = sent_back(dy, kernel)
    panels = [dy, kernel, *sent, sent.sum(axis=0)]
    titles = ["dy", "kernel", *(f"sent by dy[{i}, {j}]" for i, j in np.ndindex(OH, OW)), "dx: the sum"]
    figure = Figure(figsize=(PAGE, 1.9), layout="constrained")
    axes = figure.subplots(1, len(panels), width_ratios=[panel.shape[1] for panel in panels])
    for ax, panel, title in zip(axes, panels, titles, strict=True):
        _draw(ax, panel, title, 0.42 * panel.shape[1], signed=False)
        ax.title.set_fontsize(9)
    for ax, (i, j) in zip(axes[2:], np.ndindex(OH, OW)):
        ax.add_patch(Rectangle((j - 0.5, i - 0.5), KW, KH, fill=False, edgecolor=MARK, linewidth=3))
    return show(figure, alt)


def rows_backwards(dy: np.ndarray, kernel: np.ndarray, padding: int, alt: str) -> Picture:
    """Draw conv2d_rows backwards, for one image, channel and filter: matrices, shared blocks, shifted copies, crop.

    Parameters
    ----------
    dy : ndarray, shape (2, OW)
    kernel : ndarray, shape (KH, KW)
    padding : int
    alt : str
    """
    (OH, OW), (KH, KW) = dy.shape, kernel.shape
    matrices, blocks, padded = stages(dy, kernel)
    figure = Figure(figsize=(PAGE, 5.6), layout="constrained")
    ax = figure.subplots()
    step, lefts = KW + 0.6, np.cumsum([0.0, OW + 1.6, OW + 1.9, OW + 1.9])
    for i in range(OH):
        for u in range(KH):
            _block(ax, lefts[i], step * (i + u), matrices[i, u], SHEETS[i])
        ax.text(lefts[i] + OW / 2, step * i - 0.25, f"1. kernel × dy[{i}]", ha="center", fontsize=10)
    for r, block in enumerate(blocks):
        middle, shared = step * r + KW / 2, 0 < r < OH
        _block(ax, lefts[2], step * r, block, SHEETS[2] if shared else SHEETS[min(r, 1)])
        _block(ax, lefts[3], step * r + (KW - 1) / 2, padded[r : r + 1], "white")
        _arrow(ax, (lefts[1 if r else 0] + OW + 0.15, middle), (lefts[2] - 0.15, middle), "0.3", "-")
        _arrow(ax, (lefts[2] + OW + 0.15, middle), (lefts[3] - 0.15, middle), "0.3", "-")
        if shared:
            ax.add_patch(Rectangle((lefts[2], step * r), OW, KW, fill=False, edgecolor=MARK, linewidth=3))
            ax.text(lefts[1] - 0.8, middle, "+", ha="center", va="center", fontsize=16)
    right, bottom = padded.shape[1], step * len(blocks)
    ax.text(lefts[2] + OW / 2, -0.25, "2. add what shares a row", ha="center", fontsize=10)
    ax.text(lefts[3] + right / 2, -0.25, "3. add what was shifted", ha="center", fontsize=10)
    ax.text(lefts[3] + right / 2, bottom + 0.1, "4. cut the padding off", ha="center", va="top", fontsize=10)
    top, height = step * padding + (KW - 1) / 2, step * (len(blocks) - 2 * padding - 1) + 1
    kept = Rectangle((lefts[3] + padding, top), right - 2 * padding, height, fill=False, edgecolor="black", linewidth=4)
    ax.add_patch(kept)
    _frame(ax, (-0.2, lefts[3] + right + 0.2), (bottom + 0.6, -0.9))
    return show(figure, alt)


def sent_back(dy: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """What each entry of dy sends to the image, shape (OH * OW, H, W)."""
    (OH, OW), (KH, KW) = dy.shape, kernel.shape
    sent = np.zeros((OH * OW, OH + KH - 1, OW + KW - 1))
    for place, (i, j) in enumerate(np.ndindex(OH, OW)):
        sent[place, i : i + KH, j : j + KW] = dy[i, j] * kernel
    return sent


def stages(dy: np.ndarray, kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The matrices (OH, KH, KW, OW), the blocks (H, KW, OW) that they add up to, and the padded image (H, W)."""
    (OH, OW), (KH, KW) = dy.shape, kernel.shape
    matrices = np.stack([np.outer(kernel.ravel(), row) for row in dy]).reshape(OH, KH, KW, OW)
    blocks, padded = np.zeros((OH + KH - 1, KW, OW)), np.zeros((OH + KH - 1, OW + KW - 1))
    for i in range(OH):
        blocks[i : i + KH] += matrices[i]
    for v in range(KW):
        padded[:, v : v + OW] += blocks[:, v]
    return matrices, blocks, padded


def _block(ax: Axes, left: float, top: float, numbers: np.ndarray, face: str) -> None:
    """Lines of numbers in cells, from the top down."""
    for (line, place), number in np.ndenumerate(numbers):
        cell = Rectangle((left + place, top + line), 1, 1, facecolor=face, edgecolor="black", linewidth=0.7)
        ax.add_patch(cell)
        ax.text(left + place + 0.5, top + line + 0.5, f"{number:g}", ha="center", va="center", fontsize=10)


def _arrow(ax: Axes, begin: tuple[float, float], end: tuple[float, float], colour: str, style: str) -> None:
    ax.annotate(
        "", xy=end, xytext=begin, arrowprops={"arrowstyle": "->", "color": colour, "linestyle": style, "lw": 1.6}
    )


def _frame(ax: Axes, across: tuple[float, float], down: tuple[float, float]) -> None:
    ax.set(xlim=across, ylim=down, aspect="equal")
    ax.axis("off")
