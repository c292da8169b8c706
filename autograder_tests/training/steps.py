"""Named arrays as an optimiser sees them: what the checks of both optimisers share."""

import numpy as np

SHAPES = {"conv1.w": (2, 1, 2, 3), "conv1.b": (2,), "fc1.w": (3, 4), "fc1.b": (3,)}


def one(*numbers, name="fc1.w"):
    """A network of one parameter."""
    return {name: np.array(numbers, float)}


def away_from_zero(rng, *shape):
    """Numbers from 1 to 4 in size, of either sign."""
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(1, 4, shape)


def all_of(draw, names=tuple(SHAPES)):
    """A dict with what ``draw(*shape)`` gives for each name."""
    return {name: draw(*SHAPES[name]) for name in names}


def zeros(like):
    """0 for each entry of each array."""
    return {name: np.zeros(array.shape, array.dtype) for name, array in like.items()}


def as_dtype(arrays, dtype):
    """The same arrays in another dtype."""
    return {name: array.astype(dtype) for name, array in arrays.items()}
