"""Checks of conv3d_winograd: tiles in the plane, and a depth along which planes are shared."""

import numpy as np

from autograder_tests.convolution_3d import layer_cases, layer_mistakes
from autograder_tests.fast_convolution import batch_last, tiles
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole


def model(x, w, b=None, padding=0, on=frozenset()):
    """conv3d_winograd, with switches."""
    volumes, filters = layer_mistakes.used(batch_last.batch_first(x), turned(w, on), on)
    around = [tiles.frame(0 if "padding_not_in_depth" in on else padding, on), *[tiles.frame(padding, on)] * 2]
    padded = tiles.surrounded(volumes, around, on)
    depths = [tiles.convolved(box, flat(filters, on), on) for box in boxes(padded, filters.shape[2], on)]
    output = np.stack(depths, axis=2)  # (N, F, OD, OH, OW)
    output = batch_last.finished(output, w, b, on)
    if "depth_summed" in on:
        return output.sum(axis=1)
    if "depth_first" in on:
        return np.moveaxis(output, 1, 0)
    return output.swapaxes(1, 2) if "filters_before_depth" in on else output


def turned(w, on):
    """The filters, as the mistake turns them along their depth, or cuts them."""
    if "kernel_reversed_in_depth" in on:
        w = w[:, :, ::-1]
    if "first_plane_only" in on:
        w = w * (np.arange(w.shape[2]) == 0)[:, np.newaxis, np.newaxis]
    if "last_plane_only" in on:
        w = w * (np.arange(w.shape[2]) == w.shape[2] - 1)[:, np.newaxis, np.newaxis]
    return w


def flat(w, on):
    """The filters with planes and channels as one axis, (F, KD * C, 3, 3)."""
    F, C, KD = w.shape[:3]
    ordered = w if "planes_and_channels_mixed" in on else w.swapaxes(1, 2)
    return ordered.reshape(F, KD * C, 3, 3)


def boxes(padded, KD, on):
    """For each depth of the output the planes that it sees, (N, KD * C, H, W)."""
    N, C, D, H, W = padded.shape
    OD = D - KD + 1
    if OD < 1:
        raise ValueError("the kernel does not fit")
    if "last_depth_missed" in on:
        OD -= 1
    if "height_for_depth" in on:
        OD = H - 2
    step = C
    if "depth_steps_by_one_channel" in on:
        step = 1
    if "depth_steps_by_whole_kernel" in on:
        step = KD * C
    if "first_depth_for_all" in on:
        step = 0
    planes = padded.swapaxes(1, 2).reshape(N, D * C, H, W)
    planes = np.pad(planes, ((0, 0), (0, (OD + 1) * KD * C), (0, 0), (0, 0)))
    return [planes[:, d * step : d * step + KD * C] for d in range(OD)]


STEP = "Depth and channel are one axis. How many entries of it does one step in depth pass over?"
ORDER = "The output has shape (OH, OD, F, OW, N): in which order do your axes come?"

MISTAKES = (
    Mistake(
        "planes_and_channels_mixed",
        "order",
        "the weights stood channel by channel, where the pixels stand plane by plane",
        "Planes and channels are one axis, twice: in the pixels and in the filters. Which runs faster in each?",
    ),
    Mistake("depth_steps_by_one_channel", "steps", "one step in depth passed over one channel, not one plane", STEP),
    Mistake(
        "depth_steps_by_whole_kernel", "steps", "the filters moved on by their whole depth, not by one plane", STEP
    ),
    Mistake("first_depth_for_all", "steps", "every depth of the output were the first", STEP),
    Mistake(
        "first_plane_only",
        "planes",
        "only the first plane of each filter counted",
        "A filter has KD planes: over how many does your product sum?",
    ),
    Mistake(
        "last_plane_only",
        "planes",
        "only the last plane of each filter counted",
        "When the next plane's share comes, what becomes of the shares before it?",
    ),
    Mistake(
        "kernel_reversed_in_depth",
        "depth of the kernel",
        "every filter were reversed along its depth",
        "Which plane of the filter meets the first plane of the box?",
    ),
    Mistake(
        "last_depth_missed",
        "depth",
        "the last place along the depth were left out",
        "Compare the three sizes that you compute.",
    ),
    Mistake(
        "height_for_depth",
        "depth",
        "the output were as deep as it is high",
        "Which lengths enter the depth of the output?",
    ),
    Mistake(
        "padding_not_in_depth",
        "border",
        "rows and columns were padded, and depth was not",
        "A volume has a front and a back: what lies before its first plane?",
    ),
    Mistake("depth_summed", "layout", "depth were summed away, as channels are", ORDER),
    Mistake("depth_first", "layout", "the depth were the first axis of the output", ORDER),
    Mistake("filters_before_depth", "layout", "the filters came before the depth in the output", ORDER),
    *tiles.but("channels_summed_first", "height_for_both", "blocks_interleaved"),
    *batch_last.MISTAKES,
)

