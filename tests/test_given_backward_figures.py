"""The drawings and charts of chapter 07: their numbers are those of the reference, and their words say them."""

import numpy as np
import pytest

from course_lib.given import figures_backward, figures_descent, pytorch_step
from solutions.training import conv2d_backward, conv2d_rows_backward_input, lenet5_activations

DY, KERNEL = np.array([[1.0, 0, 2, 1], [3, 1, 0, 2]]), np.array([[1.0, 2], [3, 4]])


def test_the_windows_that_are_drawn_add_up_to_the_gradient():
    image = np.zeros((1, 1, 3, 5))
    dx, _, _ = conv2d_backward(DY[np.newaxis, np.newaxis], image, KERNEL[np.newaxis, np.newaxis])
    np.testing.assert_array_equal(figures_backward.sent_back(DY, KERNEL).sum(axis=0), dx[0, 0])


def test_the_stages_that_are_drawn_end_in_the_gradient():
    matrices, blocks, padded = figures_backward.stages(DY, KERNEL)
    np.testing.assert_array_equal(blocks[1], matrices[0, 1] + matrices[1, 0])
    dx = conv2d_rows_backward_input(DY[:, np.newaxis, :, np.newaxis], KERNEL[np.newaxis, np.newaxis], padding=1)
    np.testing.assert_array_equal(padded[1:-1, 1:-1], dx[:, 0, :, 0])


@pytest.mark.parametrize(
    "draw",
    [
        lambda alt: figures_backward.slope(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9) ** 2, 0.5, 0.25, alt),
        lambda alt: figures_backward.messages(["conv", "loss"], ["1", "2", "3"], ["dw", ""], alt),
        lambda alt: figures_backward.spread(DY, KERNEL, alt),
        lambda alt: figures_backward.rows_backwards(DY, KERNEL, 1, alt),
    ],
    ids=["slope", "messages", "spread", "rows_backwards"],
)
def test_a_drawing_has_its_words(draw):
    assert draw("what is seen").alt == "what is seen"


def test_charts_say_their_numbers():
    sizes = figures_descent.signal_sizes({"small": [1.0, 0.5], "large": [1.0, 2.0]}, "Sizes.")
    assert "small: 5.0e-01; large: 2.0e+00" in sizes.alt
    seeds = figures_descent.by_seed({"as it is": [0.5, 0.75, 0.7]}, "right", "Seeds.")
    assert "as it is 50.0% to 75.0%, median 70.0%" in seeds.alt
    paths = {"straight": np.array([[-9.0, 2.0], [1.0, 0.0]]), "nowhere": np.array([[-9.0, 2.0], [0.0, 2.0]])}
    valley = figures_descent.valley(lambda a, b: a**2 + 20 * b**2, paths, "Paths.")
    assert "straight ends at height 1; nowhere ends at height 80" in valley.alt


def test_without_pytorch_there_is_no_task(monkeypatch):
    monkeypatch.setattr(pytorch_step, "has_pytorch", lambda: False)
    assert pytorch_step.pytorch_step({}, np.zeros((1, 1, 8, 8)), np.zeros(1, int)) == {}


def test_the_step_in_pytorch_is_of_the_same_network():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    shapes = {"conv1": (2, 1, 3, 3), "conv2": (3, 2, 3, 3), "fc1": (5, 12), "fc2": (4, 5), "fc3": (3, 4)}
    p = {f"{name}.w": rng.normal(size=shape) for name, shape in shapes.items()}
    p |= {f"{name}.b": rng.normal(size=shape[0]) for name, shape in shapes.items()}
    images, padding = rng.random((4, 1, 8, 8)), (1, 1)
    theirs = pytorch_step._logits(
        torch, {n: torch.from_numpy(a) for n, a in p.items()}, torch.from_numpy(images), padding
    )
    np.testing.assert_allclose(theirs.numpy(), lenet5_activations(p, images, padding)["logits"], atol=1e-12)
    pytorch_step.pytorch_step(p, images, np.arange(4) % 3, padding)["PyTorch"].call()
