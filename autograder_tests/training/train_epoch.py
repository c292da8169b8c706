"""Checks of train_epoch: every image once, in the order that the seed gives, a step after each batch.

The mistakes have two slots only: outputs are matched one by one, and few pairs keep a recording small.
"""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.training.lenet5_gradients import model as gradients_of
from autograder_tests.training.sgd_momentum_step import model as step_of
from autograder_tests.training.small_nets import PIXELS, Net, even_odds, number
from autograder_tests.training.steps import zeros


def model(
    parameters, velocities, images, labels, rate, momentum=0.9, decay=0.0, batch=64, seed=0, padding=(2, 0),
    on=frozenset(),
):  # fmt: skip
    """train_epoch, with switches."""
    momentum, decay, batch, seed, padding = known(momentum, decay, batch, seed, padding, on)
    p, v, losses = parameters, zeros(velocities) if "velocities_ignored" in on else velocities, []
    for chosen, named in batches(len(images), batch, seed, on):
        x, y = images[chosen], labels[named]
        at = parameters if "slope_of_the_beginning" in on else p
        loss, gradients = gradients_of(at, x, y, padding)
        gradients = {name: scale(len(chosen), batch, on) * gradient for name, gradient in gradients.items()}
        start = velocities if "velocities_not_carried" in on else v
        p, v = step_of(p, gradients, start, rate, momentum, decay)
        after = gradients_of(p, x, y, padding)[0] if "loss_after_step" in on else loss
        losses.append(after * len(chosen) if "losses_summed" in on else after)
    return returned(parameters, velocities, p, v, np.array(losses), on)


def known(momentum, decay, batch, seed, padding, on):
    """The arguments as the mistake knows them."""
    return (
        0.9 if "momentum_as_by_default" in on else momentum,
        0.0 if "decay_as_by_default" in on else decay,
        64 if "batch_as_by_default" in on else batch,
        0 if "seed_as_by_default" in on else seed,
        (2, 0) if "padding_as_by_default" in on else padding,
    )


def batches(N, batch, seed, on):
    """The images of each batch, and the images whose labels they get."""
    order = shuffled(N, seed, on)
    for place, start in enumerate(starts(N, batch, on)):
        chosen = order[start : start + batch]
        if "drawn_with_repeats" in on:
            chosen = np.random.default_rng([seed, place]).integers(0, N, len(chosen))
        if "overlapping_batches" in on:
            chosen = order[place : place + batch]
        in_place = np.arange(start, start + len(chosen))
        images = in_place if "labels_alone_shuffled" in on else chosen
        yield images, in_place if "images_alone_shuffled" in on else chosen


def shuffled(N, seed, on):
    """The order of the images."""
    if "not_shuffled" in on:
        return np.arange(N)
    if "older_generator" in on:
        return np.random.RandomState(seed).permutation(N)
    order = np.random.default_rng(seed).permutation(N)
    if "shuffled_twice" in on:
        return order[order]
    if "order_inverted" in on:
        return np.argsort(order)
    return order[::-1] if "from_back_to_front" in on else order


def starts(N, batch, on):
    """Where each batch begins."""
    if "rest_dropped" in on:
        return range(0, N - batch + 1, batch)
    if "first_batch_only" in on:
        return range(0, 1)
    return range(0, N - 1, batch) if "last_alone_dropped" in on else range(0, N, batch)


def scale(length, batch, on):
    """What the gradients of a batch are multiplied with."""
    if "divided_by_nominal_batch" in on:
        return length / batch
    return 1 / length if "divided_by_batch_again" in on else 1.0


def returned(parameters, velocities, p, v, losses, on):
    """What is handed back."""
    if "not_returned" in on:
        return parameters, velocities, losses
    if "velocities_not_returned" in on:
        v = velocities
    if "mean_loss" in on:
        losses = np.array([losses.mean()])
    if "running_mean_of_losses" in on:
        losses = np.cumsum(losses) / np.arange(1, len(losses) + 1)
    return (losses, p, v) if "losses_first" in on else (p, v, losses)


ORDER = "Which line makes the order? It is np.random.default_rng(seed).permutation(N), cut from front to back."
CARRY = "Say aloud what the second batch begins with: which parameters, and which velocities?"
PASSED = "train_epoch has eleven arguments. Which of them do you hand on to the functions that you call?"
BATCHES = "Seven images in batches of three: how many batches are there, and how large is each?"

