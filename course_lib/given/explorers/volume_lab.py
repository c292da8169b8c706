"""VolumeLab (chapter 03): a box that moves through a film, and the direction that no single frame holds."""

from functools import cache

import numpy as np
import traitlets

from course_lib.given import datasets
from course_lib.given.explorers.core.arrays import Array, numbers
from course_lib.given.explorers.core.explorer import Explorer

LARGEST = 24  # frames, rows or columns of a volume: six nested loops over it still end in time
KERNEL = 5
FRAMES, HEIGHT, WIDTH = 9, 7, 9  # of the films of dots
FOLLOWS_RIGHT = (3 * np.eye(3) - 1).reshape(3, 1, 3)


class VolumeLab(Explorer):
    """Cross-correlation "valid" of a volume along depth, height and width, beside one of each frame alone.

    Parameters
    ----------
    volume : array_like, shape (D, H, W), optional
        At most 24 along an axis. Left out: a dot that moves to the right.
    kernel : array_like, shape (KD, KH, KW), optional
        At most 5 along an axis, and no longer than the volume. Left out: one that follows what moves to the right.
    place : triple of int, optional
        Depth, row and column of the output that is spelled out.

    Raises
    ------
    ValueError
        If an array cannot be shown, the kernel fits nowhere, or there is no such place.
    """

    says = "move a kernel's box along depth, height and width of a film; compare with what one frame alone tells."
    functions = ("conv3d_single",)
    volume = Array()
    kernel = Array()
    place = traitlets.List(traitlets.Int()).tag(sync=True)
    dots = Array()
    digit = Array()

    def __init__(self, volume=None, kernel=FOLLOWS_RIGHT, place=None):
        films = dots()
        volume = films[0] if volume is None else numbers("volume", volume, 3, LARGEST, axes="(D, H, W)")
        kernel = numbers("kernel", kernel, 3, KERNEL, axes="(KD, KH, KW)")
        places = [n - k + 1 for n, k in zip(volume.shape, kernel.shape)]
        if min(places) < 1:
            raise ValueError(
                f"the kernel {kernel.shape} is larger than the volume {volume.shape}; give a smaller kernel."
            )
        place = [length // 2 for length in places] if place is None else [int(index) for index in place]
        if len(place) != 3 or not all(0 <= index < length for index, length in zip(place, places)):
            raise ValueError(
                f"place is {place}; the output has depths 0 to {places[0] - 1}, rows 0 to {places[1] - 1} "
                f"and columns 0 to {places[2] - 1}."
            )
        super().__init__(volume=volume, kernel=kernel, place=place, dots=films, digit=digit())


@cache
def dots() -> np.ndarray:
    """Three films of dots: one moves right, one moves down, and two pass each other; shape (3, D, H, W)."""
    films = np.zeros((3, FRAMES, HEIGHT, WIDTH))
    for t in range(FRAMES):
        films[0, t, 3, t] = 1
        if 1 <= t <= HEIGHT:
            films[1, t, t - 1, 4] = 1
        films[2, t, 3, t] = films[2, t, 1, WIDTH - 1 - t] = 1
    return films


@cache
def digit() -> np.ndarray:
    """A handwritten two that moves to the right, shape (9, 16, 16)."""
    return datasets.moving_digits(pairs=1)[0][0]
