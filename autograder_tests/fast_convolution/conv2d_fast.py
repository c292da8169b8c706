"""Checks of conv2d_fast: whichever way a shape takes, the numbers are the same.

Where the ways part is the learner's to measure, so the cases keep clear of it: 1×1 kernels, 3×3 kernels over 64
channels, kernels of 121 entries over one or two, and those that are none of these.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder_tests.convolution_3d import layer_cases, layer_mistakes
from autograder_tests.fast_convolution import batch_last
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole

WAYS = {
    "one": "1×1 kernels without padding",
    "many": "3×3 kernels over many channels",
    "large": "large kernels",
    "rest": "all shapes that have no method of their own",
}


def way(w, padding):
    """Which method suits the shape."""
    kernel_shape = w.shape[2:]
    if kernel_shape == (1, 1) and padding == 0:
        return "one"
    if kernel_shape == (3, 3) and w.shape[1] >= 64:
        return "many"
    return "large" if w[0, 0].size >= 121 else "rest"


def model(x, w, b=None, padding=0, on=frozenset()):
    """conv2d_fast, with switches."""
    taken = way(w, padding)
    if f"bias_forgotten_{taken}" in on:
        b = None
    if f"padding_forgotten_{taken}" in on or "one_by_one_never_padded" in on and w.shape[2:] == (1, 1):
        padding = 0
    if f"kernel_turned_{taken}" in on:
        w = w[:, :, ::-1, ::-1]
    if "rows_and_columns_exchanged_large" in on and taken == "large":
        w = w.swapaxes(2, 3)
    if "matrix_reshaped_one" in on and taken == "one":
        w = w.reshape(w.shape[1], w.shape[0]).T[:, :, np.newaxis, np.newaxis]
    if "pixels_reshaped_one" in on and taken == "one":
        return reshaped(x, w, b)
    if "layout_forgotten_large" in on and taken == "large":
        return convolved(x, w, b, padding, on)
    if "batch_left_first_large" in on and taken == "large":
        return convolved(batch_last.batch_first(x), w, b, padding, on)
    images, filters = layer_mistakes.used(batch_last.batch_first(x), w, on)
    if "padding_ignored" in on:
        padding = 0
    return batch_last.finished(convolved(images, filters, None, padding, on), w, b, on)


def convolved(x, w, b, padding, on):
    """Images (N, C, H, W) to maps (N, F, OH, OW)."""
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(padded, w.shape[2:], axis=(2, 3))
    output = np.moveaxis(np.tensordot(windows, w, axes=([1, 4, 5], [1, 2, 3])), -1, 1)
    return output if b is None else output + b.reshape(-1, 1, 1)


def reshaped(x, w, b):
    """1×1 kernels by one product over numbers that lie side by side in memory, not over channels."""
    H, C, W, N = x.shape
    output = w.reshape(len(w), C) @ np.ascontiguousarray(x).reshape(C, H * W * N).astype(float)
    output = output if b is None else output + b.reshape(-1, 1)
    return output.reshape(H, len(w), W, N)


COMPARE = "Compare the result with conv2d_rows for a shape of each kind: for which kind do they differ?"

MISTAKES = (
    *(
        Mistake(f"bias_forgotten_{name}", f"bias of {name}", f"there were no biases for {kind}", COMPARE)
        for name, kind in WAYS.items()
    ),
    *(
        Mistake(f"padding_forgotten_{name}", f"padding of {name}", f"the padding were 0 for {kind}", COMPARE)
        for name, kind in WAYS.items()
        if name != "one"
    ),
    Mistake(
        "one_by_one_never_padded",
        "padding of one",
        "1×1 kernels had no padding, whatever is asked for",
        "What does a 1×1 kernel give in a frame of zeros, and how large is the output?",
    ),
    *(
        Mistake(f"kernel_turned_{name}", f"kernel of {name}", f"filters were turned by 180 degrees for {kind}", COMPARE)
        for name, kind in WAYS.items()
        if name != "one"
    ),
    Mistake(
        "rows_and_columns_exchanged_large",
        "kernel of large",
        "rows and columns of large kernels were exchanged",
        COMPARE,
    ),
    Mistake(
        "matrix_reshaped_one",
        "kernel of one",
        "the weights of 1×1 kernels stood channel by channel in memory, not filter by filter",
        "w has shape (F, C, 1, 1). Which reshape keeps the weights of a filter together?",
    ),
    Mistake(
        "pixels_reshaped_one",
        "pixels of one",
        "for 1×1 kernels the pixels were taken in the order of memory as rows of C, H × W × N, though rows come first",
        "In memory the rows come before the channels. For which part of the image is (C, W * N) a matrix?",
    ),
    Mistake(
        "layout_forgotten_large",
        "layout of large",
        "large kernels met the images as if these came in the order (N, C, H, W)",
        "Which layout does conv2d_fft want, and which does it give back?",
    ),
    Mistake(
        "batch_left_first_large",
        "layout of large",
        "for large kernels the output were left in the order (N, F, OH, OW)",
        "Which layout does conv2d_fft want, and which does it give back?",
    ),
    Mistake("padding_ignored", "border", "the padding were always 0", "Where does your code use padding?"),
    *batch_last.MISTAKES,
)

HINTS = (
    "Every function that you need is written. What do they ask of x, and in which layout do they answer?",
    "Begin with return conv2d_rows(x, w, b, padding), which is right for every shape. Then put one question before it"
    " after the other, and compare.",
    "For 1×1: w.reshape(F, C) @ x.reshape(H, C, W * N) is one small product for each row of the image. For large"
    " kernels: to_batch_last(conv2d_fft(to_batch_first(x), ...)).",
)


def worked():
    pixel = np.array([3.0, 1.0]).reshape(1, 2, 1, 1)
    mix = np.array([[1.0, 1.0], [1.0, -1.0]]).reshape(2, 2, 1, 1)
    yield Case("1×1 kernels", "one pixel: a sum and a difference", call(pixel, mix))
    yield Case("1×1 kernels", "the same with a bias a filter", call(pixel, mix, np.array([10.0, 20.0])))
    yield Case("1×1 kernels", "the same in a frame of zeros", call(pixel, mix, padding=1))
    ones = np.ones((3, 100, 3, 1))
    yield Case("3×3, many channels", "all ones: 3 · 3 · 100 of them", call(ones, np.ones((1, 100, 3, 3))))
    numbered, middle = np.arange(1.0, 133.0).reshape(11, 1, 12, 1), np.zeros((1, 1, 11, 11))
    middle[0, 0, 5, 5] = 1.0
    yield Case("large kernels", "numbered pixels, 11×11 weights: the middle one is 1", call(numbered, middle))


def drawn(rng):
    for N, C, F, shape, padding in (
        (1, 3, 2, (2, 4), 0), (2, 3, 3, (3, 4), 0), (3, 2, 4, (4, 2), 0), (1, 4, 4, (3, 5), 0), (2, 2, 3, (3, 4), 1),
        (1, 3, 3, (2, 3), 2),
    ):  # fmt: skip
        yield from both(rng, "1×1 kernels", N, C, F, shape, (1, 1), padding)
    for N, C, F, shape, padding in (
        (1, 64, 2, (4, 5), 0), (2, 65, 2, (4, 4), 0), (1, 64, 2, (3, 4), 1), (2, 64, 2, (1, 3), 1),
    ):  # fmt: skip
        yield from both(rng, "3×3, many channels", N, C, F, shape, (3, 3), padding)
    for N, C, F, shape, kernel_shape, padding in (
        (1, 1, 2, (13, 14), (11, 11), 0), (2, 2, 2, (12, 14), (11, 12), 0), (1, 1, 2, (12, 14), (11, 12), 1),
        (2, 1, 1, (12, 11), (12, 11), 2), (12, 1, 2, (11, 12), (11, 11), 0),
    ):  # fmt: skip
        yield from both(rng, "large kernels", N, C, F, shape, kernel_shape, padding)
    for N, C, F, shape, kernel_shape, padding in (
        (1, 2, 3, (5, 7), (3, 3), 0), (2, 1, 2, (7, 6), (5, 5), 0), (3, 2, 2, (4, 5), (2, 3), 1),
        (2, 3, 3, (4, 6), (3, 3), 1), (2, 2, 3, (5, 4), (3, 2), 2), (1, 2, 2, (6, 5), (1, 3), 0),
    ):  # fmt: skip
        yield from both(rng, "all the others", N, C, F, shape, kernel_shape, padding)
    yield from kinds(rng)


def both(rng, part, N, C, F, shape, kernel_shape, padding):
    """The same arrays without biases and with them."""
    x, w = batch_last.arrays(rng, shape, C, F, kernel_shape, N)
    name = f"{batch_last.named(N, C, F)}, {'×'.join(map(str, kernel_shape))}, padding {padding}"
    how = {"padding": padding} if padding else {}
    yield Case(part, name, call(x, w, **how))
    yield Case(part, f"{name}, biases", call(x, w, layer_cases.biases(rng, F), **how))


def kinds(rng):
    """Other kinds of numbers, along each way."""
    for part, shape, kernel_shape in (
        ("1×1 kernels", (3, 3, 4, 2), (2, 3, 1, 1)),
        ("3×3, many channels", (4, 64, 3, 1), (2, 64, 3, 3)),
        ("large kernels", (12, 1, 13, 2), (2, 1, 11, 12)),
        ("all the others", (5, 2, 6, 2), (3, 2, 2, 3)),
    ):
        x, w = rng.normal(size=shape), rng.normal(size=kernel_shape)
        b = rng.normal(size=len(w))
        yield Case(part, "fractions, not contiguous in memory", call(x, w, b, layout="strided"))
        single = [array.astype(np.float32) for array in (x, w, b)]
        yield Case(part, "single precision", call(*single))
        pixels = rng.integers(0, 256, shape).astype(np.uint8)
        yield Case(part, "pixels as a file holds them", call(pixels, w, b))


def exact(rng):
    x = whole(rng, 13, 2, 15, 2)
    small, point = lopsided(rng, 2, 2, 3, 3), lopsided(rng, 2, 2, 1, 1)
    large, around = np.zeros((2, 2, 11, 13)), np.zeros((2, 2, 3, 3))
    large[:, :, :3, :3], around[:, :, 1:2, 1:2] = small, point
    yield laws.cancels(
        "large kernels",
        "two ways, one result: a 3×3 kernel must give what it gives as the top left corner of a kernel of zeros",
        (1.0, call(x, large), ()),
        (-1.0, call(x, small), np.s_[:3, :, :3]),
    )
    yield laws.cancels(
        "1×1 kernels",
        "two ways, one result: a 1×1 kernel must give what it gives as the middle of a 3×3 kernel of zeros, padding 1",
        (1.0, call(x, point), ()),
        (-1.0, call(x, around, padding=1), ()),
    )
    many, filters = whole(rng, 4, 66, 5, 1), whole(rng, 2, 66, 3, 3)
    yield laws.cancels(
        "3×3, many channels",
        "two ways, one result: two channels and the other 64 must add up to the result of all 66",
        (1.0, call(many, filters), ()),
        (-1.0, call(many[:, :2], filters[:, :2]), ()),
        (-1.0, call(many[:, 2:], filters[:, 2:]), ()),
    )
    w, b = lopsided(rng, 2, 2, 2, 3), layer_cases.biases(rng, 2)
    yield from batch_last.alone("all the others", whole(rng, 5, 2, 6, 3), w, b)
    yield laws.linear("all the others", (whole(rng, 5, 2, 6, 3), w), 0, "images", rng)


def refused():
    yield Case(REFUSES, "channels that do not match", call(np.ones((4, 3, 4, 1)), np.ones((2, 1, 1, 1))))
    yield Case(REFUSES, "one bias for two filters", call(np.ones((4, 1, 4, 1)), np.ones((2, 1, 1, 1)), np.ones(1)))
    yield Case(REFUSES, "padding below 0", call(np.ones((4, 1, 4, 1)), np.ones((1, 1, 1, 1)), padding=-1))
    yield Case(REFUSES, "a kernel wider than the image", call(np.ones((4, 1, 2, 1)), np.ones((1, 1, 2, 5))))
    yield Case(REFUSES, "a large kernel on a small image", call(np.ones((5, 1, 5, 1)), np.ones((1, 1, 11, 11))))
    yield Case(REFUSES, "an image without a batch", call(np.ones((4, 1, 4)), np.ones((1, 1, 1, 1))))


def as_ones_way(name):
    """A feature of a call: the shape takes this way."""
    return lambda x, w, b=None, padding=0: way(w, padding) == name


SPEC = Spec(
    parts=(
        Part("1×1 kernels", 1),
        Part("3×3, many channels", 1),
        Part("large kernels", 1),
        Part("all the others", 1),
        Part(UNTOUCHED, 0.5),
        Part(REFUSES, 0.5),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "the kernel is 1×1 and there is no padding": as_ones_way("one"),
        "the kernel is 3×3 and there are many channels": as_ones_way("many"),
        "the kernel is large": as_ones_way("large"),
        "the shape has no method of its own": as_ones_way("rest"),
        "padding = 0": lambda x, w, b=None, padding=0: padding == 0,
        "there is no b": lambda x, w, b=None, padding=0: b is None,
        "there is one image": lambda x, w, b=None, padding=0: x.shape[3] == 1,
        "there is one channel": lambda x, w, b=None, padding=0: x.shape[1] == 1,
        "there are as many filters as channels": lambda x, w, b=None, padding=0: w.shape[0] == w.shape[1],
    },
)
