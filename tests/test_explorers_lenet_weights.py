"""Which net NetScope shows: the learner's by name, meanwhile that of the course, never one of another architecture."""

import numpy as np
import pytest
from random_lenet import make_net

from course_lib.given import datasets
from course_lib.given.explorers import explore
from course_lib.given.weights import save_weights
from solutions.network import lenet5_forward

pytestmark = pytest.mark.usefixtures("nothing_remembered")
COURSE = datasets.lenet5_parameters()


def saved(name="lenet5_28", parameters=None, **about):
    save_weights(name, parameters or make_net((28, 28), (5, 5), (2, 0)), **about)


def test_the_learners_weights_are_read_by_the_name_under_which_they_were_saved():
    saved("lenet5_28", padding=(2, 0))
    saved("lenet5_digits", make_net(), padding=(1, 1), accuracy=0.98)
    saved("wide", make_net(widths=(12, 24, 60, 30)))
    for name, size, padding in (("lenet5_28", 28, [2, 0]), ("lenet5_digits", 8, [1, 1]), ("wide", 8, [1, 1])):
        scope = explore("net_scope", weights=name)
        assert (scope.image.shape, scope.padding, scope.pooling) == ((size, size), padding, "max")
        assert name in scope.source and scope.digits.shape[1:] == (size, size)
    assert explore("net_scope", weights=make_net(), pooling="mean").pooling == "mean"
    assert explore("net_scope").pooling == "mean"


def test_where_nothing_is_saved_yet_the_courses_own_net_stands_in_and_says_so():
    scope = explore("net_scope", weights="lenet5_28")
    assert scope.source.startswith("Nothing is saved as 'lenet5_28' yet: chapter 07 does that.")
    assert np.array_equal(scope.weights, explore("net_scope").weights) and scope.pooling == "mean"


def test_the_digits_are_ones_that_trained_nothing_and_in_order():
    scope = explore("net_scope")
    x = scope.digits[:, np.newaxis].astype(float)
    read = lenet5_forward(x, COURSE).argmax(axis=1)
    assert scope.names[:10] == [str(digit) for digit in read[:10]]
    for name, wrong in zip(scope.names[10:], read[10:], strict=True):
        assert name.endswith("hard to read") and name[0] != str(wrong)


def test_weights_of_another_net_are_refused_with_names_and_shapes():
    saved("other", {"w1": np.ones((3, 3)), "conv1.w": np.ones((6, 1, 5, 5))})
    with pytest.raises(ValueError, match=r"another net: .*conv2\.w \(16, 6, 5, 5\) is missing.*w1 \(3, 3\) belongs to"):
        explore("net_scope", weights="other")


@pytest.mark.parametrize(
    "start, said",
    [
        (
            dict(weights={**COURSE, "conv1.w": np.ones((6, 3, 5, 5))}),
            r"conv1\.w is \(6, 3, 5, 5\) where \(6, 1, 5, 5\)",
        ),
        (dict(weights={**COURSE, "fc3.b": np.ones(4)}), r"fc3\.b is \(4,\) where \(10,\)"),
        (dict(weights=COURSE | {"fc2.b": np.full(84, np.nan)}), "fc2.b does not hold finite numbers only"),
        (dict(weights=make_net(widths=(65, 2, 3, 4))), r"conv1\.w has shape \(65, 1, 3, 3\); at most 64"),
        (dict(weights=7), "weights is a int; give the name"),
        (dict(weights="nowhere/net.npz"), "no weights at nowhere/net.npz"),
        (dict(pooling="median"), "pooling is 'median'; it must be 'mean' .* or 'max'"),
        (dict(image=np.zeros((8, 8))), r"image has shape \(8, 8\); this net reads 28 × 28"),
        (dict(image=np.zeros((1, 28, 28))), r"it must have 2 axes.* Take one of them, for instance \[0\]"),
        (dict(image=np.zeros((4000, 4000))), "at most 64"),
        (dict(image=np.full((28, 28), np.nan)), r"image\[0, 0\] is nan"),
        (dict(image=16 * np.eye(28)), "runs from 0 to 16; the net reads 0 .* to 1"),
        (dict(neuron=("conv3", 0, 0, 0)), r"neuron is \('conv3', 0, 0, 0\); give one of"),
        (dict(neuron=("conv2", 3)), "map, row, column"),
        (dict(neuron=("fc1", 120)), r"fc1 has shape \(120,\), counted from 0"),
        (dict(muted=["conv1"]), "muted has 'conv1'; give pairs out of"),
        (dict(muted=[("fc3", 1)]), r"muted has \('fc3', 1\)"),
    ],
)
def test_what_cannot_be_shown_is_refused(start, said):
    with pytest.raises(ValueError, match=said):
        explore("net_scope", **start)
