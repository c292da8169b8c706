"""Bad input to chapter 05 raises a ValueError that names the values; whole numbers are promoted, never wrapped."""

import re

import numpy as np
import pytest

from course_lib.given import datasets
from solutions import network

X = np.ones((2, 1, 28, 28))
P = datasets.lenet5_parameters()
CONV = {"kind": "conv", "filters": 4, "kernel": 3}
FLAT = {"kind": "flatten"}


def shapes(*layers, image=(1, 8, 8)):
    return list(layers), image


@pytest.mark.parametrize(
    "function, arguments, named",
    [
        (network.relu, (np.array([1j]),), ["complex128"]),
        (network.relu, (np.array(["a"]),), ["<U1"]),
        (network.flatten, (np.array(3.0),), ["()"]),
        (network.flatten, (np.zeros((0, 1, 2, 2)),), ["(0, 1, 2, 2)"]),
        (network.linear, (np.ones(3), np.ones((2, 3)), np.ones(2)), ["(3,)", "(2, 3)"]),
        (network.linear, (np.ones((0, 3)), np.ones((2, 3)), np.ones(2)), ["(0, 3)"]),
        (network.linear, (np.ones((4, 3)), np.ones((2, 5)), np.ones(2)), ["3", "5"]),
        (network.linear, (np.ones((4, 3)), np.ones((2, 3)), np.ones(3)), ["2 units", "(3,)"]),
        (network.linear, (np.ones((4, 3)), np.ones((2, 3)), np.ones((1, 2))), ["(1, 2)"]),
        (network.softmax, (np.ones(3),), ["(3,)"]),
        (network.softmax, (np.ones((0, 3)),), ["(0, 3)"]),
        (network.softmax, (np.ones((3, 0)),), ["(3, 0)"]),
        (network.cross_entropy, (np.ones((2, 3)), np.array([0])), ["(2, 3)", "(1,)"]),
        (network.cross_entropy, (np.ones((2, 3)), np.array([[0], [1]])), ["(2, 3)", "(2, 1)"]),
        (network.cross_entropy, (np.ones((0, 3)), np.zeros(0, int)), ["(0, 3)", "(0,)"]),
        (network.cross_entropy, (np.ones((2, 3)), np.array([0, 3])), ["0 to 3", "3 classes"]),
        (network.cross_entropy, (np.ones((2, 3)), np.array([-1, 2])), ["-1 to 2"]),
        (network.cross_entropy, (np.ones((2, 3)), np.array([0.0, 1.0])), ["float64"]),
        (network.predict, (np.ones(3),), ["(3,)"]),
        (network.predict, (np.ones((0, 3)),), ["(0, 3)"]),
        (network.predict, (np.ones((3, 0)),), ["(3, 0)"]),
        (network.lenet5_forward, (X[:0], P), ["(0, 1, 28, 28)"]),
        (network.lenet5_forward, (X[0], P), ["(1, 28, 28)"]),
        (network.lenet5_forward, (np.ones((1, 3, 28, 28)), P), ["(1, 3, 28, 28)"]),
        (network.lenet5_forward, (X, {"conv1.w": P["conv1.w"]}), ["conv1.b", "conv1.w"]),
        (network.lenet5_forward, (X, {}), ["conv1.w", "nothing"]),
        (network.lenet5_forward, (X, P | {"fc1.w": P["fc1.w"].T}), ["fc1.w", "(400, 120)", "(120, 400)"]),
        (network.layer_shapes, shapes({"kind": "convolution"}), ["'convolution'", "conv, pool"]),
        (network.layer_shapes, shapes({"filters": 4}), ["None"]),
        (network.layer_shapes, shapes({"kind": "conv", "filters": 4}), ["'filters': 4", "kernel"]),
        (network.layer_shapes, shapes(CONV | {"strides": 2}), ["strides"]),
        (network.layer_shapes, shapes(CONV | {"stride": 0}), ["stride is 0"]),
        (network.layer_shapes, shapes(CONV | {"padding": -1}), ["padding is -1"]),
        (network.layer_shapes, shapes(CONV | {"kernel": (3, 3)}), ["(3, 3)"]),
        (network.layer_shapes, shapes(CONV | {"filters": 0}), ["filters is 0"]),
        (network.layer_shapes, shapes(CONV | {"kernel": 9}), ["9", "8"]),
        (network.layer_shapes, shapes({"kind": "pool", "window": 9}), ["9", "8"]),
        (network.layer_shapes, shapes({"kind": "linear", "units": 3}), ["flatten", "'units': 3"]),
        (network.layer_shapes, shapes(FLAT, CONV), ["conv", "flat"]),
        (network.layer_shapes, shapes(FLAT, {"kind": "pool", "window": 2}), ["pool", "flat"]),
        (network.layer_shapes, shapes(CONV, image=(8, 8)), ["(8, 8)"]),
        (network.layer_shapes, shapes(CONV, image=(0, 8, 8)), ["(0, 8, 8)"]),
    ],
)
def test_a_value_error_names_the_values(function, arguments, named):
    with pytest.raises(ValueError) as raised:
        function(*arguments)
    for value in named:
        assert re.search(re.escape(value), str(raised.value)), f"{value} is not in: {raised.value}"


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int32, np.float32])
def test_small_dtypes_give_what_double_precision_gives(dtype):
    rng = np.random.default_rng(0)
    x, w = rng.integers(60, 127, (3, 4)).astype(dtype), rng.integers(60, 127, (2, 4)).astype(dtype)
    labels = np.array([0, 3, 1], np.uint8)
    for function, arguments in (
        (network.linear, (x, w, w[:, 0])),
        (network.softmax, (x,)),
        (network.cross_entropy, (x, labels)),
        (network.relu, (x,)),
        (network.flatten, (x,)),
        (network.predict, (x,)),
    ):
        wide = [argument if argument is labels else argument.astype(float) for argument in arguments]
        np.testing.assert_array_equal(function(*arguments), function(*wide))


def test_lenet5_takes_the_pixels_of_a_file():
    pixels = np.random.default_rng(0).integers(0, 256, (1, 1, 28, 28)).astype(np.uint8)
    np.testing.assert_array_equal(network.lenet5_forward(pixels, P), network.lenet5_forward(pixels.astype(float), P))


def test_the_networks_parameters_read_the_digits_that_it_has_not_seen():
    images, labels = datasets.digits_on_canvas()
    unseen, right = images[-datasets.HELD_OUT :], labels[-datasets.HELD_OUT :]
    read = network.predict(network.lenet5_forward(unseen, datasets.lenet5_parameters()))
    assert int((read == right).sum()) == 284  # as the data's README says


def test_the_canvas_holds_the_digits_with_a_margin():
    images, labels = datasets.digits_on_canvas()
    assert images.shape == (1797, 1, 28, 28) and images.min() == 0 and images.max() <= 1
    assert not images[:, :, :2].any() and not images[..., -2:].any()
    np.testing.assert_allclose(images[:, 0, 3:26:3, 3:26:3], datasets.digits()[0] / 16)
