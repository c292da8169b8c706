"""Single layers: convolutions of nine shapes, a large kernel, a volume (all without biases), max pooling."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from solutions import fast_convolution as fast
from solutions.training import max_pool2x2_backward

try:
    import torch
    from torch.nn import functional
except ImportError:
    torch = None

DENSE = "conv2d forward"
SHAPES = {  # what it is: N, C, pixels a side, F, kernel, padding
    "LeNet conv1": (64, 1, 28, 6, 5, 2),
    "LeNet conv2": (64, 6, 14, 16, 5, 0),
    "3→32, 32², 3×3": (64, 3, 32, 32, 3, 1),
    "3→32, 32², 7×7": (64, 3, 32, 32, 7, 3),
    "64→64, 32², 3×3": (32, 64, 32, 64, 3, 1),
    "64→64, 56², 3×3": (8, 64, 56, 64, 3, 1),
    "128→128, 28², 3×3": (16, 128, 28, 128, 3, 1),
    "256→256, 14², 3×3": (32, 256, 14, 256, 3, 1),
    "64→128, 28², 1×1": (16, 64, 28, 128, 1, 0),
}


@dataclass(frozen=True)
class Work:
    """One row of the table: the same numbers computed on both sides, each on data in the layout that it works in."""

    name: str
    dtype: str
    ours: Callable[[], object]
    theirs: Callable[[], object] | None
    reach: float | None = None
    stretch: float | None = None
    dense: bool = False  # one of the nine shapes of the geometric mean


def layers() -> Iterator[Work]:
    """All works of single layers, each made when it is asked for, so that one at a time is in memory."""
    for dtype in ("float32", "float64"):
        for name, (N, C, side, F, k, padding) in SHAPES.items():
            yield convolution(f"{DENSE}, {name}", dtype, (N, C, side, side), (F, C, k, k), padding, dense=True)
    for dtype in ("float32", "float64"):
        goal = (0.10, 0.05) if dtype == "float32" else (None, None)
        yield convolution("31×31 on 512²", dtype, (1, 1, 512, 512), (1, 1, 31, 31), 15, *goal)
    for dtype in ("float32", "float64"):
        yield volume(dtype, *((1.0, 0.7) if dtype == "float32" else (None, None)))
    for dtype in ("float32", "float64"):
        yield pooling(dtype, *((0.30, 0.15) if dtype == "float32" else (None, None)))


def convolution(name, dtype, image_shape, kernel_shape, padding, reach=None, stretch=None, dense=False) -> Work:
    """conv2d_fast beside torch.nn.functional.conv2d."""
    rng = np.random.default_rng(0)
    images, w = rng.standard_normal(image_shape).astype(dtype), rng.standard_normal(kernel_shape).astype(dtype)
    x = fast.to_batch_last(images)
    theirs = None
    if torch:
        tensors = [torch.from_numpy(array) for array in (images, w)]
        theirs = without_gradients(lambda: functional.conv2d(*tensors, padding=padding))
        agree(name, fast.to_batch_first(fast.conv2d_fast(x, w, padding=padding)), theirs().numpy(), dtype)
    return Work(name, dtype, lambda: fast.conv2d_fast(x, w, padding=padding), theirs, reach, stretch, dense)


def volume(dtype, reach=None, stretch=None) -> Work:
    """conv3d_winograd beside torch.nn.functional.conv3d: 16→32 channels, 16³ voxels, 3×3×3, batch of 8."""
    rng = np.random.default_rng(0)
    volumes, w = rng.standard_normal((8, 16, 16, 16, 16)).astype(dtype), rng.standard_normal((32, 16, 3, 3, 3))
    w = w.astype(dtype)
    x, theirs = np.ascontiguousarray(volumes.transpose(3, 2, 1, 4, 0)), None
    if torch:
        tensors = [torch.from_numpy(array) for array in (volumes, w)]
        theirs = without_gradients(lambda: functional.conv3d(*tensors, padding=1))
        ours = fast.conv3d_winograd(x, w, padding=1).transpose(4, 2, 1, 0, 3)
        agree("conv3d", ours, theirs().numpy(), dtype)
    return Work("conv3d 16→32, 16³", dtype, lambda: fast.conv3d_winograd(x, w, padding=1), theirs, reach, stretch)


def pooling(dtype, reach=None, stretch=None) -> Work:
    """max_pool2x2 forward and backward beside max_pool2d and its autograd."""
    rng = np.random.default_rng(0)
    images = rng.standard_normal((64, 16, 28, 28)).astype(dtype)
    gradient = rng.standard_normal((64, 16, 14, 14)).astype(dtype)
    x, dy = fast.to_batch_last(images), fast.to_batch_last(gradient)

    def ours():
        return max_pool2x2_backward(dy, x, fast.max_pool2x2(x))

    theirs = None
    if torch:
        leaf, upstream = torch.from_numpy(images).requires_grad_(), torch.from_numpy(gradient)

        def theirs():
            return torch.autograd.grad(functional.max_pool2d(leaf, 2), leaf, upstream)[0]

        agree("max pooling", fast.to_batch_first(ours()), theirs().numpy(), dtype)
    return Work("max-pool 2×2, forward and backward", dtype, ours, theirs, reach, stretch)


def without_gradients(work: Callable[[], object]) -> Callable[[], object]:
    """The work as it runs when nobody is going to ask for gradients."""

    def run():
        with torch.no_grad():
            return work()

    return run


def agree(name: str, ours: np.ndarray, theirs: np.ndarray, dtype: str) -> None:
    """Two answers are compared before they are timed; a fast wrong one is worth nothing."""
    error = np.abs(ours - theirs).max() / np.abs(theirs).max()
    if not error < {"float32": 1e-4, "float64": 1e-10}[dtype]:
        raise AssertionError(f"{name} in {dtype}: the two sides differ by {error:.1e} of the largest number")
