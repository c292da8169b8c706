"""Figures and one table of chapter 05: activations, layers, feature maps, what a network believes, counts."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_lib.given.plots import PAGE, Picture, show

DARK, LIGHT = "#08205c", "#d8bd68"


@dataclass(frozen=True)
class Table:
    """Rows of texts under headings: a table in a notebook, lines everywhere else. All but the first column to the
    right."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def _repr_html_(self) -> str:
        body = "".join(_row("td", row) for row in self.rows)
        return f"<table><thead>{_row('th', self.headings)}</thead><tbody>{body}</tbody></table>"

    def __repr__(self) -> str:
        rows = (self.headings, *self.rows)
        widths = [max(map(len, column)) for column in zip(*rows)]
        return "\n".join("  ".join(text.rjust(width) for text, width in zip(row, widths)) for row in rows)


def layer_table(layers: Sequence[dict], rows: Sequence[dict]) -> Table:
    """What layer_shapes says of a network, one line a layer, with the sum of the parameters.

    Parameters
    ----------
    layers : sequence of dict
        As layer_shapes takes them.
    rows : sequence of dict
        As layer_shapes returns them.
    """
    lines = [
        (
            ", ".join([layer["kind"], *(f"{name} {number}" for name, number in layer.items() if name != "kind")]),
            " × ".join(map(str, row["shape"])),
            f"{row['parameters']:,}" if row["parameters"] else "–",
            str(row["receptive_field"]),
        )
        for layer, row in zip(layers, rows, strict=True)
    ]
    total = ("together", "", f"{sum(row['parameters'] for row in rows):,}", "")
    return Table(("layer", "shape", "parameters", "receptive field"), (*lines, total))


def activations(alt: str) -> Picture:
    """Draw relu beside two functions that squash."""
    x = np.linspace(-4, 4, 400)
    figure = Figure(figsize=(6.0, 3.2), layout="constrained")
    ax = figure.subplots()
    ax.axhline(0, color="0.8", linewidth=0.8)
    ax.axvline(0, color="0.8", linewidth=0.8)
    ax.plot(x, np.maximum(x, 0), color=DARK, linewidth=2.5, label="relu")
    ax.plot(x, np.tanh(x), color="0.35", linewidth=1.5, linestyle="--", label="tanh")
    ax.plot(x, 1 / (1 + np.exp(-x)), color="0.35", linewidth=1.5, linestyle=":", label="sigmoid")
    ax.set_xlabel("what goes in")
    ax.set_ylabel("what comes out")
    ax.legend(frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
    return show(figure, alt)


def stack(names: Sequence[str], shapes: Sequence[tuple[int, ...]], alt: str) -> Picture:
    """Draw a network from left to right: maps as sheets one behind another, rows of numbers as bars."""
    figure = Figure(figsize=(PAGE, 2.7), layout="constrained")
    ax = figure.subplots()
    left = 0.0
    for name, shape in zip(names, shapes, strict=True):
        middle = left + (_sheets(ax, left, *shape) if len(shape) == 3 else _bar(ax, left, shape[0])) / 2
        ax.text(middle, -21, name, ha="center", va="top", fontsize=9)
        ax.text(middle, -26.5, "×".join(map(str, shape)), ha="center", va="top", fontsize=8, color="0.3")
        left = 2 * (middle - left) + left + 9
    ax.set_xlim(-2, left - 6)
    ax.set_ylim(-31, 24)
    ax.set_aspect("equal")
    ax.axis("off")
    return show(figure, alt)


def _sheets(ax, left: float, channels: int, height: int, width: int) -> float:
    """Maps, one behind another; gives the breadth taken."""
    step = min(1.2, 12 / channels)
    for c in reversed(range(channels)):
        corner = left + c * step, c * step * 0.6 - height / 2
        ax.add_patch(Rectangle(corner, width, height, facecolor="#dfe4f0", edgecolor=DARK, linewidth=0.7))
    return width + (channels - 1) * step


def _bar(ax, left: float, length: int) -> float:
    """A row of numbers, stood on end; gives the breadth taken."""
    height = 4 + 30 * np.sqrt(length / 400)
    ax.add_patch(Rectangle((left, -height / 2), 3, height, facecolor=LIGHT, edgecolor="black", linewidth=0.7))
    return 3.0


def maps(stages: Sequence[np.ndarray], titles: Sequence[str], alt: str) -> Picture:
    """Draw the feature maps after each relu or pooling layer, one row a layer, from 0 (black) to the row's largest.

    Parameters
    ----------
    stages : sequence of ndarray, each of shape (C, H, W)
    titles : sequence of str
    alt : str
    """
    sides = [min(1.15, (PAGE - 0.2) / len(stage)) for stage in stages]  # inches
    height = sum(sides) + 0.35 * len(stages)
    figure = Figure(figsize=(PAGE, height))
    top = height
    for stage, title, side in zip(stages, titles, sides, strict=True):
        figure.text(0.1 / PAGE, (top - 0.2) / height, f"{title}: {' × '.join(map(str, stage.shape))}", fontsize=9)
        top -= side + 0.35
        for c, image in enumerate(stage):
            corner = (0.1 + c * side) / PAGE, (top + 0.08) / height
            ax = figure.add_axes((*corner, 0.94 * side / PAGE, 0.94 * side / height))
            ax.imshow(image, cmap="gray", vmin=0, vmax=float(stage.max()) or 1.0, interpolation="nearest")
            ax.axis("off")
    return show(figure, alt)


def beliefs(images: Sequence[np.ndarray], probabilities: np.ndarray, labels: Sequence[int], alt: str) -> Picture:
    """Draw each digit over the probabilities that a network gives to the ten classes; the right one is hatched.

    Parameters
    ----------
    images : sequence of ndarray, each of shape (H, W)
    probabilities : ndarray, shape (N, 10)
    labels : sequence of int
    alt : str
    """
    figure = Figure(figsize=(PAGE, 3.4), layout="constrained")
    axes = figure.subplots(2, len(images), height_ratios=(1.5, 1), squeeze=False)
    for (picture, chart), image, row, label in zip(axes.T, images, probabilities, labels, strict=True):
        picture.imshow(image, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
        picture.set_title(f"a {label}, read as {row.argmax()}", fontsize=10)
        picture.axis("off")
        bars = chart.bar(range(10), row, color=DARK)
        bars[label].set(facecolor=LIGHT, edgecolor="black", hatch="///")
        chart.set(ylim=(0, 1), xticks=range(10), yticks=(0, 1))
        chart.tick_params(labelsize=8)
        chart.spines[["top", "right"]].set_visible(False)
    axes[1, 0].set_ylabel("probability", fontsize=9)
    return show(figure, alt)


def bars(names: Sequence[str], heights: Sequence[float], title: str, alt: str) -> Picture:
    """Draw one bar for each name, with its number on it."""
    figure = Figure(figsize=(6.5, 2.8), layout="constrained")
    ax = figure.subplots()
    drawn = ax.bar(names, heights, color=DARK)
    ax.bar_label(drawn, [f"{height:g}" for height in heights], fontsize=9)
    ax.set_title(title, fontsize=10, loc="left")
    ax.margins(y=0.15)
    ax.spines[["top", "right"]].set_visible(False)
    return show(figure, alt)


def _row(tag: str, texts: Sequence[str]) -> str:
    first, *others = (html.escape(text) for text in texts)
    cells = "".join(f'<{tag} style="text-align:right">{text}</{tag}>' for text in others)
    return f'<tr><{tag} style="text-align:left">{first}</{tag}>{cells}</tr>'