HINTS = (
    "With KD = 1 every plane is an image by itself. Begin there: what does your conv2d_winograd lack for a second one?",
    "Transformed pixels have shape (6, 6, planes * C, TW * N). Depth d of the output needs KD * C neighbours of the"
    " third axis: where do they begin?",
    "w.transpose(3, 4, 0, 2, 1) has the axes 3, 3, F, KD, C: transformed and reshaped to (6, 6, F, KD * C) it meets"
    " pixels[:, :, d * C : (d + KD) * C].",
)


def worked():
    change = np.zeros((1, 1, 2, 3, 3))
    change[0, 0, :, 1, 1] = [-1.0, 1.0]
    frames = np.zeros((3, 3, 1, 3, 1))
    frames[1, :, 0, 1, 0] = [1.0, 4.0, 9.0]
    yield Case("depth", "what changes from plane to plane", call(frames, change))
    yield Case("depth", "four planes", call(np.concatenate([frames, 2 * frames[:, :1]], axis=1), change))
    channels = np.concatenate([frames, 10 * frames], axis=2)
    both = np.concatenate([change, np.abs(change)], axis=1)
    yield Case("channels, filters, volumes", "two channels", call(channels, both))
    yield Case("padding", "a single plane", call(frames[:, :1], change, padding=1))


def drawn(rng):
    def pair(shape, KD, C=1, F=1, N=1):
        return batch_last.arrays(rng, shape, C, F, (KD, 3, 3), N)

    for H, D, W, KD in ((4, 3, 5, 2), (3, 4, 4, 3), (5, 2, 4, 1), (4, 5, 3, 2), (3, 3, 6, 3), (6, 5, 4, 4)):
        name = f"{D} planes of {H}×{W} pixels, a kernel {KD} deep"
        yield Case("depth", name, call(*pair((H, D, W), KD)))
    for (H, D, W), KD, C, F, N in (
        ((4, 4, 5), 2, 3, 1, 1), ((3, 5, 4), 2, 2, 2, 1), ((4, 3, 4), 2, 1, 3, 2), ((5, 4, 3), 3, 2, 2, 3),
        ((4, 3, 5), 1, 2, 3, 2),
    ):  # fmt: skip
        name = batch_last.named(N, C, F, "volume")
        yield Case("channels, filters, volumes", name, call(*pair((H, D, W), KD, C, F, N)))
    for (H, D, W), KD, C, F, N in (
        ((4, 3, 4), 2, 2, 2, 2), ((3, 4, 5), 2, 3, 3, 1), ((4, 3, 5), 2, 1, 3, 3), ((5, 3, 4), 3, 2, 2, 2),
        ((3, 4, 6), 2, 2, 3, 2),
    ):  # fmt: skip
        name = f"{batch_last.named(N, C, F, 'volume')}, biases"
        arrays = pair((H, D, W), KD, C, F, N)
        yield Case("channels, filters, volumes", name, call(*arrays, layer_cases.biases(rng, F)))
    for (H, D, W), KD, C, F in (
        ((10, 2, 6), 1, 1, 1), ((6, 3, 10), 2, 1, 1), ((7, 3, 8), 2, 2, 1),
        ((11, 2, 7), 2, 1, 2), ((5, 4, 12), 3, 1, 1),
    ):  # fmt: skip
        name = f"{batch_last.named(1, C, F, 'volume')}, {D} planes of {H}×{W} pixels"
        yield Case("many tiles", name, call(*pair((H, D, W), KD, C, F)))
    for (H, D, W), KD, C, F, N, padding in (
        ((4, 3, 5), 2, 1, 1, 1, 1), ((3, 2, 4), 3, 2, 1, 1, 1), ((2, 1, 3), 2, 2, 2, 1, 2), ((5, 3, 6), 2, 1, 2, 2, 1),
        ((1, 4, 2), 3, 2, 2, 2, 1),
    ):  # fmt: skip
        name = f"{D} planes of {H}×{W} pixels, a kernel {KD} deep, padding {padding}"
        b = {"b": layer_cases.biases(rng, F)} if F > 1 else {}
        yield Case("padding", name, call(*pair((H, D, W), KD, C, F, N), **b, padding=padding))
    yield from batch_last.any_numbers(rng, (5, 3, 2, 4, 2), (2, 2, 3, 3))


