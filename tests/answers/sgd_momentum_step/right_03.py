# Number by number, in plain loops; a list of the two dicts.
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


def sgd_momentum_step(parameters, gradients, velocities, rate, momentum=0.9, decay=0.0):
    _check(parameters, rate, gradients=gradients, velocities=velocities)
    if not 0 <= momentum < 1 or not decay >= 0:
        raise ValueError(f"momentum is {momentum} and decay {decay}; momentum must be in [0, 1), decay 0 or more")

    moved, v = {}, {}
    for name, p in parameters.items():
        v[name], moved[name] = np.zeros(p.shape), np.zeros(p.shape)
        for at in np.ndindex(p.shape):
            v[name][at] = momentum * velocities[name][at] + gradients[name][at] + decay * p[at]
            moved[name][at] = p[at] - rate * v[name][at]
    return [moved, v]
