"""Chapter 07 refuses what it cannot train with, in the solutions and in the stubs, and says which values it got."""

import re

import numpy as np
import pytest
from stub_functions import stubs_of

from solutions import training


def ones(*shape):
    return np.ones(shape)


def lenet5(**changed):
    """Parameters of a small LeNet-5 for images (N, 1, 8, 8) and padding (1, 1)."""
    shapes = {
        "conv1.w": (2, 1, 3, 3), "conv1.b": (2,), "conv2.w": (3, 2, 3, 3), "conv2.b": (3,), "fc1.w": (5, 12),
        "fc1.b": (5,), "fc2.w": (4, 5), "fc2.b": (4,), "fc3.w": (3, 4), "fc3.b": (3,),
    }  # fmt: skip
    arrays = {name: np.full(shape, 0.1) for name, shape in shapes.items()}
    return arrays | {name.replace("_", "."): array for name, array in changed.items()}


def without(name):
    return {key: array for key, array in lenet5().items() if key != name}


def batch(N=2, images=None, labels=None):
    return ones(N, 1, 8, 8) if images is None else images, np.arange(N) % 3 if labels is None else labels


P = {"w": ones(2, 3)}
GEOMETRY = (
    ({"stride": 0}, "stride is 0"),
    ({"stride": (1, -1)}, "stride is (1, -1)"),
    ({"stride": 1.5}, "stride is 1.5"),
    ({"stride": (1, 1, 1)}, "stride is (1, 1, 1)"),
    ({"padding": -1}, "padding is -1"),
    ({"padding": (0, 0.5)}, "padding is (0, 0.5)"),
)
IMAGES, FILTERS, SLOPES = ones(2, 3, 4, 5), ones(6, 3, 2, 2), ones(2, 6, 3, 4)

