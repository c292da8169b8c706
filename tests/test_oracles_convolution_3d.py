"""Chapter 03 against PyTorch: every layer agrees to rounding, over drawn shapes."""

import numpy as np
import pytest

from solutions import convolution_3d as ours

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
F = torch.nn.functional

SEEDS = range(25)


def tensor(array):
    return None if array is None else torch.from_numpy(array)


def agree(mine, theirs):
    theirs = theirs.numpy()
    assert mine.shape == theirs.shape
    assert np.abs(mine - theirs).max() <= 1e-12 * np.abs(theirs).max()


def drawn(seed, axes, dilated=False):
    """A batch, filters, biases or None, and how they meet; the kernel always fits."""
    rng = np.random.default_rng(seed)

    def ints(low, high):
        return tuple(int(n) for n in rng.integers(low, high, axes))

    N, C, filters = (int(n) for n in rng.integers(1, 5, 3))
    kernel, stride, padding, dilation = ints(1, 4), ints(1, 4), ints(0, 3), ints(1, 4 if dilated else 2)
    spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation)]
    shape = [max(1, span - 2 * p) + int(rng.integers(0, 5)) for span, p in zip(spans, padding)]
    b = rng.normal(size=filters) if rng.integers(2) else None
    how = {"stride": stride, "padding": padding} | ({"dilation": dilation} if dilated else {})
    if rng.integers(2):
        how = {name: value[0] for name, value in how.items()}
        how["padding"] = max(padding)  # so that the kernel fits for certain
        if dilated:
            how["dilation"] = min(dilation)
    return rng.normal(size=(N, C, *shape)), rng.normal(size=(filters, C, *kernel)), b, how


@pytest.mark.parametrize("seed", SEEDS)
def test_one_filter(seed):
    x, w, _, _ = drawn(seed, 2)
    image, kernel = np.pad(x[0], ((0, 0), (3, 2), (2, 3))), w[0]
    agree(ours.conv2d_one_filter(image, kernel), F.conv2d(tensor(image)[None], tensor(kernel)[None])[0, 0])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_layer(seed):
    x, w, b, how = drawn(seed, 2, dilated=True)
    agree(ours.conv2d(x, w, b, **how), F.conv2d(tensor(x), tensor(w), tensor(b), **how))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_layer_of_1x1_kernels(seed):
    x, w, b, _ = drawn(seed, 2)
    w = np.ascontiguousarray(w[:, :, 0, 0])
    agree(ours.conv1x1(x, w, b), F.conv2d(tensor(x), tensor(w)[:, :, None, None], tensor(b)))


@pytest.mark.parametrize("seed", SEEDS)
def test_one_filter_in_three_dimensions(seed):
    x, w, _, _ = drawn(seed, 3)
    volume, kernel = np.pad(x[0, 0], 3), w[0, 0]
    agree(ours.conv3d_single(volume, kernel), F.conv3d(tensor(volume)[None, None], tensor(kernel)[None, None])[0, 0])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_layer_in_three_dimensions(seed):
    x, w, b, how = drawn(seed, 3)
    agree(ours.conv3d(x, w, b, **how), F.conv3d(tensor(x), tensor(w), tensor(b), **how))


@pytest.mark.parametrize("axes, kind", [(2, torch.nn.Conv2d), (3, torch.nn.Conv3d)])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_cost_of_a_layer(seed, axes, kind):
    x, w, b, how = drawn(seed, axes)
    layer = kind(w.shape[1], w.shape[0], w.shape[2:], bias=b is not None, **how)
    output = layer(torch.zeros(x[:1].shape))
    cost = ours.conv_layer_cost(x.shape[1:], w.shape[0], w.shape[2:], bias=b is not None, **how)
    assert cost == {
        "parameters": sum(parameter.numel() for parameter in layer.parameters()),
        "multiply_adds": output.numel() * layer.weight[0].numel(),
        "activation_bytes": output.numel() * output.element_size(),
    }
