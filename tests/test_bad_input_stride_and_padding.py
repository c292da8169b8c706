"""Chapter 02's solutions refuse bad input with a ValueError that names the values, and promote whole numbers."""

import re

import numpy as np
import pytest

from solutions.stride_and_padding import (
    conv2d_single,
    dilate_kernel,
    output_size,
    pad2d,
    receptive_field,
    same_padding,
)

IMAGE, KERNEL = np.ones((4, 5)), np.ones((2, 3))

REFUSED = [  # function, arguments, keywords, what the message must name
    (output_size, (3, 3), {"dilation": 2}, ("5", "3")),
    (output_size, (2, 5), {"padding": 1}, ("5", "4")),
    (output_size, (0, 1), {}, ("n=0",)),
    (output_size, (7, 0), {}, ("k=0",)),
    (output_size, (7, 3), {"stride": 0}, ("stride=0",)),
    (output_size, (7, 3), {"padding": -1}, ("padding=-1",)),
    (output_size, (7, 3), {"dilation": 0}, ("dilation=0",)),
    (output_size, (7.5, 3), {}, ("n=7.5",)),
    (same_padding, (0,), {}, ("k=0",)),
    (same_padding, (3, 0), {}, ("dilation=0",)),
    (same_padding, (3, 1.5), {}, ("dilation=1.5",)),
    (pad2d, (IMAGE, -1), {}, ("padding is -1",)),
    (pad2d, (IMAGE, (2, -3)), {}, ("(2, -3)",)),
    (pad2d, (IMAGE, (1, 2, 3)), {}, ("(1, 2, 3)",)),
    (pad2d, (IMAGE, 0.5), {}, ("padding is 0.5",)),
    (pad2d, (np.ones((3, 4, 5)), 1), {}, ("image", "(3, 4, 5)")),
    (pad2d, (np.ones((0, 5)), 1), {}, ("image", "(0, 5)")),
    (dilate_kernel, (KERNEL, 0), {}, ("dilation is 0",)),
    (dilate_kernel, (KERNEL, (1, -2)), {}, ("(1, -2)",)),
    (dilate_kernel, (np.ones(3), 2), {}, ("kernel", "(3,)")),
    (dilate_kernel, (np.ones((3, 0)), 2), {}, ("kernel", "(3, 0)")),
    (conv2d_single, (IMAGE, np.ones((5, 2))), {}, ("5", "4")),
    (conv2d_single, (IMAGE, np.ones((2, 6))), {}, ("6", "5")),
    (conv2d_single, (IMAGE, KERNEL), {"dilation": 4}, ("5", "4")),
    (conv2d_single, (IMAGE, KERNEL), {"stride": 0}, ("stride is 0",)),
    (conv2d_single, (IMAGE, KERNEL), {"stride": (1, 0)}, ("stride is (1, 0)",)),
    (conv2d_single, (IMAGE, KERNEL), {"padding": -2}, ("padding is -2",)),
    (conv2d_single, (IMAGE, KERNEL), {"dilation": (0, 1)}, ("dilation is (0, 1)",)),
    (conv2d_single, (IMAGE, KERNEL), {"stride": None}, ("stride is None",)),
    (conv2d_single, (IMAGE[0], KERNEL), {}, ("image", "(5,)")),
    (conv2d_single, (IMAGE, np.ones((1, 2, 3))), {}, ("kernel", "(1, 2, 3)")),
    (receptive_field, ([(3, 1, 0), (0, 1, 0)],), {}, ("(0, 1, 0)",)),
    (receptive_field, ([(3, 0, 0)],), {}, ("(3, 0, 0)",)),
    (receptive_field, ([(3, 1, -1)],), {}, ("(3, 1, -1)",)),
    (receptive_field, ([(3, 1)],), {}, ("(3, 1)",)),
    (receptive_field, ([(3, 1.5, 0)],), {}, ("(3, 1.5, 0)",)),
]


@pytest.mark.parametrize("function, args, kwargs, named", REFUSED)
def test_bad_input_is_refused_by_name(function, args, kwargs, named):
    with pytest.raises(ValueError) as caught:
        function(*args, **kwargs)
    for value in named:
        assert re.search(rf"(?<![\w.]){re.escape(value)}(?!\d)", str(caught.value)), str(caught.value)


@pytest.mark.parametrize("function", [output_size, same_padding, pad2d, dilate_kernel, conv2d_single, receptive_field])
def test_the_contract_says_what_is_refused(function):
    assert re.search(r"Raises\n\s+-+\n\s+ValueError\n\s+If ", function.__doc__)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int64, np.float32, bool])
def test_whole_numbers_are_promoted(dtype):
    image, kernel = np.array([[100, 120, 1]]).astype(dtype), np.array([[90, 3]]).astype(dtype)
    exact_image, exact_kernel = image.astype(float), kernel.astype(float)
    assert np.array_equal(pad2d(image, 1, 0.5), np.pad(exact_image, 1, constant_values=0.5))
    assert np.array_equal(dilate_kernel(kernel, 2), [[exact_kernel[0, 0], 0, exact_kernel[0, 1]]])
    assert np.array_equal(conv2d_single(image, kernel), conv2d_single(exact_image, exact_kernel))


def test_numbers_of_numpy_count_as_whole():
    assert output_size(np.int64(7), 3, np.uint8(2)) == 3
    assert conv2d_single(IMAGE, KERNEL, stride=np.array([2, 1])).shape == (2, 3)
