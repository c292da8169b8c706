"""Chapter 06 refuses what it cannot convolve, in the solutions and in the learner's stubs, and names the values.

What only an earlier exercise finds out (the size of an output, the rows that a product needs) is asked of the solutions
alone: in a stub nothing of it is written yet.
"""

import re

import numpy as np
import pytest
from stub_functions import stubs_of

from solutions import fast_convolution

FIRST, LAST = np.ones((2, 3, 4, 5)), np.ones((4, 3, 5, 2))  # (N, C, H, W) and (H, C, W, N)
VOLUMES = np.ones((4, 3, 3, 5, 2))  # (H, D, C, W, N)
FILTERS, CUBES = np.ones((6, 3, 3, 3)), np.ones((6, 3, 2, 3, 3))
ROWS = np.ones((4, 3, 3, 5, 2))  # (H, C, KW, OW, N)
COLUMNS = np.ones((2, 12, 12))  # of 2 images of 3 channels, 4 × 5 pixels, kernel 2 × 2

BATCHES = (
    *((name, FIRST) for name in ("im2col", "conv2d_im2col", "to_batch_last", "conv2d_fft")),
    *((name, LAST) for name in ("shifted_rows", "conv2d_rows", "to_batch_first", "max_pool2x2")),
    *((name, LAST) for name in ("conv2d_winograd", "conv2d_fast")),
    ("conv3d_winograd", VOLUMES),
    ("rows_product", ROWS),
)
MORE = {"im2col": ((2, 2),), "shifted_rows": (2,), "conv3d_winograd": (CUBES,)}
ALONE = ("to_batch_last", "to_batch_first", "max_pool2x2")

LAYERS = (
    *((name, FIRST, FILTERS) for name in ("conv2d_im2col", "conv2d_fft")),
    *((name, LAST, FILTERS) for name in ("conv2d_rows", "conv2d_winograd", "conv2d_fast")),
    ("conv3d_winograd", VOLUMES, CUBES),
)

WINDOWS = (
    ({"kernel_shape": (0, 2)}, "kernel_shape is (0, 2)"),
    ({"kernel_shape": (2, 2, 2)}, "kernel_shape is (2, 2, 2)"),
    ({"kernel_shape": (2, 1.5)}, "kernel_shape is (2, 1.5)"),
    *(({"kernel_shape": (2, 2), **how}, says) for how, says in (
        ({"stride": 0}, "stride is 0"),
        ({"stride": (1, -1)}, "stride is (1, -1)"),
        ({"stride": 1.5}, "stride is 1.5"),
        ({"stride": (1, 1, 1)}, "stride is (1, 1, 1)"),
        ({"padding": -1}, "padding is -1"),
        ({"padding": (0, -2)}, "padding is (0, -2)"),
        ({"padding": 0.5}, "padding is 0.5"),
        ({"dilation": 0}, "dilation is 0"),
        ({"dilation": (2, 0)}, "dilation is (2, 0)"),
        ({"dilation": "2"}, "dilation is 2"),
    )),
)  # fmt: skip


def bad_axes():
    """Too few axes, too many, and each axis of length 0 in turn."""
    for name, batch in BATCHES:
        more = () if name in ALONE else MORE.get(name, (FILTERS,))
        empty = (np.delete(batch, np.s_[:], axis) for axis in range(batch.ndim))
        for given in (batch[0], batch[np.newaxis], *empty):
            yield name, (given, *more), {}, f"has shape {given.shape}"


def bad_filters():
    for name, x, w in LAYERS:
        yield name, (x, w[0]), {}, f"w has shape {w[0].shape}"
        yield name, (x, w[np.newaxis]), {}, f"w has shape {w[np.newaxis].shape}"
        yield name, (x, w[:0]), {}, f"w has shape {w[:0].shape}"
        yield name, (x, w[..., :0]), {}, f"w has shape {w[..., :0].shape}"
        yield name, (x, w[:, :2]), {}, f"x has 3 channels, w {w[:, :2].shape} has 2"
        yield name, (x, w, np.ones(5)), {}, "holds 6 filters, but b has shape (5,)"
        yield name, (x, w, np.ones((6, 1))), {}, "holds 6 filters, but b has shape (6, 1)"
        yield name, (x, w, 1.0), {}, "holds 6 filters, but b has shape ()"


def bad_steps():
    for how, says in WINDOWS:
        yield "im2col", (FIRST,), how, says
        yield "col2im", (COLUMNS, FIRST.shape), how, says
        if says.startswith(("stride", "padding", "dilation")):
            yield "conv2d_im2col", (FIRST, FILTERS), {key: how[key] for key in how if key != "kernel_shape"}, says
    for name, x, w in LAYERS:
        if name not in ("conv2d_im2col", "conv2d_fast"):
            yield name, (x, w), {"padding": -1}, "padding is -1"
            yield name, (x, w), {"padding": 1.5}, "padding is 1.5"
            yield name, (x, w), {"padding": (1, 1)}, "padding is (1, 1)"
    yield "shifted_rows", (LAST, 2), {"padding": -1}, "padding is -1"
    yield "shifted_rows", (LAST, 0), {}, "width is 0"
    yield "shifted_rows", (LAST, 1.5), {}, "width is 1.5"


