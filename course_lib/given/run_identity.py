"""What makes a training run this run and no other: its settings, architecture, data, and the code that trains."""

import hashlib
from collections.abc import Callable, Iterable

import numpy as np

from course_lib.given.kept_run import Arrays, beginning, own
from course_lib.given.weights import differences

TRIAL = 4  # batches


def describe(settings: dict, parameters: Arrays, data: Arrays) -> dict:
    """Settings, architecture, and a mark for each heap of numbers, in a form that JSON holds.

    Parameters
    ----------
    settings : dict
        Numbers and tuples by name.
    parameters : dict of ndarray
        Those that the run begins with.
    data : dict of ndarray
        Images and labels, by names for people.
    """
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in settings.items()}
    shapes = {name: list(array.shape) for name, array in parameters.items()}
    marks = {"initial parameters": _mark(parameters.values())}
    return {
        "settings": plain,
        "shapes": shapes,
        "marks": marks | {name: _mark([array]) for name, array in data.items()},
    }


def what_differs(kept: dict, now: dict, history: Iterable[dict], rate: Callable[[int], float]) -> str:
    """How a kept run differs from the one at hand, in a few words; empty if it is the same run.

    A rate that was set by hand may be another than the planned one: the history says so.
    """
    old, new = kept["settings"], now["settings"]
    faults = [f"{name} was {old.get(name)} and is {new[name]}" for name in new if old.get(name) != new[name]]
    for past in history:
        if not past.get("by_hand") and past["rate"] != (rate_now := float(rate(past["epoch"] - 1))):
            faults.append(f"rate was {past['rate']:.6g} and is {rate_now:.6g} in epoch {past['epoch']}")
            break
    if shapes := differences(now["shapes"], kept["shapes"]):
        return "; ".join([*faults, *shapes])
    return "; ".join(
        [*faults, *(f"other {name}" for name, mark in now["marks"].items() if kept["marks"][name] != mark)]
    )


def first_losses(step: Callable, parameters: Arrays, images: np.ndarray, labels: np.ndarray, settings: dict) -> list:
    """The losses of a few small steps from the beginning. Code that computes something else gives other losses."""
    few, state = TRIAL * settings["batch"], beginning(own(parameters))
    with np.errstate(all="ignore"):
        *_, losses = step(state.parameters, state.velocities, images[:few], labels[:few], rate=1e-3, seed=0, **settings)
    return [float(loss) for loss in losses]


def same_code(kept: list[float], now: list[float]) -> bool:
    """Whether the losses of two trials agree, but for the order in which numbers were added up."""
    return len(kept) == len(now) and np.allclose(kept, now, rtol=1e-5, atol=0)


def _mark(arrays: Iterable[np.ndarray]) -> str:
    """A few letters that stand for the numbers in some arrays."""
    mark = hashlib.blake2b(digest_size=8)
    for array in arrays:
        mark.update(f"{array.dtype}{array.shape}".encode())
        mark.update(np.ascontiguousarray(array).reshape(-1).view(np.uint8))
    return mark.hexdigest()
