"""Chapter 05's reference beside PyTorch's: the same numbers to twelve digits, over drawn shapes."""

import numpy as np
import pytest

from solutions import network

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

SEEDS = pytest.mark.parametrize("seed", range(25))


def close(ours, theirs):
    theirs = theirs.detach().numpy()
    assert np.shape(ours) == theirs.shape
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12 * max(np.abs(theirs).max(), 1e-300))


def tensor(array):
    return torch.tensor(array, dtype=torch.float64)


def scores(rng):
    """Logits of drawn shape; every third set is far from 0."""
    N, K = rng.integers(1, 9, 2)
    return rng.choice([1.0, 30.0, 2000.0]) * rng.normal(size=(N, K))


@SEEDS
def test_relu_and_flatten(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=rng.integers(1, 5, rng.integers(2, 6)))
    close(network.relu(x), torch.relu(tensor(x)))
    close(network.flatten(x), torch.flatten(tensor(x), start_dim=1))


@SEEDS
def test_linear(seed):
    rng = np.random.default_rng(seed)
    N, M, K = rng.integers(1, 9, 3)
    x, w, b = rng.normal(size=(N, M)), rng.normal(size=(K, M)), rng.normal(size=K)
    close(network.linear(x, w, b), torch.nn.functional.linear(tensor(x), tensor(w), tensor(b)))


@SEEDS
def test_softmax_cross_entropy_and_predict(seed):
    rng = np.random.default_rng(seed)
    logits = scores(rng)
    labels = rng.integers(0, logits.shape[1], len(logits))
    close(network.softmax(logits), torch.softmax(tensor(logits), dim=1))
    close(
        network.cross_entropy(logits, labels), torch.nn.functional.cross_entropy(tensor(logits), torch.tensor(labels))
    )
    close(network.predict(logits), tensor(logits).argmax(dim=1))


def lenet5():
    """LeNet-5 as PyTorch builds it, in double precision."""
    from torch import nn

    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    ).double()  # fmt: skip


def parameters_of(module):
    layers = [layer for layer in module if hasattr(layer, "weight")]
    names = ("conv1", "conv2", "fc1", "fc2", "fc3")
    return {
        f"{name}.{letter}": numbers.detach().numpy()
        for name, layer in zip(names, layers, strict=True)
        for letter, numbers in (("w", layer.weight), ("b", layer.bias))
    }


@pytest.mark.parametrize("seed", range(4))
def test_lenet5(seed):
    torch.manual_seed(seed)
    module, x = lenet5(), np.random.default_rng(seed).normal(size=(seed + 1, 1, 28, 28))
    close(network.lenet5_forward(x, parameters_of(module)), module(tensor(x)))


def drawn_network(rng):
    """A network as layer_shapes takes it, and the same as PyTorch builds it, for images of (2, 33, 29)."""
    from torch import nn

    layers, modules, channels = [], [], 2
    for _ in range(rng.integers(1, 4)):
        filters, k, stride, padding = (int(n) for n in rng.integers((1, 1, 1, 0), (6, 4, 3, 3)))
        layers.append({"kind": "conv", "filters": filters, "kernel": k, "stride": stride, "padding": padding})
        modules.append(nn.Conv2d(channels, filters, k, stride, padding))
        channels = filters
        if rng.random() < 0.5:
            window, stride = (int(n) for n in rng.integers(1, 3, 2))
            layers += [{"kind": "relu"}, {"kind": "pool", "window": window, "stride": stride}]
            modules += [nn.ReLU(), nn.MaxPool2d(window, stride)]
    layers += [{"kind": "flatten"}, {"kind": "linear", "units": 7}]
    modules += [nn.Flatten(), nn.LazyLinear(7)]
    return layers, modules


@SEEDS
def test_layer_shapes(seed):
    layers, modules = drawn_network(np.random.default_rng(seed))
    x = torch.zeros(1, 2, 33, 29)
    for row, module in zip(network.layer_shapes(layers, (2, 33, 29)), modules, strict=True):
        x = module(x)
        assert row["shape"] == tuple(x.shape[1:])
        assert row["parameters"] == sum(numbers.numel() for numbers in module.parameters())


@SEEDS
def test_receptive_fields_are_what_a_gradient_reaches(seed):
    """From the first to the last row of the input on which an output in the middle of the last map depends."""
    rng = np.random.default_rng(seed)
    x = torch.ones(1, 1, 65, 65, dtype=torch.float64, requires_grad=True)
    layers, top = [], x
    for _ in range(rng.integers(1, 4)):
        k, stride = int(rng.integers(1, 4)), int(rng.integers(1, 3))
        layers.append({"kind": "conv", "filters": 1, "kernel": k, "stride": stride})
        top = torch.nn.functional.conv2d(top, torch.ones(1, 1, k, k, dtype=torch.float64), stride=stride)
    middle = top.shape[2] // 2
    top[0, 0, middle, middle].backward()
    reached = x.grad[0, 0].any(dim=1).nonzero()
    assert network.layer_shapes(layers, (1, 65, 65))[-1]["receptive_field"] == reached[-1] - reached[0] + 1
