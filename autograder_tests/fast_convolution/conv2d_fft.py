"""Checks of conv2d_fft: spectra that meet channel by channel, and a border that wraps around.

Where nothing else is said, padded images are as long as the transform likes them (4, 5, 6, 8, 9 ...), so that a mistake
shows alike whether one transforms at that length or at the image's.
"""

import numpy as np

from autograder_tests.convolution_3d import layer_cases, layer_mistakes
from autograder_tests.fast_convolution import batch_last
from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole


def model(x, w, b=None, padding=0, on=frozenset()):
    """conv2d_fft, with switches."""
    images, filters = layer_mistakes.used(x, w, on)
    if "kernel_turned" in on:
        filters = filters[:, :, ::-1, ::-1]
    padded = surrounded(images, padding, on)
    H, W = padded.shape[2:]
    OH, OW = H - w.shape[2] + 1, W - w.shape[3] + 1
    if min(OH, OW) < 1:
        raise ValueError("the kernel does not fit")
    size = H, W
    if "transformed_at_unpadded_size" in on:
        size = x.shape[2:]
    if "nothing_conjugated_with_room" in on:
        size = H + w.shape[2] - 1, W + w.shape[3] - 1
    spectra = product(np.fft.rfft2(padded, s=size), np.fft.rfft2(filters, s=size), on)
    if b is not None:
        spectra = spectra + in_spectrum(b, size, on)
    output = kept(back(spectra, size, on), OH, OW, on)
    return layer_mistakes.finished(output, w, None if on & {"bias_in_spectrum", "bias_on_mean"} else b, on)


def surrounded(images, padding, on):
    """The images in their frame."""
    if "padding_ignored" in on:
        padding = 0
    if "padding_twice" in on:
        padding = 2 * padding
    around = (padding, 0 if "padding_before_only" in on else padding)
    return np.pad(images, ((0, 0), (0, 0), around, around), mode="edge" if "edge_padding" in on else "constant")


def product(images, kernels, on):
    """The spectrum of each image with each filter, summed over the channels."""
    if "image_conjugated" in on:
        images = np.conj(images)
    elif not on & {"nothing_conjugated", "nothing_conjugated_with_room"}:
        kernels = np.conj(kernels)
    if "channels_summed_first" in on:
        return images.sum(axis=1)[:, np.newaxis] * kernels.sum(axis=1)
    return np.einsum("nchw,fchw->nfhw", images, kernels)


