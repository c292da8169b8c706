"""What the checks of layers in the layout (H, C, W, N) share: the way there and back, and how it is missed."""

import numpy as np

from autograder_tests.convolution_3d import layer_mistakes
from autograder_tests.judging import Case, Mistake, call, laws
from autograder_tests.judging.findings import counted
from autograder_tests.judging.numbers import lopsided, whole
from autograder_tests.judging.spec import Law, Term

FROM_BATCH_FIRST = {4: (2, 1, 3, 0), 5: (3, 2, 1, 4, 0)}  # (N, C, H, W) to (H, C, W, N), and with a depth
TO_BATCH_FIRST = {4: (3, 1, 0, 2), 5: (4, 2, 1, 0, 3)}


def batch_first(x):
    """(H, C, W, N) as (N, C, H, W), or (H, D, C, W, N) as (N, C, D, H, W)."""
    return x.transpose(TO_BATCH_FIRST[x.ndim])


def finished(output, w, b, on):
    """The sums (N, F, OH, OW), or (N, F, OD, OH, OW), with their biases, in the layout that the mistake returns."""
    if b is not None:
        output = output + shift(b, w, output.ndim, on)
    if "first_image_for_all" in on:
        output = np.broadcast_to(output[:1], output.shape)
    if "integer_output" in on:
        output = np.trunc(output)
    if "output_transposed" in on:
        output = output.swapaxes(-1, -2)
    if "output_batch_first" in on:
        return output
    output = output.transpose(FROM_BATCH_FIRST[output.ndim])
    return np.moveaxis(output, -3, 0) if "filters_first" in on else output


def shift(b, w, axes, on):
    """What the biases add to the sums."""
    if "bias_along_images" in on:
        return b.reshape(-1, *(1,) * (axes - 1))  # NumPy refuses where there are not as many images as filters
    return layer_mistakes.shift(b, w, axes, on)


OWN = (
    Mistake(
        "bias_along_images",
        "bias",
        "the biases were laid along the images of the batch",
        "b has one entry a filter. With which axis of the output does NumPy line it up when you add the two?",
    ),
    Mistake(
        "output_batch_first",
        "layout",
        "the output came in the other layout, its first axis counting images",
        "The contract gives the order of the output's axes: in which order do yours come?",
    ),
    Mistake(
        "filters_first",
        "layout",
        "the filters were the first axis of the output",
        "The contract gives the order of the output's axes: in which order do yours come?",
    ),
)

MISTAKES = (
    *layer_mistakes.but(
        "first_slice_for_all", "bias_per_product", "bias_per_channel", "filters_before_images", "filters_last"
    ),
    *OWN,
)


def but(*names):
    """The shared mistakes without some of them."""
    return tuple(mistake for mistake in MISTAKES if mistake.name not in names)


def any_numbers(rng, shape, kernel_shape):
    """Cases of the part "any numbers", for images of ``shape`` and filters of ``kernel_shape`` without their number."""
    part = "any numbers"
    w_shape = (2, *kernel_shape)
    pixels = rng.integers(0, 256, shape).astype(np.uint8)

    def normal():
        return rng.normal(size=shape), rng.normal(size=w_shape), rng.normal(size=2)

    x, w, b = normal()
    yield Case(part, "fractions", call(x, w, b, padding=1))
    x, w, b = normal()
    yield Case(part, "very small numbers", call(1e-9 * x, w, 1e-9 * b))
    yield Case(part, "large negative numbers", call(-1e6 - whole(rng, *shape), lopsided(rng, *w_shape), padding=1))
    yield Case(part, "pixels as a file holds them", call(pixels, rng.normal(size=w_shape), rng.normal(size=2)))
    eighths = rng.integers(1, 9, w_shape) / 8
    yield Case(part, "whole pixels, weights in eighths", call(pixels.astype(int), eighths, np.array([0.5, 0.25])))
    single = [array.astype(np.float32) for array in normal()]
    yield Case(part, "single precision", call(*single, padding=1))
    yield Case(part, "not contiguous in memory", call(*normal(), padding=1, layout="strided"))
    yield Case(part, "first index first in memory", call(*normal(), layout="F"))


def alone(part, x, w, b):
    """Laws by which images, filters and channels can be told apart; ``x`` holds three images of two channels."""
    before = (slice(None),) * (x.ndim - 3)  # in the output the filters stand where the channels stand in x
    first, second = (*before, slice(1)), (*before, slice(1, 2))
    yield laws.cancels(
        part,
        "a batch is its images one by one: the second of three must give alone what it gives in the batch",
        (1.0, call(x[..., 1:2], w, b), ()),
        (-1.0, call(x, w, b), (slice(None),) * (x.ndim - 1) + (slice(1, 2),)),
    )
    yield laws.cancels(
        part,
        "a bank is its filters one by one: the second filter must give alone what it gives in the bank",
        (1.0, call(x, w[1:2], b[1:2]), ()),
        (-1.0, call(x, w, b), second),
    )
    yield laws.cancels(
        part,
        "the sum over channels: the results of the two channels, each alone with its slices, must add up to the result"
        " of both",
        (1.0, call(x, w), ()),
        (-1.0, call(x[first], w[:, :1]), ()),
        (-1.0, call(x[second], w[:, 1:]), ()),
    )
    yield Law(
        part,
        "the bias of a filter is added to each entry of its map, once",
        (Term(1.0, call(x, w, b), second), Term(-1.0, call(x, w), second)),
        constant=float(b[1]),
    )


def named(N, C, F, things="image"):
    """What is drawn, in words."""
    return ", ".join(counted(n, thing) for n, thing in ((N, things), (C, "channel"), (F, "filter")))


def arrays(rng, shape, C, F, kernel_shape, N=1):
    """Images and filters of whole numbers; ``shape`` is (H, W), or (H, D, W)."""
    *outer, W = shape
    return whole(rng, *outer, C, W, N), lopsided(rng, F, C, *kernel_shape)
