"""Still figures with words for those who cannot see them, never wider than the page.

Numbers of either sign are drawn from dark blue (negative) through grey (zero) to light yellow (positive): lightness
alone tells them apart, so that the figures read in greyscale too.
"""

import base64
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

SIGNED = LinearSegmentedColormap.from_list("signed", ["#08205c", "#5a6f9e", "#a9a9a9", "#d8bd68", "#fff0b0"])
MARK = "#d1006c"  # the window under the kernel
PAGE = 9.0  # inches; the widest figure
ROOM = 0.3  # inches; numbers are written into cells at least this wide


@dataclass(frozen=True)
class Picture:
    """A finished figure: a picture in a notebook, its words everywhere else."""

    png: bytes
    alt: str
    width: int

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.png).decode("ascii")
        style = f"width:{self.width}px; max-width:100%; height:auto; border-radius:4px"
        return f'<img src="data:image/png;base64,{data}" alt="{html.escape(self.alt)}" style="{style}">'

    def __repr__(self) -> str:
        return f"[figure: {self.alt}]"


def show(figure: Figure, alt: str) -> Picture:
    """Finish a figure, with ``alt`` as its words.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    alt : str
        What the figure shows, for a reader who cannot see it.

    Returns
    -------
    Picture
        Displayed when it is the last expression of a cell.

    Raises
    ------
    ValueError
        If ``alt`` is empty.
    """
    if not alt.strip():
        raise ValueError("alt is empty; say in a sentence what the figure shows")
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=160, facecolor="white", bbox_inches="tight", metadata={"Software": None})
    return Picture(file.getvalue(), alt, width=round(100 * figure.get_figwidth()))


def images(arrays: Sequence[np.ndarray], titles: Sequence[str], alt: str, signed: bool | None = None) -> Picture:
    """Draw images side by side, each with its shape under it; where a cell is wide enough, its number is in it.

    Parameters
    ----------
    arrays : sequence of ndarray, each of shape (H, W) or (H, W, 3)
    titles : sequence of str
    alt : str
    signed : bool, optional
        Whether to colour by sign, around zero. Left out: each array that has negatives is.
    """
    ratios = [max(0.45, array.shape[1] / array.shape[0]) for array in arrays]
    height = min(3.7, (PAGE - 0.1 * len(arrays)) / sum(ratios))
    figure = Figure(figsize=(height * sum(ratios) + 0.1 * len(arrays), height + 0.5), layout="constrained")
    axes = figure.subplots(1, len(arrays), width_ratios=ratios, squeeze=False)[0]
    for ax, array, title, ratio in zip(axes, arrays, titles, ratios, strict=True):
        _draw(ax, np.asarray(array), title, height * ratio, signed)
    return show(figure, alt)


def window(image: np.ndarray, kernel: np.ndarray, row: int, column: int, alt: str) -> Picture:
    """Draw one place: the image with the window marked, the patch, the kernel, their products and the sum.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)
    row, column : int
        Where the window begins.
    alt : str
    """
    KH, KW = kernel.shape
    patch = image[row : row + KH, column : column + KW]
    products = patch * kernel
    figure = Figure(figsize=(PAGE, 3.4), layout="constrained")
    axes = figure.subplots(1, 4, width_ratios=[1.7, 1, 1, 1])
    _draw(axes[0], image, "image", 3.1)
    axes[0].add_patch(Rectangle((column - 0.5, row - 0.5), KW, KH, fill=False, edgecolor=MARK, linewidth=3))
    for ax, array, title in zip(axes[1:], (patch, kernel, products), ("patch", "× kernel", "= products"), strict=True):
        _draw(ax, array, title, 1.8)
    axes[3].set_xlabel(f"their sum: {_written(products.sum())}", fontsize=11, fontweight="bold")
    return show(figure, alt)


def traces(signals: Sequence[np.ndarray], titles: Sequence[str], rate: float, alt: str) -> Picture:
    """Draw signals one under another on one time axis, ``rate`` samples a second.

    Parameters
    ----------
    signals : sequence of ndarray, each of shape (L,)
    titles : sequence of str
    rate : float
    alt : str
    """
    figure = Figure(figsize=(PAGE, 1.5 * len(signals) + 0.5), layout="constrained")
    axes = figure.subplots(len(signals), 1, sharex=True, squeeze=False)[:, 0]
    for ax, signal, title in zip(axes, signals, titles, strict=True):
        ax.axhline(0, color="0.75", linewidth=0.8)
        ax.plot(np.arange(len(signal)) / rate, signal, color="#08205c", linewidth=1)
        ax.set_title(title, fontsize=10, loc="left")
        ax.spines[["top", "right"]].set_visible(False)
    axes[-1].set_xlabel("seconds")
    return show(figure, alt)


def _draw(ax: Axes, array: np.ndarray, title: str, inches: float, signed: bool | None = None) -> None:
    """One image, ``inches`` wide: in grey from 0 to 1 (or its maximum), or in the signed colours around zero."""
    if signed is None:
        signed = array.ndim == 2 and bool(np.min(array, initial=0) < 0)
    reach = float(np.max(np.abs(array), initial=0)) or 1.0
    low, high, colours = (-reach, reach, SIGNED) if signed else (0, max(1.0, reach), "gray")
    drawn = ax.imshow(array, interpolation="nearest", cmap=colours, vmin=low, vmax=high)
    ax.set_title(title, fontsize=10)
    ax.set_xlabel(" × ".join(map(str, array.shape)), fontsize=9)
    ax.set_xticks([])
    ax.set_yticks([])
    cell = inches / array.shape[1]
    if array.ndim == 2 and cell >= ROOM:
        for (i, j), value in np.ndenumerate(array):
            red, green, blue, _ = drawn.cmap(drawn.norm(value))
            ink = "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "white"
            ax.text(j, i, _written(value), ha="center", va="center", fontsize=min(10, 22 * cell), color=ink)


def _written(value: float) -> str:
    """A number in a cell: as short as two digits after the point allow, with a true minus sign and no minus zero."""
    return f"{round(float(value), 2) + 0.0:.3g}".replace("-", "−")
