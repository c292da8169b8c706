"""Checks of conv3d: channels are summed, depth is slid along, and everything else is as in two dimensions."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder_tests.convolution_3d import layer_cases, layer_mistakes
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, Taps, call, laws
from autograder_tests.judging.numbers import lopsided, whole


def triple(value):
    return value if type(value) is tuple else (value,) * 3


def model(x, w, b=None, stride=1, padding=0, on=frozenset()):
    """conv3d, with switches."""
    size_steps, steps = strides(triple(stride), on)
    before, after = frame(triple(padding), on)
    if "kernel_turned" in on:
        w = w[:, :, ::-1, ::-1, ::-1]
    if "kernel_turned_in_its_plane" in on:
        w = w[:, :, :, ::-1, ::-1]
    if "kernel_reversed_in_depth" in on:
        w = w[:, :, ::-1]
    x, w = layer_mistakes.used(x, w, on)
    padded = layer_mistakes.framed(x, before, after)
    OD, OH, OW = sizes = places(padded.shape[2:], w.shape[2:], size_steps, on)
    boxes = sliding_window_view(padded, w.shape[2:], axis=(2, 3, 4))[:, :, :: steps[0], :: steps[1], :: steps[2]]
    boxes = boxes[:, :, :OD, :OH, :OW]
    if boxes.shape[2:5] != sizes:
        raise IndexError("there are not as many places")
    output = np.moveaxis(np.tensordot(boxes, w, axes=([1, 5, 6, 7], [1, 2, 3, 4])), -1, 1)
    output = layer_mistakes.finished(output, w, b, on)
    if "depth_summed" in on:
        return output.sum(axis=2)
    return output.swapaxes(1, 2) if "depth_before_filters" in on else output


def strides(stride, on):
    """Steps from box to box, as the size sees them and as the reading does."""
    sd, sh, sw = stride
    if "stride_not_in_depth" in on:
        sd = 1
    if "stride_ignored" in on:
        sd = sh = sw = 1
    if "first_stride_for_all" in on:
        sh = sw = sd
    if "strides_in_reverse_order" in on:
        sd, sw = sw, sd
    if "stride_in_size_only" in on:
        return (sd, sh, sw), (1, 1, 1)
    return (sd, sh, sw), (sd, sh, sw)


def frame(padding, on):
    """Voxels added before and after, along each axis."""
    pd, ph, pw = padding
    if "padding_not_in_depth" in on:
        pd = 0
    if "padding_ignored" in on:
        pd = ph = pw = 0
    if "first_padding_for_all" in on:
        ph = pw = pd
    if "paddings_in_reverse_order" in on:
        pd, pw = pw, pd
    after = (0, 0, 0) if "padding_before_only" in on else (pd, ph, pw)
    return (pd, ph, pw), after


def places(shape, kernel_shape, steps, on):
    """Depth, height and width of the output."""
    OD, OH, OW = ((n - k) // s + 1 for n, k, s in zip(shape, kernel_shape, steps))
    if min(OD, OH, OW) < 1:
        raise ValueError("the kernel does not fit")
    if "last_depth_missed" in on:
        OD -= 1
    if "height_for_depth" in on:
        OD = OH
    return OD, OH, OW


MISTAKES = (
    Mistake(
        "stride_not_in_depth",
        "steps",
        "the stride held for rows and columns only, and the box moved by one along the depth",
        "Three loop variables: which of them does the stride multiply?",
    ),
    Mistake("stride_ignored", "steps", "the stride were always 1", "Where does your code use stride?"),
    Mistake(
        "first_stride_for_all",
        "steps",
        "the first stride of a triple held for all three axes",
        "What happens to the second and the third number of the triple?",
    ),
    Mistake(
        "strides_in_reverse_order",
        "steps",
        "the strides came in the order columns, rows, depth",
        "Of a triple, which one belongs to the depth?",
    ),
    Mistake(
        "stride_in_size_only",
        "steps",
        "the stride made the output smaller, but the box still moved by one",
        "Where does the box of output [1, 1, 1] begin?",
    ),
    Mistake(
        "padding_not_in_depth",
        "border",
        "rows and columns were padded, and depth was not",
        "A volume has a front and a back: what lies before its first slice?",
    ),
    Mistake("padding_ignored", "border", "the padding were always 0", "Where does your code use padding?"),
    Mistake(
        "first_padding_for_all",
        "border",
        "the first padding of a triple held for all three axes",
        "What happens to the second and the third number of the triple?",
    ),
    Mistake(
        "paddings_in_reverse_order",
        "border",
        "the paddings came in the order columns, rows, depth",
        "Of a triple, which one belongs to the depth?",
    ),
    Mistake(
        "padding_before_only",
        "border",
        "zeros were added in front, above and on the left only",
        "A volume has six sides: how many of them do you pad?",
    ),
    Mistake(
        "last_depth_missed",
        "size",
        "the last place along the depth were left out",
        "Compare the three sizes that you compute.",
    ),
    Mistake(
        "height_for_depth",
        "size",
        "the output were as deep as it is high",
        "Which lengths enter the depth of the output?",
    ),
    Mistake(
        "kernel_turned",
        "kernel",
        "every filter were turned round along depth, rows and columns before it slides",
        "From this chapter on, convolution means: slide the kernel as it is given.",
    ),
    Mistake(
        "kernel_turned_in_its_plane",
        "kernel",
        "every slice of a filter were turned by 180 degrees before it slides",
        "From this chapter on, convolution means: slide the kernel as it is given.",
    ),
    Mistake(
        "kernel_reversed_in_depth",
        "kernel",
        "every filter were reversed along the depth",
        "Which slice of the kernel meets the first slice of the box?",
    ),
    Mistake(
        "depth_summed",
        "layout",
        "depth were summed away, as channels are",
        "Channels are summed, depth is slid along: how many axes has the output?",
    ),
    Mistake(
        "depth_before_filters",
        "layout",
        "depth came before the filters in the output",
        "The output has shape (N, F, OD, OH, OW): in which order do your axes come?",
    ),
    *layer_mistakes.but("first_image_for_all", "filters_last"),
)

HINTS = (
    "Go through your conv2d line by line: wherever it names rows and columns, depth comes before them.",
    "The axis of the channels is summed away and gives place to the filters; the axis of the depth stays.",
    "padded[n, :, front : front + KD, top : top + KH, left : left + KW] has the shape of w[f].",
)

GEOMETRIES = (
    ((5, 4, 6), (2, 2, 3), dict(stride=2)),
    ((6, 5, 4), (2, 3, 2), dict(stride=(3, 1, 1))),
    ((4, 5, 7), (2, 2, 2), dict(stride=(1, 2, 3))),
    ((3, 4, 3), (2, 2, 2), dict(padding=1)),
    ((3, 4, 5), (3, 2, 2), dict(padding=(2, 0, 1))),
    ((4, 3, 4), (2, 3, 1), dict(padding=(0, 1, 2))),
    ((5, 4, 3), (3, 2, 2), dict(stride=2, padding=1)),
    ((5, 6, 4), (2, 3, 2), dict(stride=(2, 3, 1), padding=(1, 2, 0))),
    ((4, 5, 5), (2, 2, 3), dict(stride=(1, 2, 3), padding=(0, 1, 2))),
    ((2, 5, 4), (4, 2, 2), dict(padding=(1, 0, 0), stride=(3, 2, 1))),
    ((6, 1, 5), (3, 1, 2), dict(stride=(2, 1, 2), padding=(1, 0, 0))),
)


def worked():
    volume, filters = layer_cases.by_hand(3)
    change = np.array([-1.0, 1.0]).reshape(1, 1, 2, 1, 1)
    frames = np.array([[1.0, 2.0], [4.0, 2.0], [9.0, 3.0]]).reshape(1, 1, 3, 1, 2)
    yield Case("depth", "what changes from frame to frame", call(frames, change))
    yield Case("channels and filters", "two channels, two filters", call(volume, filters))
    yield Case(
        "channels and filters", "the same with a bias a filter", call(volume, filters, np.array([100.0, -200.0]))
    )
    line = np.arange(1.0, 7.0).reshape(1, 1, 6, 1, 1)
    yield Case("stride and padding", "along the depth, stride 2", call(line, change, stride=(2, 1, 1)))
    yield Case("stride and padding", "along the depth, padding 1", call(line, change, padding=(1, 0, 0)))


def drawn(rng):
    for shape, kernel_shape in (
        ((3, 2, 3), (2, 1, 2)), ((5, 3, 4), (2, 2, 3)), ((4, 4, 5), (3, 2, 2)), ((3, 5, 4), (3, 2, 1)),
        ((2, 3, 5), (1, 2, 3)), ((6, 3, 2), (4, 2, 2)),
    ):  # fmt: skip
        name = f"one channel, one filter: a volume {shape}, a kernel {kernel_shape}"
        yield Case("depth", name, call(whole(rng, 1, 1, *shape), lopsided(rng, 1, 1, *kernel_shape)))
    for N, C, F, shape, kernel_shape in (
        (1, 3, 1, (3, 2, 3), (2, 1, 2)), (1, 2, 2, (3, 4, 3), (2, 2, 2)), (2, 2, 3, (3, 3, 4), (2, 2, 2)),
        (3, 3, 3, (4, 2, 4), (2, 2, 2)), (2, 1, 4, (3, 3, 2), (2, 2, 1)), (2, 4, 2, (2, 3, 3), (1, 2, 2)),
        (2, 3, 2, (4, 3, 3), (3, 2, 2)),
    ):  # fmt: skip
        name = f"{N} volumes, {C} channels, {F} filters, biases"
        arrays = whole(rng, N, C, *shape), lopsided(rng, F, C, *kernel_shape)
        yield Case("channels and filters", name, call(*arrays, layer_cases.biases(rng, F)))
    without = whole(rng, 2, 2, 3, 3, 4), lopsided(rng, 3, 2, 2, 2, 2)
    yield Case("channels and filters", "no bias", call(*without))
    yield Case("channels and filters", "biases of 0", call(*without, np.zeros(3)))
    for number, (shape, kernel_shape, how) in enumerate(GEOMETRIES):
        N, C, F = ((1, 1, 1), (2, 1, 2), (1, 2, 3))[number % 3]
        said = ", ".join(f"{name} {value}" for name, value in how.items())
        name = f"a volume {shape}, a kernel {kernel_shape}, {said}"
        arrays = whole(rng, N, C, *shape), lopsided(rng, F, C, *kernel_shape)
        bias = {"b": layer_cases.biases(rng, F)} if number >= 7 else {}
        yield Case("stride and padding", name, call(*arrays, **bias, **how))
    yield from layer_cases.any_numbers(rng, (3, 4, 3), (2, 2, 2))


def exact(rng):
    part = "any numbers"
    x, w, b = whole(rng, 3, 2, 4, 5, 4), lopsided(rng, 2, 2, 2, 2, 3), layer_cases.biases(rng, 2)
    yield laws.linear(part, (x, w), 0, "volumes", rng)
    yield laws.linear(part, (x, w), 1, "filters", rng)
    yield from layer_cases.alone(part, x, w, b)
    yield laws.cancels(
        part,
        "equivariance in depth: volumes without their first slice must give the result without its first slice",
        (1.0, call(x[:, :, 1:], w, b), ()),
        (-1.0, call(x, w, b), np.s_[:, :, 1:]),
    )
    yield laws.cancels(
        part,
        "stride = subsampling: stride (2, 1, 3) must give every second slice and every third column of stride 1",
        (1.0, call(x, w, stride=(2, 1, 3), padding=1), ()),
        (-1.0, call(x, w, padding=1), np.s_[:, :, ::2, :, ::3]),
    )


def setting(name, place, plain):
    """A feature of a call: one argument is as it is by default."""

    def holds(*args, **kwargs):
        value = kwargs.get(name, args[place] if len(args) > place else plain)
        return value is None if plain is None else triple(value) == triple(plain)

    return holds


def refused():
    yield Case(REFUSES, "channels that do not match", call(np.ones((1, 3, 4, 4, 4)), np.ones((2, 1, 2, 2, 2))))
    yield Case(
        REFUSES,
        "a kernel deeper than the padded volume",
        call(np.ones((1, 1, 2, 5, 5)), np.ones((1, 1, 5, 2, 2)), padding=1),
    )
    yield Case(
        REFUSES, "one bias for two filters", call(np.ones((1, 1, 3, 3, 3)), np.ones((2, 1, 2, 2, 2)), np.ones(1))
    )


SPEC = Spec(
    parts=(
        Part("depth", 2),
        Part("channels and filters", 2),
        Part("stride and padding", 1),
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
        "padding = 0": setting("padding", 4, 0),
        "stride = 1": setting("stride", 3, 1),
        "there is no b": setting("b", 2, None),
        "there is one volume": lambda x, *_, **__: x.shape[0] == 1,
        "there is one channel": lambda x, *_, **__: x.shape[1] == 1,
        "there is one filter": lambda x, w, *_, **__: w.shape[0] == 1,
        "there are as many filters as channels": lambda x, w, *_, **__: w.shape[0] == w.shape[1],
        "the kernel is as deep as the volume": lambda x, w, *_, **__: x.shape[2] == w.shape[2],
        "the kernel has depth 1": lambda x, w, *_, **__: w.shape[2] == 1,
        "stride and padding are single numbers": lambda *_, **how: (
            not any(type(value) is tuple for value in how.values())
        ),
    },
    taps=Taps(0, 1, (1, 1, 6, 7, 8), (1, 1, 2, 3, 2), dict(stride=(1, 2, 3), padding=(1, 0, 2)), axes=3),
)
