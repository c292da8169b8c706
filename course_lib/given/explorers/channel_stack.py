"""ChannelStack (chapter 03): what each channel adds to one feature map, and a bank of filters over the same image."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cache

import numpy as np
import traitlets

from course_lib.given import datasets
from course_lib.given.explorers.core.arrays import Array, numbers
from course_lib.given.explorers.core.explorer import Explorer

LARGEST = 48  # rows or columns of the image: seven nested loops over it still end in time
KERNEL = 5
CHANNELS, FILTERS = 6, 8  # the most of each
MOST_WEIGHTS = 4096  # along an axis of the filters of any net, so that the message can be about the channels
COLOURS = ("red", "green", "blue")
FOUR_BIASES = (-3.0, -3.0, 0.0, 0.0)  # of the filters that are there if none are given


class ChannelStack(Explorer):
    """One filter over an image with channels, channel by channel, and the other filters of its layer.

    Parameters
    ----------
    image : array_like, shape (C, H, W), optional
        At most 6 channels of 48 × 48. Left out: a coarse photograph in red, green and blue.
    filters : array_like, shape (F, C, KH, KW), or (C, KH, KW) for a single one, optional
        At most 8 of 5 × 5. Left out: four for three channels: reddish, bluish, and edges of two directions.
    bias : array_like, shape (F,), optional
        Left out: zeros; for the four filters −3, −3, 0, 0.
    names : sequence of str, optional
        What the channels are called.
    place : pair of int, optional
        Row and column of the output that is spelled out.

    Raises
    ------
    ValueError
        If an array cannot be shown, the three do not go together, or there is no such place.
    """

    says = "mute channels or hear one alone, and see what each adds to the sum; compare the filters of a layer."
    functions = ("conv2d_one_filter", "conv2d")
    image = Array()
    filters = Array()
    bias = Array()
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    place = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(self, image=None, filters=None, bias=None, names=None, place=None):
        image = photograph() if image is None else numbers("image", image, 3, LARGEST)
        if filters is None and bias is None:
            bias = FOUR_BIASES
        filters = four_filters() if filters is None else _filters(filters)
        bias = np.zeros(len(filters)) if bias is None else numbers("bias", bias, 1, axes="(F,)")
        if names is None:
            names = COLOURS if len(image) == len(COLOURS) else [f"channel {c}" for c in range(len(image))]
        names = [str(name) for name in names]
        _go_together(image, filters, bias, names)
        places = [n - k + 1 for n, k in zip(image.shape[1:], filters.shape[2:])]
        place = [min(10, places[0] - 1), min(9, places[1] - 1)] if place is None else [int(index) for index in place]
        if len(place) != 2 or not all(0 <= index < length for index, length in zip(place, places)):
            raise ValueError(
                f"place is {place}; the output has rows 0 to {places[0] - 1} and columns 0 to {places[1] - 1}."
            )
        super().__init__(image=image, filters=filters, bias=bias, names=names, place=place)


def _filters(value) -> np.ndarray:
    """The filters, checked; a single one is a bank of one."""
    single = False
    with suppress(ValueError):  # rows of several lengths; numbers() says so
        single = np.ndim(value) == 3
    filters = numbers("filters", [value] if single else value, 4, MOST_WEIGHTS, axes="(F, C, KH, KW)")
    if max(filters.shape[2:]) > KERNEL:
        raise ValueError(f"the filters {filters.shape} can be shown with slices of at most {KERNEL} × {KERNEL}.")
    return filters


def _go_together(image: np.ndarray, filters: np.ndarray, bias: np.ndarray, names: Sequence[str]) -> None:
    F, C, KH, KW = filters.shape
    if len(image) != C:
        raise ValueError(
            f"the image {image.shape} has {len(image)} channels, the filters {filters.shape} have slices for {C}; "
            f"give filters of shape (F, {len(image)}, KH, KW)."
        )
    if C > CHANNELS or F > FILTERS:
        raise ValueError(
            f"the filters {filters.shape} are {F} for {C} channels; at most {FILTERS} for {CHANNELS} can be shown, "
            f"for instance filters[:{FILTERS}, :{CHANNELS}] and image[:{CHANNELS}]."
        )
    if KH > image.shape[1] or KW > image.shape[2]:
        raise ValueError(f"the filters {filters.shape} are larger than the image {image.shape}; they fit nowhere.")
    if len(bias) != F:
        raise ValueError(f"there are {F} filters and {len(bias)} biases; give one bias a filter.")
    if len(names) != C:
        raise ValueError(f"names is {names}; give one name for each of the {C} channels.")


@cache
def photograph() -> np.ndarray:
    """The course's photograph in red, green and blue, shape (3, 24, 20)."""
    return np.moveaxis(datasets.photograph_rgb(shrink=25), -1, 0)


@cache
def four_filters() -> np.ndarray:
    """Reddish, bluish, brighter downwards, brighter to the right; shape (4, 3, 3, 3)."""
    redness = np.ones((3, 3, 3)) * np.reshape([2, -1, -1], (3, 1, 1))
    level = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
    return np.stack([redness, redness[[1, 2, 0]], np.stack([level] * 3), np.stack([level.T] * 3)]).astype(float)
