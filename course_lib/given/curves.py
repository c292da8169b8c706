"""Curves that grow while a network trains: loss and accuracy, a progress bar, and the time that is left."""

import math
import time
from pathlib import Path

import anywidget
import traitlets

from course_lib.given.explorers.core.inline import inline

CSS = Path(__file__).with_name("curves.css")
PAUSE = 0.1  # seconds between two messages to the page


class Curves(anywidget.AnyWidget):
    """The history of one run in the browser. It is told what happens; it never asks, and nothing waits for it.

    Parameters
    ----------
    name : str
        What stands above the curves.
    goal : int
        How many epochs there will be.
    """

    _esm = inline(Path(__file__).with_name("curves.js"))
    _css = CSS.read_text(encoding="utf-8")
    name = traitlets.Unicode().tag(sync=True)
    progress = traitlets.Dict().tag(sync=True)  # one message, so that the page never sees half of an epoch

    def __init__(self, name: str, goal: int):
        super().__init__(name=name)
        self._goal, self._told, self._begun, self._first = goal, -math.inf, time.perf_counter(), None

    def tell(self, history, best_epoch: int, state: str = "training") -> None:
        """Show the epochs done so far; in state "training" at most every ``PAUSE`` seconds.

        Parameters
        ----------
        history : sequence of dict
            With loss, train_accuracy and valid_accuracy.
        best_epoch : int
        state : str
            "training", "done" or "stopped".
        """
        now = time.perf_counter()
        self._first = len(history) if self._first is None else self._first
        if state == "training" and now - self._told < PAUSE:
            return
        self._told = now
        done = len(history) - self._first
        left = (now - self._begun) / done * (self._goal - len(history)) if done else None
        self.progress = {"goal": self._goal, "best": best_epoch, "left": left, "state": state, **columns(history)}

    def __repr__(self) -> str:
        return f"[curves of {self.name}: loss and accuracy, epoch by epoch]"


def columns(history) -> dict[str, list]:
    """What the script draws of a history, and where a hand changed the rate: ``"changes"``."""
    drawn = {
        short: [round(epoch[key], 6) for epoch in history]
        for short, key in (("loss", "loss"), ("train", "train_accuracy"), ("valid", "valid_accuracy"))
    }
    return drawn | {"changes": rate_changes(history)}


def rate_changes(history) -> list[dict]:
    """The epochs before which the rate was set by hand, or given back, each with a few words."""
    changes, held = [], None
    for epoch in history:
        now = epoch["rate"] if epoch.get("by_hand") else None
        if now != held:
            changes.append({"epoch": epoch["epoch"], "text": "as planned" if now is None else f"rate {now:.4g}"})
        held = now
    return changes


def show_curves(name: str, goal: int) -> Curves | None:
    """Put curves into the cell that is running; None outside a notebook."""
    from IPython import get_ipython
    from IPython.display import display

    if not hasattr(get_ipython(), "kernel"):
        return None
    curves = Curves(name, goal)
    display(curves)
    return curves
