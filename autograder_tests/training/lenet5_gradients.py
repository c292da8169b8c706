"""Checks of lenet5_gradients: back through every layer of the network, the last first.

The mistakes have two slots only: outputs are matched one by one, and few pairs keep a recording small.
"""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.training.conv2d_rows_backward_input import model as to_input
from autograder_tests.training.conv2d_rows_backward_weights import model as to_weights
from autograder_tests.training.lenet5_activations import model as activations
from autograder_tests.training.max_pool2x2_backward import model as to_winners
from autograder_tests.training.small_nets import PIXELS, Net, even_odds, number

LAYERS = ("conv1", "conv2", "fc1", "fc2")


def model(parameters, images, labels, padding=(2, 0), on=frozenset()):
    """lenet5_gradients, with switches."""
    p, kept, gradients = parameters, activations(parameters, images, padding), {}
    logs = log_probabilities(kept["logits"])
    dy = error(np.exp(logs), labels, on)
    for layer, source in (("fc3", "fc2"), ("fc2", "fc1"), ("fc1", "flat")):
        x = before_relu(p, kept, source) if "inputs_before_relu" in on and source != "flat" else kept[source]
        gradients[f"{layer}.w"], gradients[f"{layer}.b"] = dy.T @ x, linear_bias(dy, on)
        dy = dy @ p[f"{layer}.w"]
        if source != "flat":
            dy = masked(source, dy, kept, on)
    dy = unflattened(dy, kept["conv2"].shape, on)
    for layer in ("conv2", "conv1"):
        above, dy = dy, masked(layer, dy, kept, on)
        gradients[f"{layer}.b"] = conv_bias(above if "bias_before_relu" in on else dy, on)
        largest = kept[layer] if "compared_with_activations" in on else kept[f"{layer}.pooled"]
        dy = unpooled(dy, kept[f"{layer}.sums"], largest, on)
        gradients[f"{layer}.w"] = to_weights(dy, kept[f"{layer}.rows"])
        if layer == "conv2":
            dy = to_input(dy, p["conv2.w"], padding[1], on=on & {"turned", "kernel_rows_reversed"})
    if "conv1_forgotten" in on:
        gradients |= {name: np.zeros(p[name].shape) for name in ("conv1.w", "conv1.b")}
    result = loss(logs, labels, on), gradients
    return result[::-1] if "gradients_first" in on else result


def log_probabilities(logits):
    """The logarithms of softmax."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def loss(logs, labels, on):
    """The loss that is returned."""
    surprise = -logs[np.arange(len(labels)), labels]
    if "loss_summed" in on:
        return float(surprise.sum())
    if "loss_in_bits" in on:
        return float(surprise.mean() / np.log(2))
    return float(surprise.mean() / (logs.shape[1] if "loss_over_classes" in on else 1))


def error(probabilities, labels, on):
    """The gradient of the loss by the logits."""
    target = np.zeros(probabilities.shape)
    target[np.arange(len(labels)), labels] = 1.0
    N, K = probabilities.shape
    dy = probabilities if "labels_not_subtracted" in on else probabilities - target
    if "uphill" in on:
        dy = -dy
    if "softmax_slope_again" in on:
        dy = dy * probabilities * (1 - probabilities)
    if "not_divided" in on:
        return dy
    return dy / (N**2 if "divided_twice" in on else N * K if "divided_by_classes_too" in on else N)


def before_relu(p, kept, layer):
    """What fc1 or fc2 held before its relu."""
    source = {"fc1": "flat", "fc2": "fc1"}[layer]
    return kept[source] @ p[f"{layer}.w"].T + p[f"{layer}.b"]


def masked(layer, dy, kept, on):
    """Back through the relu after a layer."""
    if on & {"no_relu_backward", f"no_relu_backward_at_{layer}"}:
        return dy
    return np.maximum(dy, 0) if "mask_from_gradient" in on else dy * (kept[layer] > 0)


def linear_bias(dy, on):
    """The gradient of a linear layer's biases."""
    return dy.mean(axis=0) if "linear_biases_averaged" in on else dy.sum(axis=0)


