"""What is kept of a training run after each epoch: enough to go on as if nothing had happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from course_lib.given.array_file import read_arrays, write_arrays
from course_lib.given.looks import joined

Arrays = Mapping[str, np.ndarray]
GROUPS = ("parameters", "velocities", "best", "looks")


@dataclass(frozen=True)
class State:
    """Where a run stands between two epochs.

    Parameters
    ----------
    parameters, velocities : dict of ndarray
    best : dict of ndarray
        The parameters after ``best_epoch``, the first epoch of the best validation accuracy; 0 is the beginning.
    best_epoch : int
    history : tuple of dict
        One for each epoch done.
    looks : dict of ndarray
        What :func:`looks.look` saw before the first epoch and after each; empty before the first.
    """

    parameters: Arrays
    velocities: Arrays
    best: Arrays
    best_epoch: int = 0
    history: tuple[dict, ...] = ()
    looks: Arrays = field(default_factory=dict)


def beginning(parameters: Arrays) -> State:
    """A run without an epoch: nothing moves yet, and nothing is better than what it begins with."""
    velocities = {name: np.zeros_like(array) for name, array in parameters.items()}
    return State(parameters, velocities, best=parameters)


def after_epoch(state: State, parameters: Arrays, velocities: Arrays, measured: dict, seen: Arrays) -> State:
    """The run one epoch later; ``measured`` is the epoch's line of the history, ``seen`` the look after it."""
    number, accuracy = len(state.history) + 1, measured["valid_accuracy"]
    history, looks = (*state.history, {"epoch": number, **measured}), joined(state.looks, seen)
    if state.best_epoch and accuracy <= state.history[state.best_epoch - 1]["valid_accuracy"]:
        return State(parameters, velocities, state.best, state.best_epoch, history, looks)
    return State(parameters, velocities, parameters, number, history, looks)


def own(arrays: Arrays) -> dict[str, np.ndarray]:
    """Copies in C order, as a file gives them back: matrix products round otherwise where numbers lie otherwise."""
    return {name: np.array(array, order="C") for name, array in arrays.items()}


def write_run(path: Path, state: State, identity: dict) -> None:
    """Keep a run in one file, whole or not at all. Raises OSError where it cannot be written."""
    arrays = {f"{group}/{name}": array for group in GROUPS for name, array in getattr(state, group).items()}
    about = {"identity": identity, "history": list(state.history), "best_epoch": state.best_epoch}
    write_arrays(path, arrays, about)


def read_run(path: Path) -> tuple[State, dict]:
    """The run and the identity that :func:`write_run` kept.

    Raises
    ------
    FileNotFoundError
        If nothing was kept.
    ValueError
        If the file is damaged, or holds no run.
    """
    arrays, about = read_arrays(path)
    if set(about) != {"identity", "history", "best_epoch"}:
        raise ValueError(f"{path} holds no training run")
    groups = {group: {} for group in GROUPS}
    for name, array in arrays.items():
        group, _, name = name.partition("/")
        groups[group][name] = array
    return State(**groups, best_epoch=about["best_epoch"], history=tuple(about["history"])), about["identity"]