def in_spectrum(b, size, on):
    """What becomes of the biases if they are added to the spectra."""
    bias = b.reshape(-1, 1, 1)
    if "bias_in_spectrum" in on:
        return bias
    if "bias_on_mean" in on:
        constant = np.zeros((size[0], size[1] // 2 + 1))
        constant[0, 0] = 1.0
        return bias * constant
    return 0.0


def back(spectra, size, on):
    """From the spectra to numbers."""
    if "length_not_told" in on:
        size = size[0], 2 * (spectra.shape[-1] - 1)
    output = np.fft.irfft2(spectra, s=size)
    if "divided_by_size" in on:
        output = output / (size[0] * size[1])
    if "absolute_value" in on:
        output = np.abs(output)
    return np.fft.fftshift(output, axes=(2, 3)) if "shifted_to_centre" in on else output


def kept(output, OH, OW, on):
    """The part of the transform that is returned."""
    if "nothing_cut_off" in on:
        return output
    if "last_ones_kept" in on:
        return output[:, :, output.shape[2] - OH :, output.shape[3] - OW :]
    if "middle_kept" in on:
        top, left = (output.shape[2] - OH) // 2, (output.shape[3] - OW) // 2
        return output[:, :, top : top + OH, left : left + OW]
    return output[:, :, :OH, :OW]


CUT = "Output [0, 0] of a correlation is the window at the top left. At which entry of the transform does it stand?"

MISTAKES = (
    Mistake(
        "nothing_conjugated",
        "conjugate",
        "the spectra were multiplied as they are, so that each window is read backwards and reaches round the border",
        "The product of two spectra belongs to a convolution. What turns a convolution into a correlation?",
    ),
    Mistake(
        "nothing_conjugated_with_room",
        "conjugate",
        "the spectra were multiplied as they are, so that each window is read backwards, with zeros before the image",
        "The product of two spectra belongs to a convolution. What turns a convolution into a correlation?",
    ),
    Mistake(
        "image_conjugated",
        "conjugate",
        "the spectrum of the image were conjugated, and not that of the kernel",
        "Conjugating a spectrum reverses what it belongs to. Which of the two shall be reversed?",
    ),
    Mistake(
        "kernel_turned",
        "kernel",
        "every filter were turned by 180 degrees before it slides",
        "A conjugate turns the kernel, and so does [::-1, ::-1]. What do both together do?",
    ),
    Mistake(
        "transformed_at_unpadded_size",
        "size",
        "the transform were as long as the image without its padding, so that the rest is cut off and wraps around",
        "Which lengths do you tell rfft2: those before padding, or those after?",
    ),
    Mistake(
        "nothing_cut_off",
        "cut",
        "all entries of the transform were returned, those too where the kernel reaches round the border",
        "At the last row the kernel hangs over the border. Is there an output?",
    ),
    Mistake("last_ones_kept", "cut", "the last OH × OW entries of the transform were kept", CUT),
    Mistake("middle_kept", "cut", "the middle OH × OW entries of the transform were kept", CUT),
    Mistake(
        "length_not_told",
        "length",
        "irfft2 were not told the length of a row, so that an odd one comes back one entry shorter",
        "Five pixels and four pixels both have a half spectrum of three. How can irfft2 know which it was?",
    ),
    Mistake(
        "shifted_to_centre",
        "shift",
        "the result were moved by half its size, as fftshift does",
        "fftshift makes pictures of spectra nicer to look at. Does the product need it?",
    ),
    Mistake(
        "absolute_value",
        "real",
        "the result lost its sign before the biases come",
        "np.abs of a number with a tiny imaginary part is positive. Which function keeps the sign?",
    ),
    Mistake(
        "divided_by_size",
        "scale",
        "the result were divided by the number of entries of the transform once more",
        "Transform an image and transform it back, with nothing between: is there a factor?",
    ),
    Mistake(
        "channels_summed_first",
        "sum",
        "images and filters were each summed over the channels before their spectra meet",
        "(a + b)(c + d) is not ac + bd. When must the sum over channels be taken?",
    ),
    Mistake(
        "bias_in_spectrum",
        "bias",
        "the bias were added to every entry of the spectrum: it comes out at the first pixel alone",
        "A constant over all frequencies is a single bright pixel. Where does a constant over all pixels belong?",
    ),
    Mistake(
        "bias_on_mean",
        "bias",
        "the bias were added to the first entry of the spectrum, and so spread thinly over all pixels",
        "The first entry of a spectrum is the sum of all pixels. By how much does it grow if each grows by b?",
    ),
    Mistake("padding_ignored", "border", "the padding were always 0", "Where does your code use padding?"),
    Mistake(
        "padding_before_only",
        "border",
        "zeros were added above and on the left only",
        "rfft2 fills up with zeros below and on the right, but do they count in the size of the output?",
    ),
    Mistake(
        "padding_twice",
        "border",
        "there were twice as much padding as is asked for",
        "How many rows of zeros lie above the image, and how many in all?",
    ),
    Mistake(
        "edge_padding",
        "border",
        "the pixels at the border were repeated in place of zeros",
        "What does the contract say that the padding is filled with?",
    ),
    *layer_mistakes.but("first_slice_for_all", "bias_per_product", "bias_per_channel", "filters_last"),
)

HINTS = (
    "Begin with one image, one channel, one filter and no padding; images, filters and channels need no loop later: the"
    " transform takes the last two axes and leaves the others alone.",
    "Both spectra must have one shape: np.fft.rfft2(x, s=size) and np.fft.rfft2(w, s=size), with the same size. Going"
    " back, irfft2 needs it again.",
    "np.einsum('nchw,fchw->nfhw', images, np.conj(kernels)) has all products, summed over channels; of what comes back"
    " take [:, :, :OH, :OW], then add the biases.",
)


def worked():
    image, filters = layer_cases.by_hand(2)
    row = np.array([1.0, 2.0, 4.0, 8.0]).reshape(1, 1, 1, 4)
    tap = np.array([1.0, 10.0]).reshape(1, 1, 1, 2)
    yield Case("one channel", "along a row of four", call(row, tap))
    yield Case("one channel", "along a row of five", call(np.concatenate([row, 2 * row[..., 3:]], axis=3), tap))
    yield Case("channels, filters, images", "two channels, two filters", call(image, filters))
    yield Case(
        "channels, filters, images", "the same with a bias a filter", call(image, filters, np.array([10.0, -20.0]))
    )
    yield Case("padding", "one pixel in a frame of zeros", call(np.full((1, 1, 1, 1), 5.0), filters[:1, :1], padding=1))


def drawn(rng):
    for shape, kernel_shape in (
        ((4, 6), (2, 3)), ((5, 8), (3, 2)), ((6, 5), (2, 2)), ((8, 9), (4, 5)), ((9, 4), (3, 1)), ((1, 9), (1, 4)),
        ((8, 1), (3, 1)), ((5, 5), (5, 5)), ((6, 9), (1, 1)), ((10, 15), (7, 9)),
    ):  # fmt: skip
        name = f"{shape[0]}×{shape[1]} pixels, a {kernel_shape[0]}×{kernel_shape[1]} kernel"
        yield Case("one channel", name, call(whole(rng, 1, 1, *shape), lopsided(rng, 1, 1, *kernel_shape)))
    for N, C, F, shape, kernel_shape in (
        (1, 3, 1, (4, 5), (2, 2)), (1, 1, 3, (5, 6), (3, 2)), (3, 1, 1, (5, 4), (2, 3)), (2, 3, 4, (4, 5), (2, 2)),
        (3, 2, 2, (6, 5), (2, 3)), (2, 3, 3, (5, 8), (3, 2)),
    ):  # fmt: skip
        name = batch_last.named(N, C, F)
        arrays = whole(rng, N, C, *shape), lopsided(rng, F, C, *kernel_shape)
        yield Case("channels, filters, images", name, call(*arrays))
    for N, C, F, shape, kernel_shape in (
        (1, 1, 2, (4, 5), (2, 2)), (3, 2, 2, (6, 5), (3, 4)), (2, 3, 3, (5, 4), (2, 2)), (2, 2, 3, (5, 9), (3, 3)),
        (3, 2, 4, (4, 6), (2, 3)),
    ):  # fmt: skip
        name = f"{batch_last.named(N, C, F)}, biases"
        arrays = whole(rng, N, C, *shape), lopsided(rng, F, C, *kernel_shape)
        yield Case("channels, filters, images", name, call(*arrays, layer_cases.biases(rng, F)))
    for N, C, F, shape, kernel_shape, padding in (
        (1, 1, 1, (3, 4), (2, 3), 1), (1, 1, 1, (4, 6), (3, 4), 2), (2, 2, 1, (2, 3), (3, 3), 1),
        (1, 2, 2, (1, 4), (4, 2), 2), (2, 2, 3, (3, 7), (2, 4), 1), (2, 3, 2, (4, 2), (3, 2), 3),
        (1, 1, 1, (6, 7), (3, 4), 1), (2, 2, 2, (5, 4), (5, 5), 2),
    ):  # fmt: skip
        name = f"{shape[0]}×{shape[1]} pixels, a {kernel_shape[0]}×{kernel_shape[1]} kernel, padding {padding}"
        arrays = whole(rng, N, C, *shape), lopsided(rng, F, C, *kernel_shape)
        b = {"b": layer_cases.biases(rng, F)} if F > 1 else {}
        yield Case("padding", name, call(*arrays, **b, padding=padding))
    yield from any_numbers(rng)


def any_numbers(rng):
    part = "any numbers"
    x_shape, w_shape = (2, 3, 4, 6), (2, 3, 2, 3)
    pixels = rng.integers(0, 256, x_shape).astype(np.uint8)

    def normal():
        return rng.normal(size=x_shape), rng.normal(size=w_shape), rng.normal(size=2)

    x, w, b = normal()
    yield Case(part, "fractions", call(x, w, b, padding=1))
    x, w, b = normal()
    yield Case(part, "very small numbers", call(1e-9 * x, w, 1e-9 * b))
    yield Case(part, "large negative numbers", call(-1e6 - whole(rng, *x_shape), lopsided(rng, *w_shape), padding=1))
    yield Case(part, "pixels as a file holds them", call(pixels, rng.normal(size=w_shape), rng.normal(size=2)))
    eighths = rng.integers(1, 9, w_shape) / 8
    yield Case(part, "whole pixels, weights in eighths", call(pixels.astype(int), eighths, np.array([0.5, 0.25])))
    single = [array.astype(np.float32) for array in normal()]
    yield Case(part, "single precision", call(*single, padding=1))
    yield Case(part, "not contiguous in memory", call(*normal(), padding=1, layout="strided"))
    yield Case(part, "columns first in memory", call(*normal(), layout="F"))


def exact(rng):
    part = "any numbers"
    x, w, b = whole(rng, 3, 2, 6, 9), lopsided(rng, 2, 2, 3, 4), layer_cases.biases(rng, 2)
    yield laws.linear(part, (x, w), 0, "images", rng)
    yield laws.linear(part, (x, w), 1, "filters", rng)
    yield from layer_cases.alone(part, x, w, b)
    prime = whole(rng, 1, 2, 7, 11)
    yield laws.cancels(
        part,
        "any length will do: 7×11 pixels must give what they give as the top left corner of 8×12 pixels",
        (1.0, call(prime, w), ()),
        (-1.0, call(np.pad(prime, ((0, 0), (0, 0), (0, 1), (0, 1))), w), np.s_[:, :, :5, :8]),
    )
    yield laws.cancels(
        part,
        "the far border does not matter: other pixels in the last row and column must leave all outputs alone that do"
        " not see them",
        (1.0, call(x, w), np.s_[:, :, :-1, :-1]),
        (-1.0, call(x + last_row_and_column(x), w), np.s_[:, :, :-1, :-1]),
    )


def last_row_and_column(x):
    """100 in the last row and column of each image."""
    far = np.zeros(x.shape)
    far[:, :, -1] = far[:, :, :, -1] = 100.0
    return far


def refused():
    yield Case(REFUSES, "channels that do not match", call(np.ones((1, 3, 4, 4)), np.ones((2, 1, 2, 2))))
    yield Case(
        REFUSES, "a kernel wider than the padded image", call(np.ones((1, 1, 5, 2)), np.ones((1, 1, 2, 5)), padding=1)
    )
    yield Case(REFUSES, "one bias for two filters", call(np.ones((1, 1, 4, 4)), np.ones((2, 1, 2, 2)), np.ones(1)))
    yield Case(REFUSES, "padding below 0", call(np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2)), padding=-1))
    yield Case(REFUSES, "an empty batch", call(np.ones((0, 1, 4, 4)), np.ones((1, 1, 2, 2))))


SPEC = Spec(
    parts=(
        Part("one channel", 1),
        Part("channels, filters, images", 1),
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
        "padding = 0": lambda x, w, b=None, padding=0: padding == 0,
        "there is no b": lambda x, w, b=None, padding=0: b is None,
        "there is one image": lambda x, w, b=None, padding=0: len(x) == 1,
        "there is one channel": lambda x, w, b=None, padding=0: x.shape[1] == 1,
        "there is one filter": lambda x, w, b=None, padding=0: len(w) == 1,
        "there are as many filters as channels": lambda x, w, b=None, padding=0: w.shape[0] == w.shape[1],
        "the number of columns is even": lambda x, w, b=None, padding=0: x.shape[3] % 2 == 0,
        "the kernel has one entry a channel": lambda x, w, b=None, padding=0: w.shape[2:] == (1, 1),
        "the kernel is as large as the image": lambda x, w, b=None, padding=0: w.shape[2:] == x.shape[2:],
    },
)
