"""The figures of chapter 02: the places that a kernel finds along one axis, and what an output sees through a stack."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_lib.given.plots import MARK, PAGE, Picture, show

DARK, PALE = "#08205c", "#f2f2f2"
CELL = 0.42  # inches; the widest a pixel is drawn

Layer = tuple[int, int, int]


def places(n: int, k: int, alt: str, stride: int = 1, padding: int = 0, dilation: int = 1) -> Picture:
    """Draw a row of pixels once for each place of a kernel: its entries dark, the padding hatched.

    Pixels that no place reaches are crossed out.

    Parameters
    ----------
    n, k : int
        Lengths of the row and of the kernel.
    alt : str
    stride, padding, dilation : int
    """
    entries = range(0, dilation * (k - 1) + 1, dilation)
    starts = range(-padding, n + padding - entries[-1], stride)
    cell = min(CELL, (PAGE - 1.2) / (n + 2 * padding))
    figure = Figure(figsize=((n + 2 * padding) * cell + 1.2, len(starts) * cell * 1.25 + 0.55), layout="constrained")
    ax = figure.subplots()
    for place, start in enumerate(starts):
        _row(ax, 1.25 * place, n, padding, [start + entry for entry in entries])
    for pixel in range(starts[-1] + entries[-1] + 1, n + padding):
        for place in range(len(starts)):
            ax.plot([pixel - 0.3, pixel + 0.3], [1.25 * place - 0.3, 1.25 * place + 0.3], color=MARK, linewidth=2)
    ax.set_xlim(-padding - 0.6, n + padding - 0.4)
    ax.set_ylim(1.25 * len(starts) - 0.6, -0.6)
    ax.set_yticks([1.25 * place for place in range(len(starts))], [f"place {place}" for place in range(len(starts))])
    ax.set_xticks(range(n))
    ax.set_xlabel("pixels")
    _bare(ax)
    return show(figure, alt)


def _row(ax: Axes, y: float, n: int, padding: int, kernel: Sequence[int]) -> None:
    """One row of pixels with a kernel on it."""
    for pixel in range(-padding, n + padding):
        covered, added = pixel in kernel, not 0 <= pixel < n
        colour = DARK if covered else "white" if added else PALE
        hatch = "////" if added else None
        edge = "#b0b0b0" if covered and added else "#808080"
        ax.add_patch(Rectangle((pixel - 0.45, y - 0.45), 0.9, 0.9, facecolor=colour, edgecolor=edge, hatch=hatch))


def field(layers: Sequence[Layer], n: int, output: int, alt: str) -> Picture:
    """Draw a stack of layers over a row of pixels, and everything that one output of the last layer depends on.

    Parameters
    ----------
    layers : sequence of tuple
        Each layer's ``(k, stride, padding)``, from the input on.
    n : int
        Pixels of the input.
    output : int
        Which output of the last layer.
    alt : str
    """
    seen = _seen(layers, output)
    figure = Figure(figsize=(PAGE, 0.95 * len(seen) + 0.5), layout="constrained")
    ax = figure.subplots()
    for depth, chosen in enumerate(seen):
        below = layers[:depth]
        there = range(_length(below, n))
        for index in sorted(chosen.union(there)):
            x = _across(below, index)
            _entry(ax, x, depth, index in chosen, index in there)
            for source in _window(below[-1], index) if depth and index in chosen else ():
                ax.plot([x, _across(below[:-1], source)], [depth - 0.2, depth - 0.8], color=DARK, linewidth=1)
    names = ["pixels"] + [f"layer {i}: k={k}, stride {s}" for i, (k, s, _) in enumerate(layers, start=1)]
    ax.set_yticks(range(len(seen)), names)
    ax.set_xticks(range(n))
    ax.set_ylim(-0.4, len(seen) - 0.6)
    ax.set_xlim(min(min(seen[0]), 0) - 0.7, max(max(seen[0]) + 1, n) - 0.3)
    _bare(ax)
    return show(figure, alt)


def _entry(ax: Axes, x: float, y: float, chosen: bool, there: bool) -> None:
    """One entry of a map: dark if chosen, hatched if it is padding."""
    colour = "white" if not there else DARK if chosen else PALE
    hatch = None if there else "////"
    ax.add_patch(Rectangle((x - 0.38, y - 0.2), 0.76, 0.4, facecolor=colour, edgecolor="#808080", hatch=hatch))


def _window(layer: Layer, index: int) -> range:
    """What an output of a layer looks at, in the layer's input."""
    k, stride, padding = layer
    return range(index * stride - padding, index * stride - padding + k)


def _length(layers: Sequence[Layer], n: int) -> int:
    """How many entries n pixels become."""
    for k, stride, padding in layers:
        n = len(range(0, n + 2 * padding - k + 1, stride))
    return n


def _across(layers: Sequence[Layer], index: float) -> float:
    """Above which pixel an output of the last layer is drawn: over the middle of what it looks at."""
    for k, stride, padding in reversed(layers):
        index = index * stride - padding + (k - 1) / 2
    return index


def _seen(layers: Sequence[Layer], output: int) -> list[set[int]]:
    """For each level the indices that one output of the last layer depends on."""
    seen = [{output}]
    for layer in reversed(layers):
        seen.insert(0, {below for index in seen[0] for below in _window(layer, index)})
    return seen


def _bare(ax: Axes) -> None:
    """No frame, no tick marks."""
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, labelsize=9)
