"""Numbers for drawn cases: small, whole, and never so regular that a mistake hides in them."""

from __future__ import annotations

import numpy as np

Rng = np.random.Generator


def whole(rng: Rng, *shape: int, largest: int = 9) -> np.ndarray:
    """Whole numbers from ``-largest`` to ``largest`` as float64; single precision computes with them exactly."""
    return rng.integers(-largest, largest + 1, shape).astype(float)


def lopsided(rng: Rng, *shape: int) -> np.ndarray:
    """A kernel of different whole numbers, all but 0, in random order: no flip or exchange leaves it as it was."""
    size = int(np.prod(shape))
    numbers = rng.permutation(np.arange(1, size + 1)) * rng.choice([-1, 1], size)
    return numbers.reshape(shape).astype(float)
