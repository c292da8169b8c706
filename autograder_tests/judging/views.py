"""Ways to look at a value before it is compared, for answers that are judged by what they do."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compare import Difference, name
from .spec import View


class Unseen(Exception):
    """The value has not the form that the view needs; the Difference says so."""

    def __init__(self, difference: Difference):
        super().__init__(difference.says)
        self.difference = difference


def look(view: View | None, value: Any) -> Any:
    """The value as the view shows it; without a view, the value itself.

    Raises
    ------
    Unseen
        If the value is of a wrong type or shape for this view.
    """
    return value if view is None else KINDS[view.kind](value, view.data)


COUNT = 4  # one kernel for each edge
FLAT, NOBODY = -1, -2


def strongest(kernels: Any, patches: np.ndarray) -> np.ndarray:
    """For each patch the number of the kernel that answers strongest, and positively.

    ``FLAT`` where all answers are zero; ``NOBODY`` where there is a tie or no positive answer.

    Parameters
    ----------
    kernels : ndarray, shape (4, KH, KW)
    patches : ndarray, shape (P, KH, KW)

    Returns
    -------
    ndarray, shape (P,), int
    """
    window = patches.shape[1:]
    if type(kernels) is not np.ndarray or kernels.dtype.kind not in "iuf":
        mend = ": return np.stack([...]) of the kernels" if isinstance(kernels, (list, tuple)) else ""
        mend = ": is there a return at its end?" if kernels is None else mend
        raise Unseen(Difference("type", f"{name(kernels)}; the contract says a NumPy array of numbers{mend}"))
    if kernels.shape != (COUNT, *window):
        raise Unseen(Difference("shape", f"an array of shape {kernels.shape}; expected shape {(COUNT, *window)}"))
    if not np.isfinite(kernels).all():
        raise Unseen(Difference("type", "kernels with entries that are not finite numbers"))
    answers = np.einsum("pij,fij->pf", patches, kernels.astype(float))
    scale = np.abs(patches).max() * np.abs(kernels).max() or 1.0
    answers[np.abs(answers) < 1e-5 * scale] = 0.0
    winners = []
    for row in answers:
        best = row.max(initial=0.0)
        leaders = np.flatnonzero(np.isclose(row, best, rtol=1e-5, atol=0.0))
        winners.append(FLAT if not row.any() else int(leaders[0]) if best > 0 and len(leaders) == 1 else NOBODY)
    return np.array(winners)


def signs(kernels: np.ndarray, patches: np.ndarray) -> np.ndarray:
    """Whether each kernel answers to each patch positively, negatively or not at all.

    Returns
    -------
    ndarray, shape (P, F), int
        1, -1 and 0.
    """
    answers = np.einsum("pij,fij->pf", patches, kernels.astype(float))
    scale = np.abs(patches).max() * np.abs(kernels).max() or 1.0
    return np.sign(np.where(np.abs(answers) < 1e-5 * scale, 0.0, answers)).astype(int)


def closer(view: View | None, value: Any) -> Any:
    """More of a value than :func:`look` shows: not judged, but asked for before a mistake is named."""
    return None if view is None else CLOSER[view.kind](value, view.data)


def kernel_words(winner: int) -> str:
    """What an entry of :func:`strongest` means."""
    return {FLAT: "none, all give 0", NOBODY: "none by itself"}.get(winner, f"kernel {winner}")


KINDS = {"strongest": strongest}
CLOSER = {"strongest": signs}
TELLERS = {"strongest": kernel_words}


def tell(view: View, number: str) -> str:
    """A number that the view shows, in words."""
    return TELLERS[view.kind](int(number))
