"""Winograd's F(4×4, 3×3) with switches: tiles, transforms, products, and the way back."""

import numpy as np

from autograder_tests.judging import Mistake

BEYOND = 20  # zeros after the image that only a mistake reads

PIXELS = np.array(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ],
    float,
)
KERNELS = np.array([[6, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 24]]) / 24
OUTPUTS = np.array([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]], float)


def frame(padding, on):
    """Zeros before and after the image along one axis."""
    before = 0 if "padding_ignored" in on else padding
    return before, 0 if "padding_before_only" in on else before


def surrounded(x, around, on):
    """The images in their frame; ``around`` has a pair for each axis that the kernel slides along."""
    around = ((0, 0), (0, 0), *around)
    return np.pad(x, around, mode="edge" if "edge_padding" in on else "constant")


def convolved(padded, w, on):
    """Padded images (N, C, H, W) and filters (F, C, 3, 3) to sums (N, F, OH, OW)."""
    OH, OW = (n - 2 for n in padded.shape[2:])
    if min(OH, OW) < 1:
        raise ValueError("the kernel does not fit")
    if "height_for_both" in on:
        OW = OH
    rounded = np.floor if on & {"ragged_tiles_left_out", "ragged_tiles_left_zero"} else np.ceil
    TH, TW = int(rounded(OH / 4)), int(rounded(OW / 4))
    if "kernel_turned" in on:
        w = w[..., ::-1, ::-1]
    if "kernel_transposed" in on:
        w = w.swapaxes(-1, -2)
    pixels = transformed_pixels(cut(padded, TH, TW, on), on)
    blocks = OUTPUTS @ products(KERNELS @ w @ KERNELS.T, pixels, on) @ OUTPUTS.T  # (N, F, TH, TW, 4, 4)
    return joined(blocks, OH, OW, on)


def cut(padded, TH, TW, on):
    """The tiles, (N, C, TH, TW, 6, 6)."""
    padded = np.pad(padded, ((0, 0), (0, 0), (0, BEYOND + 6 * TH), (0, BEYOND + 6 * TW)))
    apart = 2 if "tiles_two_apart" in on else 6 if "tiles_six_apart" in on else 4
    bands, columns = apart * np.arange(TH), apart * np.arange(TW)
    if "first_band_for_all" in on:
        bands = 0 * bands
    if "first_tile_for_all" in on:
        columns = 0 * columns
    rows = (bands[:, np.newaxis] + np.arange(6))[:, np.newaxis, :, np.newaxis]
    return padded[:, :, rows, (columns[:, np.newaxis] + np.arange(6))[np.newaxis, :, np.newaxis, :]]


def transformed_pixels(tiles, on):
    """The tiles as the products want them."""
    left = PIXELS.T if "pixels_matrix_transposed" in on else PIXELS
    return left @ tiles if "pixels_transformed_once" in on else left @ tiles @ left.T


def products(kernels, pixels, on):
    """For each of the 36 places the sums over channels, (N, F, TH, TW, 6, 6)."""
    if "channels_summed_first" in on:
        kernels, pixels = kernels.sum(axis=1, keepdims=True), pixels.sum(axis=1, keepdims=True)
    return np.einsum("nctsab,fcab->nftsab", pixels, kernels, optimize=True)


def joined(blocks, OH, OW, on):
    """The blocks of 4×4 outputs side by side, cut to size."""
    if "blocks_transposed" in on:
        blocks = blocks.swapaxes(-1, -2)
    N, F, TH, TW, _, _ = blocks.shape
    blocks = np.moveaxis(blocks, -2, -3)  # (..., TH, 4, TW, 4)
    if "columns_interleaved" in on or "blocks_interleaved" in on:
        blocks = blocks.swapaxes(-1, -2)
    if "blocks_interleaved" in on:
        blocks = blocks.swapaxes(-3, -4)
    output = blocks.reshape(N, F, 4 * TH, 4 * TW)
    if "ragged_tiles_left_zero" in on:
        output = np.pad(output, ((0, 0), (0, 0), (0, OH - 4 * TH), (0, OW - 4 * TW)))
    if "not_cut_to_size" in on:
        return output
    return output[..., :OH, :OW]