MISTAKES = (
    Mistake("not_shuffled", "loop", "the images came in the order in which they lie", ORDER),
    Mistake("older_generator", "loop", "the order came from NumPy's older generator, RandomState", ORDER),
    Mistake("order_inverted", "loop", "image i came at the place that the permutation names, not the other way", ORDER),
    Mistake("shuffled_twice", "loop", "the images were put in order twice", ORDER),
    Mistake("from_back_to_front", "loop", "the batches were cut from the order from back to front", ORDER),
    Mistake(
        "drawn_with_repeats",
        "loop",
        "each batch were drawn anew from all images",
        "In one epoch every image comes once. Does it?",
    ),
    Mistake(
        "overlapping_batches",
        "loop",
        "each batch began one image after the one before",
        "Where does the second batch begin in the order?",
    ),
    Mistake(
        "images_alone_shuffled",
        "loop",
        "the images were shuffled and the labels were not",
        "An image and its label belong together. Which index does each get?",
    ),
    Mistake(
        "labels_alone_shuffled",
        "loop",
        "the labels were shuffled and the images were not",
        "An image and its label belong together. Which index does each get?",
    ),
    Mistake("rest_dropped", "loop", "a last batch that is not full were left out", BATCHES),
    Mistake("last_alone_dropped", "loop", "a last batch of a single image were left out", BATCHES),
    Mistake("first_batch_only", "loop", "there were one batch only", BATCHES),
    Mistake("batch_as_by_default", "arguments", "a batch had 64 images, whatever is given", PASSED),
    Mistake("seed_as_by_default", "arguments", "the seed were 0, whatever is given", PASSED),
    Mistake("momentum_as_by_default", "arguments", "momentum were 0.9, whatever is given", PASSED),
    Mistake("decay_as_by_default", "arguments", "there were no weight decay", PASSED),
    Mistake("padding_as_by_default", "arguments", "the padding were (2, 0), whatever is given", PASSED),
    Mistake(
        "divided_by_nominal_batch",
        "loop",
        "the gradients of a smaller last batch were divided by the size of a full one",
        "lenet5_gradients gives a mean over the images that it gets. Is anything left to be divided?",
    ),
    Mistake(
        "divided_by_batch_again",
        "loop",
        "the gradients were divided by the number of images once more",
        "lenet5_gradients gives a mean over the images that it gets. Is anything left to be divided?",
    ),
    Mistake("slope_of_the_beginning", "loop", "every batch met the parameters of the beginning", CARRY),
    Mistake("velocities_not_carried", "loop", "every step began with the velocities that were given", CARRY),
    Mistake(
        "velocities_ignored",
        "loop",
        "the velocities were 0 at the beginning, whatever is given",
        "An epoch goes on where the one before has stopped. Where does its run-up come from?",
    ),
    Mistake(
        "loss_after_step",
        "loop",
        "the loss of a batch were taken after its step",
        "Which parameters belong to the first loss: those before the first step, or after it?",
    ),
    Mistake(
        "losses_summed",
        "loop",
        "a loss were the sum over the images of its batch",
        "lenet5_gradients gives a mean. Must it be multiplied?",
    ),
    Mistake("mean_loss", "loop", "the mean of all losses were asked for", "How many losses does an epoch have?"),
    Mistake(
        "running_mean_of_losses",
        "loop",
        "each loss were the mean of all so far",
        "Each batch has a loss of its own.",
    ),
    Mistake(
        "not_returned",
        "loop",
        "parameters and velocities came back as they were given",
        "sgd_momentum_step gives new dicts. Under which names do you keep and return them?",
    ),
    Mistake(
        "velocities_not_returned",
        "loop",
        "the velocities came back as they were given",
        "sgd_momentum_step gives two dicts. What becomes of the second?",
    ),
    Mistake(
        "losses_first",
        "loop",
        "the losses were returned before the parameters",
        "In which order does the contract return the three?",
    ),
)

HINTS = (
    "On paper: five images, batch 2, order [3, 0, 4, 1, 2]. Which images are in the three batches?",
    "for start in range(0, N, batch): chosen = order[start : start + batch]. Three lines follow: loss and gradients of "
    "images[chosen] and labels[chosen], the loss to the list, the step.",
    "parameters, velocities = sgd_momentum_step(parameters, gradients, velocities, rate, momentum, decay): under the "
    "same names, so that the next batch goes on from there.",
)

TINY = Net(shape=(6, 6), maps=(1, 2, 2), units=(3, 3, 3))
UNPADDED = Net(shape=(6, 5), maps=(1, 2, 2), kernel=1, padding=(0, 0), units=(3, 3, 2))
WIDER = Net(shape=(8, 8), maps=(1, 2, 2), padding=(1, 0), units=(3, 3, 4))
REAL = Net(shape=(12, 12), maps=(1, 1, 2), kernel=5, padding=(2, 0), units=(3, 3, 3))


def state(rng, net, N):
    """Parameters, velocities on the way, images and labels."""
    p = net.parameters(rng)
    v = {name: 0.2 * rng.normal(size=array.shape) for name, array in p.items()}
    return p, v, net.images(rng, N), net.labels(rng, N)