def conv_bias(dy, on):
    """The gradient of a convolution's biases."""
    if "conv_biases_averaged" in on:
        return dy.mean(axis=(0, 2, 3))
    if "conv_biases_over_batch_averaged" in on:
        return dy.sum(axis=(0, 2)).mean(axis=1)
    return np.full(dy.shape[1], dy.sum()) if "one_sum_for_all_biases" in on else dy.sum(axis=(0, 2, 3))


def unflattened(dy, shape, on):
    """The gradient of the maps of conv2, in the layout with the batch last."""
    H, C, W, N = shape
    if "unflattened_as_it_lies" in on:
        return dy.reshape(H, C, W, N)
    if "unflattened_rows_first" in on:
        return dy.T.reshape(H, C, W, N)
    if "unflattened_channels_last" in on:
        return dy.reshape(N, H, W, C).transpose(1, 3, 2, 0)
    if "unflattened_columns_first" in on:
        return dy.reshape(N, C, W, H).transpose(3, 1, 2, 0)
    return dy.reshape(N, C, H, W).transpose(2, 1, 3, 0)


def unpooled(dy, sums, pooled, on):
    """Back through the pooling."""
    if "pooling_shares_out" in on:
        return to_winners(dy, sums, pooled, on=frozenset(["a_quarter_each"]))
    if "pooling_hands_to_all" in on:
        return to_winners(dy, sums, pooled, on=frozenset(["to_all_pixels"]))
    return to_winners(dy, sums, pooled)


ERROR = "One image, two classes, probabilities 0.7 and 0.3, label 1. What does softmax_cross_entropy_backward give?"
MEAN = "The loss is a mean over the batch. How often does your function divide by N on the way back?"
RELU = "Forward there are four relus. Where is each of them on the way back?"
UNFLATTEN = "flat holds channel, row, column of each image. Which reshape undoes it, and which axes are moved then?"
POOLING = "max_pool2x2_backward takes three arrays. Which two were kept on the way forward for it?"
BIAS = "To how many places of its map was the bias of a filter added? Each of them sends its gradient back."

