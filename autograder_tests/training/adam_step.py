"""Checks of adam_step: two running means, corrected for their beginning at 0.

Where epsilon counts, t is large: some write epsilon beside the square root before its correction, which is right there
too. The mistakes have two slots only: outputs are matched one by one, and few pairs keep a recording small.
"""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.training.steps import all_of, as_dtype, away_from_zero, one, zeros

LATE = 50_000  # steps after which nothing is left to be corrected


@np.errstate(all="ignore")
def model(parameters, gradients, means, squares, t, rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, on=frozenset()):
    """adam_step, with switches."""
    if "betas_exchanged" in on:
        beta1, beta2 = beta2, beta1
    if "betas_as_by_default" in on:
        beta1, beta2 = 0.9, 0.999
    if "epsilon_as_by_default" in on:
        epsilon = 1e-8
    moved, new_means, new_squares = dict(parameters), dict(means), dict(squares)
    for name in list(parameters)[: 1 if "first_name_only" in on else None]:
        g = gradients[name]
        m = running(means[name], g, beta1, on)
        v = running(squares[name], squared(g, m, on), beta2, on)
        fair_m, fair_v = corrected(m, v, t, beta1, beta2, on)
        moved[name] = stepped(parameters[name], g, fair_m, fair_v, rate, epsilon, on)
        if "corrected_stored" in on:
            m, v = fair_m, fair_v
        if "moments_not_stored" not in on:
            new_means[name], new_squares[name] = m, v
    return (new_means, new_squares, moved) if "parameters_last" in on else (moved, new_means, new_squares)


def running(before, new, beta, on):
    """A running mean, one value later."""
    if "weights_exchanged" in on:
        return (1 - beta) * before + beta * new
    if "beta_added" in on:
        return beta + (1 - beta) * new
    if "sum_kept" in on:
        return beta * before + new
    return new if "nothing_kept" in on else beta * before + (1 - beta) * new


def squared(g, m, on):
    """What the second running mean is taken of."""
    if "gradient_not_squared" in on:
        return g
    if "size_of_gradient" in on:
        return np.abs(g)
    return m**2 if "mean_squared" in on else g**2


def corrected(m, v, t, beta1, beta2, on):
    """The two running means as if they had not begun at 0."""
    if "power_forgotten" in on:
        return m / (1 - beta1), v / (1 - beta2)
    if "multiplied" in on:
        return m * (1 - beta1**t), v * (1 - beta2**t)
    t = t - 1 if "t_from_0" in on else t + 1 if "t_from_2" in on else t
    m_at, v_at = 1 - beta1**t, 1 - beta2**t
    return (
        m if on & {"not_corrected", "mean_not_corrected"} else m / m_at,
        v if on & {"not_corrected", "square_not_corrected"} else v / v_at,
    )


def stepped(p, g, m, v, rate, epsilon, on):
    """The parameter after the step."""
    upper = g if "gradient_in_place_of_mean" in on else m
    if "rate_forgotten" in on:
        rate = 1.0
    if "uphill" in on:
        rate = -rate
    return p - rate * upper / lower(v, epsilon, on)


def lower(v, epsilon, on):
    """What the step is divided by."""
    if "nothing_below" in on:
        return 1.0
    if "root_forgotten" in on:
        return v + epsilon
    if "epsilon_in_root" in on:
        return np.sqrt(v + epsilon)
    if "epsilon_subtracted" in on:
        return np.sqrt(v) - epsilon
    if "epsilon_multiplied" in on:
        return np.sqrt(v) * epsilon
    if "larger_of_the_two" in on:
        return np.maximum(np.sqrt(v), epsilon)
    return np.sqrt(v) + (0.0 if "epsilon_forgotten" in on else epsilon)


RUNNING = "On paper: running mean 2, gradient 4, beta 0.75. The new one lies between the two; where?"
CORRECTION = "On paper: beta 0.5, three steps, every gradient 8. The running mean is 7; by what must it be divided?"
BELOW = "On paper: a corrected mean of squares of 9, epsilon 1. By what is the step divided?"

