"""Chapter 03 refuses what cannot be meant, with the values in the message, and promotes what files hold."""

import re

import numpy as np
import pytest

from solutions import convolution_3d as ours


def zeros(*shape):
    return np.zeros(shape)


BATCH, BANK, BIAS = zeros(2, 3, 5, 6), zeros(4, 3, 2, 3), zeros(4)
FILMS, BOXES = zeros(2, 3, 4, 5, 6), zeros(4, 3, 2, 2, 3)


@pytest.mark.parametrize(
    "function, args, how, named",
    [
        (ours.conv2d_one_filter, (zeros(5, 6), zeros(3, 2, 2)), {}, ["(5, 6)", "(3, 2, 2)"]),
        (ours.conv2d_one_filter, (zeros(3, 5, 6), zeros(2, 2)), {}, ["(3, 5, 6)", "(2, 2)"]),
        (ours.conv2d_one_filter, (zeros(3, 5, 6), zeros(2, 2, 2)), {}, ["(3, 5, 6)", "(2, 2, 2)"]),
        (ours.conv2d_one_filter, (zeros(3, 5, 6), zeros(3, 6, 2)), {}, ["(3, 5, 6)", "(3, 6, 2)"]),
        (ours.conv2d_one_filter, (zeros(3, 5, 6), zeros(3, 2, 7)), {}, ["(3, 5, 6)", "(3, 2, 7)"]),
        (ours.conv2d_one_filter, (zeros(0, 5, 6), zeros(0, 2, 2)), {}, ["(0, 5, 6)", "(0, 2, 2)"]),
        (ours.conv2d, (BATCH[0], BANK), {}, ["(3, 5, 6)", "N, C, H, W"]),
        (ours.conv2d, (BATCH, BANK[0]), {}, ["(3, 2, 3)", "F, C, KH, KW"]),
        (ours.conv2d, (BATCH[:0], BANK), {}, ["(0, 3, 5, 6)"]),
        (ours.conv2d, (BATCH, BANK[:0]), {}, ["(0, 3, 2, 3)"]),
        (ours.conv2d, (BATCH, BANK[:, :2]), {}, ["(2, 3, 5, 6)", "(4, 2, 2, 3)"]),
        (ours.conv2d, (BATCH, BANK, zeros(3)), {}, ["(4, 3, 2, 3)", "(3,)"]),
        (ours.conv2d, (BATCH, BANK, zeros(4, 1)), {}, ["(4, 1)"]),
        (ours.conv2d, (BATCH, BANK, BIAS), {"stride": 0}, ["stride is 0"]),
        (ours.conv2d, (BATCH, BANK, BIAS), {"stride": (1, -2)}, ["stride is (1, -2)"]),
        (ours.conv2d, (BATCH, BANK, BIAS), {"stride": (1, 2, 3)}, ["stride is (1, 2, 3)"]),
        (ours.conv2d, (BATCH, BANK, BIAS), {"padding": -1}, ["padding is -1"]),
        (ours.conv2d, (BATCH, BANK, BIAS), {"padding": (0, -1)}, ["padding is (0, -1)"]),
        (ours.conv2d, (BATCH, BANK, BIAS), {"dilation": 0}, ["dilation is 0"]),
        (ours.conv2d, (BATCH, BANK, BIAS), {"dilation": (5, 1)}, ["6", "5"]),
        (ours.conv2d, (BATCH, zeros(4, 3, 8, 3)), {"padding": 1}, ["8", "7"]),
        (ours.conv1x1, (BATCH, BANK), {}, ["(4, 3, 2, 3)", "(F, C)"]),
        (ours.conv1x1, (BATCH[0], zeros(4, 3)), {}, ["(3, 5, 6)"]),
        (ours.conv1x1, (BATCH[:0], zeros(4, 3)), {}, ["(0, 3, 5, 6)"]),
        (ours.conv1x1, (BATCH, zeros(3, 4)), {}, ["(2, 3, 5, 6)", "(3, 4)"]),
        (ours.conv1x1, (BATCH, zeros(4, 3), zeros(3)), {}, ["(4, 3)", "(3,)"]),
        (ours.conv3d_single, (zeros(5, 6), zeros(2, 2, 2)), {}, ["(5, 6)"]),
        (ours.conv3d_single, (zeros(4, 5, 6), zeros(1, 2, 2, 2)), {}, ["(1, 2, 2, 2)"]),
        (ours.conv3d_single, (zeros(4, 5, 6), zeros(5, 2, 2)), {}, ["(4, 5, 6)", "(5, 2, 2)"]),
        (ours.conv3d_single, (zeros(4, 5, 6), zeros(2, 6, 2)), {}, ["(4, 5, 6)", "(2, 6, 2)"]),
        (ours.conv3d_single, (zeros(4, 0, 6), zeros(2, 0, 2)), {}, ["(4, 0, 6)"]),
        (ours.conv3d, (FILMS[0], BOXES), {}, ["(3, 4, 5, 6)", "N, C, D, H, W"]),
        (ours.conv3d, (FILMS, BOXES[0]), {}, ["(3, 2, 2, 3)", "F, C, KD, KH, KW"]),
        (ours.conv3d, (FILMS[:0], BOXES), {}, ["(0, 3, 4, 5, 6)"]),
        (ours.conv3d, (FILMS, BOXES[:, :1]), {}, ["(2, 3, 4, 5, 6)", "(4, 1, 2, 2, 3)"]),
        (ours.conv3d, (FILMS, BOXES, zeros(5)), {}, ["(5,)"]),
        (ours.conv3d, (FILMS, BOXES), {"stride": (0, 1, 1)}, ["stride is (0, 1, 1)"]),
        (ours.conv3d, (FILMS, BOXES), {"stride": (1, 1)}, ["stride is (1, 1)"]),
        (ours.conv3d, (FILMS, BOXES), {"padding": -2}, ["padding is -2"]),
        (ours.conv3d, (FILMS, zeros(4, 3, 5, 2, 3)), {}, ["5", "4"]),
        (ours.conv_layer_cost, ((3, 5, 6), 4, (2, 2, 2)), {}, ["(3, 5, 6)", "(2, 2, 2)"]),
        (ours.conv_layer_cost, ((3, 5), 4, (2,)), {}, ["(3, 5)", "(2,)"]),
        (ours.conv_layer_cost, ((3, 5, 6), 0, (2, 2)), {}, ["filters 0"]),
        (ours.conv_layer_cost, ((0, 5, 6), 4, (2, 2)), {}, ["(0, 5, 6)"]),
        (ours.conv_layer_cost, ((3, 5, 6), 4, (2, 0)), {}, ["(2, 0)"]),
        (ours.conv_layer_cost, ((3, 5, 6), 4, (2, 2)), {"itemsize": 0}, ["itemsize 0"]),
        (ours.conv_layer_cost, ((3, 5, 6), 4, (2, 2)), {"stride": 0}, ["stride is 0"]),
        (ours.conv_layer_cost, ((3, 5, 6), 4, (2, 2)), {"padding": (0, -1)}, ["padding is (0, -1)"]),
        (ours.conv_layer_cost, ((3, 5, 6), 4, (8, 2)), {"padding": 1}, ["8", "7"]),
    ],
)
def test_bad_input_is_refused_by_name(function, args, how, named):
    with pytest.raises(ValueError) as error:
        function(*args, **how)
    for words in named:
        assert re.search(rf"(?<!\d){re.escape(words)}(?!\d)", str(error.value)), f"{words!r} not in: {error.value}"


@pytest.mark.parametrize(
    "function, shapes",
    [
        (ours.conv2d_one_filter, [(3, 4, 5), (3, 2, 2)]),
        (ours.conv2d, [(2, 3, 4, 5), (2, 3, 2, 2), (2,)]),
        (ours.conv1x1, [(2, 3, 4, 5), (2, 3), (2,)]),
        (ours.conv3d_single, [(3, 4, 5), (2, 2, 2)]),
        (ours.conv3d, [(2, 3, 3, 4, 5), (2, 3, 2, 2, 2), (2,)]),
    ],
)
@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int16, np.int64, np.float32])
def test_any_kind_of_number_is_promoted_not_wrapped(function, shapes, dtype):
    rng = np.random.default_rng(0)
    arrays = [rng.integers(90, 120, shape).astype(dtype) for shape in shapes]
    result = function(*arrays)
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, function(*(array.astype(float) for array in arrays)))