MISTAKES = (
    Mistake("loss_summed", "way back", "the loss were summed over the batch", "Is the loss a sum or a mean?"),
    Mistake(
        "loss_over_classes",
        "way back",
        "the loss were a mean over images and classes",
        "Over how many numbers is the mean taken: one an image, or one an image and class?",
    ),
    Mistake("loss_in_bits", "way back", "the loss were taken with the logarithm to base 2", "Which logarithm is it?"),
    Mistake("not_divided", "way back", "the gradients were those of a loss summed over the batch", MEAN),
    Mistake("divided_twice", "way back", "the gradients were divided by the number of images twice", MEAN),
    Mistake("divided_by_classes_too", "way back", "the gradients were divided by the number of classes, too", MEAN),
    Mistake("labels_not_subtracted", "way back", "the probabilities themselves were the gradient by the logits", ERROR),
    Mistake("uphill", "way back", "every gradient had the opposite sign", ERROR),
    Mistake(
        "softmax_slope_again",
        "way back",
        "the gradient by the logits were multiplied with p * (1 - p), as if softmax were still to be gone through",
        ERROR,
    ),
    Mistake("no_relu_backward", "way back", "there were no relus on the way back", RELU),
    *(
        Mistake(
            f"no_relu_backward_at_{layer}", "way back", f"the relu after {layer} were forgotten on the way back", RELU
        )
        for layer in LAYERS
    ),
    Mistake(
        "mask_from_gradient",
        "way back",
        "a relu on the way back clipped the gradient itself",
        "relu_backward takes two arrays. Which of the two says where something passes?",
    ),
    Mistake(
        "inputs_before_relu",
        "way back",
        "fc2 and fc3 had taken their inputs from before the relu",
        "A weight's gradient holds what came into its layer. What came into fc3?",
    ),
    Mistake(
        "linear_biases_averaged",
        "biases",
        "the biases of the linear layers got the mean over the batch, not the sum",
        MEAN,
    ),
    Mistake(
        "conv_biases_averaged",
        "biases",
        "the biases of the convolutions got a mean over places and images, not the sum",
        BIAS,
    ),
    Mistake(
        "conv_biases_over_batch_averaged",
        "biases",
        "the biases of the convolutions got a mean over the images, not the sum",
        BIAS,
    ),
    Mistake(
        "one_sum_for_all_biases",
        "biases",
        "all biases of a convolution got the same: the sum over all its maps",
        "Which axis of the maps counts the filters? It must stay.",
    ),
    Mistake(
        "bias_before_relu",
        "biases",
        "the biases of the convolutions were met before their relu on the way back",
        "Forward: pooling, bias, relu. In which order are they met on the way back?",
    ),
    Mistake("unflattened_as_it_lies", "way back", "the rows were cut into maps as they lie in memory", UNFLATTEN),
    Mistake(
        "unflattened_rows_first", "way back", "the numbers of an image had the order row, channel, column", UNFLATTEN
    ),
    Mistake(
        "unflattened_channels_last",
        "way back",
        "the numbers of an image had the order row, column, channel",
        UNFLATTEN,
    ),
    Mistake(
        "unflattened_columns_first",
        "way back",
        "the numbers of an image had the order channel, column, row",
        UNFLATTEN,
    ),
    Mistake("pooling_shares_out", "way back", "every pixel of a block got a quarter, as in average pooling", POOLING),
    Mistake("pooling_hands_to_all", "way back", "every pixel of a block got all of its gradient", POOLING),
    Mistake(
        "compared_with_activations",
        "way back",
        "the sums were compared with the maps after bias and relu, to which they are equal only by chance",
        POOLING,
    ),
    Mistake(
        "turned",
        "way back",
        "the kernels of conv2 were turned by 180 degrees on the way back",
        "What does conv2d_rows_backward_input take as w?",
    ),
    Mistake(
        "kernel_rows_reversed",
        "way back",
        "the rows of conv2's kernels came in reverse order on the way back",
        "What does conv2d_rows_backward_input take as w?",
    ),
    Mistake(
        "conv1_forgotten",
        "way back",
        "nothing reached conv1",
        "The last gradient that you compute belongs to which layer?",
    ),
    Mistake(
        "gradients_first",
        "way back",
        "the gradients were returned before the loss",
        "In which order does the contract return the two?",
    ),
)

HINTS = (
    "Take one layer at a time, the last first. Each takes the gradient by its output and gives two things: the "
    "gradients of its parameters, and the gradient by its input, which is the output of the layer before.",
    "kept holds what each step back asks for: the input of each linear layer, the output of each relu, the sums and "
    "the pooled of each pooling, the rows of each convolution.",
    "For conv2, then conv1: relu_backward(dy, kept[layer]); its bias, dy.sum(axis=(0, 2, 3)); max_pool2x2_backward; "
    "conv2d_rows_backward_weights; and for conv2 conv2d_rows_backward_input with padding[1].",
)

SMALL, WIDE = Net(), Net(shape=(8, 12), units=(4, 3, 2))


def worked():
    yield Case("by hand", "one path, even odds, label 0", call(even_odds(), PIXELS, np.array([0]), (0, 0)))
    yield Case("by hand", "one path, even odds, label 1", call(even_odds(), PIXELS, np.array([1]), (0, 0)))
    dark = even_odds() | {"fc1.b": np.array([-7.0]), "fc3.b": np.zeros(2)}
    yield Case("by hand", "a path that fc1's relu blocks", call(dark, PIXELS, np.array([0]), (0, 0)))


