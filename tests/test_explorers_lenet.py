"""The twin of LeNet-5: equal to the references for both poolings, and true about every neuron's inputs and field."""

import numpy as np
import pytest
from browser_hosts import as_js, twin
from random_lenet import make_net

from course_lib.given import datasets
from course_lib.given.explorers import explore
from solutions.network import lenet5_forward, softmax
from solutions.pooling import max_pool2d
from solutions.stride_and_padding import receptive_field
from solutions.training import lenet5_activations

pytestmark = pytest.mark.usefixtures("nothing_remembered")
TWIN, NEURON = "core/lenet.js", "core/neuron.js"
COURSE = datasets.lenet5_parameters()


def js(parameters):
    return {name: as_js(array) for name, array in parameters.items()}


def layers_of(page, parameters, image, padding, pooling):
    kind = {"padding": padding, "pooling": pooling}
    values = {"p": js(parameters), "x": as_js(image), "kind": kind}
    found = twin(page, TWIN, "m.forward(v.p, { ...v.x, data: Float64Array.from(v.x.data) }, v.kind)", **values)
    return {  # a typed array arrives as a dict of its entries
        name: np.reshape(
            list(layer["data"].values()) if isinstance(layer["data"], dict) else layer["data"], layer["shape"]
        )
        for name, layer in found.items()
    }


@pytest.mark.browser
def test_with_mean_pooling_the_twin_equals_lenet5_forward(explorer_page):
    images = datasets.digits_on_canvas()[0][-4:]
    for image in images:
        found = layers_of(explorer_page, COURSE, image[0], (2, 0), "mean")
        logits = lenet5_forward(image[np.newaxis], COURSE)
        assert np.allclose(found["fc3"], logits[0], rtol=0, atol=1e-5)
        assert np.allclose(found["probabilities"], softmax(logits)[0], rtol=0, atol=1e-5)


@pytest.mark.browser
@pytest.mark.parametrize(
    "image, kernel, padding, widths",
    [
        ((28, 28), (5, 5), (2, 0), (6, 16, 120, 84)),
        ((8, 8), (3, 3), (1, 1), (6, 16, 120, 84)),
        ((15, 22), (3, 3), (0, 2), (3, 5, 7, 9)),
        ((19, 14), (5, 5), (1, 2), (1, 2, 3, 4)),
    ],
)
def test_with_max_pooling_every_layer_of_the_twin_equals_lenet5_activations(
    explorer_page, image, kernel, padding, widths
):
    parameters = make_net(image, kernel, padding, widths)
    x = np.random.default_rng(1).random(image)
    found = layers_of(explorer_page, parameters, x, padding, "max")
    right = lenet5_activations(parameters, x[np.newaxis, np.newaxis], padding)
    for layer, key in (("pool1", "conv1"), ("pool2", "conv2")):
        assert np.allclose(found[layer], right[key][..., 0].transpose(1, 0, 2), rtol=0, atol=1e-5)
    for layer, key in (("fc1", "fc1"), ("fc2", "fc2"), ("fc3", "logits")):
        assert np.allclose(found[layer], right[key][0], rtol=0, atol=1e-5)
    for number, layer in enumerate(("conv1", "conv2"), start=1):
        assert np.allclose(max_pool2d(found[layer][np.newaxis], 2)[0], found[f"pool{number}"])


@pytest.mark.browser
def test_parameters_are_found_in_one_row_in_whatever_order_their_shapes_come(explorer_page):
    parameters = make_net()
    row = np.concatenate([array.ravel() for array in parameters.values()])
    shapes = {name: parameters[name].shape for name in sorted(parameters, reverse=True)}
    expression = "m.parametersOf({ shape: [v.row.length], data: Float64Array.from(v.row) }, v.shapes)"
    found = twin(explorer_page, TWIN, f"Object.entries({expression}).map(([k, a]) => [k, a.shape, [...a.data]])",
                 row=row.tolist(), shapes=shapes)  # fmt: skip
    assert len(found) == len(parameters)
    for name, shape, data in found:
        assert np.array_equal(np.reshape(data, shape), parameters[name])


