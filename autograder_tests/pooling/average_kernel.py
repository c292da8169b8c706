"""Checks of average_kernel: equal weights that add up to 1, and nothing for the other channels."""

import numpy as np

from autograder_tests.judging import REFUSES, Case, Mistake, Part, Spec, call
from autograder_tests.pooling.windows import pair


def model(window, channels, on=frozenset()):
    """average_kernel, with switches."""
    kh, kw = pair(window)
    if "window_exchanged" in on:
        kh, kw = kw, kh
    if "window_square" in on:
        kw = kh
    w = np.zeros((channels, channels, kh, kw))
    for f, c in joined(channels, on):
        w[f, c] = weight(kh, kw, channels, on)
    if "centre_only" in on:
        centre = np.zeros((kh, kw))
        centre[kh // 2, kw // 2] = 1.0
        w = (w != 0) * centre
    if "one_filter" in on:
        return w.sum(axis=0, keepdims=True)
    if "own_slice_only" in on:
        return w.sum(axis=1, keepdims=True)
    if "channels_last" in on:
        return w.transpose(2, 3, 1, 0)
    return w


def joined(channels, on):
    """Which filter has weights for which channel."""
    every = range(channels)
    if "all_channels" in on:
        return [(f, c) for f in every for c in every]
    if "first_channel_for_all" in on:
        return [(f, 0) for f in every]
    if "first_filter_only" in on:
        return [(0, 0)]
    if "channels_reversed" in on:
        return [(f, channels - 1 - f) for f in every]
    return [(c, c) for c in every]


def weight(kh, kw, channels, on):
    """What each weight is."""
    if "ones" in on:
        return 1.0
    if "divided_by_four" in on:
        return 1 / 4
    if "divided_by_height_squared" in on:
        return 1 / kh**2
    if "divided_by_sum_of_lengths" in on:
        return 1 / (kh + kw)
    if "divided_by_channels_too" in on:
        return 1 / (kh * kw * channels)
    return 1 / (kh * kw)


MISTAKES = (
    Mistake("ones", "weight", "the weights were 1: they make a sum, not a mean", "What must the weights add up to?"),
    Mistake("divided_by_four", "weight", "every window had four pixels", "How many pixels has a window of 3 by 2?"),
    Mistake(
        "divided_by_height_squared",
        "weight",
        "the weights were those of a square window",
        "How many pixels has a window of 3 by 2?",
    ),
    Mistake(
        "divided_by_sum_of_lengths",
        "weight",
        "the number of pixels were height plus width",
        "How many pixels has a window of 3 by 2?",
    ),
    Mistake(
        "divided_by_channels_too",
        "weight",
        "the weights were divided by the number of channels, too",
        "Each channel is averaged by itself: what do the weights of one filter add up to?",
    ),
    Mistake(
        "all_channels",
        "channels",
        "every filter had weights for all channels, so that channels are mixed",
        "What must filter 0 make of channel 1?",
    ),
    Mistake(
        "first_channel_for_all",
        "channels",
        "every filter looked at the first channel",
        "Which channel belongs to filter 1?",
    ),
    Mistake("first_filter_only", "channels", "only the first filter had weights", "How many filters need weights?"),
    Mistake(
        "channels_reversed",
        "channels",
        "the filters came in reverse order",
        "Which channel belongs to filter 0?",
    ),
    Mistake(
        "one_filter",
        "form",
        "there were a single filter for all channels",
        "As many maps must come out as channels go in: how many filters is that?",
    ),
    Mistake(
        "own_slice_only",
        "form",
        "each filter had one slice only, for its own channel",
        "In conv2d each filter has a slice for every channel: what stands in the others?",
    ),
    Mistake(
        "channels_last",
        "form",
        "the axes came in the order rows, columns, channels, filters",
        "In which order does conv2d take the axes of w?",
    ),
    Mistake(
        "centre_only",
        "pattern",
        "only the pixel in the middle of the window counted",
        "Every pixel of the window has its share.",
    ),
    Mistake(
        "window_exchanged",
        "window",
        "height and width of the window were exchanged",
        "Of a pair, which number belongs to rows?",
    ),
    Mistake("window_square", "window", "the window were as wide as it is high", "Which number is the window's width?"),
)

HINTS = (
    "Begin with one channel and a 2×2 window: which four weights make the mean of four pixels?",
    "With two channels there are two filters of two slices each. Filter 0 is to ignore channel 1, and the other way "
    "round.",
    "Make zeros of shape (C, C, KH, KW), and fill w[c, c] for each c.",
)


def worked():
    yield Case("one channel", "a 2×2 window", call(2, 1))
    yield Case("several channels", "a 2×2 window, two channels", call(2, 2))
    yield Case("not square", "a window of 1 by 3", call((1, 3), 1))


def drawn(rng):
    def lengths(count, largest=9):
        return tuple(int(n) for n in rng.permutation(largest)[:count] + 1)

    for k in lengths(4, 12):
        yield Case("one channel", f"a {k}×{k} window", call(k, 1))
    for k, channels in zip(lengths(3), lengths(3, 6)):
        yield Case("several channels", f"a {k}×{k} window, {channels} channels", call(k, channels + 1))
    for channels in (2, 3):
        k = int(rng.integers(2, 7))
        yield Case("several channels", f"a window of {k} and {k}", call((k, k), channels))
    for channels in (1, 1, 2, 3, 4):
        kh, kw = lengths(2)
        yield Case("not square", f"a window of {kh} by {kw}, {channels} channel(s)", call((kh, kw), channels))


def refused():
    yield Case(REFUSES, "a window without pixels", call(0, 2))
    yield Case(REFUSES, "no channels", call(2, 0))


SPEC = Spec(
    parts=(Part("one channel", 1), Part("several channels", 1), Part("not square", 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "there is one channel": lambda window, channels: channels == 1,
        "the window is square": lambda window, channels: len({*np.ravel(window)}) == 1,
        "the window is a single number": lambda window, channels: np.ndim(window) == 0,
    },
)
