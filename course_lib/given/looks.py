"""What is seen of a network after each epoch: its first filters, and which classes it takes for which."""

from collections.abc import Callable, Mapping

import numpy as np

from course_lib.given.measure import answers

FILTERS, CLASSES = 32, 32  # more cannot be told apart on a page; of filters the first are kept, of classes then none
Arrays = Mapping[str, np.ndarray]


def look(logits: Callable, parameters: Arrays, images: np.ndarray, labels: np.ndarray) -> tuple[Arrays, float]:
    """One look at a network.

    Parameters
    ----------
    logits : callable
        As Run takes it.
    parameters : dict of ndarray
    images : ndarray, shape (N, C, H, W)
    labels : ndarray, shape (N,)

    Returns
    -------
    arrays : dict of ndarray
        ``"filters"`` (1, F, C, KH, KW), float32: at most 32 of the first parameter that has four axes, none if none
        has; ``"confusion"`` (1, K, K), whole numbers: how many images of the class of the row were taken for that of
        the column, (1, 0, 0) where there are more than 32 classes or labels that are none.
    right : float
        The share of images that were read rightly.

    Raises
    ------
    ValueError
        If logits gives something else than scores (N, K).
    """
    answered, classes = answers(logits, parameters, images)
    filters = next((array[:FILTERS] for array in parameters.values() if array.ndim == 4), np.zeros((0, 1, 1, 1)))
    arrays = {"filters": filters.astype(np.float32), "confusion": _confusion(labels, answered, classes)}
    right = np.count_nonzero(answered == labels) / len(labels)
    return {name: array[np.newaxis] for name, array in arrays.items()}, right


def _confusion(labels: np.ndarray, answered: np.ndarray, classes: int) -> np.ndarray:
    if classes > CLASSES or labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() >= classes:
        return np.zeros((0, 0), np.int32)
    counts = np.zeros((classes, classes), np.int32)
    np.add.at(counts, (labels, answered), 1)
    return counts


def joined(before: Arrays, after: Arrays) -> Arrays:
    """The looks of some epochs and of those after them, one after another."""
    return {name: np.concatenate([before[name], after[name]]) for name in after} if before else dict(after)