@pytest.mark.browser
def test_a_muted_map_or_unit_gives_nothing_and_the_rest_follows(explorer_page):
    muted, x = [["conv1", 2], ["fc1", 5]], datasets.digits_on_canvas()[0][-1, 0]
    values = {"p": js(COURSE), "x": as_js(x), "kind": {"padding": [2, 0], "pooling": "mean"}, "muted": muted}
    typed = "Object.fromEntries(Object.entries(v.p).map(([k, a]) => [k, { ...a, data: Float64Array.from(a.data) }]))"
    run = f"m.forward(m.without({typed}, v.muted), {{ ...v.x, data: Float64Array.from(v.x.data) }}, v.kind)"
    found = twin(explorer_page, TWIN, f"(({{ conv1, fc1, fc3 }}) => [conv1, fc1, fc3].map((a) => [...a.data]))({run})",
                 **values)  # fmt: skip
    conv1, fc1, fc3 = map(np.array, found)
    assert not conv1.reshape(6, -1)[2].any() and conv1.any() and fc1[5] == 0 and fc1.any()
    net = explore("net_scope").net
    assert np.allclose(fc3, lenet5_forward(x[np.newaxis, np.newaxis], net.muted(muted))[0], rtol=0, atol=1e-5)
    assert not np.allclose(fc3, lenet5_forward(x[np.newaxis, np.newaxis], COURSE)[0], rtol=0, atol=1e-2)


PLACES = [
    ["conv1", 1, 0, 0], ["conv1", 2, 4, 7], ["pool1", 2, 3, 3], ["conv2", 3, 0, 3], ["conv2", 0, 2, 1],
    ["pool2", 6, 1, 0], ["fc1", 6], ["fc2", 0], ["fc3", 9],
]  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("pooling", ["mean", "max"])
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_inputs_times_weights_and_bias_make_a_neurons_number(explorer_page, pooling, place):
    parameters, kind = make_net(), {"padding": [1, 1], "pooling": pooling}
    x = np.random.default_rng(2).random((8, 8))
    found = twin(
        explorer_page,
        NEURON,
        """(async () => {
          const { forward } = await import("http://explorers.test/core/lenet.js");
          const typed = (a) => ({ ...a, data: Float64Array.from(a.data) });
          const p = Object.fromEntries(Object.entries(v.p).map(([k, a]) => [k, typed(a)]));
          const layers = forward(p, typed(v.x), v.kind);
          const { inputs, weights, bias } = m.incoming(layers, p, v.kind, v.place);
          const [map, row = 0, column = 0] = v.place.slice(1);
          const { shape: [, H = 1, W = 1], data } = layers[v.place[0]];
          return [[...inputs.data], [...weights.data], bias, data[(map * H + row) * W + column]];
        })()""",
        p=js(parameters), x=as_js(x), kind=kind, place=place,
    )  # fmt: skip
    inputs, weights, bias, value = found
    total = bias + np.dot(inputs, weights)
    assert len(inputs) == len(weights) > 1 and any(inputs)
    assert np.isclose(value, total if place[0] == "fc3" else max(0, total), atol=1e-9)


@pytest.mark.browser
@pytest.mark.parametrize("place", [place for place in PLACES if len(place) > 2], ids=str)
def test_what_a_neuron_sees_of_the_image_is_its_receptive_field(explorer_page, place):
    parameters, (layer, _, row, column) = make_net(kernel=(3, 3)), place
    found = twin(explorer_page, NEURON, "m.seenBy(v.p, [1, 1], v.place)", p=js(parameters), place=place)
    stack = [(3, 1, 1), (2, 2, 0), (3, 1, 1), (2, 2, 0)][: ["conv1", "pool1", "conv2", "pool2"].index(layer) + 1]
    size, jump, start = receptive_field(stack)
    assert found == {"row": start + row * jump, "column": start + column * jump, "height": size, "width": size}
