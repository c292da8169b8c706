"""Weights in a file: what a network has learned, and what it is for."""

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from course_lib.given import memory
from course_lib.given.array_file import read_arrays, write_arrays


def save_weights(path_or_name: Path | str, parameters: Mapping[str, np.ndarray], **about) -> Path:
    """Keep the parameters of a network in a file, whole or not at all; a file of that name is replaced.

    Parameters
    ----------
    path_or_name : Path or str
        A path, or a plain name such as ``"lenet5_digits"``: then the file is ``.learner/weights/lenet5_digits.npz``.
    parameters : mapping of ndarray
        ``"conv1.w"``, ``"conv1.b"`` and so on.
    about
        What they are for, for instance ``padding=(1, 1), accuracy=0.986, data="digits"``; anything that JSON can hold.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ValueError
        If there are no parameters, or one holds a number that is not finite.
    OSError
        If the place cannot be written.
    """
    if not parameters:
        raise ValueError("there are no parameters to save")
    for name, array in parameters.items():
        if not np.isfinite(array).all():
            lost = np.count_nonzero(~np.isfinite(array))
            raise ValueError(f"{name} holds {lost} numbers that are not finite; save weights from before it went wrong")
    path = weights_path(path_or_name)
    write_arrays(path, parameters, about)
    return path


def load_weights(path_or_name: Path | str, expected: Mapping | None = None) -> dict[str, np.ndarray]:
    """The parameters that :func:`save_weights` kept.

    Parameters
    ----------
    path_or_name : Path or str
        As in :func:`save_weights`.
    expected : mapping of ndarray or of shapes, optional
        Parameters of the network that they are for; names and shapes must be the same.

    Returns
    -------
    dict of ndarray

    Raises
    ------
    ValueError
        If there is no such file, it is damaged or no ``.npz`` file, or it belongs to another architecture.
    """
    path = weights_path(path_or_name)
    parameters, _ = _read(path)
    if expected is not None and (faults := differences(parameters, expected)):
        raise ValueError(
            f"{path} is for another architecture: {'; '.join(faults)}. "
            "Load weights of this one, or build the network that they were trained with."
        )
    return parameters


def about_weights(path_or_name: Path | str) -> dict:
    """What :func:`save_weights` was told about the parameters; a pair has become a list. Raises as load_weights."""
    return _read(weights_path(path_or_name))[1]


def weights_path(path_or_name: Path | str) -> Path:
    """The file that a name stands for; a path stands for itself."""
    text = os.fspath(path_or_name)
    is_name = isinstance(path_or_name, str) and not text.endswith(".npz") and not {"/", os.sep} & set(text)
    return memory.FOLDER / "weights" / f"{text}.npz" if is_name else Path(text)


def differences(parameters: Mapping, expected: Mapping) -> list[str]:
    """Where the names and shapes of two architectures differ, one phrase for each name.

    Parameters
    ----------
    parameters, expected : mapping of ndarray or of shapes
    """
    shapes, wanted = _shapes(parameters), _shapes(expected)
    faults = [f"{name} {shape} is missing" for name, shape in wanted.items() if name not in shapes]
    faults += [f"{name} {shape} belongs to no layer" for name, shape in shapes.items() if name not in wanted]
    both = [name for name in shapes if name in wanted and shapes[name] != wanted[name]]
    return faults + [f"{name} is {shapes[name]} where {wanted[name]} is expected" for name in both]


def _shapes(parameters: Mapping) -> dict[str, tuple[int, ...]]:
    return {name: tuple(getattr(value, "shape", value)) for name, value in parameters.items()}


def _read(path: Path) -> tuple[dict[str, np.ndarray], dict]:
    try:
        return read_arrays(path)
    except FileNotFoundError:
        raise ValueError(f"there are no weights at {path}; train the network and keep them with save_weights") from None
    except ValueError as error:
        raise ValueError(f"{error}; train again and keep the weights anew with save_weights") from None
