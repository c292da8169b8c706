"""Figures of chapter 07: what a trained network mistakes for what, its surest mistakes, and how training went.

Each says in words what it shows, from the numbers that it is given.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.given.plots import PAGE, Picture, show

DARK = "#08205c"
LINES = (("-", DARK), ("--", "0.45"), (":", DARK), ("-.", "0.45"))  # style and colour of each run


def confusion_matrix(labels: np.ndarray, predicted: np.ndarray, classes: int = 10) -> Picture:
    """Draw how often each class (row) was read as each class (column); the darker a mistake, the more frequent.

    Parameters
    ----------
    labels, predicted : ndarray, shape (N,), int
        From 0 to ``classes - 1``.
    classes : int

    Raises
    ------
    ValueError
        If they differ in length, are none, or name a class that there is not.
    """
    labels, predicted = np.asarray(labels), np.asarray(predicted)
    if labels.shape != predicted.shape or labels.ndim != 1 or not len(labels):
        raise ValueError(f"labels {labels.shape} and predicted {predicted.shape} must both be (N,), N 1 or more")
    if min(labels.min(), predicted.min()) < 0 or max(labels.max(), predicted.max()) >= classes:
        raise ValueError(f"labels and predicted must run from 0 to {classes - 1}")
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (labels, predicted), 1)
    wrong = counts * (1 - np.eye(classes, dtype=int))
    figure = Figure(figsize=(5.6, 5.2), layout="constrained")
    ax = figure.subplots()
    ax.imshow(wrong, cmap="Greys", vmin=0, vmax=1.4 * max(1, wrong.max()))
    for (row, column), count in np.ndenumerate(counts):
        right = row == column
        shade = wrong[row, column] / max(1, wrong.max())
        colour = DARK if right else "white" if shade > 0.7 else "black"
        weight = "bold" if right else "normal"
        ax.text(column, row, count or "·", ha="center", va="center", fontsize=10, color=colour, fontweight=weight)
    ax.set(xticks=range(classes), yticks=range(classes), xlabel="read as", ylabel="is")
    ax.spines[:].set_color("0.6")
    ax.tick_params(length=0)
    return show(figure, _confused(counts, wrong))


def _a(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"


def _confused(counts: np.ndarray, wrong: np.ndarray) -> str:
    text = f"Confusion matrix: {np.trace(counts)} of {counts.sum()} images read rightly, on the diagonal"
    if not wrong.any():
        return f"{text}; no mistake."
    row, column = np.unravel_index(wrong.argmax(), wrong.shape)
    return f"{text}; the most frequent mistake is {_a(row)} read as {column}, {wrong.max()} times."


def worst_mistakes(images: np.ndarray, labels: np.ndarray, logits: np.ndarray, count: int = 12) -> Picture:
    """Draw the images that the network reads wrongly and is surest of, the surest first.

    Parameters
    ----------
    images : ndarray, shape (N, 1, H, W) or (N, H, W)
    labels : ndarray, shape (N,), int
    logits : ndarray, shape (N, K)
    count : int
        At most so many are drawn.

    Raises
    ------
    ValueError
        If images, labels and logits differ in number.
    """
    if not len(images) == len(labels) == len(logits):
        raise ValueError(f"{len(images)} images, {len(labels)} labels and {len(logits)} rows of logits: not the same")
    probabilities = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    answers, sure = logits.argmax(axis=1), probabilities.max(axis=1)
    wrong = np.flatnonzero(answers != labels)
    chosen = wrong[np.argsort(-sure[wrong], kind="stable")][:count]
    columns = min(6, max(1, len(chosen)))
    rows = max(1, -(-len(chosen) // columns))
    figure = Figure(figsize=(1.5 * columns, 1.9 * rows), layout="constrained")
    for ax in figure.subplots(rows, columns, squeeze=False).flat:
        ax.axis("off")
    for ax, n in zip(figure.axes, chosen):
        ax.imshow(np.squeeze(images[n]), cmap="gray", interpolation="nearest")
        ax.set_title(f"{_a(labels[n])}, read as {answers[n]}\n{sure[n]:.0%} sure", fontsize=9)
    if not len(chosen):
        figure.axes[0].text(0.5, 0.5, "no mistake", ha="center", va="center")
        return show(figure, f"None of the {len(labels)} images is read wrongly.")
    told = ", ".join(f"{_a(labels[n])} read as {answers[n]} ({sure[n]:.0%} sure)" for n in chosen)
    return show(figure, f"The surest of {len(wrong)} mistakes on {len(labels)} images: {told}.")


def learning_curves(runs) -> Picture:
    """Draw the training loss and both accuracies of one run, or of several for comparison.

    Parameters
    ----------
    runs : Run, history, or mapping of str to either
        A mapping gives each its name in the figure, at most four.

    Raises
    ------
    ValueError
        If there is nothing to draw, or more than four.
    """
    histories = {name: _history(run) for name, run in (runs if isinstance(runs, Mapping) else {"": runs}).items()}
    if not 1 <= len(histories) <= len(LINES) or not all(histories.values()):
        raise ValueError(f"there are {len(histories)} runs; draw 1 to {len(LINES)}, each with an epoch or more")
    figure = Figure(figsize=(PAGE, 3.2), layout="constrained")
    panels = figure.subplots(1, 3)
    keys = ("loss", "train_accuracy", "valid_accuracy")
    for ax, key, title in zip(panels, keys, ("training loss", "training accuracy", "validation accuracy")):
        for (name, history), (style, colour) in zip(histories.items(), LINES):
            epochs = [epoch["epoch"] for epoch in history]
            ax.plot(epochs, [epoch[key] for epoch in history], style, color=colour, linewidth=1.7, label=name)
        ax.set_title(title, fontsize=10, loc="left")
        ax.set_xlabel("epoch", fontsize=9)
        ax.spines[["top", "right"]].set_visible(False)
        ax.grid(axis="y", color="0.9")
    for ax in panels[1:]:
        ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    panels[1].sharey(panels[2])
    if any(histories):
        panels[0].legend(frameon=False, fontsize=9)
    return show(figure, " ".join(_told(name, history) for name, history in histories.items()))


def _history(run) -> Sequence[dict]:
    return getattr(run, "history", run)


def _told(name: str, history: Sequence[dict]) -> str:
    last, best = history[-1], max(epoch["valid_accuracy"] for epoch in history)
    return (
        f"{name or 'The run'} after {last['epoch']} epochs: loss {last['loss']:.3g}, training accuracy "
        f"{last['train_accuracy']:.1%}, validation accuracy {last['valid_accuracy']:.1%}, at best {best:.1%}."
    )
