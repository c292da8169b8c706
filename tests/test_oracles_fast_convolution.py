"""Chapter 06 against PyTorch, in double and single precision, over drawn shapes."""

import numpy as np
import pytest

from solutions import fast_convolution as fast

torch = pytest.importorskip("torch")
F = torch.nn.functional
SEEDS = pytest.mark.parametrize("seed", range(30))
DTYPES = pytest.mark.parametrize("dtype, error", [(np.float64, 1e-12), (np.float32, 1e-5)])


def close(ours, theirs, error=1e-12):
    """Equal up to ``error`` of the largest entry, and in the same dtype."""
    theirs = theirs.numpy()
    assert ours.shape == theirs.shape
    assert ours.dtype == theirs.dtype
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=error * max(np.abs(theirs).max(), 1e-300))


def windows(seed):
    """A batch, and a kernel shape, a stride, a padding and a dilation that fit it, now ints, now pairs."""
    rng = np.random.default_rng(seed)
    dilation, kernel = rng.integers(1, 4, 2), rng.integers(1, 5, 2)
    padding, stride = rng.integers(0, 4, 2), rng.integers(1, 4, 2)
    if seed % 3 == 0:
        padding, stride, dilation = (np.full(2, pair[0]) for pair in (padding, stride, dilation))
    shape = np.maximum(dilation * (kernel - 1) + 1 - 2 * padding, 1) + rng.integers(0, 6, 2)
    x = rng.normal(size=(*rng.integers(1, 4, 2), *shape))
    how = {
        name: int(pair[0]) if seed % 3 == 0 else tuple(pair.tolist())
        for name, pair in (("stride", stride), ("padding", padding), ("dilation", dilation))
    }
    return x, tuple(kernel.tolist()), how


def layer(seed, kernel_shape=None, channels=None, axes=2, dtype=np.float64):
    """Images, filters, biases (or none) and a padding."""
    rng = np.random.default_rng(seed)
    N, C, filters, padding = (int(n) for n in rng.integers((1, 1, 1, 0), (4, 5, 5, 3)))
    C = channels or C
    kernel_shape = kernel_shape or tuple(rng.integers(1, 6, axes).tolist())
    shape = [max(k - 2 * padding, 1) + int(rng.integers(0, 9)) for k in kernel_shape]
    b = None if seed % 3 == 0 else rng.normal(size=filters).astype(dtype)
    x, w = rng.normal(size=(N, C, *shape)), rng.normal(size=(filters, C, *kernel_shape))
    return x.astype(dtype), w.astype(dtype), b, padding


def theirs(function, x, w, b, **how):
    """PyTorch's convolution of arrays in its own layout."""
    return function(torch.from_numpy(x), torch.from_numpy(w), None if b is None else torch.from_numpy(b), **how)


def batch_last(x):
    """Their layout as ours: (H, C, W, N), or (H, D, C, W, N) for volumes."""
    return x.permute(2, 1, 3, 0) if x.ndim == 4 else x.permute(3, 2, 1, 4, 0)


def given_batch_last(x):
    """The same for an array that goes in; not contiguous, as a view is."""
    return x.transpose(2, 1, 3, 0) if x.ndim == 4 else x.transpose(3, 2, 1, 4, 0)


@SEEDS
def test_im2col_is_their_unfold(seed):
    x, kernel_shape, how = windows(seed)
    close(fast.im2col(x, kernel_shape, **how), F.unfold(torch.from_numpy(x), kernel_shape, **how), 0)


@SEEDS
def test_col2im_is_their_fold(seed):
    x, kernel_shape, how = windows(seed)
    shape = F.unfold(torch.from_numpy(x), kernel_shape, **how).shape
    columns = np.random.default_rng(seed + 1000).normal(size=shape)
    wanted = F.fold(torch.from_numpy(columns), x.shape[2:], kernel_shape, **how)
    close(fast.col2im(columns, x.shape, kernel_shape, **how), wanted)


@SEEDS
@DTYPES
def test_conv2d_im2col(seed, dtype, error):
    x, (KH, KW), how = windows(seed)
    rng = np.random.default_rng(seed + 1000)
    x, w = x.astype(dtype), rng.normal(size=(3, x.shape[1], KH, KW)).astype(dtype)
    b = None if seed % 2 else rng.normal(size=3).astype(dtype)
    close(fast.conv2d_im2col(x, w, b, **how), theirs(F.conv2d, x, w, b, **how), error)


@SEEDS
def test_the_two_layouts(seed):
    x, *_ = layer(seed)
    moved = fast.to_batch_last(x)
    close(moved, batch_last(torch.from_numpy(x)), 0)
    close(fast.to_batch_first(moved), torch.from_numpy(x), 0)
    assert moved.flags.c_contiguous
    assert fast.to_batch_first(moved).flags.c_contiguous


@SEEDS
def test_shifted_rows_are_their_unfold_along_rows(seed):
    x, w, _, padding = layer(seed)
    N, C, H, _ = x.shape
    KW = w.shape[3]
    rows = F.unfold(torch.from_numpy(x), (1, KW), padding=padding)  # (N, C * KW, H * OW)
    wanted = rows.reshape(N, C, KW, H + 2 * padding, -1).permute(3, 1, 2, 4, 0)
    close(fast.shifted_rows(given_batch_last(x), KW, padding), wanted, 0)


