"""Chapter 02's solutions agree with PyTorch over drawn shapes, to the last digits of double precision."""

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

torch = pytest.importorskip("torch")
functional = torch.nn.functional

SEEDS = pytest.mark.parametrize("seed", range(40))
CLOSE = {"rtol": 1e-12, "atol": 0}


def tensor(array):
    """An image or kernel as PyTorch wants it: one of a batch, one channel."""
    return torch.from_numpy(np.array(array))[None, None]


def drawn(seed):
    """An image, a kernel that fits on it, and the three arguments, all of drawn lengths."""
    rng = np.random.default_rng(seed)
    stride, dilation = (tuple(map(int, rng.integers(1, 4, 2))) for _ in range(2))
    padding, kernel_shape = tuple(map(int, rng.integers(0, 4, 2))), rng.integers(1, 5, 2)
    shape = np.maximum(np.array(dilation) * (kernel_shape - 1) + 1 - 2 * np.array(padding), 1) + rng.integers(0, 7, 2)
    image, kernel = rng.uniform(1, 2, shape), rng.uniform(1, 2, kernel_shape)
    return image, kernel, {"stride": stride, "padding": padding, "dilation": dilation}


@SEEDS
def test_conv2d_single_is_conv2d(seed):
    image, kernel, chosen = drawn(seed)
    expected = functional.conv2d(tensor(image), tensor(kernel), **chosen)[0, 0].numpy()
    np.testing.assert_allclose(conv2d_single(image, kernel, **chosen), expected, **CLOSE)


@SEEDS
def test_output_size_is_the_shape_that_comes_out(seed):
    image, kernel, chosen = drawn(seed)
    expected = functional.conv2d(tensor(image), tensor(kernel), **chosen).shape[2:]
    axes = zip(image.shape, kernel.shape, chosen["stride"], chosen["padding"], chosen["dilation"])
    assert tuple(output_size(*axis) for axis in axes) == tuple(expected)


@SEEDS
def test_pad2d_is_a_constant_pad(seed):
    image, _, chosen = drawn(seed)
    ph, pw = chosen["padding"]
    expected = functional.pad(tensor(image), (pw, pw, ph, ph), value=0.25)[0, 0].numpy()
    np.testing.assert_array_equal(pad2d(image, (ph, pw), 0.25), expected)


@SEEDS
def test_dilate_kernel_is_what_a_transposed_convolution_makes_of_a_single_one(seed):
    _, kernel, chosen = drawn(seed)
    one = torch.ones(1, 1, 1, 1, dtype=torch.float64)
    expected = functional.conv_transpose2d(one, tensor(kernel), dilation=chosen["dilation"])[0, 0].numpy()
    np.testing.assert_array_equal(dilate_kernel(kernel, chosen["dilation"]), expected)


@pytest.mark.parametrize("k", range(1, 8))
@pytest.mark.parametrize("dilation", range(1, 5))
def test_same_padding_is_same(k, dilation):
    rng = np.random.default_rng(k)
    row, kernel = rng.uniform(1, 2, 30), rng.uniform(1, 2, k)
    before, after = same_padding(k, dilation)
    ours = conv2d_single(np.pad(row, (before, after))[None], kernel[None], dilation=(1, dilation))[0]
    x, w = torch.from_numpy(row)[None, None], torch.from_numpy(kernel)[None, None]
    expected = functional.conv1d(x, w, padding="same", dilation=dilation)[0, 0].numpy()
    np.testing.assert_allclose(ours, expected, **CLOSE)


@SEEDS
def test_the_receptive_field_is_where_the_gradient_is_not_zero(seed):
    rng = np.random.default_rng(seed)
    layers = [
        (k, int(rng.integers(1, k + 1)), int(rng.integers(0, 3)))  # no stride beyond the window: a field without holes
        for k in map(int, rng.integers(1, 5, rng.integers(1, 5)))
    ]
    x = torch.ones(1, 1, 400, dtype=torch.float64, requires_grad=True)
    y = x
    for k, stride, padding in layers:
        y = functional.conv1d(y, torch.ones(1, 1, k, dtype=torch.float64), stride=stride, padding=padding)
    middle = y.shape[2] // 2
    (gradient,) = torch.autograd.grad(y[0, 0, middle], x)
    seen = torch.nonzero(gradient[0, 0]).ravel().tolist()
    size, jump, start = receptive_field(layers)
    first = start + middle * jump
    assert seen == list(range(first, first + size))