CORNER = "On paper, along one axis: a tile of six pixels gives four outputs. At which pixel does the next tile begin?"
RAGGED = "Five outputs along an axis: how many tiles does that take?"

MISTAKES = (
    Mistake("tiles_two_apart", "tiles", "the tiles were two pixels apart, not four", CORNER),
    Mistake("tiles_six_apart", "tiles", "the tiles lay side by side, six pixels apart", CORNER),
    Mistake(
        "first_band_for_all",
        "tiles",
        "every four rows of the output came from the first band of tiles",
        "Where in your loop over the bands does the band's number enter?",
    ),
    Mistake(
        "first_tile_for_all",
        "tiles",
        "every four columns of the output came from the first tile of their band",
        "The tiles of a band lie four columns apart: what is the step of your slice?",
    ),
    Mistake(
        "ragged_tiles_left_out",
        "size",
        "only whole tiles counted, so that the outputs of a last tile that is not full are missing",
        RAGGED,
    ),
    Mistake(
        "ragged_tiles_left_zero",
        "size",
        "only whole tiles counted, so that the outputs of a last tile that is not full stay 0",
        RAGGED,
    ),
    Mistake(
        "not_cut_to_size",
        "size",
        "every tile gave all its 4×4 outputs, and nothing were cut off",
        "The last tiles may reach beyond the image. How many of their outputs are asked for?",
    ),
    Mistake(
        "height_for_both",
        "size",
        "the output were as wide as it is high",
        "Which lengths enter the number of columns of the output?",
    ),
    Mistake(
        "pixels_transformed_once",
        "pixels",
        "the pixels were transformed along their rows' axis only",
        "A tile has two axes. The transform of one stands left of it; where does that of the other stand?",
    ),
    Mistake(
        "pixels_matrix_transposed",
        "pixels",
        "the matrix for the pixels were transposed",
        "With one axis: is it _PIXELS @ tile, or _PIXELS.T @ tile?",
    ),
    Mistake(
        "channels_summed_first",
        "sum",
        "pixels and weights were each summed over the channels before they meet",
        "(a + b)(c + d) is not ac + bd. When must the sum over channels be taken?",
    ),
    Mistake(
        "blocks_transposed",
        "block",
        "each block of 4×4 outputs had its rows and columns exchanged",
        "Of the two axes that are 4 long, which counts rows?",
    ),
    Mistake(
        "columns_interleaved",
        "joining",
        "the four columns of a block did not lie side by side: first come the first columns of all blocks, then the"
        " second",
        "reshape never moves a number. Which two axes have to be neighbours before you merge them, in which order?",
    ),
    Mistake(
        "blocks_interleaved",
        "joining",
        "the rows and columns of a block did not lie side by side: first come the first ones of all blocks, then the"
        " second",
        "reshape never moves a number. Which two axes have to be neighbours before you merge them, in which order?",
    ),
    Mistake(
        "kernel_turned",
        "kernel",
        "every 3×3 kernel were turned by 180 degrees",
        "Winograd's filters correlate, as all layers here do. What did you do to w?",
    ),
    Mistake(
        "kernel_transposed",
        "kernel",
        "rows and columns of every kernel were exchanged",
        "Which axis of w counts rows, and where does it go?",
    ),
    Mistake("padding_ignored", "border", "the padding were always 0", "Where does your code use padding?"),
    Mistake(
        "padding_before_only",
        "border",
        "zeros were added before the image only, not after it",
        "An image has four borders: how many of them enter the size of the output?",
    ),
    Mistake(
        "edge_padding",
        "border",
        "the pixels at the border were repeated in place of zeros",
        "What does the contract say that the padding is filled with?",
    ),
)


def but(*names):
    """The mistakes with tiles without some of them."""
    return tuple(mistake for mistake in MISTAKES if mistake.name not in names)
