"""Chapter 07 against PyTorch: its autograd for the ways back, its optimisers for the steps."""

import numpy as np
import pytest

from solutions import training

torch = pytest.importorskip("torch")
F = torch.nn.functional
SEEDS = pytest.mark.parametrize("seed", range(30))
PRECISIONS = pytest.mark.parametrize("dtype, rtol", [(np.float64, 1e-12), (np.float32, 1e-5)])


def close(ours, theirs, rtol=1e-12):
    theirs = theirs.detach().numpy()
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=rtol * np.abs(theirs).max())


def close_dicts(ours, theirs, rtol=1e-12):
    assert set(ours) == set(theirs)
    for name, array in ours.items():
        close(array, theirs[name], rtol)


def leaf(array):
    """The array as one that PyTorch finds the gradient of."""
    return torch.from_numpy(array.copy()).requires_grad_()


def batch_first(x):
    return x.permute(3, 1, 0, 2)


def drawn(seed):
    """A batch, filters, and a stride and a padding that fit, now ints, now pairs."""
    rng = np.random.default_rng(seed)
    N, C, H, W = (int(n) for n in rng.integers(1, 7, 4))
    padding, stride = tuple(rng.integers(0, 3, 2).tolist()), tuple(rng.integers(1, 4, 2).tolist())
    kernel = [int(rng.integers(1, min(n + 2 * p, 5) + 1)) for n, p in zip((H, W), padding)]
    if seed % 3 == 0:
        stride, padding = stride[0], max(padding)
    return rng, rng.normal(size=(N, C, H, W)), rng.normal(size=(int(rng.integers(1, 4)), C, *kernel)), stride, padding


@SEEDS
def test_relu_backward(seed):
    rng, x, *_ = drawn(seed)
    x[rng.random(x.shape) < 0.2] = 0.0
    dy, theirs = rng.normal(size=x.shape), leaf(x)
    F.relu(theirs).backward(torch.from_numpy(dy))
    close(training.relu_backward(dy, x), theirs.grad)


@SEEDS
def test_linear_backward(seed):
    rng = np.random.default_rng(seed)
    N, M, K = rng.integers(1, 8, 3)
    leaves = x, w, b = leaf(rng.normal(size=(N, M))), leaf(rng.normal(size=(K, M))), leaf(rng.normal(size=K))
    dy = rng.normal(size=(N, K))
    F.linear(x, w, b).backward(torch.from_numpy(dy))
    for ours, theirs in zip(training.linear_backward(dy, x.detach().numpy(), w.detach().numpy()), leaves):
        close(ours, theirs.grad)


@SEEDS
def test_softmax_cross_entropy_backward(seed):
    rng = np.random.default_rng(seed)
    N, K = rng.integers(1, 8, 2)
    logits, labels = rng.normal(size=(N, K)) * 10.0 ** (seed % 4), rng.integers(0, K, N)
    theirs = leaf(logits)
    F.cross_entropy(theirs, torch.from_numpy(labels)).backward()
    close(training.softmax_cross_entropy_backward(logits, labels), theirs.grad)


@SEEDS
def test_conv2d_backward(seed):
    rng, x, w, stride, padding = drawn(seed)
    leaves = images, filters, biases = leaf(x), leaf(w), leaf(rng.normal(size=len(w)))
    y = F.conv2d(images, filters, biases, stride, padding)
    dy = rng.normal(size=y.shape)
    y.backward(torch.from_numpy(dy))
    for ours, theirs in zip(training.conv2d_backward(dy, x, w, stride, padding), leaves):
        close(ours, theirs.grad)


