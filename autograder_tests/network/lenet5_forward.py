"""Checks of lenet5_forward: the layers in their order, with what the learner wrote before.

The cases are few: in plain loops one image of 28×28 takes a fifth of a second. Parameters are small whole numbers over
a power of two, so that a recording of them stays small.
"""

import numpy as np

from autograder_tests.judging import UNTOUCHED, Case, Mistake, Part, Spec, call

SHAPES = {
    "conv1.w": (6, 1, 5, 5), "conv1.b": (6,), "conv2.w": (16, 6, 5, 5), "conv2.b": (16,), "fc1.w": (120, 400),
    "fc1.b": (120,), "fc2.w": (84, 120), "fc2.b": (84,), "fc3.w": (10, 84), "fc3.b": (10,),
}  # fmt: skip

LAYERS = ("conv1", "conv2", "fc1", "fc2")

ACTIVATIONS = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": np.tanh,
    "absolute": np.abs,
}


@np.errstate(all="ignore")
def model(x, parameters, on=frozenset()):
    """lenet5_forward, with switches."""
    p = dict(parameters)
    x = x.astype(float)
    for layer in ("conv1", "conv2", "fc1", "fc2", "fc3"):
        if on & {"no_biases", "no_conv_biases" if layer.startswith("conv") else "no_linear_biases"}:
            p[f"{layer}.b"] = 0 * p[f"{layer}.b"]
    if "pixels_divided" in on:
        x = x / 255
    if "pixels_standardised" in on:
        x = (x - x.mean()) / (x.std() or 1.0)
    if "images_transposed" in on:
        x = x.swapaxes(2, 3)
    if "first_image_only" in on:
        x = x[:1]
    x = hidden(x, p, on)
    x = active("fc1", x @ p["fc1.w"].T + p["fc1.b"], on)
    x = active("fc2", x @ p["fc2.w"].T + p["fc2.b"], on)
    return ended(x @ p["fc3.w"].T + p["fc3.b"], on)


def hidden(x, p, on):
    """From the images to the 400 numbers that go into fc1."""
    for layer, padding in (("conv1", 2), ("conv2", 0)):
        if "strides_in_place_of_pooling" in on:
            x = active(layer, conv(x, p, layer, padding, "constant")[:, :, ::2, ::2], on)
            continue
        maps = conv(x, p, layer, padding, "edge" if "edges_repeated" in on else "constant")
        pooled_first = "pooled_before_relu" in on
        x = active(layer, pool(maps, on), on) if pooled_first else pool(active(layer, maps, on), on)
    if "channels_last" in on:
        x = np.moveaxis(x, 1, -1)
    if "columns_first" in on:
        x = x.swapaxes(2, 3)
    return x.reshape(len(x), -1)


def conv(x, p, layer, padding, mode):
    """A convolution, all places at once."""
    w, b = p[f"{layer}.w"], p[f"{layer}.b"]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=mode)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (5, 5), axis=(2, 3))
    return np.tensordot(windows, w, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2) + b[:, np.newaxis, np.newaxis]


