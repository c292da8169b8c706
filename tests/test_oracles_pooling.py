"""Chapter 04 against PyTorch, in double precision, over drawn shapes."""

import numpy as np
import pytest

from solutions import pooling

torch = pytest.importorskip("torch")
F = torch.nn.functional
SEEDS = pytest.mark.parametrize("seed", range(30))


def close(ours, theirs):
    theirs = theirs.numpy()
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12 * np.abs(theirs).max())


def drawn(seed):
    """A batch, and a window, a stride and a padding that fit it, now ints, now pairs."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=rng.integers(1, 10, 4))
    x[rng.random(x.shape) < 0.3] = 0.0  # so that there are ties
    window = tuple(int(rng.integers(1, n + 1)) for n in x.shape[2:])
    padding = tuple(int(rng.integers(0, k // 2 + 1)) for k in window)
    stride = None if seed % 3 == 0 else tuple(int(n) for n in rng.integers(1, 4, 2))
    if seed % 3 == 1:
        window = min(window)
        stride, padding = int(stride[0]), window // 2
    return x, window, stride, padding


def names(window, stride, padding):
    return {"kernel_size": window, "stride": stride, "padding": padding}


@SEEDS
def test_max_pooling(seed):
    x, *geometry = drawn(seed)
    close(pooling.max_pool2d(x, *geometry), F.max_pool2d(torch.from_numpy(x), **names(*geometry)))


@SEEDS
@pytest.mark.parametrize("count_padding", [True, False])
def test_average_pooling(seed, count_padding):
    x, *geometry = drawn(seed)
    theirs = F.avg_pool2d(torch.from_numpy(x), **names(*geometry), count_include_pad=count_padding)
    close(pooling.avg_pool2d(x, *geometry, count_padding), theirs)


@SEEDS
def test_global_average_pooling(seed):
    x, *_ = drawn(seed)
    close(pooling.global_avg_pool2d(x), F.adaptive_avg_pool2d(torch.from_numpy(x), 1)[:, :, 0, 0])


@SEEDS
def test_the_average_kernel_makes_their_convolution_pool(seed):
    x, window, *_ = drawn(seed)
    w = torch.from_numpy(pooling.average_kernel(window, x.shape[1]))
    close(pooling.avg_pool2d(x, window), F.conv2d(torch.from_numpy(x), w, stride=window))


@SEEDS
def test_places_of_the_largest(seed):
    x, window, stride, _ = drawn(seed)
    largest, places = pooling.max_pool2d_with_argmax(x, window, stride)
    theirs, their_places = F.max_pool2d(torch.from_numpy(x), window, stride, return_indices=True)
    close(largest, theirs)
    assert np.array_equal(places, their_places.numpy())


@SEEDS
def test_unpooling_where_no_pixel_comes_twice(seed):
    x, window, *_ = drawn(seed)
    largest, places = pooling.max_pool2d_with_argmax(x, window)
    theirs = F.max_unpool2d(
        torch.from_numpy(largest), torch.from_numpy(places), kernel_size=window, output_size=x.shape[2:]
    )
    close(pooling.max_unpool2d(largest, places, x.shape[2:]), theirs)


@SEEDS
def test_unpooling_adds_as_their_gradient_does(seed):
    x, window, stride, _ = drawn(seed)
    _, places = pooling.max_pool2d_with_argmax(x, window, stride)
    y = np.random.default_rng(seed).normal(size=places.shape)
    leaf = torch.from_numpy(x).requires_grad_()
    F.max_pool2d(leaf, window, stride).backward(torch.from_numpy(y))
    close(pooling.max_unpool2d(y, places, x.shape[2:]), leaf.grad)


@SEEDS
def test_shift_sensitivity(seed):
    x, window, stride, _ = drawn(seed)
    x, shift = np.abs(x) + 0.1, seed % 5 - 2
    still = F.max_pool2d(torch.from_numpy(x), window, stride)
    moved = F.max_pool2d(torch.from_numpy(x).roll(shift, dims=3), window, stride)
    theirs = (torch.linalg.vector_norm(moved - still) / torch.linalg.vector_norm(still)).item()
    assert pooling.shift_sensitivity(x, window, stride, shift) == pytest.approx(theirs, rel=1e-12, abs=1e-12)
