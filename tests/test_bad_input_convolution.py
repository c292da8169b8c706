"""Chapters 00 and 01: what cannot be computed is refused with the values in the sentence; whole pixels never wrap."""

import numpy as np
import pytest

from solutions.convolution import (
    conv_parameter_count,
    convolve2d,
    cross_correlate1d,
    cross_correlate2d,
    dense_parameter_count,
    gradient_magnitude,
    window_sum,
)
from solutions.start_here import normalize_pixels


@pytest.mark.parametrize(
    "call, says",
    [
        (lambda: normalize_pixels(np.array([-1, 5])), "run from -1 to 5"),
        (lambda: normalize_pixels(np.array([0, 300])), "run from 0 to 300"),
        (lambda: normalize_pixels(np.array([0.0, np.nan])), "nan"),
        (lambda: window_sum(np.ones((2, 3)), np.ones((3, 2))), r"\(2, 3\), kernel \(3, 2\)"),
        (lambda: cross_correlate1d(np.ones(3), np.ones(5)), "5 entries, the signal only 3"),
        (lambda: cross_correlate1d(np.ones((3, 3)), np.ones(2)), r"\(3, 3\)"),
        (lambda: cross_correlate1d(np.ones(3), np.ones(0)), r"\(0,\)"),
        (lambda: cross_correlate2d(np.ones((3, 3)), np.ones((2, 4))), r"\(2, 4\) is larger than the image \(3, 3\)"),
        (lambda: cross_correlate2d(np.ones((1, 3, 3)), np.ones((2, 2))), r"\(1, 3, 3\)"),
        (lambda: cross_correlate2d(np.ones((3, 3)), np.ones((0, 2))), r"\(0, 2\)"),
        (lambda: convolve2d(np.ones((2, 2)), np.ones((3, 3))), r"\(3, 3\) is larger"),
        (lambda: gradient_magnitude(np.ones((2, 9))), r"\(2, 9\)"),
        (lambda: gradient_magnitude(np.ones((3, 4, 4))), r"\(3, 4, 4\)"),
        (lambda: dense_parameter_count((0, 5), 3), r"\(0, 5\) and units 3"),
        (lambda: conv_parameter_count((3, 3), filters=0), "filters 0"),
    ],
)
def test_bad_input_is_refused_with_its_values(call, says):
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int64, np.float32])
def test_whole_pixels_and_whole_kernels_do_not_wrap(dtype):
    image, kernel = np.full((3, 3), 100).astype(dtype), np.full((2, 2), 100).astype(dtype)
    assert window_sum(image[:2, :2], kernel) == 40_000
    assert (cross_correlate2d(image, kernel) == 40_000).all()
    assert (convolve2d(image, kernel) == 40_000).all()
    assert (cross_correlate1d(image[0], kernel[0]) == 20_000).all()


def test_dark_minus_bright_is_negative_even_in_eight_bits():
    image = np.array([[200, 100, 0]] * 3, dtype=np.uint8)
    assert gradient_magnitude(image)[0, 0] == 800
