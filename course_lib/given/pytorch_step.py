"""A training step of LeNet-5 in PyTorch, to be timed beside the learner's; nothing where PyTorch is not installed."""

from collections.abc import Mapping

import numpy as np

from course_lib.given.job import Task
from course_lib.given.stopwatch import has_pytorch


def pytorch_step(
    parameters: Mapping[str, np.ndarray],
    images: np.ndarray,
    labels: np.ndarray,
    padding: tuple[int, int] = (2, 0),
    rate: float = 0.02,
    momentum: float = 0.9,
) -> dict[str, Task]:
    """One step on one core, as a task called "PyTorch"; an empty dict where it is not installed.

    Parameters
    ----------
    parameters : mapping of ndarray
        As lenet5_activations takes them; copied, since the step moves them.
    images : ndarray, shape (N, C, H, W), of their dtype
    labels : ndarray, shape (N,), int64
    padding : tuple of int
    rate, momentum : float
    """
    if not has_pytorch():
        return {}
    import torch

    torch.set_num_threads(1)
    p = {name: torch.tensor(array, requires_grad=True) for name, array in parameters.items()}
    x, y = torch.from_numpy(images), torch.from_numpy(labels)
    optimiser = torch.optim.SGD(p.values(), lr=rate, momentum=momentum)

    def step() -> None:
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(_logits(torch, p, x, padding), y).backward()
        optimiser.step()

    return {"PyTorch": Task(step)}


def _logits(torch, p: dict, x, padding: tuple[int, int]):
    for layer, pad in zip(("conv1", "conv2"), padding):
        x = torch.conv2d(x, p[f"{layer}.w"], p[f"{layer}.b"], padding=pad)
        x = torch.max_pool2d(torch.relu(x), 2)
    x = x.flatten(1)
    for layer in ("fc1", "fc2"):
        x = torch.relu(torch.nn.functional.linear(x, p[f"{layer}.w"], p[f"{layer}.b"]))
    return torch.nn.functional.linear(x, p["fc3.w"], p["fc3.b"])
