# Three comprehensions, in float64 whatever comes, with lerp-like means.
"""Chapter 07: backward, and the loop that trains a network."""

import numpy as np


def _check(parameters, rate, **others):
    if not 0 < rate < np.inf:
        raise ValueError(f"rate is {rate}; it must be above 0 and finite")
    for kind, arrays in others.items():
        if set(arrays) != set(parameters):
            raise ValueError(f"{kind} have the names {sorted(arrays)}, parameters {sorted(parameters)}")
        for name, array in arrays.items():
            if array.shape != parameters[name].shape:
                raise ValueError(f"{kind}[{name!r}] has shape {array.shape}, not {parameters[name].shape}")


def adam_step(parameters, gradients, means, squares, t, rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    _check(parameters, rate, gradients=gradients, means=means, squares=squares)
    if t < 1 or not 0 <= beta1 < 1 or not 0 <= beta2 < 1 or not epsilon > 0:
        raise ValueError(f"t is {t}, beta1 {beta1}, beta2 {beta2}, epsilon {epsilon}; one of them is out of range")

    m = {k: np.average([means[k], gradients[k]], axis=0, weights=[beta1, 1 - beta1]) for k in parameters}
    s = {k: np.average([squares[k], np.square(gradients[k])], axis=0, weights=[beta2, 1 - beta2]) for k in parameters}
    fair = {k: (m[k] / (1 - beta1**t), s[k] / (1 - beta2**t)) for k in parameters}
    return {k: p - rate * fair[k][0] / (fair[k][1] ** 0.5 + epsilon) for k, p in parameters.items()}, m, s