def drawn(rng):
    def batch(net, N):
        return net.parameters(rng), net.images(rng, N), net.labels(rng, N)

    for N in (1, 2):
        p = {name: array + 0.3 * rng.normal(size=array.shape) for name, array in even_odds().items()}
        arrays = p, rng.normal(size=(N, 1, 4, 4)) + 1.0, rng.integers(0, 2, N)
        yield Case("by hand", f"one path, all weights drawn, {number(N)}", call(*arrays, (0, 0)))
    for net, N in (
        (SMALL, 3), (SMALL, 1), (WIDE, 2), (SMALL, 4), (Net(units=(6, 5, 6)), 3),
        (Net(shape=(9, 8), maps=(2, 3, 2)), 2),
        (Net(shape=(8, 9), maps=(3, 2, 4)), 2), (Net(padding=(1, 0)), 3), (Net(padding=(0, 1)), 2),
        (Net(shape=(6, 6), padding=(1, 2)), 3), (Net(shape=(12, 8), maps=(1, 3, 2), units=(5, 4, 4)), 2),
    ):  # fmt: skip
        yield Case("small networks", net.words(N), call(*batch(net, N), net.padding))
    real = Net(shape=(12, 13), maps=(1, 1, 3), kernel=5, padding=(2, 0))
    yield Case("small networks", "5×5 kernels, padding as by default", call(*batch(real, 2)))
    part = "any numbers"
    p, images, labels = batch(SMALL, 3)
    yield Case(part, "large scores", call(p | {"fc3.w": 300 * p["fc3.w"]}, images, labels, (1, 1)))
    file = rng.integers(0, 256, images.shape).astype(np.uint8)
    scaled = p | {"conv1.w": p["conv1.w"] / 64}
    yield Case(part, "pixels and labels as a file holds them", call(scaled, file, labels.astype(np.uint8), (1, 1)))
    single = {name: array.astype(np.float32) for name, array in p.items()}
    yield Case(part, "single precision", call(single, images.astype(np.float32), labels, padding=(1, 1)), rtol=1e-4)
    yield Case(part, "not contiguous in memory", call(*batch(SMALL, 2), (1, 1), layout="strided"))
    yield Case(part, "last index first in memory", call(*batch(WIDE, 2), (1, 1), layout="F"))


def refused():
    p, image, label = even_odds(), np.ones((1, 1, 4, 4)), np.array([0])
    yield Case(REFUSES, "a label that is no class", call(p, image, np.array([2]), (0, 0)))
    yield Case(REFUSES, "a label below 0", call(p, image, np.array([-1]), (0, 0)))
    yield Case(REFUSES, "two labels for one image", call(p, image, np.array([0, 1]), (0, 0)))
    yield Case(REFUSES, "labels as fractions", call(p, image, np.array([0.5]), (0, 0)))
    yield Case(REFUSES, "no conv1.b", call({name: p[name] for name in p if name != "conv1.b"}, image, label, (0, 0)))
    yield Case(REFUSES, "images that do not fit", call(p, np.ones((1, 1, 8, 8)), label, (0, 0)))


SPEC = Spec(
    parts=(
        Part("by hand", 1),
        Part("small networks", 3),
        Part("any numbers", 1),
        Part(UNTOUCHED, 0.5),
        Part(REFUSES, 0.5),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "both paddings are 0": lambda p, images, labels, padding=(2, 0): tuple(padding) == (0, 0),
        "both paddings are alike": lambda p, images, labels, padding=(2, 0): padding[0] == padding[1],
        "there is one image": lambda p, images, labels, padding=(2, 0): len(images) == 1,
        "the images have one channel": lambda p, images, labels, padding=(2, 0): images.shape[1] == 1,
        "the images are square": lambda p, images, labels, padding=(2, 0): images.shape[2] == images.shape[3],
        "fc1 takes one number a map": lambda p, images, labels, padding=(2, 0): (
            p["fc1.w"].shape[1] == len(p["conv2.w"])
        ),
    },
)
