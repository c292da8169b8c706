"""The tap map: which pixel meets which weight, read off from numbered pixels and a kernel with a single 1.

A function that slides a kernel reads, for the weight at u and the output at i, the pixel at ``a*i + c*u + e``. The
three numbers are fitted for each axis, from the learner's answers and from the right ones, and compared in words.
Where a 0 comes out nothing was read: padding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .findings import Finding
from .sheet import Question
from .trial import Trial

AXES = {1: ("place",), 2: ("row", "column"), 3: ("slice", "row", "column")}


@dataclass(frozen=True)
class Fit:
    """For one axis of the pixels: coefficients of the output's index, of the kernel's index, and the start."""

    steps: tuple[int, ...]
    taps: tuple[int, ...]
    start: int


def tapped(trial: Trial) -> list[Finding]:
    """What the tap map shows, strongest first; nothing unless all pixels read fit a rule in whole numbers."""
    taps = trial.sheet.taps
    if taps is None or len(taps.space) not in AXES:
        return []
    yours = fit(trial, [trial.answer(question.call).value for question in trial.sheet.tapped])
    right = fit(trial, [question.expected for question in trial.sheet.tapped])
    if yours is None or right is None or yours == right:
        return []
    return [Finding(sentence) for sentence in _compare(yours, right)]


def fit(trial: Trial, results: list) -> tuple[Fit, ...] | None:
    """One Fit for each axis; None unless every result is made of whole pixels that follow one rule."""
    space = trial.sheet.taps.space
    rank = len(space)
    rows, pixels = [], []
    for question, result in zip(trial.sheet.tapped, results):
        if type(result) is not np.ndarray or result.dtype.kind not in "iuf" or not result.size:
            return None
        if result.ndim < rank or any(length != 1 for length in result.shape[:-rank]):
            return None
        result = result.reshape(result.shape[-rank:])
        if not np.isfinite(result).all() or (result != np.round(result)).any():
            return None
        if result.size > 4 * np.prod(space) or result.min() < 0 or result.max() > np.prod(space):
            return None
        weight = _weight(trial, question)
        for place in zip(*np.nonzero(result)):
            rows.append((*place, *weight, 1))
            pixels.append(np.unravel_index(int(result[place]) - 1, space))
    if not rows:
        return None
    design, read = np.array(rows, float), np.array(pixels, float)
    solution, _, found_rank, _ = np.linalg.lstsq(design, read, rcond=None)
    whole = np.round(solution)
    if found_rank < design.shape[1] or np.abs(design @ whole - read).max() > 1e-9:
        return None
    whole = whole.astype(int)
    return tuple(
        Fit(tuple(whole[:rank, axis].tolist()), tuple(whole[rank : 2 * rank, axis].tolist()), int(whole[-1, axis]))
        for axis in range(rank)
    )


def _weight(trial: Trial, question: Question) -> tuple[int, ...]:
    kernel = question.call.args[trial.sheet.taps.weights]
    return tuple(int(i) for i in np.argwhere(kernel)[0])[-len(trial.sheet.taps.space) :]


def _compare(yours: tuple[Fit, ...], right: tuple[Fit, ...]) -> list[str]:
    names = AXES[len(right)]
    sentences = []
    for axis, (mine, theirs) in enumerate(zip(yours, right)):
        thing = names[axis]
        others = [other for other in range(len(names)) if other != axis]
        if mine.steps[axis] != theirs.steps[axis] and any(mine.steps[other] for other in others):
            where = next(names[other] for other in others if mine.steps[other])
            sentences.append(f"One step along the output's {where}s moves the window along the image's {thing}s.")
        elif mine.steps[axis] != theirs.steps[axis]:
            sentences.append(
                f"One step along the output's {thing}s moves the window by {mine.steps[axis]} {thing}s, "
                f"not by {theirs.steps[axis]}."
            )
        if mine.taps[axis] == -theirs.taps[axis] and theirs.taps[axis]:
            order = "from last to first" if theirs.taps[axis] > 0 else "from first to last"
            sentences.append(f"The kernel's {thing}s meet the window's {thing}s {order}.")
        elif mine.taps[axis] != theirs.taps[axis] and any(mine.taps[other] for other in others):
            where = next(names[other] for other in others if mine.taps[other])
            sentences.append(f"The kernel's {where}s meet the window's {thing}s.")
        elif mine.taps[axis] != theirs.taps[axis]:
            apart = f"{mine.taps[axis]} {thing}s apart, not {theirs.taps[axis]}"
            sentences.append(f"Neighbouring {thing}s of the kernel meet pixels {apart}.")
        elif mine.start != theirs.start:
            moved = mine.start - theirs.start
            sentences.append(f"Every window begins {abs(moved)} {thing}(s) too {'late' if moved > 0 else 'early'}.")
    return sentences
