"""Whole networks: a training step of LeNet-5, and a training of its small sister to a stated accuracy."""

import math
import time
from dataclasses import dataclass

import numpy as np

from course_lib.given.datasets import digits
from solutions.training import (
    accuracy,
    he_init,
    lenet5_activations,
    lenet5_gradients,
    sgd_momentum_step,
    train_epoch,
)

from .layers import Work

try:
    import torch
    from torch.nn import functional
except ImportError:
    torch = None

LENET5 = {"conv1": (6, 1, 5, 5), "conv2": (16, 6, 5, 5), "fc1": (120, 400), "fc2": (84, 120), "fc3": (10, 84)}
SMALL = {"conv1": (6, 1, 3, 3), "conv2": (16, 6, 3, 3), "fc1": (120, 64), "fc2": (84, 120), "fc3": (10, 84)}


@dataclass(frozen=True)
class Settings:
    """How the small network is trained; chosen on a validation split of the training images."""

    peak: float = 0.02
    momentum: float = 0.9
    decay: float = 5e-3
    batch: int = 32
    epochs: int = 60
    padding: tuple[int, int] = (1, 1)

    def rate(self, epoch: int) -> float:
        """Half a cosine, from the peak down to nearly 0."""
        return self.peak * 0.5 * (1 + math.cos(math.pi * epoch / self.epochs))


def begin(shapes: dict, seed: int, dtype: str) -> dict[str, np.ndarray]:
    """Parameters before the first step."""
    parameters = {}
    for number, (layer, shape) in enumerate(shapes.items()):
        parameters[f"{layer}.w"] = he_init(shape, 10 * seed + number).astype(dtype)
        parameters[f"{layer}.b"] = np.zeros(shape[0], dtype)
    return parameters


def at_rest(parameters: dict) -> dict[str, np.ndarray]:
    """A velocity of 0 for each parameter."""
    return {name: np.zeros_like(parameter) for name, parameter in parameters.items()}


def torch_logits(p: dict, images, padding: tuple[int, int]):
    """The same network in PyTorch, in the order of layers in which one writes it there."""
    x = functional.max_pool2d(
        functional.relu(functional.conv2d(images, p["conv1.w"], p["conv1.b"], padding=padding[0])), 2
    )
    x = functional.max_pool2d(functional.relu(functional.conv2d(x, p["conv2.w"], p["conv2.b"], padding=padding[1])), 2)
    x = functional.relu(functional.linear(x.flatten(1), p["fc1.w"], p["fc1.b"]))
    x = functional.relu(functional.linear(x, p["fc2.w"], p["fc2.b"]))
    return functional.linear(x, p["fc3.w"], p["fc3.b"])


def training_step(dtype: str, channels_last: bool = False, reach=None, stretch=None) -> Work:
    """One step on a batch of 64 images of 28×28: forward, backward, SGD with momentum."""
    rng = np.random.default_rng(0)
    images, labels = rng.random((64, 1, 28, 28)).astype(dtype), rng.integers(0, 10, 64)
    parameters = begin(LENET5, 0, dtype)
    state = [parameters, at_rest(parameters)]

    def ours():
        loss, gradients = lenet5_gradients(state[0], images, labels)
        state[:] = sgd_momentum_step(state[0], gradients, state[1], 0.01)
        return loss

    theirs, name = None, "LeNet-5 training step, 1×28×28, batch 64"
    if torch:
        layout = torch.channels_last if channels_last else torch.contiguous_format
        name += ", beside channels_last" if channels_last else ""
        leaves = {n: torch.from_numpy(p.copy()) for n, p in parameters.items()}
        leaves = {
            n: (p.contiguous(memory_format=layout) if p.ndim == 4 else p).requires_grad_() for n, p in leaves.items()
        }
        batch, targets = torch.from_numpy(images).contiguous(memory_format=layout), torch.from_numpy(labels)
        optimiser = torch.optim.SGD(leaves.values(), lr=0.01, momentum=0.9)

        def theirs():
            optimiser.zero_grad()
            loss = functional.cross_entropy(torch_logits(leaves, batch, (2, 0)), targets)
            loss.backward()
            optimiser.step()
            return loss.item()

        same_gradients(parameters, leaves, images, labels, theirs, dtype)
    return Work(name, dtype, ours, theirs, reach, stretch)


