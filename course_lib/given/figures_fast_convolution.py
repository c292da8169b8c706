"""Drawings of chapter 06: windows as columns, numbers on the tape of memory, shared rows, waves, tiles."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from course_lib.given.plots import MARK, PAGE, Picture, show

SHEETS = ("#fff0b0", "#d8bd68", "#5a6f9e")  # from light to dark, so that they read in greyscale


def windows_as_columns(alt: str) -> Picture:
    """Draw an image of two channels, 3 × 4, and the matrix of its 2 × 2 windows, one window marked in both."""
    image = np.arange(24).reshape(2, 3, 4)
    matrix = np.array([image[:, i : i + 2, j : j + 2].ravel() for i in range(2) for j in range(3)]).T
    marked, i, j = 1, 0, 1
    figure = Figure(figsize=(PAGE, 3.9), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.8))
    for c, channel in enumerate(image):
        for (row, column), number in np.ndenumerate(channel):
            _box(left, column, 4 * c + row, str(number), SHEETS[c])
        left.add_patch(Rectangle((j, 4 * c + i), 2, 2, fill=False, edgecolor=MARK, linewidth=3))
        left.text(-0.15, 4 * c + 1.5, f"c = {c}", ha="right", va="center", fontsize=9)
    for (row, column), number in np.ndenumerate(matrix):
        _box(right, column, row, str(number), SHEETS[row // 4])
    right.add_patch(Rectangle((marked, 0), 1, 8, fill=False, edgecolor=MARK, linewidth=3))
    for row in range(8):
        right.text(-0.15, row + 0.5, f"{row // 4}, {row // 2 % 2}, {row % 2}", ha="right", va="center", fontsize=9)
    for column in range(6):
        right.text(column + 0.5, -0.2, f"{column // 3}, {column % 3}", ha="center", fontsize=9)
    right.text(-0.15, -0.2, "c, u, v", ha="right", fontsize=9, fontweight="bold")
    right.text(6.15, -0.2, "i, j", fontsize=9, fontweight="bold")
    left.set_title("an image, 2 × 3 × 4", fontsize=10)
    right.set_title("its windows as columns, 8 × 6", fontsize=10)
    _frame(left, (-0.9, 4.1), (7.1, -0.1))
    _frame(right, (-1.0, 6.9), (8.1, -0.6))
    return show(figure, alt)


def tapes(alt: str) -> Picture:
    """Draw three images of 2 × 3 pixels in memory, batch first and batch last, the two left columns marked."""
    figure = Figure(figsize=(PAGE, 3.0), layout="constrained")
    ax = figure.subplots()
    for n, name in enumerate("ABC"):
        for pixel in range(6):
            _box(ax, 5 * n + 2 + pixel % 3, pixel // 3, f"{name}{pixel + 1}", SHEETS[n])
        ax.add_patch(Rectangle((5 * n + 2, 0), 2, 2, fill=False, edgecolor=MARK, linewidth=3))
        ax.text(5 * n + 1.9, 1, f"image {name}", ha="right", va="center", fontsize=9)
    first = [(n, pixel) for n in range(3) for pixel in range(6)]
    last = [(n, pixel) for pixel in range(6) for n in range(3)]
    for top, order, title in (
        (3.1, first, "(N, C, H, W): image by image"),
        (5.1, last, "(H, C, W, N): pixel by pixel"),
    ):
        ax.text(0, top - 0.2, f"memory, {title}", fontsize=10)
        for place, (n, pixel) in enumerate(order):
            _box(ax, place, top, f"{'ABC'[n]}{pixel + 1}", SHEETS[n])
        for begin, length in _runs([pixel % 3 < 2 for _, pixel in order]):
            ax.add_patch(Rectangle((begin, top), length, 1, fill=False, edgecolor=MARK, linewidth=3))
    _frame(ax, (-0.1, 18.1), (6.2, -0.1))
    return show(figure, alt)


def shared_rows(alt: str) -> Picture:
    """Draw the shifted rows of 4 × 6 pixels for a 3 × 3 kernel on the tape, and which of them each output row takes."""
    figure = Figure(figsize=(PAGE, 3.3), layout="constrained")
    ax = figure.subplots()
    for i in range(4):
        for v in range(3):
            for j in range(4):
                _box(ax, 4.6 * i + j, v, str(6 * i + j + v), SHEETS[v])
            if i == 0:
                ax.text(-0.15, v + 0.5, f"v = {v}", ha="right", va="center", fontsize=9)
        ax.text(4.6 * i + 2, -0.2, f"row {i}", ha="center", fontsize=10)
    for i, height in ((0, 3.55), (1, 4.45)):
        begin, end = 4.6 * i, 4.6 * (i + 2) + 4
        ax.plot([begin, begin, end, end], [height - 0.25, height, height, height - 0.25], color=MARK, linewidth=2)
        words = f"the matrix of output row {i}: 9 × 4"
        ax.text((begin + end) / 2, height, words, ha="center", va="center", fontsize=10, backgroundcolor="white")
    ax.annotate("", xy=(17.9, 5.3), xytext=(0, 5.3), arrowprops={"arrowstyle": "->", "color": "0.3"})
    ax.text(8.9, 5.3, "memory", ha="center", va="center", fontsize=9, color="0.3", backgroundcolor="white")
    _frame(ax, (-1.4, 18.1), (5.6, -0.7))
    return show(figure, alt)


def waves(alt: str) -> Picture:
    """Draw a wave and a step, each with what one kernel of nine makes of it: only the wave keeps its shape."""
    kernel = np.array([-0.1, 0.05, 0.2, 0.45, 0.3, 0.05, -0.15, -0.1, 0.05])
    places = np.arange(72)
    signals = {"a wave": np.sin(2 * np.pi * places / 18), "a step": np.where(places % 36 < 18, 1.0, -1.0)}
    figure = Figure(figsize=(PAGE, 2.4), layout="constrained")
    for ax, (name, signal) in zip(figure.subplots(1, 2, sharey=True), signals.items()):
        answer = np.correlate(signal, kernel, "valid")
        ax.plot(places[4:-4], signal[4:-4], color="0.45", linewidth=1.5, linestyle="--", label="before")
        ax.plot(places[4:-4], answer, color="#08205c", linewidth=2.5, label="after the kernel")
        ax.set_title(name, fontsize=10)
        ax.set_ylim(-1.25, 1.25)
        ax.set_xticks([])
        ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return show(figure, alt)


def tiles(alt: str) -> Picture:
    """Draw two neighbouring tiles of 6 × 6 pixels, which overlap by two columns, and the outputs of each."""
    figure = Figure(figsize=(7.0, 3.1), layout="constrained")
    ax = figure.subplots()
    for i, j in np.ndindex(6, 10):
        _box(ax, j, i, "", "#c9c9c9" if j in (4, 5) else "white")
    for i, j in np.ndindex(4, 8):
        _box(ax, 12.5 + j, i + 1, "", SHEETS[0] if j < 4 else SHEETS[2])
    for left, style in ((0, "-"), (4, "--")):
        outline = {"fill": False, "edgecolor": MARK, "linewidth": 3, "linestyle": style}
        ax.add_patch(Rectangle((left, 0), 6, 6, **outline))
        ax.add_patch(Rectangle((12.5 + left, 1), 4, 4, **outline))
    ax.text(5, -0.3, "pixels: two tiles of 6 × 6, four apart", ha="center", fontsize=10)
    ax.text(16.5, 0.7, "outputs: 4 × 4 from each tile", ha="center", fontsize=10)
    _frame(ax, (-0.2, 20.7), (6.2, -1.0))
    return show(figure, alt)


def peaks(image: np.ndarray, found: np.ndarray, size: int, count: int, alt: str) -> Picture:
    """Draw an image with a ring around each of the strongest places of a map that a large kernel made of it.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    found : ndarray, shape (H - size + 1, W - size + 1)
    size : int
        Length of the kernel; no two peaks are nearer to each other than half of it.
    count : int
    alt : str
    """
    figure = Figure(figsize=(7.6, 4.4), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.imshow(image, cmap="gray", vmin=0, vmax=1)
    places = strongest(found, size // 2, count)
    right.imshow(found, cmap="gray", vmin=0, vmax=float(found[places[-1]]))
    for i, j in places:
        left.add_patch(Rectangle((j, i), size, size, fill=False, edgecolor=MARK, linewidth=2.5))
        right.add_patch(Circle((j, i), size / 2, fill=False, edgecolor=MARK, linewidth=1.5))
    left.set_title(f"the {count} strongest answers", fontsize=10)
    right.set_title("the map, zero and below in black", fontsize=10)
    for ax in (left, right):
        ax.axis("off")
    return show(figure, alt)


def strongest(found: np.ndarray, apart: int, count: int) -> list[tuple[int, int]]:
    """Rows and columns of the largest numbers of a map, each at least so far from those before it in a direction."""
    left, places = np.array(found, float), []
    for _ in range(count):
        i, j = map(int, np.unravel_index(left.argmax(), left.shape))
        places.append((i, j))
        left[max(0, i - apart) : i + apart + 1, max(0, j - apart) : j + apart + 1] = -np.inf
    return places


def _runs(marked: list[bool]) -> list[tuple[int, int]]:
    """Where the stretches of True begin, and how long they are."""
    edges = np.flatnonzero(np.diff([False, *marked, False]))
    return [(int(begin), int(end - begin)) for begin, end in edges.reshape(-1, 2)]


def _box(ax: Axes, left: float, top: float, text: str, face: str) -> None:
    ax.add_patch(Rectangle((left, top), 1, 1, facecolor=face, edgecolor="0.3", linewidth=0.7))
    ink = "white" if face == SHEETS[2] else "black"
    ax.text(left + 0.5, top + 0.5, text, ha="center", va="center", fontsize=9, color=ink)


def _frame(ax: Axes, across: tuple[float, float], down: tuple[float, float]) -> None:
    ax.set_xlim(across)
    ax.set_ylim(down)
    ax.set_aspect("equal")
    ax.axis("off")