MISTAKES = (
    Mistake("weights_exchanged", "moments", "beta were the weight of what is new, not of what is kept", RUNNING),
    Mistake("beta_added", "moments", "beta itself were added, not beta times the running mean before", RUNNING),
    Mistake("sum_kept", "moments", "what is new entered with weight 1", RUNNING),
    Mistake("nothing_kept", "moments", "nothing of the steps before were kept", RUNNING),
    Mistake("betas_exchanged", "moments", "beta1 and beta2 were exchanged", "Which beta belongs to the squares?"),
    Mistake(
        "betas_as_by_default", "moments", "the betas were 0.9 and 0.999, whatever is given", "Where do they enter?"
    ),
    Mistake("epsilon_as_by_default", "step", "epsilon were 1e-8, whatever is given", "Where does epsilon enter?"),
    Mistake(
        "gradient_not_squared",
        "moments",
        "the second running mean were one of gradients, not of their squares",
        "Of what is the second running mean taken? It must never be negative.",
    ),
    Mistake(
        "size_of_gradient",
        "moments",
        "the second running mean were one of the gradients' sizes, not of their squares",
        "Of what is the second running mean taken? Later there is a root of it.",
    ),
    Mistake(
        "mean_squared",
        "moments",
        "the square of the first running mean went into the second",
        "Which comes first, the square or the mean?",
    ),
    Mistake("not_corrected", "step", "nothing were corrected for the beginning at 0", CORRECTION),
    Mistake("mean_not_corrected", "step", "the first running mean were used without its correction", CORRECTION),
    Mistake(
        "square_not_corrected",
        "step",
        "the running mean of squares were used without its correction",
        "Which of the two mean squares does your step divide by, the raw or the corrected one?",
    ),
    Mistake("power_forgotten", "step", "both were divided by 1 - beta, whatever t is", CORRECTION),
    Mistake("multiplied", "step", "both were multiplied by 1 - beta ** t", CORRECTION),
    Mistake(
        "t_from_0",
        "step",
        "steps were counted from 0",
        "The first step has t = 1. Is anything taken from it before it is used?",
    ),
    Mistake(
        "t_from_2",
        "step",
        "steps were counted from 2",
        "t is the number of this step already. Is anything added to it?",
    ),
    Mistake("epsilon_in_root", "step", "epsilon stood inside the root", BELOW),
    Mistake("epsilon_forgotten", "step", "there were no epsilon", BELOW),
    Mistake("epsilon_subtracted", "step", "epsilon were taken away from the root", BELOW),
    Mistake("epsilon_multiplied", "step", "the root were multiplied with epsilon", BELOW),
    Mistake("larger_of_the_two", "step", "the step were divided by the root or by epsilon, whichever is larger", BELOW),
    Mistake("root_forgotten", "step", "the step were divided by the mean square, not by its root", BELOW),
    Mistake(
        "nothing_below",
        "step",
        "the step were not divided by anything",
        "What makes the steps of all parameters alike in size?",
    ),
    Mistake(
        "gradient_in_place_of_mean",
        "step",
        "the gradient itself stood in the step, in place of its running mean",
        "Your first running mean is right. Is it used?",
    ),
    Mistake("rate_forgotten", "step", "the rate were 1", "Where does rate enter your function?"),
    Mistake("uphill", "step", "the step went up the slope", "In which direction does the gradient point?"),
    Mistake(
        "moments_not_stored",
        "step",
        "means and squares came back as they were given",
        "What will the next step take as the running means before?",
    ),
    Mistake(
        "corrected_stored",
        "step",
        "the corrected means and squares were returned",
        "Which ones does the next step go on from? Corrected twice is once too often.",
    ),
    Mistake(
        "first_name_only",
        "step",
        "only the first of the parameters took its step",
        "Where does your function return: inside the loop, or after it?",
    ),
    Mistake(
        "parameters_last",
        "step",
        "the parameters were returned after means and squares",
        "In which order does the contract return the three?",
    ),
)

HINTS = (
    "The first step, on paper: both running means begin at 0, and t is 1. Corrected they are the gradient and its "
    "square; so how long is the step?",
    "Five lines for each name: the new mean, the new square, both corrected in variables of their own, the step.",
    "mean / (1 - beta1**t) over np.sqrt(square / (1 - beta2**t)) + epsilon, times rate, is taken from the parameter. "
    "Return the means and squares without the correction.",
)


def worked():
    p, rest = one(1.0, 5.0), one(0.0, 0.0)
    easy = dict(rate=0.5, beta1=0.5, beta2=0.75)
    yield Case("the first step", "two gradients, one step", call(p, one(4.0, -2.0), rest, rest, 1, **easy))
    yield Case("the first step", "rate and betas as by default", call(p, one(4.0, -2.0), rest, rest, 1))
    half = dict(rate=0.5, beta1=0.5, beta2=0.5)
    second = one(1.0), one(4.0), one(2.0), one(8.0)
    yield Case("later steps", "the second step, betas of a half", call(*second, 2, **half))
    yield Case("epsilon", "a gradient of 0 from the beginning", call(p, one(4.0, 0.0), rest, one(0.0, 0.0), 1, **easy))
    large = dict(rate=0.5, beta1=0.5, beta2=0.5, epsilon=1.0)
    yield Case("epsilon", "an epsilon of 1, late", call(one(3.0), one(4.0), one(4.0), one(2.0), LATE, **large))


