"""The gradient check: right gradients agree, each wrong one is found, and a corner is not called a mistake."""

import numpy as np
import pytest

from course_lib.given.gradient_check import gradient_check
from solutions import training

RNG = np.random.default_rng(0)
SHAPES = {"conv1": (3, 1, 3, 3), "conv2": (4, 3, 3, 3), "fc1": (12, 16), "fc2": (8, 12), "fc3": (10, 8)}
PARAMETERS = {f"{name}.w": training.he_init(shape) for name, shape in SHAPES.items()}
PARAMETERS |= {f"{name}.b": RNG.normal(0, 0.1, shape[0]) for name, shape in SHAPES.items()}
IMAGES, LABELS = RNG.random((8, 1, 8, 8)), RNG.integers(0, 10, 8)


def loss(parameters):
    return training.lenet5_gradients(parameters, IMAGES, LABELS, (1, 1))[0]


GRADIENTS = training.lenet5_gradients(PARAMETERS, IMAGES, LABELS, (1, 1))[1]


def test_the_gradients_of_the_whole_network_agree():
    before = {name: array.copy() for name, array in PARAMETERS.items()}
    checked = gradient_check(loss, GRADIENTS, PARAMETERS, entries=8)
    assert checked.agrees and checked.worst < 1e-5
    assert {entry.name for entry in checked.entries} == set(PARAMETERS)
    assert len(checked.entries) == 8 * len(PARAMETERS) - (8 - 3) - (8 - 4)  # two biases have fewer numbers
    assert all(np.array_equal(PARAMETERS[name], array) for name, array in before.items())


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_gradient_off_by_a_hundredth_is_found(name):
    checked = gradient_check(loss, GRADIENTS | {name: GRADIENTS[name] * 1.01}, PARAMETERS)
    assert not checked.agrees
    assert {entry.name for entry in checked.entries if entry.error > 1e-3} == {name}
    line = next(line for line in repr(checked).splitlines() if name in line)
    assert line.endswith("differs")


def test_float32_is_checked_as_well():
    small = {name: array.astype(np.float32) for name, array in PARAMETERS.items()}
    gradients = training.lenet5_gradients(small, IMAGES.astype(np.float32), LABELS, (1, 1))[1]
    assert gradient_check(loss, gradients, small).agrees


def test_one_row_a_parameter_in_text_and_page():
    checked = gradient_check(loss, GRADIENTS, PARAMETERS)
    assert len(repr(checked).splitlines()) == 1 + len(PARAMETERS)
    assert checked._repr_html_().count("<tr>") == 1 + len(PARAMETERS)
    assert all(line.endswith("agrees") for line in repr(checked).splitlines()[1:])


def test_a_corner_says_nothing_but_excuses_no_wrong_gradient():
    parameters = {"w": np.zeros(1)}

    def relu(parameters):
        return float(np.maximum(parameters["w"], 0).sum())

    at_the_corner = gradient_check(relu, {"w": np.zeros(1)}, parameters)
    assert at_the_corner.agrees and at_the_corner.entries[0].corner and "a corner" in repr(at_the_corner)
    assert not gradient_check(relu, {"w": np.full(1, 1.5)}, parameters).agrees


def test_a_gradient_of_nothing_agrees_with_a_loss_that_does_not_move():
    assert gradient_check(lambda parameters: 1.0, {"w": np.zeros(3)}, {"w": np.ones(3)}).worst == 0


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"entries": 0}, "entries is 0"),
        ({"h": 0.0}, "h is 0.0"),
        ({"gradients": {}}, "gradients have the names"),
        (
            {"gradients": GRADIENTS | {"fc3.b": np.zeros(3)}},
            r"the gradient of fc3\.b has shape \(3,\), fc3\.b has \(10,\)",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(changed, said):
    settings = {"loss": loss, "gradients": GRADIENTS, "parameters": PARAMETERS} | changed
    with pytest.raises(ValueError, match=said):
        gradient_check(**settings)
