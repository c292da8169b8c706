"""Checks of conv2d: a whole layer, with a batch, a bank of filters, biases, stride, padding and dilation."""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder_tests.convolution_3d import layer_cases, layer_mistakes
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, Taps, call, laws
from autograder_tests.judging.numbers import lopsided, whole

BEYOND = 20  # zeros after the image that only a mistake reads


def pair(value):
    return value if type(value) is tuple else (value, value)


def model(x, w, b=None, stride=1, padding=0, dilation=1, on=frozenset()):
    """conv2d, with switches."""
    stride, padding, dilation = pair(stride), pair(padding), pair(dilation)
    if "first_of_each_pair" in on:
        stride, padding, dilation = stride[0], padding[0], dilation[0]
    steps = geometry(pair(stride), pair(dilation), on)
    before, after = frame(pair(padding), on)
    if "kernel_turned" in on:
        w = w[:, :, ::-1, ::-1]
    x, w = layer_mistakes.used(x, w, on)
    OH, OW = sizes(x.shape, w.shape, steps, before, after, on)
    padded = surrounded(x, before, after, on)
    (sh, sw), (dh, dw) = steps["start"], steps["apart"]
    spans = dh * (w.shape[2] - 1) + 1, dw * (w.shape[3] - 1) + 1
    windows = sliding_window_view(padded, spans, axis=(2, 3))[:, :, ::sh, ::sw, ::dh, ::dw][:, :, :OH, :OW]
    if windows.shape[2:4] != (OH, OW):
        raise IndexError("there are not as many places")
    output = np.moveaxis(np.tensordot(windows, w, axes=([1, 4, 5], [1, 2, 3])), -1, 1)
    if "gaps_in_output" in on:
        gapped = np.zeros(output.shape)
        gapped[:, :, :: pair(stride)[0], :: pair(stride)[1]] = output[:, :, :: pair(stride)[0], :: pair(stride)[1]]
        output = gapped
    return layer_mistakes.finished(output, w, b, on)


def geometry(stride, dilation, on):
    """Steps from window to window and from tap to tap, as the size sees them and as the reading does."""
    sh, sw = stride
    dh, dw = dilation
    if "strides_exchanged" in on:
        sh, sw = sw, sh
    if "stride_on_rows_only" in on:
        sw = 1
    if "stride_on_columns_only" in on:
        sh = 1
    if "first_stride_for_both" in on:
        sw = sh
    if "dilation_ignored" in on:
        dh = dw = 1
    if "dilations_exchanged" in on:
        dh, dw = dw, dh
    if "dilation_counts_gaps" in on:
        dh, dw = dh + 1, dw + 1
    steps = {"stride": (sh, sw), "dilation": (dh, dw), "start": (sh, sw), "apart": (dh, dw)}
    if "stride_in_size_only" in on:
        steps["start"] = 1, 1
    if "dilation_in_size_only" in on:
        steps["apart"] = 1, 1
    return steps


def frame(padding, on):
    """Pixels added before and after the rows and the columns."""
    ph, pw = padding
    if "padding_ignored" in on:
        ph = pw = 0
    if "padding_always_one" in on:
        ph = pw = 1
    if "first_padding_for_both" in on:
        pw = ph
    if "paddings_exchanged" in on:
        ph, pw = pw, ph
    if "padding_before_only" in on:
        return (ph, pw), (0, 0)
    return (ph, pw), (ph, pw)


def surrounded(x, before, after, on):
    """The padded images."""
    around = ((0, 0), (0, 0), *zip(before, after))
    if "edge_padding" in on:
        return np.pad(x, around, mode="edge")
    if "batch_and_channels_padded" in on:
        if before[0] != before[1]:
            raise ValueError("one number pads all axes alike; two do not say which is for which")
        N, C = x.shape[:2]
        return np.pad(x, (around[2], around[2], *around[2:]))[:N, :C]
    return layer_mistakes.framed(x, before, [last + BEYOND for last in after])


