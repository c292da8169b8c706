"""Record the training run that TrainWatch shows where no other is given: ``python -m tools.recorded_run``.

It begins with a rate that is too high, and after 12 epochs a hand lowers it. Trained by the course's own functions.
"""

import tempfile
from pathlib import Path

import numpy as np

from course_lib.given import memory
from course_lib.given.array_file import write_arrays
from course_lib.given.datasets import DIGITS, digits
from course_lib.given.run import Run
from solutions.training import he_init, lenet5_activations, train_epoch

PATH = DIGITS.with_name("recorded_run.npz")
SHAPES = {"conv1": (6, 1, 3, 3), "conv2": (16, 6, 3, 3), "fc1": (120, 64), "fc2": (84, 120), "fc3": (10, 84)}
HIGH, LOWERED, EPOCHS, CHANGE = 0.08, 0.01, 30, 12


def record() -> Run:
    """Chapter 07's network and heaps of images, trained with two rates."""
    images, labels = digits()
    images, labels = (images[:, np.newaxis] / 16).astype(np.float32), labels.astype(int)
    order = np.random.default_rng(1000).permutation(len(images))
    valid, train = order[359:503], order[503:]
    parameters = {}
    for number, (layer, shape) in enumerate(SHAPES.items()):
        parameters |= {f"{layer}.w": he_init(shape, number).astype(np.float32), f"{layer}.b": np.zeros(shape[0], "f4")}
    run = Run(
        "recorded", train_epoch, lambda p, x: lenet5_activations(p, x, (1, 1))["logits"], parameters,
        (images[train], labels[train]), (images[valid], labels[valid]), rate=HIGH, decay=5e-3, batch=32,
    )  # fmt: skip
    run.advance(CHANGE)
    run.hold(LOWERED)
    run.advance(EPOCHS)
    return run


def main() -> None:
    """Train in a folder that is not kept, and keep what is looked at."""
    with tempfile.TemporaryDirectory() as folder:
        memory.FOLDER = Path(folder)
        run = record()
    write_arrays(PATH, run.looks, {"history": run.history, "best_epoch": run.best_epoch})
    last = run.history[-1]
    print(
        f"{PATH.name}: {PATH.stat().st_size:,} bytes; {len(run.history)} epochs, {last['valid_accuracy']:.1%} at last"
    )


if __name__ == "__main__":
    main()