CALLS = [
    ("relu_backward", (ones(2, 3), ones(3, 2)), {}, "dy has shape (2, 3), x has (3, 2)"),
    ("relu_backward", (ones(3), ones(2, 3)), {}, "dy has shape (3,), x has (2, 3)"),
    ("linear_backward", (ones(4), ones(4, 3), ones(2, 3)), {}, "dy has shape (4,)"),
    ("linear_backward", (ones(4, 2), ones(4, 3, 1), ones(2, 3)), {}, "x has shape (4, 3, 1)"),
    ("linear_backward", (ones(4, 2), ones(4, 3), ones(3)), {}, "w has shape (3,)"),
    ("linear_backward", (ones(0, 2), ones(0, 3), ones(2, 3)), {}, "dy has shape (0, 2)"),
    ("linear_backward", (ones(4, 2), ones(4, 0), ones(2, 0)), {}, "x has shape (4, 0)"),
    ("linear_backward", (ones(4, 2), ones(4, 3), ones(3, 3)), {}, "dy (4, 2), x (4, 3) and w (3, 3)"),
    ("linear_backward", (ones(3, 2), ones(4, 3), ones(2, 3)), {}, "dy (3, 2), x (4, 3) and w (2, 3)"),
    ("linear_backward", (ones(4, 2), ones(4, 3), ones(2, 5)), {}, "dy (4, 2), x (4, 3) and w (2, 5)"),
    *(
        (name, *call)
        for name in ("softmax_cross_entropy_backward", "accuracy")
        for call in (
            ((ones(3), np.zeros(3, int)), {}, "logits has shape (3,)"),
            ((ones(0, 3), np.zeros(0, int)), {}, "logits has shape (0, 3)"),
            ((ones(2, 0), np.zeros(2, int)), {}, "logits has shape (2, 0)"),
            ((ones(2, 3), np.zeros(3, int)), {}, "labels have shape (3,); logits (2, 3)"),
            ((ones(2, 3), np.zeros((2, 1), int)), {}, "labels have shape (2, 1)"),
            ((ones(2, 3), np.zeros(2)), {}, "labels have dtype float64"),
            ((ones(2, 3), np.array([True, False])), {}, "labels have dtype bool"),
            ((ones(2, 3), np.array([0, 3])), {}, "labels run from 0 to 3; there are 3 classes"),
            ((ones(2, 3), np.array([-1, 2])), {}, "labels run from -1 to 2; there are 3 classes"),
        )
    ),
    *(("conv2d_backward", (SLOPES, IMAGES, FILTERS), *call) for call in GEOMETRY),
    ("conv2d_backward", (SLOPES, IMAGES[0], FILTERS), {}, "x has shape (3, 4, 5)"),
    ("conv2d_backward", (SLOPES, IMAGES[:0], FILTERS), {}, "x has shape (0, 3, 4, 5)"),
    ("conv2d_backward", (SLOPES, IMAGES, FILTERS[0]), {}, "w has shape (3, 2, 2)"),
    ("conv2d_backward", (SLOPES, IMAGES, FILTERS[:0]), {}, "w has shape (0, 3, 2, 2)"),
    ("conv2d_backward", (SLOPES, IMAGES, FILTERS[:, :2]), {}, "x has 3 channels, w (6, 2, 2, 2) has 2"),
    ("conv2d_backward", (SLOPES, IMAGES, ones(6, 3, 5, 2)), {}, "a window of (5, 2) does not fit on (4, 5) pixels"),
    ("conv2d_backward", (SLOPES[:, :5], IMAGES, FILTERS), {}, "(2, 5, 3, 4); the output has (2, 6, 3, 4)"),
    ("conv2d_backward", (SLOPES[0], IMAGES, FILTERS), {}, "(6, 3, 4); the output has (2, 6, 3, 4)"),
    ("conv2d_backward", (SLOPES, IMAGES, FILTERS, 2), {}, "(2, 6, 3, 4); the output has (2, 6, 2, 2)"),
    *(
        (name, (ones(2, 3, 2, 2), images, *call[0]), *call[1:])
        for name, images in (("max_pool2d_backward", IMAGES), ("avg_pool2d_backward", IMAGES.shape))
        for call in (
            *(((2,), *call) for call in GEOMETRY),
            ((0,), {}, "window is 0"),
            (((2, -1),), {}, "window is (2, -1)"),
            (((2, 2, 2),), {}, "window is (2, 2, 2)"),
            ((1.5,), {}, "window is 1.5"),
            ((2,), {"padding": 2}, "padding (2, 2) is more than half the window (2, 2)"),
            (((4, 3),), {"padding": (1, 2)}, "padding (1, 2) is more than half the window (4, 3)"),
            (((5, 1),), {}, "a window of (5, 1) does not fit on (4, 5) pixels"),
            ((9,), {"padding": 1}, "does not fit on (4, 5) pixels with padding (1, 1)"),
            ((2, 1), {}, "(2, 3, 2, 2); the output has (2, 3, 3, 4)"),
        )
    ),
    ("max_pool2d_backward", (ones(2, 3, 2, 2), IMAGES[0], 2), {}, "shape (3, 4, 5)"),
    ("max_pool2d_backward", (ones(2, 3, 2, 2), IMAGES[:0], 2), {}, "shape (0, 3, 4, 5)"),
    ("avg_pool2d_backward", (ones(2, 3, 2, 2), (3, 4, 5), 2), {}, "shape (3, 4, 5)"),
    ("avg_pool2d_backward", (ones(2, 3, 2, 2), (2, 3, 4, 0), 2), {}, "shape (2, 3, 4, 0)"),
    ("avg_pool2d_backward", (ones(2, 3, 2, 2), (2, 3, 4, 5.0), 2), {}, "shape (2, 3, 4, 5.0)"),
    ("avg_pool2d_backward", (ones(2, 3, 2, 2), 4, 2), {}, "shape 4"),
    ("avg_pool2d_backward", (ones(2, 2, 2), IMAGES.shape, 2), {}, "(2, 2, 2); the output has (2, 3, 2, 2)"),
    ("conv2d_rows_backward_weights", (ones(2, 3, 4), ones(3, 1, 2, 4, 5)), {}, "dy (2, 3, 4)"),
    ("conv2d_rows_backward_weights", (ones(2, 3, 4, 5), ones(3, 1, 2, 4)), {}, "rows (3, 1, 2, 4)"),
    ("conv2d_rows_backward_weights", (ones(2, 0, 4, 5), ones(3, 1, 2, 4, 5)), {}, "dy (2, 0, 4, 5)"),
    ("conv2d_rows_backward_weights", (ones(2, 3, 4, 5), ones(3, 1, 2, 4, 6)), {}, "rows (3, 1, 2, 4, 6)"),
    ("conv2d_rows_backward_weights", (ones(2, 3, 4, 5), ones(1, 1, 2, 4, 5)), {}, "rows (1, 1, 2, 4, 5)"),
    ("conv2d_rows_backward_input", (ones(2, 3, 4), ones(3, 1, 2, 2)), {}, "dy (2, 3, 4)"),
    ("conv2d_rows_backward_input", (ones(2, 3, 4, 5), ones(3, 1, 2)), {}, "w (3, 1, 2)"),
    ("conv2d_rows_backward_input", (ones(2, 3, 4, 0), ones(3, 1, 2, 2)), {}, "dy (2, 3, 4, 0)"),
    ("conv2d_rows_backward_input", (ones(2, 3, 4, 5), ones(4, 1, 2, 2)), {}, "w (4, 1, 2, 2)"),
    ("conv2d_rows_backward_input", (ones(2, 3, 4, 5), ones(3, 1, 2, 2), -1), {}, "padding is -1"),
    ("conv2d_rows_backward_input", (ones(2, 3, 4, 5), ones(3, 1, 2, 2), 2), {}, "padding is 2"),
    ("max_pool2x2_backward", (ones(2, 1, 2, 1), ones(4, 1, 5), ones(2, 1, 2, 1)), {}, "(4, 1, 5)"),
    ("max_pool2x2_backward", (ones(2, 1, 2, 0), ones(4, 1, 5, 0), ones(2, 1, 2, 0)), {}, "(4, 1, 5, 0)"),
    ("max_pool2x2_backward", (ones(2, 1, 3, 1), ones(4, 1, 5, 1), ones(2, 1, 2, 1)), {}, "dy (2, 1, 3, 1)"),
    ("max_pool2x2_backward", (ones(2, 1, 3, 1), ones(4, 1, 5, 1), ones(2, 1, 3, 1)), {}, "y (2, 1, 3, 1)"),
    ("max_pool2x2_backward", (ones(0, 1, 2, 1), ones(1, 1, 5, 1), ones(0, 1, 2, 1)), {}, "x (1, 1, 5, 1)"),
    ("he_init", ((5,),), {}, "shape is (5,)"),
    ("he_init", (5,), {}, "shape is 5"),
    ("he_init", ((5, 0),), {}, "shape is (5, 0)"),
    ("he_init", ((5, -2, 3),), {}, "shape is (5, -2, 3)"),
    ("he_init", ((5, 2.5),), {}, "shape is (5, 2.5)"),
    ("he_init", ((5, 2), -1), {}, "seed is -1"),
    ("he_init", ((5, 2), 0.5), {}, "seed is 0.5"),
    *(
        (name, (P, P, *kept, *more), {"rate": rate}, f"rate is {rate}")
        for name, kept, more in (("sgd_momentum_step", (P,), ()), ("adam_step", (P, P), (1,)))
        for rate in (0, -0.1, float("inf"), float("nan"))
    ),
    ("sgd_momentum_step", (P, {"b": ones(2)}, P, 0.1), {}, "gradients have the names ['b'], parameters ['w']"),
    ("sgd_momentum_step", (P, P, {}, 0.1), {}, "velocities have the names [], parameters ['w']"),
    ("sgd_momentum_step", (P, {"w": ones(3, 2)}, P, 0.1), {}, "gradients['w'] has shape (3, 2)"),
    ("sgd_momentum_step", (P, P, P, 0.1, 1.0), {}, "momentum is 1.0"),
    ("sgd_momentum_step", (P, P, P, 0.1, -0.5), {}, "momentum is -0.5"),
    ("sgd_momentum_step", (P, P, P, 0.1, 0.9, -0.1), {}, "decay -0.1"),
    ("adam_step", (P, {"b": ones(2)}, P, P, 1), {}, "gradients have the names ['b'], parameters ['w']"),
    ("adam_step", (P, P, {"w": ones(2)}, P, 1), {}, "means['w'] has shape (2,)"),
    ("adam_step", (P, P, P, {"w": ones(2)}, 1), {}, "squares['w'] has shape (2,)"),
    ("adam_step", (P, P, P, P, 0), {}, "t is 0"),
    ("adam_step", (P, P, P, P, 1), {"beta1": 1.0}, "beta1 1.0"),
    ("adam_step", (P, P, P, P, 1), {"beta2": -0.1}, "beta2 -0.1"),
    ("adam_step", (P, P, P, P, 1), {"epsilon": 0}, "epsilon 0"),
    ("lenet5_activations", (without("fc2.b"), batch()[0], (1, 1)), {}, "parameters have no fc2.b"),
    ("lenet5_activations", ({}, batch()[0], (1, 1)), {}, "they have nothing"),
    ("lenet5_activations", (lenet5(), ones(1, 8, 8), (1, 1)), {}, "images has shape (1, 8, 8)"),
    ("lenet5_activations", (lenet5(), ones(0, 1, 8, 8), (1, 1)), {}, "images has shape (0, 1, 8, 8)"),
    ("lenet5_activations", (lenet5(), ones(2, 3, 8, 8), (1, 1)), {}, "conv1.w has shape (2, 1, 3, 3)"),
    ("lenet5_activations", (lenet5(), batch()[0], (1, -1)), {}, "padding is (1, -1)"),
    ("lenet5_activations", (lenet5(), batch()[0], (1, 1, 1)), {}, "padding is (1, 1, 1)"),
    ("lenet5_activations", (lenet5(fc1_w=ones(5, 11)), batch()[0], (1, 1)), {}, "fc1.w has shape (5, 11); 12 numbers"),
    ("lenet5_activations", (lenet5(fc2_b=ones(5)), batch()[0], (1, 1)), {}, "fc2.b has shape (5,)"),
    ("lenet5_activations", (lenet5(conv2_w=ones(3, 2, 3)), batch()[0], (1, 1)), {}, "conv2.w has shape (3, 2, 3)"),
]

