"""A training run that can be watched, stopped, and gone on with: each epoch is kept in ``.learner/runs/<name>.npz``."""

import contextlib
import re
import threading
import time

import numpy as np

from course_lib.given import memory, run_words
from course_lib.given.curves import show_curves
from course_lib.given.kept_run import beginning, own, read_run, write_run
from course_lib.given.measure import checked_pair
from course_lib.given.one_epoch import one_epoch
from course_lib.given.run_identity import describe, first_losses, same_code, what_differs

NOT_FINITE = re.compile(r"the loss is -?(nan|inf)")  # so train_epoch says that a training diverged


class Run:
    """One training of one network, from its first epoch to as many as are asked for.

    Parameters
    ----------
    name : str
        A plain word. A run of this name goes on where it stood, in a new kernel too.
    step : callable
        ``train_epoch``, or a function with its parameters.
    logits : callable
        ``logits(parameters, images)`` gives scores (N, K); accuracy is measured with it.
    parameters : dict of ndarray
        To begin with; left as they are.
    train, valid : pair of ndarray
        Images (N, C, H, W) and labels (N,), to train with and to measure with.
    rate : float or callable
        The learning rate; a function is asked ``rate(epochs done)``, so ``rate(0)`` is that of the first epoch.
    momentum, decay, batch, padding
        As train_epoch takes them.
    seed : int
        Each epoch's order is drawn from this seed and the epoch's number.

    Attributes
    ----------
    parameters, best : dict of ndarray
        After the last epoch, and after ``best_epoch``, the first one of the best validation accuracy.
    history : list of dict
        For each epoch: epoch (from 1), loss (mean over its steps), train_accuracy (on at most 5,000 of the images),
        valid_accuracy, seconds (of training alone), rate, and by_hand (True) where :meth:`hold` had set the rate.
    looks : dict of ndarray
        Before the first epoch and after each, as :func:`looks.look` has it: filters (E + 1, F, C, KH, KW) and
        confusion on the validation images (E + 1, K, K). Empty before the first epoch.
    held : float or None
        The rate that was set by hand.
    stopped : str
        Why the last :meth:`train` ended early; empty if it did not.

    Raises
    ------
    ValueError
        If the name is no plain word, or images and labels do not go together.
    """

    def __init__(
        self, name, step, logits, parameters, train, valid,
        rate=0.02, momentum=0.9, decay=0.0, batch=64, padding=(1, 1), seed=0,
    ):  # fmt: skip
        if not re.fullmatch(r"[\w-]+", name):
            raise ValueError(f"name is {name!r}; it must be a plain word, such as 'digits' or 'digits-2'")
        self.name, self.stopped, self.held, self._watchers = name, "", None, []
        self._training = threading.Lock()
        self._step, self._logits, self._seed = step, logits, seed
        self._train, self._valid = checked_pair("train", *train), checked_pair("valid", *valid, finite=True)
        self._rate = rate if callable(rate) else lambda epoch: rate
        self._settings = {"momentum": momentum, "decay": decay, "batch": batch, "padding": tuple(padding)}
        kinds = ("training images", "training labels", "validation images", "validation labels")
        data = dict(zip(kinds, (*self._train, *self._valid)))
        self._identity = describe(self._settings | {"seed": seed}, parameters, data)
        self._initial = own(parameters)
        self._state, self._kept = beginning(self._initial), 0
        self._take_up()

    @property
    def parameters(self):
        return dict(self._state.parameters)

    @property
    def best(self):
        return dict(self._state.best)

    @property
    def best_epoch(self):
        return self._state.best_epoch

    @property
    def history(self):
        return [dict(epoch) for epoch in self._state.history]

    @property
    def looks(self):
        return dict(self._state.looks)

    @property
    def path(self):
        """The file that keeps the run."""
        return memory.FOLDER / "runs" / f"{self.name}.npz"

    def train(self, epochs):
        """Train until so many epochs are done in total, under curves that grow; one line says how it ended.

        The stop button (KeyboardInterrupt) ends it after the last whole epoch, and so does a loss that is not finite.
        Called again it goes on, with the same numbers as if it had never been stopped.

        Parameters
        ----------
        epochs : int
            In total, 1 or more; those done before count.

        Returns
        -------
        Run
            This run.

        Raises
        ------
        ValueError
            If epochs is no whole number of 1 or more, another run is kept under this name (that one is not touched),
            or it is training already.
        """
        begun, before, curves = time.perf_counter(), len(self._state.history), []

        def open_curves():
            if (shown := show_curves(self.name, epochs)) is not None:
                curves.append(shown.tell)
                self._watchers.append(shown.tell)

        try:
            self.advance(epochs, open_curves)
        finally:
            self._watchers = [watcher for watcher in self._watchers if watcher not in curves]
        on_disk = self._kept == len(self._state.history)
        print(run_words.outcome(self, epochs, before, time.perf_counter() - begun, on_disk))
        return self

    def advance(self, epochs, begins=lambda: None):
        """Train as :meth:`train` does, but draw and print nothing; :attr:`stopped` says how it ended.

        Parameters
        ----------
        epochs : int
            In total.
        begins : callable
            Called when nothing forbids to begin.
        """
        if not isinstance(epochs, int | np.integer) or epochs < 1:
            raise ValueError(
                f"epochs is {epochs!r}; it must be a whole number of 1 or more, those done before included"
            )
        with self._alone():
            self.stopped = ""
            try:
                self._compare()
                begins()
                self._tell("training")
                while len(self._state.history) < epochs:
                    self._state = self._next_epoch()
                    self._keep()
                    self._tell("training")
            except KeyboardInterrupt:
                self._keep()
                self.stopped = "by hand" if len(self._state.history) < epochs else ""
            except ValueError as error:
                if not NOT_FINITE.search(str(error)):
                    raise
                self.stopped = str(error)
            finally:
                self._tell("done" if len(self._state.history) >= epochs else "stopped")

    def watch(self, watcher):
        """Have ``watcher(history, best_epoch, state)`` called whenever an epoch is done, and when training ends.

        ``state`` is "training", "done" or "stopped".
        """
        self._watchers.append(watcher)

    def hold(self, rate):
        """Set the learning rate by hand, from the next epoch on, also when the run is taken up another day.

        Parameters
        ----------
        rate : float or None
            Above 0; None goes back to the planned rate.

        Raises
        ------
        ValueError
            If it is something else.
        """
        if rate is not None and not (isinstance(rate, int | float | np.number) and 0 < rate < np.inf):
            raise ValueError(f"rate is {rate!r}; it must be a number above 0, or None for the planned one")
        self.held = None if rate is None else float(rate)

    def planned(self, done):
        """The rate that is planned after so many epochs."""
        return float(self._rate(done))

    def forget(self):
        """Delete what is kept under this name, and stand at the beginning again; gives the run."""
        with self._alone():
            self.path.unlink(missing_ok=True)
            self._state, self._kept, self.held = beginning(self._initial), 0, None
            self._tell("stopped")
        return self

    @contextlib.contextmanager
    def _alone(self):
        """Refuse a second training of this run: an explorer may ask for one while a cell trains, in another thread."""
        if not self._training.acquire(blocking=False):
            raise ValueError(f"{self.name} is training already, in a cell or an explorer; wait, or stop it there first")
        try:
            yield
        finally:
            self._training.release()

    def _next_epoch(self):
        done, held = len(self._state.history), self.held
        order = np.random.SeedSequence([self._seed, done]).generate_state(1)[0]  # seed + done: runs would share orders
        rate = self.planned(done) if held is None else held
        settings = self._settings | {"rate": rate, "seed": int(order)}
        noted = {} if held is None else {"by_hand": True}
        return one_epoch(self._state, self._step, self._logits, self._train, self._valid, settings, noted)

    def _take_up(self):
        """Go on from the file if it is this run's; why it cannot be, or an empty text."""
        try:
            state, identity = read_run(self.path)
            if faults := what_differs(identity, self._identity, state.history, self._rate):
                return run_words.another(self, faults)
        except FileNotFoundError:
            return ""
        except ValueError as error:
            return run_words.unreadable(self, error)
        if len(state.history) > len(self._state.history):
            self._state, self._kept = state, len(state.history)
            self.held = state.history[-1]["rate"] if state.history[-1].get("by_hand") else None
        self._identity["first losses"] = identity["first losses"]
        return ""

    def _compare(self):
        """Refuse to go on with what another run, or other code, has begun."""
        if obstacle := self._take_up():
            raise ValueError(obstacle)
        losses = first_losses(self._step, self._initial, *self._train, self._settings)
        if self._kept and not same_code(self._identity["first losses"], losses):
            raise ValueError(run_words.other_code(self))
        self._identity["first losses"] = losses

    def _keep(self):
        if len(self._state.history) > self._kept:
            try:
                write_run(self.path, self._state, self._identity)
            except OSError:
                return  # training is not stopped by a full disk; the closing line says that nothing is kept
            self._kept = len(self._state.history)

    def _tell(self, state):
        for watcher in self._watchers:
            watcher(self._state.history, self._state.best_epoch, state)
