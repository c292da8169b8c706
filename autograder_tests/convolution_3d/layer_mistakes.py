"""Mistakes that every layer knows, whether it slides along two axes, along three, or along none."""

import numpy as np

from autograder_tests.judging import Mistake


def used(x, w, on):
    """Images and filters as the mistake uses them."""
    x = x.astype(float)
    if "first_channel_only" in on:
        x, w = x[:, :1], w[:, :1]
    if "last_channel_only" in on:
        x, w = x[:, -1:], w[:, -1:]
    if "batch_summed" in on:
        x = np.broadcast_to(x.sum(axis=0, keepdims=True), x.shape)
    if "first_slice_for_all" in on:
        w = np.broadcast_to(w[:, :1], w.shape)
    if "channels_averaged" in on:
        w = w / w.shape[1]
    if "first_filter_for_all" in on:
        w = np.broadcast_to(w[:1], w.shape)
    if "filters_and_channels_exchanged" in on:
        if w.shape[0] != w.shape[1]:
            raise IndexError("there are not as many filters as channels")
        w = w.swapaxes(0, 1)
    return x, w


def framed(x, before, after):
    """The images in a frame of zeros, so many ``before`` and ``after`` along each axis that the kernel slides along."""
    lengths = x.shape[2:]
    frame = np.zeros((*x.shape[:2], *(first + n + last for first, n, last in zip(before, lengths, after))))
    frame[(..., *(slice(first, first + n) for first, n in zip(before, lengths)))] = x
    return frame


def finished(output, w, b, on):
    """The sums with their biases, laid out as the mistake returns them."""
    if b is not None:
        output = output + shift(b, w, output.ndim, on)
    if "first_image_for_all" in on:
        output = np.broadcast_to(output[:1], output.shape).copy()
    if "filters_before_images" in on:
        output = output.swapaxes(0, 1)
    if "output_transposed" in on:
        output = output.swapaxes(-1, -2)
    if "filters_last" in on:
        output = np.moveaxis(output, 1, -1)
    return np.trunc(output) if "integer_output" in on else output


def shift(b, w, axes, on):
    """What the biases add to the sums."""
    b = b.astype(float)
    if "bias_forgotten" in on:
        return 0.0
    if "bias_per_product" in on:
        b = b * w[0].size
    if "bias_per_channel" in on:
        b = b * w.shape[1]
    if "first_bias_for_all" in on:
        b = np.broadcast_to(b[:1], b.shape)
    if "bias_along_columns" in on:
        return b  # NumPy refuses where there are not as many columns as filters
    return b.reshape(-1, *(1,) * (axes - 2))


MISTAKES = (
    Mistake("first_channel_only", "sum", "only the first channel counted", "Over which channels does your sum run?"),
    Mistake(
        "last_channel_only",
        "sum",
        "only the last channel counted",
        "When the next channel's share comes, what becomes of the shares before it?",
    ),
    Mistake(
        "channels_averaged",
        "sum",
        "the channels' results were averaged in place of added",
        "Is anything to be divided by the number of channels?",
    ),
    Mistake(
        "first_slice_for_all",
        "sum",
        "every channel met the first slice of its filter",
        "A filter has a slice for each channel: does yours change with the channel?",
    ),
    Mistake(
        "first_filter_for_all",
        "filters",
        "every feature map came from the first filter",
        "Which index of w changes from one feature map to the next?",
    ),
    Mistake(
        "filters_and_channels_exchanged",
        "filters",
        "the first two axes of w were exchanged, filters for channels",
        "The first axis of w counts filters: which index comes first when you take a slice of it?",
    ),
    Mistake("bias_forgotten", "bias", "there were no biases", "Where does your code use b?"),
    Mistake(
        "bias_per_product",
        "bias",
        "the bias were added to every product, not to their sum",
        "How many times does a filter's bias enter one output?",
    ),
    Mistake(
        "bias_per_channel",
        "bias",
        "the bias were added once for every channel",
        "How many times does a filter's bias enter one output?",
    ),
    Mistake(
        "first_bias_for_all",
        "bias",
        "all filters had the bias of the first",
        "Which entry of b belongs to which feature map?",
    ),
    Mistake(
        "bias_along_columns",
        "bias",
        "the biases were laid along the columns of the output",
        "b has one entry a filter. With which axis of the output does NumPy line it up when you add the two?",
    ),
    Mistake(
        "batch_summed",
        "filters",
        "every image were the sum of the whole batch",
        "Over which axes does your sum run: is the batch among them?",
    ),
    Mistake(
        "first_image_for_all",
        "layout",
        "every image of the batch had the result of the first",
        "Which index of x changes from one image to the next?",
    ),
    Mistake(
        "filters_before_images",
        "layout",
        "the first axis of the output counted filters, and the second images",
        "The contract gives the order of the output's axes: in which order do yours come?",
    ),
    Mistake(
        "filters_last",
        "layout",
        "the feature maps were the last axis of the output",
        "The contract gives the order of the output's axes: in which order do yours come?",
    ),
    Mistake(
        "output_transposed",
        "layout",
        "rows and columns of the output were exchanged",
        "Which index of the output counts its rows?",
    ),
    Mistake(
        "integer_output",
        "layout",
        "the output could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you write into?",
    ),
)


def but(*names):
    """The shared mistakes without some of them."""
    return tuple(mistake for mistake in MISTAKES if mistake.name not in names)