def pool(x, on):
    """Windows of 2, side by side."""
    N, C, H, W = x.shape
    blocks = x.reshape(N, C, H // 2, 2, W // 2, 2)
    if "max_pooling" in on:
        return blocks.max(axis=(3, 5))
    return blocks.sum(axis=(3, 5)) if "sum_pooling" in on else blocks.mean(axis=(3, 5))


def active(layer, x, on):
    """What comes between the layers."""
    if on & {"no_relu", f"no_relu_after_{layer}"}:
        return x
    if "no_relu_between_linear_layers" in on and layer.startswith("fc"):
        return x
    if "no_relu_between_convolutions" in on and layer.startswith("conv"):
        return x
    for switch in on & ACTIVATIONS.keys():
        return ACTIVATIONS[switch](x)
    return np.maximum(x, 0)


def ended(logits, on):
    """What is made of the logits."""
    if "relu_at_the_end" in on:
        return np.maximum(logits, 0)
    shifted = logits - logits.max(axis=1, keepdims=True)
    if "softmax_at_the_end" in on:
        return np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    if "log_softmax_at_the_end" in on:
        return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    if "sigmoid_at_the_end" in on:
        return 1 / (1 + np.exp(-logits))
    return logits.argmax(axis=1) if "classes_returned" in on else logits


MISTAKES = (
    Mistake("no_relu", "activation", "there were no relu at all", "What stands between two layers?"),
    *(
        Mistake(
            f"no_relu_after_{layer}",
            "activation",
            f"there were no relu after {layer}",
            "How many relus are there in the contract, and how many in your function?",
        )
        for layer in LAYERS
    ),
    Mistake(
        "no_relu_between_convolutions",
        "activation",
        "no convolution had a relu after it",
        "How many relus are there in the contract, and how many in your function?",
    ),
    Mistake(
        "no_relu_between_linear_layers",
        "activation",
        "no linear layer had a relu after it",
        "How many relus are there in the contract, and how many in your function?",
    ),
    Mistake(
        "sigmoid",
        "activation",
        "the sigmoid stood in place of relu",
        "The paper of 1998 squashes; what does the contract here say?",
    ),
    Mistake(
        "tanh",
        "activation",
        "tanh stood in place of relu",
        "The paper of 1998 squashes; what does the contract here say?",
    ),
    Mistake("absolute", "activation", "relu turned signs in place of clipping", "What must -3 become in relu?"),
    Mistake(
        "max_pooling", "pooling", "the largest of each window were kept, not the mean", "Which pooling is it here?"
    ),
    Mistake("sum_pooling", "pooling", "each window were added up, not averaged", "Which pooling is it here?"),
    Mistake(
        "strides_in_place_of_pooling",
        "rounds",
        "the convolutions had stride 2, and nothing were pooled",
        "The shapes would come out alike. What halves the maps here?",
    ),
    Mistake(
        "pooled_before_relu",
        "rounds",
        "maps were pooled first and clipped after",
        "In which order do relu and pool stand in the contract?",
    ),
    Mistake(
        "edges_repeated",
        "padding",
        "the border were filled with copies of the edge, not with zeros",
        "What does conv2d pad with?",
    ),
    Mistake(
        "channels_last",
        "flatten",
        "flatten ran through the channels fastest",
        "Which axis runs fastest in flatten? Do you call it on the maps as they are?",
    ),
    Mistake(
        "columns_first",
        "flatten",
        "flatten ran down the columns of each map",
        "Which axis runs fastest in flatten? Do you call it on the maps as they are?",
    ),
    Mistake("no_biases", "biases", "all biases were 0", "Which parameters does your function use? There are ten."),
    Mistake(
        "no_conv_biases",
        "biases",
        "the convolutions had no biases",
        "Which parameters does your function use? There are ten.",
    ),
    Mistake(
        "no_linear_biases",
        "biases",
        "the linear layers had no biases",
        "Which parameters does your function use? There are ten.",
    ),
    Mistake(
        "relu_at_the_end",
        "end",
        "there were a relu after the last layer",
        "Logits may be negative: what comes after fc3?",
    ),
    Mistake(
        "softmax_at_the_end",
        "end",
        "the probabilities were asked for",
        "Logits are asked for: what comes after fc3?",
    ),
    Mistake(
        "log_softmax_at_the_end",
        "end",
        "the logarithms of the probabilities were asked for",
        "Logits are asked for: what comes after fc3?",
    ),
    Mistake("sigmoid_at_the_end", "end", "the logits were squashed", "Logits are asked for: what comes after fc3?"),
    Mistake("classes_returned", "end", "the classes were asked for", "Logits are asked for: what comes after fc3?"),
    Mistake(
        "pixels_divided",
        "pixels",
        "the pixels were divided by 255",
        "Whoever calls the network brings the pixels into its range.",
    ),
    Mistake(
        "pixels_standardised",
        "pixels",
        "the pixels were brought to mean 0 and spread 1",
        "Whoever calls the network brings the pixels into its range.",
    ),
    Mistake(
        "images_transposed",
        "images",
        "rows and columns of the images were exchanged",
        "Is x used as it was given?",
    ),
    Mistake("first_image_only", "batch", "there were only one image", "What becomes of the other images?"),
)

HINTS = (
    "Say the shape after each layer aloud; layer_shapes, which you have written, knows it.",
    "One line a layer, the result of each going into the next. conv1 alone is padded, and fc3 alone has no relu.",
    "The first line is avg_pool2d(relu(conv2d(x, parameters['conv1.w'], parameters['conv1.b'], padding=2)), 2).",
)


def empty():
    """Parameters of 0."""
    return {name: np.zeros(shape) for name, shape in SHAPES.items()}


def biases_only():
    """A network that does not look at the image."""
    return empty() | {"fc3.b": np.arange(-4.0, 6.0)}


def one_path():
    """A network with a single path: the sum of a block of pixels, and its negative, each through all layers."""
    p = empty()
    for filter, sign in ((0, 1.0), (1, -1.0)):
        p["conv1.w"][filter, 0, 2, 2] = sign
        p["conv2.w"][filter, filter, 2, 2] = 1.0
    p["fc1.w"][0, 0] = p["fc1.w"][1, 25] = 16.0
    p["fc2.w"][[0, 1], [0, 1]] = 1.0
    p["fc3.w"][3, :2] = 1.0, -1.0
    p["fc3.w"][4, :2] = -1.0, 1.0
    p["fc3.b"] = np.arange(10.0)
    return p


def worked():
    blank = np.zeros((1, 1, 28, 28))
    yield Case("by hand", "only the last biases", call(blank, biases_only()))
    dot = blank.copy()
    dot[0, 0, 8:12, 8:12] = [[1.0, 0.0, 0.0, 2.0], [0.0, -3.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [4.0, 0.0, 0.0, 1.0]]
    yield Case("by hand", "one path through all layers", call(dot, one_path()))


def parameters(rng):
    """Parameters of a few bits each, sized so that every layer has both signs."""

    def bits(*shape, scale):
        return rng.integers(-8, 9, shape) / scale

    scales = {"conv1": 16, "conv2": 64, "fc1": 64, "fc2": 32, "fc3": 32}
    drawn = {name: bits(*shape, scale=scales[name.partition(".")[0]]) for name, shape in SHAPES.items()}
    return {name: numbers * (8 if name.endswith(".b") else 1) for name, numbers in drawn.items()}


def drawn(rng):
    p = parameters(rng)

    def image(N=1):
        return rng.integers(0, 17, (N, 1, 28, 28)) / 16

    yield Case("by hand", "the last biases, drawn", call(image(), empty() | {"fc3.b": p["fc3.b"] + 0.5}))
    yield Case("any image", "fractions", call(image(), p))
    yield Case("a batch", "two images", call(image(2), p))
    yield Case("any image", "a file's bytes", call(rng.integers(0, 256, (1, 1, 28, 28)).astype(np.uint8), p))
    whole = rng.integers(0, 6, (2, 1, 28, 28))
    yield Case("a batch", "two images of whole numbers, not contiguous", call(whole, p, layout="strided"))


SPEC = Spec(
    parts=(Part("by hand", 1), Part("any image", 2), Part("a batch", 2), Part(UNTOUCHED, 1)),
    worked=worked,
    drawn=drawn,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    features={
        "there is one image": lambda x, parameters: len(x) == 1,
        "all weights are 0": lambda x, parameters: (
            not any(numbers.any() for name, numbers in parameters.items() if name.endswith(".w"))
        ),
    },
)
