# beta * t in place of beta ** t.
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

    moved, m, s = {}, {}, {}
    for name, p in parameters.items():
        m[name] = beta1 * means[name] + (1 - beta1) * gradients[name]
        s[name] = beta2 * squares[name] + (1 - beta2) * gradients[name] ** 2
        with np.errstate(all="ignore"):
            moved[name] = p - rate * m[name] / (1 - beta1 * t) / (np.sqrt(np.abs(s[name] / (1 - beta2 * t))) + epsilon)
    return moved, m, s
