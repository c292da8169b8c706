"""Checks of sgd_momentum_step: the velocity first, then the step; both handed on."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.training.steps import all_of, as_dtype, away_from_zero, one, zeros


def model(parameters, gradients, velocities, rate, momentum=0.9, decay=0.0, on=frozenset()):
    """sgd_momentum_step, with switches."""
    moved, kept = dict(parameters), dict(velocities)
    for name in list(parameters)[: 1 if "first_name_only" in on else None]:
        p, before = parameters[name], velocities[name]
        pulled = gradients[name] + decayed(name, p, decay, on)
        v = velocity(before, pulled, rate, momentum, on)
        kept[name] = before if "velocity_not_stored" in on else v
        moved[name] = stepped(p, pulled, before, v, rate, momentum, on)
    return (kept, moved) if "velocities_first" in on else (moved, kept)


def decayed(name, p, decay, on):
    """What weight decay adds to the gradient."""
    if "decay_forgotten" in on or ("biases_not_decayed" in on and name.endswith(".b")):
        return 0.0
    factor = 0.5 if "decay_halved" in on else 2.0 if "decay_doubled" in on else -1.0 if "decay_negative" in on else 1.0
    if "decay_by_sign" in on:
        return decay * np.sign(p)
    return decay if "decay_without_parameter" in on else factor * decay * p


def velocity(v, g, rate, momentum, on):
    """The new velocity."""
    if "no_momentum" in on:
        return g
    if "momentum_always_09" in on:
        momentum = 0.9
    if "momentum_added" in on:
        return momentum + g
    if "gradient_dampened" in on:
        return momentum * v + (1 - momentum) * g
    if "weights_exchanged" in on:
        return v + momentum * g
    if "rate_in_velocity" in on:
        return momentum * v + rate * g
    if "velocity_downhill" in on:
        return momentum * v - rate * g
    return momentum * v - g if "velocity_against_gradient" in on else momentum * v + g


def stepped(p, g, before, v, rate, momentum, on):
    """The parameter after the step."""
    if "uphill" in on:
        return p + rate * v
    if "rate_in_velocity" in on:
        return p - v
    if "velocity_downhill" in on:
        return p + v
    if "nesterov" in on:
        return p - rate * (g + momentum * v)
    if "old_velocity" in on:
        return p - rate * before
    if "gradient_alone" in on:
        return p - rate * g
    if "rate_forgotten" in on:
        return p - v
    if "step_returned" in on:
        return -rate * v
    return p if "not_moved" in on else p - rate * v


VELOCITY = "On paper: velocity 10, gradient 4, momentum 0.5. What is the new velocity, by the contract's first formula?"
STEP = "On paper: parameter 1, new velocity 9, rate 0.1. Where does the parameter stand after the step?"
DECAY = "On paper: parameter 3, gradient 4, decay 0.1. What is added to the velocity?"

MISTAKES = (
    Mistake("no_momentum", "velocity", "there were no momentum: the velocity is the gradient alone", VELOCITY),
    Mistake("momentum_always_09", "velocity", "momentum were 0.9, whatever is given", "Where does momentum enter?"),
    Mistake("momentum_added", "velocity", "momentum itself were added, not momentum times the velocity", VELOCITY),
    Mistake(
        "gradient_dampened",
        "velocity",
        "the gradient entered with weight 1 - momentum",
        "A running mean does it so; does the contract's formula?",
    ),
    Mistake(
        "weights_exchanged", "velocity", "momentum multiplied the gradient in place of the velocity before", VELOCITY
    ),
    Mistake(
        "rate_in_velocity",
        "velocity",
        "the rate multiplied the gradient on its way into the velocity, and not the step",
        "The first steps may come out alike. Which of the two formulas holds the rate?",
    ),
    Mistake(
        "velocity_downhill",
        "velocity",
        "the velocity were momentum times the one before less rate times the gradient, and were added to the parameter",
        "Other books write it so, and the first steps may come out alike. Which of the two formulas holds the rate?",
    ),
    Mistake("velocity_against_gradient", "velocity", "the gradient were taken away from the velocity", VELOCITY),
    Mistake("uphill", "step", "the step went up the slope, with a plus where the minus belongs", STEP),
    Mistake("nesterov", "step", "the step were Nesterov's, which looks ahead", "Which number is multiplied by rate?"),
    Mistake(
        "old_velocity",
        "step",
        "the parameter moved with the velocity of the step before",
        "In which order does the contract name the two?",
    ),
    Mistake(
        "gradient_alone",
        "step",
        "the velocity were kept, but the parameter moved with its gradient alone",
        "Your velocity is right. Is it used?",
    ),
    Mistake(
        "not_moved", "step", "the parameters stayed where they are", "Under which name do you store the new value?"
    ),
    Mistake("step_returned", "step", "the step were asked for, not where it leads", STEP),
    Mistake("rate_forgotten", "step", "the rate were 1", STEP),
    Mistake(
        "velocity_not_stored",
        "store",
        "the velocities came back as they were given",
        "What will the next step take as the velocity before?",
    ),
    Mistake(
        "velocities_first",
        "order",
        "the velocities were returned before the parameters",
        "In which order does the contract return the two?",
    ),
    Mistake(
        "first_name_only",
        "names",
        "only the first of the parameters took its step",
        "Where does your function return: inside the loop, or after it?",
    ),
    Mistake("decay_forgotten", "decay", "there were no weight decay", "Where does decay enter your function?"),
    Mistake("decay_halved", "decay", "half of decay times the parameter were added", DECAY),
    Mistake("decay_doubled", "decay", "twice decay times the parameter were added", DECAY),
    Mistake("decay_negative", "decay", "weight decay made the parameters grow", "Which sign has it in the formula?"),
    Mistake("decay_by_sign", "decay", "decay times the sign of the parameter were added", DECAY),
    Mistake("decay_without_parameter", "decay", "decay itself were added to the gradient", DECAY),
    Mistake(
        "biases_not_decayed",
        "decay",
        "biases were spared from weight decay",
        "Many spare them, and with reason. Does the contract?",
    ),
)

HINTS = (
    "On paper: parameter 1, gradient 4, velocity 10, rate 0.1, momentum 0.5. The new velocity is 9; and the parameter?",
    "One loop over the names. The new velocity goes into one new dict, the moved parameter into another.",
    "velocity = momentum * velocities[name] + gradients[name] + decay * parameters[name]; the parameter moves to "
    "parameters[name] - rate * velocity.",
)


def worked():
    still, moving = one(0.0, 0.0), one(10.0, -20.0)
    p, g = one(1.0, 2.0), one(4.0, -6.0)
    yield Case("one parameter", "the first step, from rest", call(p, g, still, 0.5, 0.5))
    yield Case("one parameter", "on the move", call(p, g, moving, 0.1, 0.5))
    yield Case("one parameter", "momentum 0", call(p, g, moving, 0.1, 0.0))
    yield Case("one parameter", "momentum as it is by default", call(p, g, moving, 0.1))
    yield Case("weight decay", "decay 0.1", call(p, g, still, 0.5, 0.5, 0.1))
    yield Case("weight decay", "decay alone, from rest", call(one(1.0, -2.0), still, still, 1.0, 0.5, decay=0.25))


def drawn(rng):
    def some(*shape):
        return away_from_zero(rng, *shape)

    for length, rate, momentum in ((2, 0.1, 0.5), (5, 0.01, 0.99), (1, 1.0, 0.25), (3, 0.3, 0.75)):
        arrays = [{"fc1.w": some(length)} for _ in range(3)]
        yield Case("one parameter", f"{length} numbers, momentum {momentum}", call(*arrays, rate, momentum))
    for names in (("fc1.w", "fc1.b"), ("conv1.b", "conv1.w", "fc1.b"), ("conv1.w", "conv1.b", "fc1.w", "fc1.b")):
        arrays = [all_of(some, names) for _ in range(3)]
        yield Case("many parameters", ", ".join(names), call(*arrays, 0.2, momentum=0.6))
        yield Case("many parameters", f"the first step of {len(names)}", call(*arrays[:2], zeros(arrays[0]), 0.2))
    shuffled = all_of(some), all_of(some, ("fc1.b", "fc1.w", "conv1.b", "conv1.w")), all_of(some)
    yield Case("many parameters", "gradients in another order", call(*shuffled, 0.05, 0.8))
    for names, decay in ((("fc1.w",), 0.5), (("conv1.w", "conv1.b"), 0.1), (("fc1.w", "fc1.b", "conv1.w"), 0.25)):
        p, g, v = (all_of(some, names) for _ in range(3))
        yield Case("weight decay", f"decay {decay} of {', '.join(names)}", call(p, g, v, 0.2, 0.6, decay))
        yield Case("weight decay", f"decay {decay}, the first step", call(p, g, zeros(v), 0.2, 0.6, decay))
    part, names = "any numbers", ("conv1.w", "conv1.b")
    p, g, v = (all_of(some, names) for _ in range(3))
    tiny = {name: 1e-9 * array for name, array in g.items()}
    yield Case(part, "very small gradients", call(zeros(p), tiny, zeros(p), 0.1))
    yield Case(part, "whole numbers", call(as_dtype(p, int), as_dtype(g, int), as_dtype(v, int), 0.5, 0.5, 0.25))
    single = [as_dtype(arrays, np.float32) for arrays in (p, g, v)]
    yield Case(part, "single precision", call(*single, 0.1, 0.75, 0.5), rtol=1e-4)
    yield Case(part, "not contiguous in memory", call(p, g, v, 0.1, 0.75, 0.5, layout="strided"))
    yield Case(part, "last index first in memory", call(p, g, v, 0.1, 0.75, layout="F"))


def refused():
    p = one(1.0, 2.0)
    yield Case(REFUSES, "a gradient missing", call(p | one(3.0, name="fc1.b"), p, p, 0.1))
    yield Case(REFUSES, "a velocity of another shape", call(p, p, one(1.0), 0.1))
    yield Case(REFUSES, "a rate of 0", call(p, p, p, 0.0))
    yield Case(REFUSES, "momentum 1, which never slows down", call(p, p, p, 0.1, 1.0))
    yield Case(REFUSES, "decay below 0", call(p, p, p, 0.1, decay=-0.1))


SPEC = Spec(
    parts=(
        Part("one parameter", 1),
        Part("many parameters", 1),
        Part("weight decay", 1),
        Part("any numbers", 0.5),
        Part(UNTOUCHED, 1),
        Part(REFUSES, 0.5),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "all velocities are 0": lambda p, g, v, *_, **__: not any(array.any() for array in v.values()),
        "there is no weight decay": lambda p, g, v, rate, momentum=0.9, decay=0.0: decay == 0,
        "momentum = 0.9": lambda p, g, v, rate, momentum=0.9, decay=0.0: momentum == 0.9,
        "there is one parameter": lambda p, *_, **__: len(p) == 1,
        "there is no bias": lambda p, *_, **__: not any(name.endswith(".b") for name in p),
        "the three dicts have the same order": lambda p, g, v, *_, **__: list(p) == list(g) == list(v),
    },
)