@SEEDS
def test_the_rows_product_sums_what_unfold_lays_out(seed):
    x, w, _, _ = layer(seed)
    N, C, H, W = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (4, 0), (4, 0)))  # any kernel fits without padding
    rows = F.unfold(torch.from_numpy(x), (1, w.shape[3])).reshape(N, C, w.shape[3], H + 4, -1)
    product = fast.rows_product(rows.permute(3, 1, 2, 4, 0).contiguous().numpy(), w)
    close(product, batch_last(theirs(F.conv2d, x, w, None)))


@SEEDS
@DTYPES
@pytest.mark.parametrize("function", [fast.conv2d_rows, fast.conv2d_fast])
def test_layers_with_the_batch_last(function, seed, dtype, error):
    x, w, b, padding = layer(seed, dtype=dtype)
    close(function(given_batch_last(x), w, b, padding), batch_last(theirs(F.conv2d, x, w, b, padding=padding)), error)


@SEEDS
def test_max_pooling(seed):
    x = np.random.default_rng(seed).integers(-3, 4, np.random.default_rng(seed).integers(2, 9, 4)).astype(float)
    close(fast.max_pool2x2(given_batch_last(x)), batch_last(F.max_pool2d(torch.from_numpy(x), 2)), 0)


@SEEDS
@DTYPES
def test_conv2d_fft(seed, dtype, error):
    x, w, b, padding = layer(seed, dtype=dtype)
    close(fast.conv2d_fft(x, w, b, padding), theirs(F.conv2d, x, w, b, padding=padding), error)


@SEEDS
@DTYPES
def test_the_error_of_the_frequency_domain_is_as_the_contract_says(seed, dtype, error):
    x, w, _, padding = layer(seed, (7, 7), dtype=dtype)
    x = 100 + np.round(x)  # a bright image and a kernel that sums to 0: the outputs are small
    w = w - w.mean(axis=(1, 2, 3), keepdims=True)
    wanted = theirs(F.conv2d, x.astype(float), w.astype(float), None, padding=padding).numpy()
    bound = 10 * np.finfo(dtype).eps * np.abs(x).max() * np.abs(w).sum(axis=(1, 2, 3)).max()
    assert np.abs(fast.conv2d_fft(x, w, padding=padding) - wanted).max() < bound


@SEEDS
@DTYPES
def test_winograd_in_one_dimension(seed, dtype, error):
    signal, kernel = (np.random.default_rng(seed).normal(size=n).astype(dtype) for n in (4, 3))
    output, products = fast.winograd_1d(signal, kernel)
    wanted = F.conv1d(torch.from_numpy(signal)[None, None], torch.from_numpy(kernel)[None, None])[0, 0]
    close(output, wanted, 10 * error)
    difference = torch.tensor([[1.0, 1.0, 1.0, 0.0], [0.0, 1.0, -1.0, -1.0]], dtype=wanted.dtype)
    close(output, difference @ torch.from_numpy(products), error)


@SEEDS
@DTYPES
def test_conv2d_winograd(seed, dtype, error):
    x, w, b, padding = layer(seed, (3, 3), dtype=dtype)
    ours = fast.conv2d_winograd(given_batch_last(x), w, b, padding)
    close(ours, batch_last(theirs(F.conv2d, x, w, b, padding=padding)), 3 * error)


@SEEDS
@DTYPES
def test_conv3d_winograd(seed, dtype, error):
    KD = seed % 4 + 1
    x, w, b, padding = layer(seed, (KD, 3, 3), axes=3, dtype=dtype)
    ours = fast.conv3d_winograd(given_batch_last(x), w, b, padding)
    close(ours, batch_last(theirs(F.conv3d, x, w, b, padding=padding)), 3 * error)


@pytest.mark.parametrize("channels", [1, 3, 4, 15, 16, 63, 64, 70])
@pytest.mark.parametrize("kernel_shape", [(1, 1), (3, 3), (9, 9), (5, 17), (2, 3)])
@DTYPES
def test_each_way_of_conv2d_fast(kernel_shape, channels, dtype, error):
    for seed in range(3):
        x, w, b, padding = layer(seed, kernel_shape, channels, dtype=dtype)
        ours = fast.conv2d_fast(given_batch_last(x), w, b, padding)
        close(ours, batch_last(theirs(F.conv2d, x, w, b, padding=padding)), 3 * error)


@pytest.mark.parametrize("function", ["conv2d_fft", "conv2d_winograd", "conv3d_winograd"])
def test_whole_numbers_are_computed_with_in_single_precision_at_least(function):
    rng = np.random.default_rng(0)
    depth = [3] if function == "conv3d_winograd" else []
    x, w = rng.integers(0, 256, (2, 2, *depth, 6, 7)), rng.integers(0, 256, (3, 2, *(1 for _ in depth), 3, 3))
    wanted = theirs(F.conv3d if depth else F.conv2d, x.astype(float), w.astype(float), None)
    given = x if function == "conv2d_fft" else given_batch_last(x)
    wanted = wanted if function == "conv2d_fft" else batch_last(wanted)
    for dtype in (np.uint8, np.int64):
        ours = getattr(fast, function)(given.astype(dtype), w.astype(dtype))
        assert ours.dtype.kind == "f"
        close(ours.astype(float), wanted, 1e-5)


def test_bytes_do_not_wrap_around_in_one_dimension():
    signal, kernel = np.array([0, 250, 255, 7], np.uint8), np.array([200, 100, 50], np.uint8)
    output, _ = fast.winograd_1d(signal, kernel)
    assert output.tolist() == [37750.0, 75850.0]
