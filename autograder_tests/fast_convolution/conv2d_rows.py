"""Checks of conv2d_rows: the two steps put together, the biases, and the layout kept."""

import numpy as np

from autograder_tests.convolution_3d import conv2d, layer_cases
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole

SHARED = (
    "padding_ignored",
    "padding_always_one",
    "padding_before_only",
    "edge_padding",
    "kernel_turned",
    "first_channel_only",
    "first_filter_for_all",
    "filters_and_channels_exchanged",
    "bias_forgotten",
    "bias_per_product",
    "first_bias_for_all",
    "first_image_for_all",
    "integer_output",
)


def model(x, w, b=None, padding=0, on=frozenset()):
    """conv2d_rows, with switches."""
    images = x.transpose(3, 1, 0, 2)
    if "padded_twice" in on:
        padding = 2 * padding
    along = None
    if b is not None and on & ALONG.keys():
        along, b = b.reshape(next(ALONG[name] for name in sorted(on & ALONG.keys()))), None
    output = conv2d.model(images, w, b, padding=padding, on=on).transpose(2, 1, 3, 0)  # (OH, F, OW, N)
    if along is not None:
        output = output + along  # which NumPy refuses where the lengths do not match
    return laid_out(output, on)


ALONG = {"bias_along_images": (-1,), "bias_along_places": (-1, 1), "bias_along_rows": (-1, 1, 1, 1)}


def laid_out(output, on):
    """``(OH, F, OW, N)`` as the mistake returns it."""
    if "batch_first" in on:
        return output.transpose(3, 1, 0, 2)
    if "filters_first" in on:
        return output.swapaxes(0, 1)
    if "rows_and_columns_exchanged" in on:
        return output.swapaxes(0, 2)
    return output


MISTAKES = (
    Mistake(
        "bias_along_images",
        "bias",
        "the biases were laid along the images of the batch",
        "b has one entry a filter. With which axis of (OH, F, OW, N) does NumPy line it up when you add the two?",
    ),
    Mistake(
        "bias_along_places",
        "bias",
        "the biases were laid along the columns of the output",
        "b has one entry a filter. How many axes follow F in (OH, F, OW, N)?",
    ),
    Mistake(
        "bias_along_rows",
        "bias",
        "the biases were laid along the rows of the output",
        "b has one entry a filter. How many axes follow F in (OH, F, OW, N)?",
    ),
    Mistake(
        "padded_twice",
        "border",
        "the padding were twice as wide as asked for",
        "How many of the functions that you call add zeros, and do you add some yourself?",
    ),
    Mistake(
        "batch_first",
        "layout",
        "the output had the layout (N, F, OH, OW)",
        "Between the fast functions no layout is changed: in which does x come?",
    ),
    Mistake(
        "filters_first",
        "layout",
        "the first axis of the output counted filters, and the second its rows",
        "The contract gives the order of the output's axes: in which order do yours come?",
    ),
    Mistake(
        "rows_and_columns_exchanged",
        "layout",
        "rows and columns of the output were exchanged",
        "Which axis of the output counts its rows?",
    ),
    *(mistake for mistake in conv2d.MISTAKES if mistake.name in SHARED),
)

HINTS = (
    "You have written both steps. Which of them wants to know the padding, and which the height of the kernel?",
    "shifted_rows needs the kernel's width, w.shape[3], and the padding. Its result goes to rows_product with w.",
    "The output has the axes (OH, F, OW, N): np.reshape(b, (F, 1, 1)) lies along the second.",
)


def in_rows(x):
    """Images ``(N, C, H, W)`` in the layout ``(H, C, W, N)``."""
    return np.ascontiguousarray(x.transpose(2, 1, 3, 0))


def worked():
    image, filters = layer_cases.by_hand(2)
    yield Case("channels and filters", "one image, two channels, one filter", call(in_rows(image), filters[:1]))
    yield Case("channels and filters", "the same image, two filters", call(in_rows(image), filters))
    biases = np.array([10.0, -20.0])
    yield Case("bias and batch", "the same with a bias a filter", call(in_rows(image), filters, biases))
    rows, two = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0, 10.0], [0.0, -1.0]])
    rows, two = in_rows(rows[:, None, None]), two[:, None, None]
    yield Case(
        "bias and batch", "two images of one row, two filters, biases", call(rows, two, np.array([100.0, 200.0]))
    )
    row, tap = np.array([1.0, 2.0, 3.0]).reshape(1, 1, 3, 1), np.array([1.0, 10.0]).reshape(1, 1, 1, 2)
    yield Case("padding", "a row of three, padding 1", call(row, tap, padding=1))


