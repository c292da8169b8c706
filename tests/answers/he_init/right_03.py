# One number after the other, in the order of memory.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def he_init(shape, seed=0):
    """Weights to begin with: drawn so that the signal keeps its size from layer to layer of a ReLU network.

    Parameters
    ----------
    shape : tuple of int
        ``(F, C, KH, KW)`` or ``(K, M)``: the first axis counts what the layer gives, the others what one of them takes.
    seed : int
        For ``np.random.default_rng``.

    Returns
    -------
    ndarray, float
        ``np.random.default_rng(seed).standard_normal(shape)`` times ``sqrt(2 / fan_in)``; ``fan_in`` is the number of
        inputs of one output, the product of all lengths but the first.

    Raises
    ------
    ValueError
        If shape has fewer than two lengths, one of them is below 1 or no whole number, or seed is below 0.

    References
    ----------
    He, Zhang, Ren & Sun (2015), "Delving deep into rectifiers", section 2.2.
    """
    if np.ndim(shape) != 1 or len(shape) < 2 or not all(_whole(n, 1) for n in shape):
        raise ValueError(f"shape is {shape}; it must have two lengths or more, each a whole number of 1 or more")
    if not _whole(seed, 0):
        raise ValueError(f"seed is {seed}; it must be a whole number of 0 or more")
    rng, weights = np.random.default_rng(seed), np.empty(shape)
    for place in np.ndindex(*shape):
        weights[place] = rng.standard_normal()
    return weights * np.sqrt(2 / weights[0].size)


def _whole(value, least):
    return isinstance(value, int | np.integer) and value >= least