def pooling(seed):
    """A batch with ties, a window, a stride and a padding that fit, and the gradient of PyTorch's pooling."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=rng.integers(1, 9, 4))
    x[rng.random(x.shape) < 0.3] = 0.0
    window = tuple(int(rng.integers(1, n + 1)) for n in x.shape[2:])
    padding = tuple(int(rng.integers(0, k // 2 + 1)) for k in window)
    stride = None if seed % 3 == 0 else tuple(rng.integers(1, 4, 2).tolist())
    return rng, x, (window, stride, padding)


@SEEDS
def test_max_pool2d_backward(seed):
    rng, x, geometry = pooling(seed)
    theirs = leaf(x)
    y = F.max_pool2d(theirs, *geometry)
    dy = rng.normal(size=y.shape)
    y.backward(torch.from_numpy(dy))
    close(training.max_pool2d_backward(dy, x, *geometry), theirs.grad)


@SEEDS
def test_avg_pool2d_backward(seed):
    rng, x, geometry = pooling(seed)
    theirs = leaf(x)
    y = F.avg_pool2d(theirs, *geometry)
    dy = rng.normal(size=y.shape)
    y.backward(torch.from_numpy(dy))
    close(training.avg_pool2d_backward(dy, x.shape, *geometry), theirs.grad)


@SEEDS
@PRECISIONS
def test_backward_of_conv2d_rows(seed, dtype, rtol):
    rng, x, w, _, padding = drawn(seed)
    padding = padding if type(padding) is int else max(padding)
    x, w = training.to_batch_last(x).astype(dtype), w.astype(dtype)
    images, filters = leaf(x), leaf(w)
    y = F.conv2d(batch_first(images), filters, padding=padding)
    dy = rng.normal(size=(y.shape[2], y.shape[1], y.shape[3], y.shape[0])).astype(dtype)
    y.backward(batch_first(torch.from_numpy(dy)))
    dw = training.conv2d_rows_backward_weights(dy, training.shifted_rows(x, w.shape[3], padding))
    dx = training.conv2d_rows_backward_input(dy, w, padding)
    assert dw.dtype == dx.dtype == dtype
    close(dw, filters.grad, rtol)
    close(dx, images.grad, rtol)


@SEEDS
def test_max_pool2x2_backward(seed):
    rng = np.random.default_rng(seed)
    x = rng.integers(-2, 3, rng.integers(2, 9, 4)).astype(float)
    theirs = leaf(x)
    batch_y = F.max_pool2d(batch_first(theirs), 2)
    y = training.max_pool2x2(x)
    dy = rng.normal(size=y.shape)
    batch_y.backward(batch_first(torch.from_numpy(dy)))
    close(training.max_pool2x2_backward(dy, x, y), theirs.grad)


def test_he_init_has_the_spread_of_theirs():
    ours = training.he_init((64, 32, 3, 3))
    theirs = torch.nn.init.kaiming_normal_(torch.empty(64, 32, 3, 3), nonlinearity="relu")
    assert np.std(ours) == pytest.approx(theirs.std().item(), rel=0.03)
    assert np.mean(ours) == pytest.approx(0, abs=0.002)


def network(seed, dtype=np.float64, small=False):
    """Parameters, images and labels of LeNet-5, or of the small one, and the paddings."""
    rng = np.random.default_rng(seed)
    maps, kernel, padding, inputs, pixels = (6, 16), 5, (2, 0), 400, 28
    if small:
        maps, kernel, padding, inputs, pixels = (4, 6), 3, (1, 1), 24, 8
    shapes = {"conv1": (maps[0], 1, kernel, kernel), "conv2": (maps[1], maps[0], kernel, kernel)}
    shapes |= {"fc1": (120, inputs), "fc2": (84, 120), "fc3": (10, 84)}
    p = {}
    for number, (layer, shape) in enumerate(shapes.items()):
        p[f"{layer}.w"] = training.he_init(shape, seed=10 * seed + number).astype(dtype)
        p[f"{layer}.b"] = rng.normal(scale=0.1, size=shape[0]).astype(dtype)
    return p, rng.random((16, 1, pixels, pixels)).astype(dtype), rng.integers(0, 10, 16), padding


def forward(p, images, padding):
    """The same network in PyTorch, in the order of a textbook: bias and relu before the pooling."""
    x = images
    for layer, pad in zip(("conv1", "conv2"), padding):
        x = F.max_pool2d(F.relu(F.conv2d(x, p[f"{layer}.w"], p[f"{layer}.b"], padding=pad)), 2)
    x = x.flatten(1)
    for layer in ("fc1", "fc2"):
        x = F.relu(F.linear(x, p[f"{layer}.w"], p[f"{layer}.b"]))
    return F.linear(x, p["fc3.w"], p["fc3.b"])


def their_loss(p, images, labels, padding):
    return F.cross_entropy(forward(p, torch.from_numpy(images), padding), torch.from_numpy(labels))


BOTH = pytest.mark.parametrize("small", [True, False])


@BOTH
@PRECISIONS
@pytest.mark.parametrize("seed", range(3))
def test_lenet5_activations(seed, dtype, rtol, small):
    p, images, _, padding = network(seed, dtype, small)
    kept = training.lenet5_activations(p, images, padding)
    theirs = forward({name: torch.from_numpy(array) for name, array in p.items()}, torch.from_numpy(images), padding)
    assert {array.dtype for array in kept.values()} == {np.dtype(dtype)}
    close(kept["logits"], theirs, rtol)


@BOTH
@PRECISIONS
@pytest.mark.parametrize("seed", range(3))
def test_first_gradients_of_the_whole_network(seed, dtype, rtol, small):
    p, images, labels, padding = network(seed, dtype, small)
    loss, gradients = training.lenet5_gradients(p, images, labels, padding)
    theirs = {name: leaf(array) for name, array in p.items()}
    expected = their_loss(theirs, images, labels, padding)
    expected.backward()
    assert loss == pytest.approx(expected.item(), rel=rtol)
    assert {array.dtype for array in gradients.values()} == {np.dtype(dtype)}
    close_dicts(gradients, {name: array.grad for name, array in theirs.items()}, rtol)


def state(seed, dtype=np.float64):
    """Parameters, and gradients for five steps."""
    rng = np.random.default_rng(seed)
    shapes = {"conv1.w": (2, 1, 3, 3), "conv1.b": (2,), "fc1.w": (3, 4)}

    def some():
        return {name: rng.normal(size=shape).astype(dtype) for name, shape in shapes.items()}

    return some(), [some() for _ in range(5)]


def zeros(like):
    return {name: np.zeros_like(array) for name, array in like.items()}


def taken(optimiser, leaves, gradients):
    """One step of theirs with these gradients."""
    for name, array in gradients.items():
        leaves[name].grad = torch.from_numpy(array)
    optimiser.step()


@PRECISIONS
@pytest.mark.parametrize("momentum, decay", [(0.0, 0.0), (0.9, 0.0), (0.9, 0.01), (0.5, 0.3)])
def test_sgd_step_by_step(momentum, decay, dtype, rtol):
    p, steps = state(0, dtype)
    leaves, v = {name: leaf(array) for name, array in p.items()}, zeros(p)
    optimiser = torch.optim.SGD(leaves.values(), lr=0.1, momentum=momentum, weight_decay=decay)
    for gradients in steps:
        p, v = training.sgd_momentum_step(p, gradients, v, np.float64(0.1), momentum, decay)
        taken(optimiser, leaves, gradients)
        assert {array.dtype for array in (*p.values(), *v.values())} == {np.dtype(dtype)}
        close_dicts(p, leaves, rtol)
        if momentum:
            close_dicts(v, {name: optimiser.state[array]["momentum_buffer"] for name, array in leaves.items()}, rtol)


@PRECISIONS
@pytest.mark.parametrize("betas, epsilon", [((0.9, 0.999), 1e-8), ((0.5, 0.75), 1e-2), ((0.0, 0.9), 1.0)])
def test_adam_step_by_step(betas, epsilon, dtype, rtol):
    p, steps = state(1, dtype)
    leaves, m, s = {name: leaf(array) for name, array in p.items()}, zeros(p), zeros(p)
    optimiser = torch.optim.Adam(leaves.values(), lr=0.05, betas=betas, eps=epsilon)
    for t, gradients in enumerate(steps, start=1):
        p, m, s = training.adam_step(p, gradients, m, s, t, np.float64(0.05), *betas, epsilon)
        taken(optimiser, leaves, gradients)
        assert {array.dtype for arrays in (p, m, s) for array in arrays.values()} == {np.dtype(dtype)}
        close_dicts(p, leaves, rtol)
        for ours, theirs in ((m, "exp_avg"), (s, "exp_avg_sq")):
            close_dicts(ours, {name: optimiser.state[array][theirs] for name, array in leaves.items()}, rtol)


def test_accuracy():
    rng = np.random.default_rng(2)
    logits, labels = rng.normal(size=(50, 4)), rng.integers(0, 4, 50)
    theirs = (torch.from_numpy(logits).argmax(1) == torch.from_numpy(labels)).double().mean()
    assert training.accuracy(logits, labels) == pytest.approx(theirs.item(), abs=1e-15)


@PRECISIONS
def test_an_epoch(dtype, rtol):
    p, images, labels, padding = network(4, dtype, small=True)
    leaves = {name: leaf(array) for name, array in p.items()}
    optimiser, losses = torch.optim.SGD(leaves.values(), lr=0.05, momentum=0.8, weight_decay=0.01), []
    order = np.random.default_rng(3).permutation(len(images))
    for start in range(0, len(images), 5):
        chosen = order[start : start + 5]
        optimiser.zero_grad()
        loss = their_loss(leaves, images[chosen], labels[chosen], padding)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    moved, _, ours = training.train_epoch(p, zeros(p), images, labels, 0.05, 0.8, 0.01, 5, 3, padding)
    assert len(ours) == 4
    np.testing.assert_allclose(ours, losses, rtol=rtol)
    close_dicts(moved, leaves, rtol)