LAYERED = [  # what goes through other exercises of the learner's is asked of the solutions only
    ("lenet5_gradients", (without("conv1.w"), *batch(), (1, 1)), "parameters have no conv1.w"),
    ("lenet5_gradients", (lenet5(), *batch(labels=np.array([0, 3])), (1, 1)), "0 to 3"),
    ("lenet5_gradients", (lenet5(), *batch(labels=np.zeros(3, int)), (1, 1)), "(3,)"),
    ("train_epoch", (lenet5(), lenet5(), ones(8, 8), np.zeros(8, int), 0.1), "(8, 8)"),
    ("train_epoch", (lenet5(), lenet5(), *batch(labels=np.zeros(3, int)), 0.1), "(3,)"),
    ("train_epoch", (lenet5(), lenet5(), *batch(), 0.1, 0.9, 0.0, 0), "batch is 0"),
    ("train_epoch", (lenet5(), lenet5(), *batch(), 0.1, 0.9, 0.0, 1.5), "batch is 1.5"),
]


@pytest.fixture(scope="module")
def stubs():
    """The learner's functions before anything is written."""
    return vars(stubs_of("training"))


@pytest.mark.parametrize("name, args, kwargs, says", CALLS)
def test_bad_input_is_refused_with_its_values(name, args, kwargs, says, stubs):
    for function in (getattr(training, name), stubs[name]):
        with pytest.raises(ValueError, match=re.escape(says)):
            function(*args, **kwargs)