def bad_besides():
    for shape in ((3, 4, 5), (2, 3, 4, 0), (2, 3, 4, 5.0), 4, None):
        yield "col2im", (COLUMNS, shape, (2, 2)), {}, f"input_shape is {shape}"
    yield "rows_product", (ROWS, FILTERS[:, :2]), {}, "x has 3 channels, w (6, 2, 3, 3) has 2"
    yield "rows_product", (ROWS, FILTERS[..., :2]), {}, "w (6, 3, 3, 2) does not go with rows (4, 3, 3, 5, 2)"
    yield "rows_product", (ROWS[:2], FILTERS), {}, "w (6, 3, 3, 3) does not go with rows (2, 3, 3, 5, 2)"
    yield "max_pool2x2", (LAST[:1],), {}, "has 1 × 5 pixels"
    yield "max_pool2x2", (LAST[:, :, :1],), {}, "has 4 × 1 pixels"
    yield "winograd_1d", (np.ones(5), np.ones(3)), {}, "signal (5,)"
    yield "winograd_1d", (np.ones(4), np.ones((1, 3))), {}, "kernel (1, 3)"
    yield "conv2d_winograd", (LAST, FILTERS[..., :2]), {}, "kernels of 3 × 2"
    yield "conv2d_winograd", (LAST, np.ones((1, 3, 5, 5))), {}, "kernels of 5 × 5"
    yield "conv3d_winograd", (VOLUMES, CUBES[..., :2]), {}, "planes of 3 × 2"


def found_later():
    """What an earlier exercise refuses."""
    yield "im2col", (FIRST, (5, 1)), {}, "spans 5 pixels does not fit on 4 pixels"
    yield "im2col", (FIRST, (1, 3)), {"padding": 1, "dilation": 4}, "spans 9 pixels does not fit on 7 pixels"
    yield "col2im", (COLUMNS, FIRST.shape, (5, 1)), {}, "spans 5 pixels does not fit on 4 pixels"
    yield "col2im", (COLUMNS, FIRST.shape, (2, 2)), {"stride": 2}, "columns have shape (2, 12, 12)"
    yield "col2im", (COLUMNS[:1], FIRST.shape, (2, 2)), {}, "these images and windows need (2, 12, 12)"
    yield "col2im", (COLUMNS[..., np.newaxis], FIRST.shape, (2, 2)), {}, "columns have shape (2, 12, 12, 1)"
    yield "shifted_rows", (LAST, 8), {"padding": 1}, "spans 8 pixels does not fit on 7 pixels"
    for name, x, w in LAYERS:
        shorter = x[:2] if x is not FIRST else x[:, :, :2]
        yield name, (shorter, w), {}, "rows (2, " if name in ("conv2d_rows", "conv2d_fast") else "does not fit on 2"
        narrower = x[:, :, :2] if x is LAST else x[..., :2] if x is FIRST else x[:, :, :, :2]
        yield name, (narrower, w), {}, "spans 3 pixels does not fit on 2"
    yield "conv3d_winograd", (VOLUMES[:, :1], CUBES), {}, "spans 2 pixels does not fit on 1 pixels"
    for size in (1, 3, 5, 9):
        w = np.ones((6, 3, size, size))
        yield "conv2d_fast", (LAST, w), {"padding": -1}, "padding"


AT_ONCE = [*bad_axes(), *bad_filters(), *bad_steps(), *bad_besides()]


@pytest.fixture(scope="module")
def stubs():
    """The learner's functions before anything is written."""
    return vars(stubs_of("fast_convolution"))


@pytest.mark.parametrize("name, args, kwargs, says", AT_ONCE)
def test_bad_input_is_refused_with_its_values(name, args, kwargs, says, stubs):
    for function in (getattr(fast_convolution, name), stubs[name]):
        with pytest.raises(ValueError, match=re.escape(says)):
            function(*args, **kwargs)


@pytest.mark.parametrize("name, args, kwargs, says", [*found_later()])
def test_what_does_not_fit_is_refused_with_its_values(name, args, kwargs, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        getattr(fast_convolution, name)(*args, **kwargs)


def test_every_function_of_the_chapter_is_asked():
    public = {name for name, item in vars(fast_convolution).items() if callable(item) and not name.startswith("_")}
    assert {name for name, *_ in AT_ONCE} == public - {"output_size"}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name, x, w", LAYERS)
def test_layers_keep_single_and_double_precision(name, x, w, dtype):
    result = getattr(fast_convolution, name)(x.astype(dtype), w.astype(dtype), np.ones(len(w), dtype), padding=1)
    assert result.dtype == dtype


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32, np.float64])
def test_what_only_moves_numbers_keeps_their_dtype(dtype):
    first, last = FIRST.astype(dtype), LAST.astype(dtype)
    for result in (
        fast_convolution.im2col(first, (2, 2), padding=1),
        fast_convolution.col2im(COLUMNS.astype(dtype), FIRST.shape, (2, 2)),
        fast_convolution.to_batch_last(first),
        fast_convolution.to_batch_first(last),
        fast_convolution.shifted_rows(last, 2, padding=1),
        fast_convolution.max_pool2x2(last),
    ):
        assert result.dtype == dtype


def test_both_layouts_are_copies_in_one_piece():
    for turned in (fast_convolution.to_batch_last, fast_convolution.to_batch_first):
        for x in (FIRST, FIRST[:1], np.asfortranarray(FIRST), np.ones((1, 1, 1, 1))):
            result = turned(x)
            assert result.flags.c_contiguous
            assert not np.shares_memory(result, x), "the contract says a copy"


def test_eight_bits_of_a_file_do_not_wrap_around_under_filters_of_floats():
    file = np.full((2, 3, 4, 5), 255, np.uint8)
    wanted = 255.0 * 27
    assert (fast_convolution.conv2d_im2col(file, FILTERS) == wanted).all()
    assert (fast_convolution.conv2d_rows(file.transpose(2, 1, 3, 0), FILTERS) == wanted).all()
