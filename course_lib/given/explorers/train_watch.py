"""TrainWatch (chapter 07): a training run under the hand, epoch by epoch, forwards and back."""

import time
from pathlib import Path

import numpy as np
import traitlets

from course_lib.given.array_file import read_arrays
from course_lib.given.curves import CSS, PAUSE, columns
from course_lib.given.datasets import DIGITS
from course_lib.given.explorers.core.arrays import Array
from course_lib.given.explorers.core.explorer import Explorer
from course_lib.given.explorers.core.turns import interruptible, to_this_thread
from course_lib.given.learner import FOLDER, sentence, told
from course_lib.given.run import Run

RECORDED = DIGITS.with_name("recorded_run.npz")
MOST = 1000  # epochs; all that is kept of them travels with each new one


class TrainWatch(Explorer):
    """Loss, accuracy, first filters and confusion of a run; training goes on, and its rate is changed, from here.

    The page asks for one epoch at a time, so the kernel is free between two of them and nothing runs that nobody
    watches. It is the run's own :meth:`Run.advance` that trains, so each epoch is kept, and the stop button ends one.
    A run that a cell trains is followed too; a rate set meanwhile acts when the kernel hears of it, after the cell
    at the latest.

    Parameters
    ----------
    run : Run, optional
        With or without epochs done. Left out: one that was recorded, to look at.
    epochs : int
        How many epochs to train to, in total, 1 to 1000.

    Raises
    ------
    ValueError
        If run is no Run, or epochs is no such number.
    """

    says = "watch a training epoch by epoch, scrub back through it, and change its learning rate while it trains."
    styles = (CSS,)
    name = traitlets.Unicode().tag(sync=True)
    alive = traitlets.Bool().tag(sync=True)
    progress = traitlets.Dict().tag(sync=True)
    filters = Array("float32")
    confusion = Array("float32")

    def __init__(self, run=None, epochs=30):
        if not isinstance(epochs, int | np.integer) or not 1 <= epochs <= MOST:
            raise ValueError(f"epochs is {epochs!r}; give a whole number from 1 to {MOST}.")
        if run is not None and not isinstance(run, Run):
            raise ValueError(f"run is a {type(run).__name__}; give a Run, for instance Run('digits', train_epoch, …).")
        self._run, self._goal, self._told, self._at_home = run, int(epochs), 0.0, to_this_thread()
        super().__init__(name="a recorded run" if run is None else run.name, alive=run is not None)
        self.on_msg(self._asked)
        if run is None:
            looks, about = read_arrays(RECORDED)
            self._show(looks, about["history"], about["best_epoch"], "done")
        else:
            run.watch(self._tell)
            self._refresh()

    def _refresh(self) -> None:
        self._show(self._run.looks, self._run.history, self._run.best_epoch, self._resting())

    def _tell(self, history, best_epoch: int, state: str) -> None:
        """What a run tells its watchers. Epochs that follow each other quickly are shown together."""
        if state != "training" or time.perf_counter() - self._told > PAUSE:
            self._told = time.perf_counter()
            self._show(self._run.looks, history, best_epoch, state if state == "training" else self._resting())

    def _show(self, looks, history, best_epoch: int, state: str) -> None:
        progress = {
            "goal": self._goal,
            "best": best_epoch,
            "state": state,
            "rates": [epoch["rate"] for epoch in history],
            "by_hand": [epoch.get("by_hand", False) for epoch in history],
            "planned": self._run.planned(len(history)) if self._run else None,
            "held": self._run.held if self._run else None,
        }
        with self.hold_sync():  # one message: the page never sees half of an epoch
            self.filters, self.confusion = looks.get("filters"), looks.get("confusion")
            self.progress = progress | columns(history)

    def _resting(self) -> str:
        done = len(self._run.history)
        return "done" if done >= self._goal else "stopped" if done else "ready"

    def _asked(self, _, content: dict, buffers: list) -> None:
        """Do what the page asks for. Messages may come in a thread of their own: training waits for its turn."""
        kind, value = content.get("kind"), content.get("value")
        if self._run is None or kind not in ("rate", "goal", "train", "forget"):
            return
        if kind == "rate":
            self._run.hold(value)
        elif kind == "goal":
            self._goal = int(value)
        if kind in ("train", "forget"):
            self._at_home(self._perform, kind)
        else:
            self.send({"kind": "heard"})
            self._at_home(self._refresh)

    def _perform(self, kind: str) -> None:
        """Train or forget, and say when it is done and what went wrong."""
        self.send({"kind": "begun"})
        try:
            with interruptible():
                wrong = self._train() if kind == "train" else self._forget()
        except (Exception, KeyboardInterrupt) as error:  # the page waits for the answer
            wrong = sentence(error, FOLDER, "press train again") or f"The training stopped with `{told(error)}`."
        self._refresh()
        self.send({"kind": "done", "asked": kind, "wrong": wrong, "epochs": len(self._run.history)})

    def _train(self) -> str:
        run = self._run
        run.advance(len(run.history) + 1)
        if not run.stopped:
            return ""
        if run.stopped == "by hand":
            return f"Stopped by hand after epoch {len(run.history)}; `train` goes on."
        return f"Stopped in epoch {len(run.history) + 1}: {run.stopped}. Set a lower rate; `train` goes on from there."

    def _forget(self) -> str:
        self._run.forget()
        return ""
