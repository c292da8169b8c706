"""One epoch of a training run: train, look whether all is finite, measure."""

import time
from collections.abc import Callable

import numpy as np

from course_lib.given.kept_run import Arrays, State, after_epoch, own
from course_lib.given.looks import joined, look
from course_lib.given.measure import share_right, some_of


def one_epoch(
    state: State, step: Callable, logits: Callable, train: tuple, valid: tuple, settings: dict, noted=()
) -> State:
    """The run one epoch later; the state that is given stays as it was, whatever ``step`` does to its arrays.

    Parameters
    ----------
    state : State
    step, logits : callable
        As Run takes them.
    train, valid : pair of ndarray
        Images and labels.
    settings : dict
        What ``step`` takes by name: rate, seed, batch and so on.

    noted : dict
        What else the history says of this epoch.

    Raises
    ------
    ValueError
        What ``step`` raises, or "the loss is nan" with the step if it lets one pass.
    """
    begun = time.perf_counter()
    with np.errstate(all="ignore"):  # a training that diverges says so once, not in warnings
        parameters, velocities, losses = step(own(state.parameters), own(state.velocities), *train, **settings)
        seconds = time.perf_counter() - begun
        _check_finite(losses, parameters, settings["rate"])
        parameters, velocities = own(parameters), own(velocities)
        before = {} if state.looks else look(logits, state.parameters, *valid)[0]
        seen, right = look(logits, parameters, *valid)
        measured = {
            "loss": float(np.mean(losses)),
            "train_accuracy": share_right(logits, parameters, *some_of(*train)),
            "valid_accuracy": right,
            "seconds": seconds,
            "rate": settings["rate"],
            **noted,
        }
    return after_epoch(state, parameters, velocities, measured, joined(before, seen))


def _check_finite(losses: np.ndarray, parameters: Arrays, rate: float) -> None:
    lost = np.flatnonzero(~np.isfinite(losses))
    if len(lost):
        raise ValueError(f"the loss is {losses[lost[0]]} at step {lost[0] + 1}: rate {rate:.6g} is too high")
    for name, array in parameters.items():
        if not np.isfinite(array).all():
            raise ValueError(f"the loss is nan after the last step: {name} is not finite, rate {rate:.6g} is too high")
