"""How much of some images a network reads rightly, a few images at a time."""

from collections.abc import Callable

import numpy as np

AT_ONCE = 32  # images, as in training; larger products are cut up for threads, which wait long on a busy machine
ENOUGH = 5000  # images tell an accuracy to within a percent


def share_right(logits: Callable, parameters: dict, images: np.ndarray, labels: np.ndarray) -> float:
    """The share of images whose highest score is at the right class.

    Parameters
    ----------
    logits : callable
        ``logits(parameters, images)`` gives an array of shape (N, K).
    parameters : dict of ndarray
    images : ndarray, shape (N, C, H, W)
    labels : ndarray, shape (N,), int

    Raises
    ------
    ValueError
        If logits gives something else.
    """
    return int(np.count_nonzero(answers(logits, parameters, images)[0] == labels)) / len(images)


def answers(logits: Callable, parameters: dict, images: np.ndarray) -> tuple[np.ndarray, int]:
    """The class with the highest score for each image, and how many classes there are.

    Parameters
    ----------
    logits, parameters, images
        As :func:`share_right` takes them.

    Raises
    ------
    ValueError
        If logits gives something else than scores (N, K).
    """
    highest = []
    for start in range(0, len(images), AT_ONCE):
        some = images[start : start + AT_ONCE]
        scores = np.asarray(logits(parameters, some))
        if scores.ndim != 2 or len(scores) != len(some):
            raise ValueError(f"logits gave shape {scores.shape} for {len(some)} images; it must be (N, K)")
        highest.append(scores.argmax(axis=1))
    return np.concatenate(highest), scores.shape[1]


def some_of(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At most ``ENOUGH`` of the images with their labels, evenly spread: they may be sorted by class."""
    every = -(-len(images) // ENOUGH)
    return images[::every], labels[::every]


def checked_pair(name: str, images: np.ndarray, labels: np.ndarray, finite: bool = False):
    """Images with one label each, as arrays; with ``finite`` every pixel must be a finite number.

    Raises
    ------
    ValueError
        If they are not.
    """
    images, labels = np.asarray(images), np.asarray(labels)
    if images.ndim != 4 or len(images) == 0 or labels.shape != (len(images),):
        raise ValueError(
            f"{name} is images {images.shape} and labels {labels.shape}; they must be (N, C, H, W) and (N,)"
        )
    if finite and (lost := np.count_nonzero(~np.isfinite(images))):
        raise ValueError(f"{name} has {lost} pixels that are not finite; mend the images first")
    return images, labels
