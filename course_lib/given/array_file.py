"""Arrays by name in one ``.npz`` file, with words about them: written whole or not at all, read without pickle."""

import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

ABOUT = "about.json"  # the entry that holds the words; no array may be called so
DAMAGED = (OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, MemoryError, RuntimeError)
DAMAGED += (SyntaxError, zipfile.BadZipFile, zlib.error)  # all that has been seen when single bits are turned


def write_arrays(path: Path, arrays: Mapping[str, np.ndarray], about: dict) -> None:
    """Write a file that is complete, or the one that stood there before an error or a stop.

    Parameters
    ----------
    path : Path
        Missing folders are made.
    arrays : mapping of ndarray
        Numbers; no objects.
    about : dict
        Anything that JSON can hold.

    Raises
    ------
    OSError
        If the place cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    unfinished = Path(name)
    try:
        with open(handle, "wb") as file:
            words = json.dumps({"arrays": list(arrays), "about": about})
            np.savez(file, allow_pickle=False, **{ABOUT: np.array(words)}, **arrays)
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def read_arrays(path: Path) -> tuple[dict[str, np.ndarray], dict]:
    """What :func:`write_arrays`, or ``np.savez``, has written.

    Returns
    -------
    arrays : dict of ndarray
    about : dict
        Empty where the file says nothing about itself.

    Raises
    ------
    FileNotFoundError
        If there is no file.
    ValueError
        If it is no ``.npz`` file, is damaged, or holds objects instead of numbers.
    """
    if not path.exists():
        raise FileNotFoundError(f"there is no file {path}")
    try:
        with open(path, "rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        words = json.loads(str(arrays.pop(ABOUT))) if ABOUT in arrays else {"arrays": list(arrays), "about": {}}
        return {name: arrays[name] for name in words["arrays"]}, words["about"]
    except DAMAGED as error:
        raise ValueError(f"{path} is damaged, or is no .npz file of arrays ({_first_line(error)})") from None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:80]
