"""Train the LeNet-5 whose parameters chapter 05 reads, and write them to ``course_lib/given/data/lenet5.npz``.

``python -m tools.lenet5_weights`` takes about a minute. Everything that learns here is what a learner of the course
writes: the functions of chapters 04 to 07. Only the pooling takes the mean, as in chapter 05.
"""

import math
from pathlib import Path

import numpy as np
from tqdm import tqdm

from course_lib.given.datasets import HELD_OUT, LENET5, digits_on_canvas
from solutions.fast_convolution import rows_product, shifted_rows, to_batch_first, to_batch_last
from solutions.network import cross_entropy, lenet5_forward, linear, relu
from solutions.pooling import avg_pool2d
from solutions.training import (
    accuracy,
    avg_pool2d_backward,
    conv2d_rows_backward_input,
    conv2d_rows_backward_weights,
    he_init,
    linear_backward,
    relu_backward,
    sgd_momentum_step,
    softmax_cross_entropy_backward,
)

SHAPES = {"conv1": (6, 1, 5, 5), "conv2": (16, 6, 5, 5), "fc1": (120, 400), "fc2": (84, 120), "fc3": (10, 84)}
PADDING = {"conv1": 2, "conv2": 0}
EPOCHS, BATCH, RATE, DECAY, SHIFT, SEED = 60, 32, 0.03, 2e-3, 2, 5


def initial() -> dict[str, np.ndarray]:
    """Weights to begin with, and biases of 0."""
    parameters = {}
    for number, (layer, shape) in enumerate(SHAPES.items()):
        parameters[f"{layer}.w"] = he_init(shape, seed=10 * SEED + number).astype(np.float32)
        parameters[f"{layer}.b"] = np.zeros(shape[0], np.float32)
    return parameters


def activations(parameters: dict, images: np.ndarray) -> dict[str, np.ndarray]:
    """What lenet5_forward computes, with all that the way back needs.

    Parameters
    ----------
    parameters : dict of ndarray
    images : ndarray, shape (N, 1, 28, 28)

    Returns
    -------
    dict of ndarray
        ``"conv1.rows"`` and ``"conv1"`` (after relu), batch last, and so for conv2; ``"flat"``, ``"fc1"``, ``"fc2"``
        and ``"logits"``, one row an image.
    """
    p, kept, x = parameters, {}, images
    for layer, padding in PADDING.items():
        kept[f"{layer}.rows"] = shifted_rows(to_batch_last(x), 5, padding)
        kept[layer] = relu(rows_product(kept[f"{layer}.rows"], p[f"{layer}.w"]) + p[f"{layer}.b"].reshape(-1, 1, 1))
        x = avg_pool2d(to_batch_first(kept[layer]), 2).astype(images.dtype)
    kept["flat"] = x.reshape(len(x), -1)
    kept["fc1"] = relu(linear(kept["flat"], p["fc1.w"], p["fc1.b"]))
    kept["fc2"] = relu(linear(kept["fc1"], p["fc2.w"], p["fc2.b"]))
    kept["logits"] = linear(kept["fc2"], p["fc3.w"], p["fc3.b"])
    return kept


def gradients(parameters: dict, images: np.ndarray, labels: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
    """The loss on a batch, and its gradient by every parameter."""
    kept, found = activations(parameters, images), {}
    dy = softmax_cross_entropy_backward(kept["logits"], labels)
    for layer, source in (("fc3", "fc2"), ("fc2", "fc1"), ("fc1", "flat")):
        dy, found[f"{layer}.w"], found[f"{layer}.b"] = linear_backward(dy, kept[source], parameters[f"{layer}.w"])
        if source != "flat":
            dy = relu_backward(dy, kept[source])
    dy = dy.reshape(len(images), 16, 5, 5)
    for layer in ("conv2", "conv1"):
        H, C, W, N = kept[layer].shape
        dy = relu_backward(to_batch_last(avg_pool2d_backward(dy, (N, C, H, W), 2)), kept[layer])
        found[f"{layer}.b"] = dy.sum(axis=(0, 2, 3))
        found[f"{layer}.w"] = conv2d_rows_backward_weights(dy, kept[f"{layer}.rows"])
        if layer == "conv2":
            dy = to_batch_first(conv2d_rows_backward_input(dy, parameters["conv2.w"]))
    return cross_entropy(kept["logits"], labels), found


def train(epochs: int = EPOCHS) -> dict[str, np.ndarray]:
    """The trained parameters.

    Each batch is moved by up to SHIFT pixels, and the learning rate falls along a cosine from RATE to 0.
    """
    images, labels = (array[:-HELD_OUT] for array in digits_on_canvas())
    images, rng = images.astype(np.float32), np.random.default_rng(SEED)
    parameters = initial()
    velocities = {name: np.zeros_like(array) for name, array in parameters.items()}
    progress = tqdm(range(epochs), unit="epoch")
    for epoch in progress:
        rate = RATE * (1 + math.cos(math.pi * epoch / epochs)) / 2
        order = rng.permutation(len(images))
        for start in range(0, len(images), BATCH):
            chosen = order[start : start + BATCH]
            moved = np.roll(images[chosen], rng.integers(-SHIFT, SHIFT + 1, 2), axis=(2, 3))
            loss, slopes = gradients(parameters, moved, labels[chosen])
            slopes = {name: slope.astype(np.float32) for name, slope in slopes.items()}
            parameters, velocities = sgd_momentum_step(parameters, slopes, velocities, rate, decay=DECAY)
        progress.set_postfix(loss=f"{loss:.4f}")
    return parameters


def main(path: Path = LENET5) -> None:
    """Train, and keep the parameters in half precision, which is enough to read with."""
    kept = {name: array.astype(np.float16) for name, array in train().items()}
    np.savez_compressed(path, **kept)
    images, labels = (array[-HELD_OUT:] for array in digits_on_canvas())
    right = accuracy(lenet5_forward(images, {name: array.astype(float) for name, array in kept.items()}), labels)
    print(f"{path.name}: {path.stat().st_size:,} bytes; reads {round(right * HELD_OUT)} of {HELD_OUT} unseen digits.")


if __name__ == "__main__":
    main()