def same_gradients(parameters, leaves, images, labels, step, dtype) -> None:
    """The first gradients of both sides are the same before anything is timed."""
    step()
    _, gradients = lenet5_gradients(parameters, images, labels)
    for name, leaf in leaves.items():
        theirs = leaf.grad.numpy()
        error = np.abs(gradients[name] - theirs).max() / np.abs(theirs).max()
        if not error < {"float32": 1e-5, "float64": 1e-12}[dtype]:
            raise AssertionError(f"the gradients of {name} in {dtype} differ by {error:.1e} of the largest")


def held_out_fifth() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """The 8×8 digits in two: four fifths to train on, a fifth, drawn by a fixed seed, to test."""
    images, labels = digits()
    images, labels = (images[:, np.newaxis] / 16).astype("float32"), labels.astype(int)
    order = np.random.default_rng(1000).permutation(len(images))
    test, train = order[: len(order) // 5], order[len(order) // 5 :]
    return (images[train], labels[train]), (images[test], labels[test])


def train(seed: int, goal: float | None, shapes: dict, data, settings: Settings) -> tuple[float, int, float]:
    """Seconds of training, epochs, test accuracy: until the goal is reached, or to the end where there is none."""
    (images, labels), (test_images, test_labels) = data
    parameters = begin(shapes, seed, "float32")
    velocities, spent = at_rest(parameters), 0.0
    for epoch in range(settings.epochs):
        start = time.perf_counter()
        parameters, velocities, _ = train_epoch(
            parameters,
            velocities,
            images,
            labels,
            settings.rate(epoch),
            settings.momentum,
            settings.decay,
            settings.batch,
            1000 * seed + epoch,
            settings.padding,
        )
        spent += time.perf_counter() - start
        if goal is None and epoch + 1 < settings.epochs:
            continue
        reached = accuracy(lenet5_activations(parameters, test_images, settings.padding)["logits"], test_labels)
        if goal is not None and reached >= goal:
            break
    return spent, epoch + 1, reached


def train_small(seed: int, goal: float) -> tuple[float, int, float]:
    """The small network, on the 8×8 digits, until it has the accuracy."""
    return train(seed, goal, SMALL, held_out_fifth(), Settings())


def train_small_in_torch(seed: int, goal: float, settings: Settings = Settings()) -> tuple[float, int, float]:
    """The same training in PyTorch: initial weights, batches, order, schedule and optimiser are the same."""
    (images, labels), (test_images, test_labels) = (tuple(map(torch.from_numpy, part)) for part in held_out_fifth())
    leaves = {n: torch.from_numpy(p).requires_grad_() for n, p in begin(SMALL, seed, "float32").items()}
    optimiser = torch.optim.SGD(leaves.values(), settings.peak, settings.momentum, weight_decay=settings.decay)
    spent, reached = 0.0, 0.0
    for epoch in range(settings.epochs):
        start = time.perf_counter()
        optimiser.param_groups[0]["lr"] = settings.rate(epoch)
        order = torch.from_numpy(np.random.default_rng(1000 * seed + epoch).permutation(len(images)))
        for chosen in order.split(settings.batch):
            optimiser.zero_grad()
            loss = functional.cross_entropy(torch_logits(leaves, images[chosen], settings.padding), labels[chosen])
            loss.backward()
            optimiser.step()
        spent += time.perf_counter() - start
        with torch.no_grad():
            votes = torch_logits(leaves, test_images, settings.padding).argmax(1)
        reached = (votes == test_labels).float().mean().item()
        if reached >= goal:
            break
    return spent, epoch + 1, reached
