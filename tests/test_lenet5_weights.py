"""The shipped LeNet-5 is trained by what the course teaches: forward as chapter 05, gradients that are slopes."""

import numpy as np
import pytest

from course_lib.given import datasets
from solutions.network import cross_entropy, lenet5_forward
from tools import lenet5_weights

H = 1e-6


@pytest.fixture(scope="module")
def batch():
    images, labels = (array[:4] for array in datasets.digits_on_canvas())
    return images, labels


@pytest.fixture(scope="module")
def parameters():
    return datasets.lenet5_parameters()


def test_its_forward_pass_is_that_of_chapter_05(parameters, batch):
    logits = lenet5_weights.activations(parameters, batch[0])["logits"]
    assert np.allclose(logits, lenet5_forward(batch[0], parameters), rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", lenet5_weights.initial())
def test_every_gradient_is_the_slope_of_the_loss(parameters, batch, name):
    """Along a random direction through one parameter array."""
    images, labels = batch
    loss, found = lenet5_weights.gradients(parameters, images, labels)
    assert found[name].shape == parameters[name].shape
    direction = np.random.default_rng(0).standard_normal(found[name].shape)
    after, before = (
        cross_entropy(lenet5_forward(images, parameters | {name: parameters[name] + step * direction}), labels)
        for step in (H, -H)
    )
    assert np.isclose((after - before) / (2 * H), (found[name] * direction).sum(), rtol=1e-5, atol=1e-9)
    assert before != after and abs(loss - (before + after) / 2) < 1e-6


def test_two_epochs_learn():
    images, labels = (array[-datasets.HELD_OUT :] for array in datasets.digits_on_canvas())
    trained = lenet5_weights.train(epochs=2)
    assert {name: array.shape for name, array in trained.items()} == {
        name: array.shape for name, array in datasets.lenet5_parameters().items()
    }
    assert np.mean(lenet5_forward(images, trained).argmax(axis=1) == labels) > 0.6
