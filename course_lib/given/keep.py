"""Put a copy of a file beside it before something overwrites it, so that no work is lost."""

import itertools
import shutil
from pathlib import Path


def keep(path: Path | str) -> Path:
    """Copy ``path`` to the first free name beside it: ``convolution.py.kept-1``, then ``-2``, and so on.

    Parameters
    ----------
    path : Path or str

    Returns
    -------
    Path
        The copy.

    Raises
    ------
    FileNotFoundError
        If there is nothing to keep.
    """
    path = Path(path)
    names = (path.with_name(f"{path.name}.kept-{number}") for number in itertools.count(1))
    copy = next(name for name in names if not name.exists())
    shutil.copy2(path, copy)
    return copy
