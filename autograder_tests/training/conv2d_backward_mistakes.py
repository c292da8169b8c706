"""How learners get the gradients of a convolution wrong."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder_tests.judging import Mistake


def pair(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def model(dy, x, w, stride=1, padding=0, on=frozenset()):
    """conv2d_backward, with switches."""
    dy, x, w = upstream(dy.astype(float), on), x.astype(float), w.astype(float)
    ph, pw = border(padding, on)
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), mode="edge" if "edges_repeated" in on else "constant")
    dpadded = scattered(dy, padded, w, steps(stride, "dx", on), on)
    dx = cropped(dpadded, x.shape, (ph, pw), on)
    dw = gathered(dy, padded, w, steps(stride, "dw", on), on)
    results = (dx, dw, of_biases(dy, on))
    if "fractions_lost" in on:
        results = tuple(map(np.trunc, results))
    if "weights_first" in on:
        return results[1], results[2], results[0]
    if "weights_and_images_exchanged" in on:
        return results[1], results[0], results[2]
    return results


def upstream(dy, on):
    """The gradient of the output, as the mistake sees it."""
    if "gradient_ignored" in on:
        return np.ones(dy.shape)
    if "divided_by_batch" in on:
        return dy / len(dy)
    return -dy if "sign" in on else dy


def steps(stride, which, on):
    """How far the window moves, for the gradient named."""
    sh, sw = pair(stride)
    if on & {"stride_forgotten", f"stride_forgotten_in_{which}"}:
        return 1, 1
    if "stride_on_rows_only" in on:
        return sh, 1
    if "stride_on_columns_only" in on:
        return 1, sw
    return (sh, sh) if "stride_of_rows_for_both" in on else (sh, sw)


def border(padding, on):
    """How wide the frame around the images is."""
    ph, pw = pair(padding)
    if "padding_of_rows_for_both" in on:
        return ph, ph
    return (1, 1) if "padding_always_one" in on else (ph, pw)


def windows(dy, padded, w, step):
    """The window under each place of dy, a view of shape (N, C, OH, OW, KH, KW) that can be written to."""
    (OH, OW), (KH, KW), (sh, sw) = dy.shape[2:], w.shape[2:], step
    if (OH - 1) * sh + KH > padded.shape[2] or (OW - 1) * sw + KW > padded.shape[3]:
        raise IndexError("a window beyond the image")
    views = sliding_window_view(padded, (KH, KW), axis=(2, 3), writeable=True)
    return views[:, :, ::sh, ::sw][:, :, :OH, :OW]


def scattered(dy, padded, w, step, on):
    """The gradient of the padded images."""
    if "kernel_turned_in_dx" in on:
        w = w[:, :, ::-1, ::-1]
    if "filters_and_channels_exchanged" in on:
        if w.shape[0] != w.shape[1]:
            raise IndexError("there are not as many filters as channels")
        w = w.swapaxes(0, 1)
    if "first_filter_only_in_dx" in on:
        dy, w = dy[:, :1], w[:1]
    if "last_filter_only_in_dx" in on:
        dy, w = dy[:, -1:], w[-1:]
    dpadded = np.zeros(padded.shape)
    shares, targets = np.tensordot(dy, w, axes=(1, 0)).transpose(0, 3, 1, 2, 4, 5), windows(dy, dpadded, w, step)
    for i, j in np.ndindex(dy.shape[2:]):
        if "dx_replaced" in on:
            targets[:, :, i, j] = 0
        targets[:, :, i, j] += shares[:, :, i, j]
    if "last_image_only_in_dx" in on:
        dpadded[:-1] = 0
    return 0 * dpadded if "dx_never_filled" in on else dpadded


def cropped(dpadded, shape, padding, on):
    """The gradient of the images, cut out of that of the padded ones."""
    (H, W), (ph, pw) = shape[2:], padding
    if "cropped_by_minus_padding" in on:
        return dpadded[:, :, ph:-ph, pw:-pw]
    if "cropped_by_one" in on:
        return dpadded[:, :, 1:-1, 1:-1]
    if "not_cropped" in on:
        return dpadded
    if "cropped_at_the_end" in on:
        return dpadded[:, :, :H, :W]
    if "cropped_at_the_start" in on:
        return dpadded[:, :, 2 * ph :, 2 * pw :]
    return dpadded[:, :, ph : ph + H, pw : pw + W]


def gathered(dy, padded, w, step, on):
    """The gradient of the filters."""
    if "first_image_only_in_dw" in on:
        dy, padded = dy[:1], padded[:1]
    if "last_image_only_in_dw" in on:
        dy, padded = dy[-1:], padded[-1:]
    if "first_channel_only_in_dw" in on:
        padded = np.broadcast_to(padded[:, :1], padded.shape)
    last = np.s_[:, :, -1:, -1:] if "dw_of_last_place" in on else np.s_[:]
    dw = np.tensordot(dy[last], windows(dy, padded.copy(), w, step)[last], axes=([0, 2, 3], [0, 2, 3]))
    return shaped(dw, len(dy), on)


def shaped(dw, N, on):
    """The gradient of the filters as the mistake returns it."""
    if "dw_turned" in on:
        return dw[:, :, ::-1, ::-1]
    if "dw_channels_first" in on:
        return dw.swapaxes(0, 1)
    return dw / N if "dw_averaged" in on else dw


def of_biases(dy, on):
    """The gradient of the biases."""
    N, F = dy.shape[:2]
    if "db_one_number" in on:
        return np.full(F, dy.sum())
    if "db_single" in on:
        return dy.sum()
    if "db_averaged" in on:
        return dy.mean(axis=(0, 2, 3))
    if "db_averaged_over_images" in on:
        return dy.sum(axis=(0, 2, 3)) / N
    if "db_of_last_place" in on:
        return dy[:, :, -1, -1].sum(axis=0)
    if "db_of_last_image" in on:
        return dy[-1].sum(axis=(1, 2))
    if "db_for_each_image" in on:
        return dy.sum(axis=(2, 3))
    if "db_axes_kept" in on:
        return dy.sum(axis=(0, 2, 3), keepdims=True)
    return dy.sum(axis=(0, 2, 3))


OVERLAP = "Neighbouring windows share pixels. When the next share of a pixel comes, what becomes of the one before it?"
START = "Where does the window of dy[0, 0, 1, 1] begin when the stride is 2? Look at every place where you cut one."
CROP = "What does a[p:-p] give when p is 0? Which number, counted from the front, is the end of the image?"
FRAME = "The image lies in the middle of its frame: with which row of the frame does it begin?"
BIAS = "Each bias is added to every place of its map, in every image. What adds up, and what stays?"
BATCH = "What becomes of the other images?"

MISTAKES = (
    Mistake("stride_forgotten", "step", "the window moved on by one pixel, whatever the stride is", START),
    Mistake("stride_forgotten_in_dx", "step", "the window moved on by one pixel in dx, whatever the stride is", START),
    Mistake("stride_forgotten_in_dw", "step", "the window moved on by one pixel in dw, whatever the stride is", START),
    Mistake(
        "stride_on_rows_only",
        "step",
        "the stride moved the window along rows only, and by one along columns",
        "Which index does the stride multiply? Does the other one need it too?",
    ),
    Mistake(
        "stride_on_columns_only",
        "step",
        "the stride moved the window along columns only, and by one along rows",
        "Which index does the stride multiply? Does the other one need it too?",
    ),
    Mistake(
        "stride_of_rows_for_both",
        "step",
        "the first stride of a pair held for rows and columns alike",
        "What happens to the second number of the pair?",
    ),
    Mistake(
        "padding_of_rows_for_both",
        "border",
        "the first padding of a pair held for rows and columns alike",
        "What happens to the second number of the pair?",
    ),
    Mistake(
        "padding_always_one",
        "border",
        "the padding were 1, whatever is given",
        "Which number stands in your code where padding should?",
    ),
    Mistake(
        "edges_repeated",
        "fill",
        "x were padded with copies of its edge, not with zeros",
        "What does conv2d pad with? The gradient of the filters met the same pixels.",
    ),
    Mistake(
        "cropped_by_minus_padding",
        "crop",
        "the frame were cut off by a slice that ends at minus the padding, which leaves nothing when that is 0",
        CROP,
    ),
    Mistake("cropped_by_one", "crop", "one pixel were cut off on every side, whatever the padding is", CROP),
    Mistake("not_cropped", "crop", "dx kept its frame", "A gradient has the shape of what it belongs to: of x."),
    Mistake("cropped_at_the_end", "crop", "the frame were cut off below and on the right only", FRAME),
    Mistake("cropped_at_the_start", "crop", "the frame were cut off above and on the left only", FRAME),
    Mistake("dx_replaced", "sum of dx", "each window's share of dx replaced what was there before", OVERLAP),
    Mistake(
        "dx_never_filled",
        "sum of dx",
        "nothing had been written into dx",
        "Into which array do you add, and which one do you return?",
    ),
    Mistake(
        "kernel_turned_in_dx",
        "sum of dx",
        "the kernel were turned by half a turn in dx",
        "Turning belongs to the form that slides over dy. Window by window: which weight did a pixel meet?",
    ),
    Mistake(
        "filters_and_channels_exchanged",
        "sum of dx",
        "the first two axes of w were exchanged in dx, filters for channels",
        "A pixel of channel c gathers over the filters. Which index of w runs, and which one stays?",
    ),
    Mistake(
        "first_filter_only_in_dx",
        "sum of dx",
        "only the first filter counted for dx",
        "A pixel takes part in every feature map. Over what does its gradient sum?",
    ),
    Mistake(
        "last_filter_only_in_dx",
        "sum of dx",
        "only the last filter counted for dx",
        "When the next filter's share of dx comes, what becomes of the shares before it?",
    ),
    Mistake("last_image_only_in_dx", "sum of dx", "only the last image had a gradient in dx", BATCH),
    Mistake("first_image_only_in_dw", "dw", "only the first image counted for dw", BATCH),
    Mistake(
        "last_image_only_in_dw",
        "dw",
        "only the last image counted for dw",
        "When the next image's share of dw comes, what becomes of the shares before it?",
    ),
    Mistake(
        "first_channel_only_in_dw",
        "dw",
        "every channel of dw were computed from the first channel of x",
        "Which channel of x did slice c of a filter meet?",
    ),
    Mistake(
        "dw_of_last_place",
        "dw",
        "only the last place of the window counted for dw",
        "When the next place's share of dw comes, what becomes of the shares before it?",
    ),
    Mistake(
        "dw_turned",
        "dw",
        "dw were turned by half a turn",
        "Which pixel of a window did w[f, c, 0, 0] meet? In which order do dy and x meet?",
    ),
    Mistake(
        "dw_channels_first",
        "dw",
        "channels came before filters in dw",
        "A gradient has the shape of what it belongs to: which axis of w counts filters?",
    ),
    Mistake(
        "dw_averaged",
        "dw",
        "dw were averaged over the batch",
        "The loss was a mean, and dy knows that already. Should a layer divide once more?",
    ),
    Mistake("db_one_number", "db", "every bias were given the gradients of all maps", BIAS),
    Mistake("db_single", "db", "db were a single number", "A gradient has the shape of what it belongs to: of b."),
    Mistake("db_averaged", "db", "db were averaged over images and places", BIAS),
    Mistake("db_averaged_over_images", "db", "db were averaged over the batch", BIAS),
    Mistake("db_of_last_place", "db", "only the last place of each map counted for db", BIAS),
    Mistake("db_of_last_image", "db", "only the last image counted for db", BIAS),
    Mistake("db_for_each_image", "db", "each image had biases of its own", BIAS),
    Mistake(
        "db_axes_kept",
        "db",
        "db kept axes of length 1, shape (1, F, 1, 1)",
        "A gradient has the shape of what it belongs to: of b.",
    ),
    Mistake(
        "gradient_ignored",
        "upstream",
        "dy were 1 everywhere",
        "Do your results change when dy is twice as large?",
    ),
    Mistake(
        "divided_by_batch",
        "upstream",
        "dy were divided by the number of images before it is used",
        "The loss was a mean, and dy knows that already. Should a layer divide once more?",
    ),
    Mistake("sign", "upstream", "the sign of dy were turned", "The step downhill is made later; what is asked here?"),
    Mistake(
        "weights_first",
        "order",
        "the gradients came in the order weights, biases, images",
        "In which order does the contract name the three?",
    ),
    Mistake(
        "weights_and_images_exchanged",
        "order",
        "the gradients came in the order weights, images, biases",
        "In which order does the contract name the three?",
    ),
    Mistake(
        "fractions_lost",
        "numbers",
        "the gradients could hold whole numbers only",
        "Which dtype have the arrays that you write into?",
    ),
)