def worked():
    p, label = even_odds(), np.array([0])
    yield Case("one batch", "one path, even odds, from rest", call(p, zeros(p), PIXELS, label, 0.1, padding=(0, 0)))
    again = np.concatenate([PIXELS, PIXELS]), np.array([0, 0])
    how = dict(momentum=0.5, batch=1, padding=(0, 0))
    yield Case("the next batch", "the same image twice, one by one", call(p, zeros(p), *again, 0.1, **how))


def drawn(rng):
    def epoch(net, N, rate=0.1, **how):
        if net.padding != (2, 0):
            how["padding"] = net.padding
        return call(*state(rng, net, N), rate, **how)

    for net, N, how in (
        (TINY, 3, dict(momentum=0.5, batch=3)), (UNPADDED, 4, dict(batch=9, decay=0.3)), (TINY, 2, dict(rate=0.4)),
        (REAL, 1, dict(momentum=0.0)), (WIDER, 2, dict(momentum=0.7, decay=0.1)),
    ):  # fmt: skip
        yield Case("one batch", f"{number(N)}, {words(how)}", epoch(net, N, **how))
    for net, N, how in (
        (TINY, 4, dict(batch=2)), (UNPADDED, 7, dict(batch=3, seed=1)), (UNPADDED, 5, dict(batch=2, momentum=0.5)),
        (UNPADDED, 6, dict(batch=1, momentum=0.3, seed=2)), (TINY, 5, dict(batch=3, seed=3, momentum=0.6)),
        (WIDER, 3, dict(batch=2, seed=4)), (REAL, 2, dict(batch=1, momentum=0.8)), (UNPADDED, 9, dict(batch=4)),
    ):  # fmt: skip
        yield Case("the next batch", f"{number(N)}, {words(how)}", epoch(net, N, **how))
    for net, N, how in (
        (UNPADDED, 7, dict(batch=3, seed=5, decay=0.2)), (TINY, 5, dict(batch=2, seed=6, momentum=0.4, decay=0.5)),
        (WIDER, 3, dict(batch=1, seed=7, momentum=0.0, decay=0.1)), (UNPADDED, 7, dict(batch=2, seed=8, rate=0.3)),
    ):  # fmt: skip
        name = f"{number(N)}, {words(how)}"
        yield Case("everything at once", name, epoch(net, N, **how))
    part, how = "everything at once", dict(momentum=0.5, decay=0.1, batch=3, seed=9, padding=(0, 0))
    p, v, x, y = state(rng, UNPADDED, 5)
    parameters, velocities = ({n: a.astype(np.float32) for n, a in arrays.items()} for arrays in (p, v))
    single = call(parameters, velocities, x.astype(np.float32), y, 0.1, **how)
    yield Case(part, "single precision", single, rtol=1e-4)
    yield Case(part, "labels as a file holds them", call(p, v, x, y.astype(np.uint8), 0.1, **how))
    yield Case(part, "not contiguous in memory", call(p, v, x, y, 0.1, **how, layout="strided"))
    yield Case(part, "last index first in memory", call(p, v, x, y, 0.2, **how, layout="F"))


def words(how):
    return ", ".join(f"{name} {value:g}" for name, value in how.items()) or "all as by default"


def refused():
    rng = np.random.default_rng(8)
    p, v, x, y = state(rng, UNPADDED, 3)
    how = dict(batch=2, padding=(0, 0))
    yield Case(REFUSES, "two labels for three images", call(p, v, x, y[:2], 0.1, **how))
    yield Case(REFUSES, "a label that is no class", call(p, v, x, y + 2, 0.1, **how))
    yield Case(REFUSES, "batches of 0 images", call(p, v, x, y, 0.1, batch=0, padding=(0, 0)))
    yield Case(REFUSES, "images that are not numbers", call(p, v, np.where(x > x.mean(), np.nan, x), y, 0.1, **how))
    yield Case(REFUSES, "a rate of 0", call(p, v, x, y, 0.0, **how))


SPEC = Spec(
    parts=(
        Part("one batch", 1),
        Part("the next batch", 2),
        Part("everything at once", 1),
        Part(UNTOUCHED, 0.5),
        Part(REFUSES, 0.5),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "all images are in one batch": lambda p, v, x, *_, batch=64, **__: batch >= len(x),
        "the batches divide the images": lambda p, v, x, *_, batch=64, **__: len(x) % batch == 0,
        "a batch is one image": lambda p, v, x, *_, batch=64, **__: batch == 1,
        "all velocities are 0": lambda p, v, *_, **__: not any(array.any() for array in v.values()),
        "seed = 0": lambda *_, seed=0, **__: seed == 0,
        "there is no weight decay": lambda *_, decay=0.0, **__: decay == 0,
        "momentum = 0.9": lambda *_, momentum=0.9, **__: momentum == 0.9,
        "padding = (2, 0)": lambda *_, padding=(2, 0), **__: tuple(padding) == (2, 0),
    },
)
