"""The file format of MNIST: a header that says how many numbers of what kind, then the numbers."""

import gzip
import math
import zlib
from pathlib import Path

import numpy as np

UNSIGNED_BYTES = 8  # the only kind that MNIST has


def read_idx(path: Path) -> np.ndarray:
    """An array of unsigned bytes from a gzipped idx file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    ndarray, uint8
        With the shape that the header names.

    Raises
    ------
    ValueError
        If the file is no gzip, its header makes no sense, or there are more or fewer numbers than it says.
    """
    try:
        raw = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"{path.name} cannot be unpacked: {error}") from None
    axes = raw[3] if len(raw) >= 4 else 0
    start = 4 + 4 * axes
    if raw[:3] != bytes([0, 0, UNSIGNED_BYTES]) or not axes or len(raw) < start:
        raise ValueError(f"{path.name} begins with {raw[:4].hex(' ') or 'nothing'}, which is no idx file of bytes")
    shape = tuple(int.from_bytes(raw[at : at + 4], "big") for at in range(4, start, 4))
    if len(raw) - start != math.prod(shape):
        raise ValueError(f"{path.name} has {len(raw) - start:,} numbers; its header says {shape}")
    return np.frombuffer(raw, np.uint8, offset=start).reshape(shape)