def drawn(rng):
    def some(*shape):
        return away_from_zero(rng, *shape)

    def state(names=("conv1.w", "conv1.b", "fc1.b"), scale=1.0):
        """Parameters, gradients, means and squares on the way."""
        p, g, m = (all_of(some, names) for _ in range(3))
        scaled = [{name: scale * array for name, array in arrays.items()} for arrays in (g, m)]
        return p, *scaled, {name: scale**2 * some(*array.shape) ** 2 for name, array in p.items()}

    for names, how in (
        (("fc1.b",), dict(rate=0.1)), (("conv1.b", "fc1.w"), dict(rate=0.25, beta1=0.8, beta2=0.95)),
        (("conv1.w", "fc1.b", "conv1.b"), dict(rate=1.0, beta1=0.5, beta2=0.9)),
    ):  # fmt: skip
        p, g, *_ = state(names)
        yield Case("the first step", f"{', '.join(names)}, {words(how)}", call(p, g, zeros(p), zeros(p), 1, **how))
    for names, t, how in (
        (("fc1.b",), 2, dict(rate=0.1)), (("fc1.w",), 3, dict(rate=0.5, beta1=0.5, beta2=0.75)),
        (("conv1.b", "conv1.w"), 10, dict(rate=0.25)), (("fc1.b", "fc1.w"), 5, dict(rate=0.1, beta1=0.7, beta2=0.9)),
        (("conv1.w", "conv1.b", "fc1.w", "fc1.b"), 2, dict(rate=0.5, beta1=0.6, beta2=0.8)),
        (("fc1.w", "conv1.b"), 400, dict(rate=0.3)), (("conv1.w",), 7, dict(rate=0.5, beta1=0.0, beta2=0.5)),
        (("conv1.w", "fc1.b"), 4, dict(rate=0.5, beta1=0.9, beta2=0.0)),
    ):  # fmt: skip
        yield Case("later steps", f"step {t} of {', '.join(names)}, {words(how)}", call(*state(names), t, **how))
    for scale, how in (
        (1e-3, dict(rate=0.5)), (1e-4, dict(rate=0.5)), (1e-8, dict(rate=0.5)), (1.0, dict(rate=0.5, epsilon=0.5)),
        (0.01, dict(rate=1.0, beta1=0.5, beta2=0.9, epsilon=0.01)), (1.0, dict(rate=2.0, beta2=0.5, epsilon=2.0)),
    ):  # fmt: skip
        name = f"gradients of about {scale:g}, step {LATE}, {words(how)}"
        yield Case("epsilon", name, call(*state(scale=scale), LATE, **how))
    p, g, *_ = state(("fc1.w",))
    g["fc1.w"][:, 1] = 0.0
    yield Case("epsilon", "gradients of 0 among others", call(p, g, zeros(p), zeros(p), 1, rate=0.5))
    part, how = "any numbers", dict(rate=0.5, beta1=0.75, beta2=0.875)
    yield Case(part, "whole numbers", call(*(as_dtype(arrays, int) for arrays in state()), 2, **how))
    yield Case(part, "single precision", call(*(as_dtype(a, np.float32) for a in state()), 3, **how), rtol=1e-4)
    yield Case(part, "not contiguous in memory", call(*state(), 3, **how, layout="strided"))
    yield Case(part, "last index first in memory", call(*state(), 4, **how, layout="F"))


def words(how):
    return ", ".join(f"{name} {value:g}" for name, value in how.items())


def refused():
    p = one(1.0, 2.0)
    yield Case(REFUSES, "a gradient missing", call(p | one(3.0, name="fc1.b"), p, p, p, 1))
    yield Case(REFUSES, "squares of another shape", call(p, p, p, one(1.0), 1))
    yield Case(REFUSES, "step 0", call(p, p, p, p, 0))
    yield Case(REFUSES, "a rate below 0", call(p, p, p, p, 1, rate=-0.1))
    yield Case(REFUSES, "beta2 of 1, which forgets nothing", call(p, p, p, p, 1, beta2=1.0))
    yield Case(REFUSES, "an epsilon of 0", call(p, p, p, p, 1, epsilon=0.0))


SPEC = Spec(
    parts=(
        Part("the first step", 1),
        Part("later steps", 1),
        Part("epsilon", 1),
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
        "it is the first step": lambda p, g, m, s, t, **_: t == 1,
        "t is large": lambda p, g, m, s, t, **_: t >= LATE,
        "epsilon = 1e-8": lambda p, g, m, s, t, epsilon=1e-8, **_: epsilon == 1e-8,
        "the betas are as by default": lambda p, g, m, s, t, beta1=0.9, beta2=0.999, **_: (
            (beta1, beta2) == (0.9, 0.999)
        ),
        "there is one parameter": lambda p, *_, **__: len(p) == 1,
        "no gradient is 0": lambda p, g, *_, **__: all(array.all() for array in g.values()),
    },
)