@pytest.mark.parametrize("name, args, says", LAYERED)
def test_bad_input_to_the_whole_network_is_refused(name, args, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        getattr(training, name)(*args)


def trained(images, rate):
    """Three steps of one batch each."""
    start = {name: np.random.default_rng(0).normal(size=p.shape) for name, p in lenet5().items()}
    at_rest = {name: np.zeros(p.shape) for name, p in start.items()}
    return training.train_epoch(start, at_rest, *batch(6, images), rate, batch=2, padding=(1, 1))


def test_an_image_that_is_not_finite_stops_the_training_at_its_step():
    images = np.random.default_rng(1).normal(size=(6, 1, 8, 8))
    assert np.isfinite(trained(images, 0.001)[2]).all()
    images[np.random.default_rng(0).permutation(6)[2], 0, 3, 4] = np.nan
    with np.errstate(invalid="ignore"), pytest.raises(ValueError, match="nan at step 2: 1 of 384 pixels"):
        trained(images, 0.001)


def test_a_rate_at_which_the_loss_explodes_is_named_with_a_lower_one():
    images = np.random.default_rng(1).normal(size=(6, 1, 8, 8))
    with np.errstate(all="ignore"), pytest.raises(ValueError, match=r"rate 1e\+200 is too high, try 1e\+199"):
        trained(images, 1e200)


def every_gradient(dtype):
    """The gradients of this chapter's layers, for whole numbers given in a dtype."""
    rng = np.random.default_rng(0)
    x, w = rng.integers(0, 120, (2, 3, 5, 6)).astype(dtype), rng.integers(0, 120, (2, 3, 2, 3)).astype(dtype)
    dy = rng.normal(size=(2, 2, 4, 4)).astype(np.float32 if dtype == np.float32 else float)
    pooled = dy[:, :, :2, :3].repeat(2, axis=1)[:, :3]
    return {
        "relu_backward": (training.relu_backward(pooled, x[:, :, :2, :3]),),
        "linear_backward": training.linear_backward(dy[:, :, 0, 0], x[:, 0, 0], w[:, :, 0].reshape(2, 9)[:, :6]),
        "conv2d_backward": training.conv2d_backward(dy, x, w),
        "max_pool2d_backward": (training.max_pool2d_backward(pooled, x, 2),),
        "avg_pool2d_backward": (training.avg_pool2d_backward(pooled, x.shape, 2),),
    }


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int64])
def test_pixels_of_small_dtypes_give_what_double_precision_gives(dtype):
    given, wanted = every_gradient(dtype), every_gradient(float)
    for name in wanted:
        for one, other in zip(given[name], wanted[name]):
            np.testing.assert_allclose(one, other, rtol=1e-13, err_msg=name)


def test_single_precision_stays_single():
    for name, gradients in every_gradient(np.float32).items():
        assert {gradient.dtype for gradient in gradients} == {np.dtype(np.float32)}, name


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.float32])
def test_scores_of_small_dtypes_give_what_double_precision_gives(dtype):
    logits, labels = np.random.default_rng(0).integers(0, 127, (4, 5)).astype(dtype), np.array([0, 4, 2, 1], np.uint8)
    for function in (training.softmax_cross_entropy_backward, training.accuracy):
        np.testing.assert_array_equal(function(logits, labels), function(logits.astype(float), labels))
