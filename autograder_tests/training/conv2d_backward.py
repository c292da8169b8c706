"""Checks of conv2d_backward: what the loss makes of each pixel, each weight and each bias of a convolutional layer."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole
from autograder_tests.training.conv2d_backward_mistakes import MISTAKES, model, pair

HINTS = (
    "On paper: a row of 4 pixels, a kernel of 2. Write the three outputs out. Which of them hold pixel 1, and times"
    " which weight? Which hold weight 0, and times which pixel?",
    "Walk over the places as conv2d does. Every product window × filter was part of one output, so its dy goes back to"
    " both: times the weight to the pixel, times the pixel to the weight. Add up, never replace.",
    "At place (i, j): dw += dy[:, :, i, j] with the windows, summed over images; dpadded[window] += dy[:, :, i, j] with"
    " w, summed over filters. Cut with padding : padding + H, which holds for padding 0 too.",
)


def places(n, k, stride, padding):
    return (n + 2 * padding - k) // stride + 1


def output_shape(shape, kernel_shape, stride=1, padding=0):
    lengths = map(places, shape[2:], kernel_shape[2:], pair(stride), pair(padding))
    return (shape[0], kernel_shape[0], *lengths)


def arrays(rng, shape, kernel_shape, **how):
    """Gradients and weights of different whole numbers, pixels of whole numbers."""
    dy_shape = output_shape(shape, kernel_shape, **how)
    return lopsided(rng, *dy_shape), whole(rng, *shape), lopsided(rng, *kernel_shape)


def normal(rng, shape, kernel_shape, **how):
    dy_shape = output_shape(shape, kernel_shape, **how)
    return rng.normal(size=dy_shape), rng.normal(size=shape), rng.normal(size=kernel_shape)


def worked():
    part = "by hand"
    row, tap = np.array([1.0, 2.0, 3.0, 4.0]).reshape(1, 1, 1, 4), np.array([1.0, 10.0]).reshape(1, 1, 1, 2)
    yield Case(part, "a row of 4 pixels, a kernel of 2", call(np.array([[[[1.0, 2.0, 3.0]]]]), row, tap))
    image, kernel = np.arange(1.0, 10.0).reshape(1, 1, 3, 3), np.array([[[[1.0, 2.0], [3.0, 0.0]]]])
    yield Case(part, "3×3 pixels, a 2×2 kernel", call(np.array([[[[1.0, 0.0], [0.0, 10.0]]]]), image, kernel))
    yield Case(part, "one window", call(np.array([[[[5.0]]]]), image[:, :, :2, :2], kernel))
    two = np.array([[[[1.0, 2.0]]]])
    yield Case("stride", "a row of 4 pixels, stride 2", call(two, row, tap, stride=(1, 2)))
    yield Case("padding", "a row of 4 pixels, padding 1", call(np.ones((1, 1, 1, 5)), row, tap, padding=(0, 1)))


STRIDED = (
    ((1, 1, 5, 7), (1, 1, 2, 2), 2), ((2, 1, 7, 6), (2, 1, 3, 2), (2, 1)), ((1, 2, 4, 9), (2, 2, 2, 3), (1, 3)),
    ((1, 1, 7, 8), (1, 1, 2, 2), 3), ((2, 2, 8, 6), (1, 2, 3, 2), (3, 2)), ((1, 1, 1, 9), (2, 1, 1, 3), (1, 2)),
    ((1, 2, 6, 5), (2, 2, 2, 3), (2, 1)), ((2, 2, 6, 8), (3, 2, 3, 3), 2),
)  # fmt: skip

PADDED = (
    ((1, 1, 3, 4), (1, 1, 3, 3), 1, 1), ((2, 1, 4, 3), (2, 1, 2, 3), 1, (0, 1)),
    ((1, 2, 3, 5), (1, 2, 3, 2), 1, (1, 0)), ((1, 1, 4, 5), (2, 1, 3, 2), 1, (2, 1)),
    ((2, 2, 3, 3), (2, 2, 3, 3), 1, 2), ((1, 2, 4, 4), (3, 2, 2, 2), 1, (1, 2)),
    ((2, 1, 5, 6), (2, 1, 3, 2), 2, 1), ((1, 2, 6, 5), (2, 2, 3, 2), (2, 1), (1, 0)),
    ((2, 2, 4, 7), (2, 2, 2, 3), (1, 3), (1, 2)), ((2, 3, 5, 4), (2, 3, 3, 3), (3, 2), (2, 1)),
)  # fmt: skip


def words(**how):
    return "".join(f", {name} {value}" for name, value in how.items() if value not in (0, 1))


def drawn(rng):
    for shape, kernel_shape in (
        ((1, 1, 4, 5), (1, 1, 2, 2)),
        ((1, 1, 5, 3), (1, 1, 2, 3)),
        ((1, 1, 1, 6), (1, 1, 1, 3)),
    ):
        name = f"{shape[2]}×{shape[3]} pixels, a {kernel_shape[2]}×{kernel_shape[3]} kernel"
        yield Case("by hand", name, call(*arrays(rng, shape, kernel_shape)))
    for N, C, F, lengths, kernel in (
        (1, 3, 1, (3, 4), (2, 2)), (1, 1, 3, (4, 3), (2, 3)), (3, 1, 1, (3, 4), (2, 2)), (2, 2, 2, (4, 3), (3, 2)),
        (3, 2, 4, (3, 3), (2, 2)), (2, 3, 3, (3, 5), (2, 2)), (4, 2, 3, (3, 4), (1, 1)),
    ):  # fmt: skip
        name = f"N {N}, C {C}, F {F}, a {kernel[0]}×{kernel[1]} kernel"
        yield Case("images, channels, filters", name, call(*arrays(rng, (N, C, *lengths), (F, C, *kernel))))
    for shape, kernel_shape, stride in STRIDED:
        name = f"{shape[2]}×{shape[3]} pixels, a {kernel_shape[2]}×{kernel_shape[3]} kernel{words(stride=stride)}"
        given = arrays(rng, shape, kernel_shape, stride=stride)
        yield Case("stride", name, call(*given, stride=stride))
    for shape, kernel_shape, stride, padding in PADDED:
        how = {"stride": stride, "padding": padding}
        name = f"{shape[2]}×{shape[3]} pixels, a {kernel_shape[2]}×{kernel_shape[3]} kernel{words(**how)}"
        yield Case("padding", name, call(*arrays(rng, shape, kernel_shape, **how), **how))
    yield from any_numbers(rng)


def any_numbers(rng):
    part, shape, kernel_shape, how = "any numbers", (2, 3, 4, 5), (2, 3, 2, 3), {"padding": 1}
    yield Case(part, "fractions", call(*normal(rng, shape, kernel_shape, **how), **how))
    dy, x, w = normal(rng, shape, kernel_shape, stride=2)
    yield Case(part, "very small gradients", call(1e-9 * dy, x, w, stride=2))
    dy, x, w = normal(rng, shape, kernel_shape)
    yield Case(part, "hugely negative pixels", call(dy, -1e6 - x, w))
    dy, x, w = normal(rng, shape, kernel_shape, **how)
    yield Case(part, "a gradient of 0", call(0 * dy, x, w, **how))
    pixels = rng.integers(0, 256, shape).astype(np.uint8)
    for more in ({}, how):
        dy, x, w = normal(rng, shape, kernel_shape, **more)
        yield Case(part, "pixels as a file holds them", call(dy, pixels, w, **more))
    single = [array.astype(np.float32) for array in normal(rng, shape, kernel_shape, stride=2, padding=1)]
    yield Case(part, "single precision", call(*single, stride=2, padding=1))
    yield Case(
        part, "not contiguous in memory", call(*normal(rng, shape, kernel_shape, **how), **how, layout="strided")
    )
    yield Case(part, "columns first in memory", call(*normal(rng, shape, kernel_shape), layout="F"))


def exact(rng):
    dy, x, w = arrays(rng, (2, 2, 4, 5), (2, 2, 2, 3), stride=(2, 1), padding=(1, 0))
    whole_layer = call(dy, x, w, (2, 1), (1, 0))

    def loss(x, w):
        return np.sum(dy * forward(x, w, (2, 1), (1, 0)), axis=(-4, -3, -2, -1))

    for output, name, moves in (
        (0, "dx", [loss(x + e, w) - loss(x - e, w) for e in single_ones(x.shape)]),
        (1, "dw", [loss(x, w + e) - loss(x, w - e) for e in single_ones(w.shape)]),
    ):
        yield laws.equals(
            "padding",
            f"central difference: {name} must be half of what the sum of dy * conv2d(x, w) changes by when an entry"
            " goes from 1 less to 1 more, exactly, for a convolution is linear",
            whole_layer,
            np.reshape(moves, (x, w)[output].shape) / 2,
            (output,),
        )
    yield from apart(rng)


def forward(x, w, stride, padding):
    """The convolution itself, for the central difference."""
    (sh, sw), (ph, pw) = stride, padding
    framed = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    windows = sliding_window_view(framed, w.shape[2:], axis=(2, 3))[:, :, ::sh, ::sw]
    return np.einsum("ncijuv,fcuv->nfij", windows, w)


def single_ones(shape):
    """For each entry an array that is 1 there, and 0 elsewhere."""
    return np.eye(int(np.prod(shape))).reshape(-1, *shape)


def apart(rng):
    """Laws by which images and filters can be told apart, and linearity."""
    part = "images, channels, filters"
    dy, x, w = arrays(rng, (3, 2, 4, 5), (2, 2, 2, 3))
    alone = [call(dy[n : n + 1], x[n : n + 1], w) for n in range(3)]
    yield laws.cancels(
        part,
        "dx of an image must be the same alone as in its batch",
        (1.0, alone[1], (0,)),
        (-1.0, call(dy, x, w), (0, np.s_[1:2])),
    )
    for output, name in ((1, "dw"), (2, "db")):
        yield laws.cancels(
            part,
            f"{name} of a batch must be the sum of the {name} of its images",
            (1.0, call(dy, x, w), (output,)),
            *((-1.0, one, (output,)) for one in alone),
        )
    yield laws.cancels(
        part,
        "dx of a bank must be the sum of the dx of its filters",
        (1.0, call(dy, x, w), (0,)),
        *((-1.0, call(dy[:, f : f + 1], x, w[f : f + 1]), (0,)) for f in range(2)),
    )
    for output, name in enumerate(("dx", "dw", "db")):
        yield laws.cancels(
            part,
            f"linearity: three times dy must give three times {name}",
            (1.0, call(3 * dy, x, w), (output,)),
            (-3.0, call(dy, x, w), (output,)),
        )


def refused():
    dy, x, w = np.ones((1, 2, 3, 3)), np.ones((1, 1, 4, 4)), np.ones((2, 1, 2, 2))
    yield Case(REFUSES, "channels that do not match", call(dy, x, np.ones((2, 3, 2, 2))))
    yield Case(REFUSES, "a gradient for one filter of two", call(dy[:, :1], x, w))
    yield Case(REFUSES, "a gradient of another stride", call(dy, x, w, stride=2))
    yield Case(REFUSES, "stride 0", call(dy, x, w, stride=0))
    yield Case(REFUSES, "negative padding", call(np.ones((1, 2, 1, 1)), x, w, padding=-1))
    yield Case(REFUSES, "a kernel wider than the image", call(dy, x, np.ones((2, 1, 2, 5))))


def setting(holds):
    """A feature that looks at stride and padding by name."""
    return lambda dy, x, w, stride=1, padding=0: holds(x, w, pair(stride), pair(padding))


SPEC = Spec(
    parts=(
        Part("by hand", 1),
        Part("images, channels, filters", 1),
        Part("stride", 1),
        Part("padding", 1),
        Part("any numbers", 1),
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
        "padding = 0": setting(lambda x, w, stride, padding: padding == (0, 0)),
        "padding = 0 for rows or columns": setting(lambda x, w, stride, padding: 0 in padding),
        "stride = 1": setting(lambda x, w, stride, padding: stride == (1, 1)),
        "stride and padding are the same for rows and columns": setting(
            lambda x, w, stride, padding: stride[0] == stride[1] and padding[0] == padding[1]
        ),
        "there is one image": setting(lambda x, w, stride, padding: len(x) == 1),
        "there is one channel": setting(lambda x, w, stride, padding: x.shape[1] == 1),
        "there is one filter": setting(lambda x, w, stride, padding: len(w) == 1),
        "there are as many filters as channels": setting(lambda x, w, stride, padding: w.shape[0] == w.shape[1]),
        "the images are square": setting(lambda x, w, stride, padding: x.shape[2] == x.shape[3]),
        "the kernel is square": setting(lambda x, w, stride, padding: w.shape[2] == w.shape[3]),
    },
)