def drawn(rng):
    for C, F, shape, kernel_shape in (
        (1, 1, (4, 5), (2, 3)), (3, 1, (4, 5), (3, 2)), (1, 3, (5, 4), (3, 2)), (2, 2, (4, 6), (2, 3)),
        (3, 3, (3, 5), (2, 2)), (2, 4, (3, 5), (1, 3)), (4, 4, (3, 4), (1, 1)), (2, 3, (5, 3), (3, 1)),
    ):  # fmt: skip
        name = f"{C} channels, {F} filters, {named(shape, kernel_shape)}"
        arrays = whole(rng, *shaped(1, C, shape)), lopsided(rng, F, C, *kernel_shape)
        yield Case("channels and filters", name, call(*arrays))
    for N, C, F, shape, kernel_shape in (
        (3, 2, 2, (3, 5), (2, 2)), (3, 1, 3, (4, 5), (2, 3)), (2, 3, 2, (3, 4), (2, 3)), (2, 1, 3, (5, 4), (3, 2)),
        (2, 2, 4, (5, 6), (2, 3)), (2, 3, 2, (4, 3), (3, 2)), (4, 2, 1, (3, 4), (2, 2)), (4, 1, 4, (3, 4), (1, 3)),
    ):  # fmt: skip
        name = f"{N} images, {C} channels, {F} filters, {named(shape, kernel_shape)}, biases"
        arrays = whole(rng, *shaped(N, C, shape)), lopsided(rng, F, C, *kernel_shape)
        yield Case("bias and batch", name, call(*arrays, layer_cases.biases(rng, F)))
    arrays = whole(rng, *shaped(3, 2, (3, 4))), lopsided(rng, 3, 2, 2, 2)
    yield Case("bias and batch", "no bias", call(*arrays))
    yield Case("bias and batch", "biases of 0", call(*arrays, np.zeros(3)))
    for N, C, F, shape, kernel_shape, padding in (
        (1, 1, 1, (3, 4), (3, 3), 1), (1, 2, 2, (2, 5), (3, 2), 1), (2, 1, 3, (4, 3), (2, 3), 2),
        (2, 2, 2, (3, 2), (3, 4), 1), (3, 2, 1, (1, 1), (3, 3), 1), (2, 2, 3, (3, 4), (1, 2), 1),
        (1, 2, 2, (2, 3), (4, 5), 2),
    ):  # fmt: skip
        name = f"{named(shape, kernel_shape)}, padding {padding}"
        arrays = whole(rng, *shaped(N, C, shape)), lopsided(rng, F, C, *kernel_shape)
        yield Case("padding", name, call(*arrays, layer_cases.biases(rng, F), padding))
    for case in layer_cases.any_numbers(rng, (4, 5), (2, 3), steps=False):
        x, *others = case.call.args
        if others[0].dtype.kind == "f":  # as the contract says
            yield Case(case.part, case.name, call(in_rows(x), *others, layout=case.call.layout))


def shaped(N, C, shape):
    return shape[0], C, shape[1], N


def named(shape, kernel_shape):
    return f"{shape[0]}×{shape[1]} pixels, a {kernel_shape[0]}×{kernel_shape[1]} kernel"


def exact(rng):
    part, biased = "any numbers", "bias and batch"
    x, w, b = whole(rng, 5, 2, 6, 3), lopsided(rng, 2, 2, 2, 3), layer_cases.biases(rng, 2)
    yield laws.linear(part, (x, w), 0, "images", rng)
    yield laws.linear(part, (x, w), 1, "filters", rng)
    yield laws.cancels(
        biased,
        "a batch is its images one by one: the second of three must give alone what it gives in the batch",
        (1.0, call(x[..., 1:2], w, b), ()),
        (-1.0, call(x, w, b), np.s_[:, :, :, 1:2]),
    )
    yield laws.cancels(
        biased,
        "a bank is its filters one by one: the second filter must give alone what it gives in the bank",
        (1.0, call(x, w[1:], b[1:]), ()),
        (-1.0, call(x, w, b), np.s_[:, 1:]),
    )
    tap = np.zeros((1, 2, 2, 3))
    tap[0, 1, 1, 2] = 1.0
    yield laws.equals(
        "channels and filters",
        "a filter with a single 1, at channel 1 and place (1, 2), must return the pixels of channel 1 from there on",
        call(x, tap),
        x[1:, 1:, 2:],
    )
    yield laws.cancels(
        "padding",
        "padding = zeros around the image: padding 2 must give what an image with a frame of zeros gives",
        (1.0, call(x, w, b, 2), ()),
        (-1.0, call(np.pad(x, ((2, 2), (0, 0), (2, 2), (0, 0))), w, b), ()),
    )


def refused():
    x, w = np.ones((4, 3, 4, 2)), np.ones((2, 3, 2, 2))
    yield Case(REFUSES, "channels that do not match", call(x, w[:, :1]))
    yield Case(REFUSES, "one bias for two filters", call(x, w, np.ones(1)))
    yield Case(REFUSES, "an empty batch", call(x[..., :0], w))
    yield Case(REFUSES, "negative padding", call(x, w, padding=-1))


SPEC = Spec(
    parts=(
        Part("channels and filters", 1),
        Part("bias and batch", 1),
        Part("padding", 1),
        Part("any numbers", 0.5),
        Part(UNTOUCHED, 0.25),
        Part(REFUSES, 0.25),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "padding = 0": lambda x, w, b=None, padding=0: padding == 0,
        "there is no b": lambda x, w, b=None, padding=0: b is None,
        "there is one image": lambda x, w, *_, **__: x.shape[3] == 1,
        "there is one channel": lambda x, w, *_, **__: x.shape[1] == 1,
        "there is one filter": lambda x, w, *_, **__: len(w) == 1,
        "there are as many filters as channels": lambda x, w, *_, **__: w.shape[0] == w.shape[1],
        "the images are square": lambda x, w, *_, **__: x.shape[0] == x.shape[2],
        "the kernel is square": lambda x, w, *_, **__: w.shape[2] == w.shape[3],
    },
)
