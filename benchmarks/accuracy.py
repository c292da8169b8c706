"""How well the course's networks read: the small LeNet-5 on the 8×8 digits, LeNet-5 on MNIST, over several seeds.

    python -m benchmarks.accuracy [--mnist FOLDER] [--seeds 10]

FOLDER holds MNIST's two test files, as they come (t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz). 8,000 of these
images, drawn by a fixed seed, are trained on, the other 2,000 are read. Without the option only the digits are run.
"""

import gzip
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.progress import track
from threadpoolctl import threadpool_limits

from .peers import nets

MNIST = nets.Settings(peak=0.05, decay=5e-4, batch=64, epochs=12, padding=(2, 0))


def mnist_in_two(folder: Path):
    """8,000 images to train on and 2,000 to read."""
    images = idx(folder / "t10k-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28)
    labels = idx(folder / "t10k-labels-idx1-ubyte.gz", 8).astype(int)
    if len(images) != 10_000 or len(labels) != 10_000:
        raise click.ClickException(f"{folder} holds {len(images)} images and {len(labels)} labels, not 10,000 of each.")
    order = np.random.default_rng(1000).permutation(len(images))
    images = (images / 255).astype("float32")
    test, train = order[:2000], order[2000:]
    return (images[train], labels[train]), (images[test], labels[test])


def idx(path: Path, header: int) -> np.ndarray:
    """The bytes of an IDX file after its header."""
    if not path.exists():
        raise click.ClickException(f"There is no {path}. --mnist takes the folder with MNIST's two test files.")
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


@click.command(help=__doc__.partition("\n")[0])
@click.option("--mnist", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--seeds", type=click.IntRange(1), default=10)
def main(mnist: Path | None, seeds: int) -> None:
    console = Console()
    works = [("8×8 digits, held-out fifth", 0.98, nets.SMALL, nets.held_out_fifth(), nets.Settings())]
    if mnist:
        works.append(("MNIST, 2,000 of its test files", 0.975, nets.LENET5, mnist_in_two(mnist), MNIST))
    for name, goal, shapes, data, settings in works:
        runs = [
            nets.train(seed, None, shapes, data, settings)
            for seed in track(range(seeds), f"{name}:", console=console, transient=True)
        ]
        reached = [accuracy for *_, accuracy in runs]
        console.print(
            f"{name}: {sum(a >= goal for a in reached)} of {seeds} seeds reach {goal:.1%}; "
            f"from {min(reached):.2%} to {max(reached):.2%}, median {np.median(reached):.2%}; "
            f"{settings.epochs} epochs, {np.median([run[0] for run in runs]):.1f} s of training a seed.",
            highlight=False,
            soft_wrap=True,
        )


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