def sizes(shape, kernel_shape, steps, before, after, on):
    """Height and width of the output."""
    found = []
    for n, k, s, d, first, last in zip(
        shape[2:], kernel_shape[2:], steps["stride"], steps["dilation"], before, after, strict=True
    ):
        room = n + first + last - d * (k - 1) - 1
        if "span_is_k_times_dilation" in on:
            room = n + first + last - d * k
        if room < 0:
            raise ValueError("the kernel does not fit")
        found.append((math.ceil(room / s) if "rounded_up" in on else room // s) + 1)
    OH, OW = found
    return (OH, OH) if "height_for_both" in on else (OH, OW)


MISTAKES = (
    Mistake(
        "strides_exchanged",
        "steps",
        "the stride for rows were used for columns, and the other way round",
        "Of a pair, which one belongs to rows?",
    ),
    Mistake(
        "stride_on_rows_only",
        "steps",
        "the stride moved the window along rows only, and by one along columns",
        "Which index does the stride multiply? Does the other one need it too?",
    ),
    Mistake(
        "stride_on_columns_only",
        "steps",
        "the stride moved the window along columns only, and by one along rows",
        "Which index does the stride multiply? Does the other one need it too?",
    ),
    Mistake(
        "first_stride_for_both",
        "steps",
        "the first stride of a pair held for rows and columns alike",
        "What happens to the second number of the pair?",
    ),
    Mistake(
        "first_of_each_pair",
        "steps",
        "of every pair, stride, padding or dilation, the first number held for rows and columns alike",
        "What happens to the second number of a pair?",
    ),
    Mistake(
        "stride_in_size_only",
        "steps",
        "the stride made the output smaller, but the window still moved by one",
        "Where does the window of output [1, 1] begin?",
    ),
    Mistake("dilation_ignored", "steps", "the dilation were always 1", "Where does your code use dilation?"),
    Mistake(
        "dilations_exchanged",
        "steps",
        "the dilation for rows were used for columns, and the other way round",
        "Of a pair, which one belongs to rows?",
    ),
    Mistake(
        "dilation_counts_gaps",
        "steps",
        "the dilation were the number of pixels left out, so that 1 already leaves one out",
        "A dilation of 1 is the ordinary kernel: how far apart are its entries?",
    ),
    Mistake(
        "dilation_in_size_only",
        "steps",
        "the dilation made the output smaller, but the kernel still met neighbouring pixels",
        "Which pixels does the kernel meet when its entries lie two apart?",
    ),
    Mistake("padding_ignored", "border", "the padding were always 0", "Where does your code use padding?"),
    Mistake(
        "paddings_exchanged",
        "border",
        "the padding for rows were used for columns, and the other way round",
        "Of a pair, which one belongs to rows?",
    ),
    Mistake(
        "first_padding_for_both",
        "border",
        "the first padding of a pair held for rows and columns alike",
        "What happens to the second number of the pair?",
    ),
    Mistake(
        "padding_always_one",
        "border",
        "the padding were 1, whatever is asked for",
        "Which number stands in your code where padding should?",
    ),
    Mistake(
        "padding_before_only",
        "border",
        "zeros were added above and on the left only",
        "An image has four borders: how many of them do you pad?",
    ),
    Mistake(
        "edge_padding",
        "border",
        "the pixels at the border were repeated in place of zeros",
        "What does the contract say that the padding is filled with?",
    ),
    Mistake(
        "batch_and_channels_padded",
        "border",
        "the batch and the channels were padded too, so that images and channels move on by as many places",
        "np.pad with one number pads every axis. How many axes has x, and which of them want padding?",
    ),
    Mistake(
        "rounded_up",
        "size",
        "a last place that only fits in part counted as well",
        "When the stride does not divide what is left, is the last step still taken?",
    ),
    Mistake(
        "span_is_k_times_dilation",
        "size",
        "a dilated kernel spanned k times the dilation",
        "Draw a kernel of 3 with dilation 2: is there a gap after its last entry?",
    ),
    Mistake(
        "height_for_both",
        "size",
        "the output were as wide as it is high",
        "Which lengths enter the number of columns of the output?",
    ),
    Mistake(
        "kernel_turned",
        "sum",
        "every filter were turned by 180 degrees before it slides",
        "From this chapter on, convolution means: slide the kernel as it is given.",
    ),
    Mistake(
        "gaps_in_output",
        "layout",
        "the stride left gaps of zeros in the output",
        "Does the stride multiply the output's index, or the place of the window?",
    ),
    *layer_mistakes.MISTAKES,
)

HINTS = (
    "Begin with one image and one filter: conv2d_one_filter does that already. What do N and F add to it?",
    "Pad a copy first, rows and columns only; then the window of output [i, j] begins at [i * sh, j * sw] of the padded"
    " image.",
    "padded[n, :, top : top + dh * (KH - 1) + 1 : dh, left : left + dw * (KW - 1) + 1 : dw] is one window; its products"
    " with w[f], summed, and b[f] make one output.",
)

GEOMETRIES = (
    ((5, 7), (2, 3), dict(stride=2)),
    ((6, 9), (3, 2), dict(stride=(1, 2))),
    ((7, 6), (2, 2), dict(stride=(3, 1), padding=(0, 1))),
    ((4, 6), (3, 3), dict(padding=1)),
    ((5, 4), (2, 3), dict(padding=(2, 0))),
    ((3, 5), (3, 2), dict(padding=(0, 2), stride=(2, 3))),
    ((7, 8), (3, 2), dict(dilation=2)),
    ((6, 8), (2, 3), dict(dilation=(1, 3))),
    ((9, 7), (3, 2), dict(dilation=(3, 2), stride=(1, 2))),
    ((7, 9), (2, 3), dict(stride=(2, 3), padding=(1, 2), dilation=(3, 2))),
    ((8, 6), (3, 2), dict(stride=(3, 2), padding=(2, 1), dilation=(2, 3))),
    ((6, 5), (3, 3), dict(stride=2, padding=2, dilation=2)),
    ((8, 9), (1, 2), dict(stride=3)),
    ((1, 9), (1, 3), dict(stride=(1, 2), padding=(0, 1))),
    ((8, 1), (2, 1), dict(stride=(2, 1), dilation=(2, 1))),
)


def worked():
    image, filters_by_hand = layer_cases.by_hand(2)
    yield Case("channels and filters", "one image, two channels, one filter", call(image, filters_by_hand[:1]))
    yield Case("channels and filters", "the same image, two filters", call(image, filters_by_hand))
    yield Case("bias and batch", "the same with a bias a filter", call(image, filters_by_hand, np.array([10.0, -20.0])))
    row = np.arange(1.0, 8.0).reshape(1, 1, 1, 7)
    tap = np.array([1.0, 10.0]).reshape(1, 1, 1, 2)
    yield Case("stride, padding, dilation", "along a row, stride 2", call(row, tap, stride=(1, 2)))
    yield Case("stride, padding, dilation", "along a row, padding 1", call(row, tap, padding=(0, 1)))
    yield Case("stride, padding, dilation", "along a row, dilation 3", call(row, tap, dilation=(1, 3)))


def drawn(rng):
    for C, F, shape, kernel_shape in (
        (3, 1, (4, 5), (2, 2)), (1, 3, (5, 4), (3, 2)), (2, 2, (4, 6), (2, 3)), (3, 3, (3, 4), (2, 2)),
        (2, 4, (3, 5), (1, 3)), (4, 4, (3, 4), (1, 1)),
    ):  # fmt: skip
        name = f"{C} channels, {F} filters, {shape[0]}×{shape[1]} pixels"
        arrays = whole(rng, 1, C, *shape), lopsided(rng, F, C, *kernel_shape)
        yield Case("channels and filters", name, call(*arrays))
    for N, C, F, shape, kernel_shape in (
        (3, 2, 2, (3, 5), (2, 2)), (2, 3, 4, (4, 5), (2, 2)), (2, 1, 3, (5, 4), (3, 2)), (4, 2, 3, (3, 4), (1, 2)),
        (2, 3, 1, (4, 3), (2, 3)),
    ):  # fmt: skip
        name = f"{N} images, {C} channels, {F} filters, biases"
        arrays = whole(rng, N, C, *shape), lopsided(rng, F, C, *kernel_shape)
        yield Case("bias and batch", name, call(*arrays, layer_cases.biases(rng, F)))
    yield Case("bias and batch", "biases of 0", call(whole(rng, 2, 2, 3, 4), lopsided(rng, 3, 2, 2, 2), np.zeros(3)))
    for number, (shape, kernel_shape, how) in enumerate(GEOMETRIES):
        N, C, F = ((1, 1, 1), (2, 2, 3), (1, 3, 2))[number % 3]
        name = f"{shape[0]}×{shape[1]} pixels, a {kernel_shape[0]}×{kernel_shape[1]} kernel, {words(how)}"
        arrays = whole(rng, N, C, *shape), lopsided(rng, F, C, *kernel_shape)
        bias = {"b": layer_cases.biases(rng, F)} if number >= 9 else {}
        yield Case("stride, padding, dilation", name, call(*arrays, **bias, **how))
    yield from layer_cases.any_numbers(rng, (4, 5), (2, 3))


def words(how):
    return ", ".join(f"{name} {value}" for name, value in how.items())


def exact(rng):
    part = "any numbers"
    x, w, b = whole(rng, 3, 2, 7, 8), lopsided(rng, 2, 2, 2, 3), layer_cases.biases(rng, 2)
    yield laws.linear(part, (x, w), 0, "images", rng)
    yield laws.linear(part, (x, w), 1, "filters", rng)
    yield from layer_cases.alone(part, x, w, b)
    yield laws.cancels(
        part,
        "stride = subsampling: stride (2, 3) must give every second row and every third column of stride 1",
        (1.0, call(x, w, stride=(2, 3)), ()),
        (-1.0, call(x, w), np.s_[:, :, ::2, ::3]),
    )
    apart = np.zeros((2, 2, 3, 5))
    apart[:, :, ::2, ::2] = w
    yield laws.cancels(
        part,
        "dilation = zeros between the entries: dilation 2 must give what the kernel with zeros put in gives",
        (1.0, call(x, w, dilation=2), ()),
        (-1.0, call(x, apart), ()),
    )
    yield laws.cancels(
        part,
        "padding = zeros around the image: padding (1, 2) must give what an image with a frame of zeros gives",
        (1.0, call(x, w, padding=(1, 2)), ()),
        (-1.0, call(np.pad(x, ((0, 0), (0, 0), (1, 1), (2, 2))), w), ()),
    )


def setting(name, plain):
    """A feature of a call: one argument is as it is by default."""
    place = {"b": 2, "stride": 3, "padding": 4, "dilation": 5}[name]

    def holds(*args, **kwargs):
        value = kwargs.get(name, args[place] if len(args) > place else plain)
        return value is None if plain is None else pair(value) == pair(plain)

    return holds


def refused():
    yield Case(REFUSES, "channels that do not match", call(np.ones((1, 3, 4, 4)), np.ones((2, 1, 2, 2))))
    yield Case(
        REFUSES, "a kernel wider than the padded image", call(np.ones((1, 1, 5, 2)), np.ones((1, 1, 2, 5)), padding=1)
    )
    yield Case(REFUSES, "one bias for two filters", call(np.ones((1, 1, 4, 4)), np.ones((2, 1, 2, 2)), np.ones(1)))
    yield Case(REFUSES, "stride 0", call(np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2)), stride=0))
    yield Case(REFUSES, "an empty batch", call(np.ones((0, 1, 4, 4)), np.ones((1, 1, 2, 2))))


SPEC = Spec(
    parts=(
        Part("channels and filters", 2),
        Part("bias and batch", 1),
        Part("stride, padding, dilation", 2),
        Part("any numbers", 1),
        Part(UNTOUCHED, 1),
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
        "padding = 0": setting("padding", 0),
        "stride = 1": setting("stride", 1),
        "dilation = 1": setting("dilation", 1),
        "there is no b": setting("b", None),
        "there is one image": lambda x, *_, **__: x.shape[0] == 1,
        "there is one channel": lambda x, *_, **__: x.shape[1] == 1,
        "there is one filter": lambda x, w, *_, **__: w.shape[0] == 1,
        "there are as many filters as channels": lambda x, w, *_, **__: w.shape[0] == w.shape[1],
        "the images are square": lambda x, *_, **__: x.shape[2] == x.shape[3],
        "the kernel is square": lambda x, w, *_, **__: w.shape[2] == w.shape[3],
        "stride, padding and dilation are single numbers": lambda *_, **how: (
            not any(type(value) is tuple for value in how.values())
        ),
    },
    taps=Taps(0, 1, (1, 1, 9, 11), (1, 1, 2, 3), dict(stride=(2, 3), padding=(1, 2), dilation=(3, 2)), axes=2),
)
