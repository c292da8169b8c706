"""Train the LeNet-5 whose parameters chapter 05 reads, and write them to ``course_lib/given/data/lenet5.npz``.

``python -m tools.lenet5_weights`` needs PyTorch, which the course does not. Chapter 07 trains without it.
"""

from pathlib import Path

import numpy as np

from course_lib.given.datasets import DIGITS, HELD_OUT, digits_on_canvas

PATH = DIGITS.with_name("lenet5.npz")
EPOCHS, BATCH, SEED = 60, 32, 5
NAMES = ("conv1", "conv2", "fc1", "fc2", "fc3")


def train():
    """The trained network, as PyTorch has it."""
    import torch
    from torch import nn

    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    images, labels = digits_on_canvas()
    x = torch.tensor(images[:-HELD_OUT], dtype=torch.float32)
    y = torch.tensor(labels[:-HELD_OUT], dtype=torch.int64)
    network = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )  # fmt: skip
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    for epoch in range(EPOCHS):
        for batch in torch.randperm(len(x)).split(BATCH):
            down, right = torch.randint(-2, 3, (2,)).tolist()
            loss = nn.functional.cross_entropy(network(x[batch].roll((down, right), (2, 3))), y[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()
        print(f"epoch {epoch + 1} of {EPOCHS}: last loss {loss.item():.4f}")
    return network


def main() -> None:
    """Train, and keep the parameters in half precision, which is enough to read with."""
    layers = [layer for layer in train() if hasattr(layer, "weight")]
    kept = {}
    for name, layer in zip(NAMES, layers, strict=True):
        kept[f"{name}.w"] = layer.weight.detach().numpy().astype(np.float16)
        kept[f"{name}.b"] = layer.bias.detach().numpy().astype(np.float16)
    np.savez_compressed(PATH, **kept)
    print(f"{Path(PATH).name}: {PATH.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