def exact(rng):
    part = "any numbers"
    x, w, b = whole(rng, 5, 4, 2, 6, 3), lopsided(rng, 2, 2, 2, 3, 3), layer_cases.biases(rng, 2)
    yield laws.linear(part, (x, w), 0, "volumes", rng)
    yield laws.linear(part, (x, w), 1, "filters", rng)
    yield from batch_last.alone(part, x, w, b)
    yield laws.cancels(
        part,
        "equivariance in depth: volumes without their first plane must give the result without its first plane",
        (1.0, call(x[:, 1:], w, b), ()),
        (-1.0, call(x, w, b), np.s_[:, 1:]),
    )
    one = w[:, :, :1]
    yield laws.cancels(
        part,
        "a kernel one plane deep: each plane gives alone what it gives in its volume",
        (1.0, call(x[:, 2:3], one, b), ()),
        (-1.0, call(x, one, b), np.s_[:, 2:3]),
    )


def refused():
    yield Case(REFUSES, "planes of 2×3", call(np.ones((6, 3, 2, 6, 1)), np.ones((1, 2, 2, 2, 3))))
    yield Case(REFUSES, "channels that do not match", call(np.ones((6, 3, 3, 6, 1)), np.ones((2, 1, 2, 3, 3))))
    yield Case(
        REFUSES, "one bias for two filters", call(np.ones((4, 3, 1, 4, 1)), np.ones((2, 1, 2, 3, 3)), np.ones(1))
    )
    yield Case(REFUSES, "a kernel deeper than the volume", call(np.ones((4, 2, 1, 4, 1)), np.ones((1, 1, 3, 3, 3))))
    yield Case(REFUSES, "an image without depth", call(np.ones((4, 1, 4, 1)), np.ones((1, 1, 1, 3, 3))))


SPEC = Spec(
    parts=(
        Part("depth", 1.5),
        Part("channels, filters, volumes", 1),
        Part("many tiles", 0.5),
        Part("padding", 1),
        Part("any numbers", 0.5),
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
        "padding = 0": lambda x, w, b=None, padding=0: padding == 0,
        "there is no b": lambda x, w, b=None, padding=0: b is None,
        "there is one volume": lambda x, w, b=None, padding=0: x.shape[4] == 1,
        "there is one channel": lambda x, w, b=None, padding=0: x.shape[2] == 1,
        "there is one filter": lambda x, w, b=None, padding=0: len(w) == 1,
        "the kernel is one plane deep": lambda x, w, b=None, padding=0: w.shape[2] == 1,
        "the output is one plane deep": lambda x, w, b=None, padding=0: x.shape[1] + 2 * padding == w.shape[2],
        "one tile holds a plane": lambda x, w, b=None, padding=0: max(x.shape[0], x.shape[3]) + 2 * padding <= 6,
    },
)
