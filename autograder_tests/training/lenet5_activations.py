"""Checks of lenet5_activations: the layers in their order, and everything kept that the way back needs.

The mistakes have two slots only: outputs are matched one by one, and few pairs keep a recording small.
"""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call
from autograder_tests.training.batch_last import corners, shifted, slid
from autograder_tests.training.small_nets import PIXELS, Net, one_path

LAYERS = ("conv1", "conv2", "fc1", "fc2")


def model(parameters, images, padding=(2, 0), on=frozenset()):
    """lenet5_activations, with switches."""
    x = images[:1] if "first_image_only" in on else images
    p, kept, x = parameters, {}, x.transpose(2, 1, 3, 0).astype(float)
    if "images_transposed" in on:
        x = x.swapaxes(0, 2)
    for layer, pad in zip(("conv1", "conv2"), paddings(padding, on)):
        x = convolution(layer, x, p[f"{layer}.w"], biases(layer, p, on), pad, kept, on)
    x = kept["flat"] = flattened(x, on)
    for layer in ("fc1", "fc2"):
        x = kept[layer] = active(layer, x @ p[f"{layer}.w"].T + biases(layer, p, on), on)
    kept["logits"] = ended(x @ p["fc3.w"].T + biases("fc3", p, on), on)
    return laid_out(kept, on)


def convolution(layer, x, w, b, pad, kept, on):
    """One round of convolution, pooling, bias and relu; keeps what is made on the way."""
    b = b.reshape(-1, 1, 1)
    rows = kept[f"{layer}.rows"] = shifted(x, w.shape[3], pad)
    sums = slid(rows, w[:, :, ::-1, ::-1] if "kernels_turned" in on else w)
    if on & {"bias_before_pooling", "bias_and_relu_before_pooling"}:
        sums, b = sums + b, 0.0
    if on & {"relu_before_pooling", "bias_and_relu_before_pooling"}:
        sums = active(layer, sums, on)
    pooled = corners(sums).mean(axis=0) if "mean_pooling" in on else corners(sums).max(axis=0)
    x = active(layer, pooled + b, on)
    kept[f"{layer}.sums"], kept[f"{layer}.pooled"], kept[layer] = sums, pooled, x
    if "pooled_after_relu" in on:
        kept[f"{layer}.pooled"] = x
    if "pooled_before_relu_kept" in on:
        kept[layer] = pooled + b
    return pooled if "pooled_goes_on" in on else x


def paddings(padding, on):
    """The padding of conv1 and of conv2."""
    if "padding_as_by_default" in on:
        return 2, 0
    if "padding_ignored" in on:
        return 0, 0
    if "paddings_exchanged" in on:
        return padding[::-1]
    return padding[1:] * 2 if "second_padding_for_both" in on else padding


def biases(layer, p, on):
    """The biases of a layer."""
    kind = "no_conv_biases" if layer.startswith("conv") else "no_linear_biases"
    return 0 * p[f"{layer}.b"] if on & {"no_biases", kind} else p[f"{layer}.b"]


def active(layer, x, on):
    """What stands between the layers."""
    if on & {"no_relu", f"no_relu_after_{layer}"}:
        return x
    return np.tanh(x) if "tanh" in on else np.maximum(x, 0)


def flattened(x, on):
    """One row of numbers an image."""
    H, C, W, N = x.shape
    if "reshaped_as_it_lies" in on:
        return x.reshape(N, H * C * W)
    if "rows_before_channels" in on:
        return x.reshape(-1, N).T
    order = (3, 0, 2, 1) if "channels_last" in on else (3, 1, 2, 0) if "columns_first" in on else (3, 1, 0, 2)
    return x.transpose(order).reshape(N, -1)


def ended(logits, on):
    """What is made of the logits."""
    if "relu_at_the_end" in on:
        return np.maximum(logits, 0)
    if "softmax_at_the_end" in on:
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)
    return logits


def laid_out(kept, on):
    """All that is kept, in the layout in which the mistake keeps it."""
    if "maps_batch_first" in on:
        return {name: a.transpose(3, 1, 0, 2) if a.ndim == 4 else a for name, a in kept.items()}
    return kept


RELUS = "How many relus are there in the contract, and how many in your function?"
FLAT = "Each row belongs to one image. Which index of the maps runs fastest along it, and which slowest?"
ORDER = "In which order do pooling, bias and relu stand in the contract, and what is kept before which?"
PADDING = "padding holds two numbers. Which layer is padded with which?"

MISTAKES = (
    Mistake("no_relu", "layers", "there were no relu at all", "What stands between two layers?"),
    *(Mistake(f"no_relu_after_{layer}", "layers", f"there were no relu after {layer}", RELUS) for layer in LAYERS),
    Mistake(
        "tanh",
        "layers",
        "tanh stood in place of relu",
        "The paper of 1998 squashes; what does the contract here say?",
    ),
    Mistake("bias_before_pooling", "layers", "the bias were added before the pooling", ORDER),
    Mistake("relu_before_pooling", "layers", "relu came before the pooling, and before the bias", ORDER),
    Mistake("bias_and_relu_before_pooling", "layers", "bias and relu came before the pooling", ORDER),
    Mistake(
        "pooled_after_relu",
        "layers",
        "what is kept as pooled had its bias and its relu already",
        "max_pool2x2_backward will compare the sums with what is kept as pooled. When are the two comparable?",
    ),
    Mistake(
        "pooled_before_relu_kept",
        "layers",
        "what is kept as conv1 and conv2 had its bias, but no relu",
        "Two names stand for the maps before and after bias and relu. Which is which?",
    ),
    Mistake(
        "pooled_goes_on",
        "layers",
        "the maps went on to the next layer before their bias and relu",
        "What you keep is right. Which of it goes into the next layer?",
    ),
    Mistake("mean_pooling", "layers", "each block were averaged", "Which pooling is it here? Chapter 05 had another."),
    Mistake(
        "kernels_turned",
        "layers",
        "the kernels were turned by 180 degrees",
        "What a network calls convolution is the correlation of chapter 01. Is anything to be turned?",
    ),
    Mistake("reshaped_as_it_lies", "layers", "the maps were cut into rows as they lie in memory", FLAT),
    Mistake("rows_before_channels", "layers", "the numbers of an image stood in the order row, channel, column", FLAT),
    Mistake("channels_last", "layers", "the numbers of an image stood in the order row, column, channel", FLAT),
    Mistake("columns_first", "layers", "the numbers of an image stood in the order channel, column, row", FLAT),
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
    Mistake("padding_as_by_default", "layers", "the padding were (2, 0), whatever is given", PADDING),
    Mistake("padding_ignored", "layers", "nothing were padded", PADDING),
    Mistake("paddings_exchanged", "layers", "the paddings of conv1 and conv2 were exchanged", PADDING),
    Mistake("second_padding_for_both", "layers", "both convolutions had the padding of conv2", PADDING),
    Mistake(
        "relu_at_the_end",
        "layers",
        "there were a relu after the last layer",
        "Logits may be negative: what comes after fc3?",
    ),
    Mistake(
        "softmax_at_the_end",
        "layers",
        "the probabilities were asked for",
        "Logits are asked for: what comes after fc3?",
    ),
    Mistake(
        "maps_batch_first",
        "layers",
        "the maps were kept with the batch first",
        "In which layout does the contract keep what the convolutions make?",
    ),
    Mistake("images_transposed", "layers", "rows and columns of the images were exchanged", "Which axes does x have?"),
    Mistake("first_image_only", "layers", "there were only one image", "What becomes of the other images?"),
)

HINTS = (
    "Print the shapes on the way. With the batch last conv1.rows is (H + 2p, C, K, OW, N), conv1.sums (OH, F, OW, N), "
    "conv1.pooled and conv1 half as high and wide.",
    "A loop over ('conv1', 'conv2') and their paddings: what one turn stores under its layer's name, the next one "
    "takes. Only to_batch_last at the entrance and to_batch_first before flat change the layout.",
    "rows = shifted_rows(x, w.shape[3], pad), sums = rows_product(rows, w), pooled = max_pool2x2(sums), "
    "x = np.maximum(pooled + b.reshape(-1, 1, 1), 0); and np.maximum(flat @ w.T + b, 0) for fc1.",
)

SMALL, FLAT_NET = Net(), Net(shape=(8, 12), units=(4, 3, 2))


def worked():
    yield Case("by hand", "1×1 kernels, all weights 1", call(one_path(), PIXELS, (0, 0)))
    p = one_path()
    p |= {"conv1.b": np.array([-4.0]), "fc1.b": np.array([2.0]), "fc3.b": np.array([0.0, -9.0])}
    yield Case("by hand", "the same with three biases", call(p, PIXELS, (0, 0)))


def drawn(rng):
    for N in (1, 2):
        p = {name: array + rng.normal(size=array.shape) for name, array in one_path().items()}
        yield Case("by hand", "1×1 kernels, all weights drawn", call(p, rng.normal(size=(N, 1, 4, 4)), (0, 0)))
    for net, N in ((SMALL, 3), (SMALL, 1), (FLAT_NET, 2), (Net(shape=(9, 8), maps=(2, 3, 2)), 2)):
        name = net.words(N)
        yield Case("images and channels", name, call(net.parameters(rng), net.images(rng, N), net.padding))
    for net in (
        Net(padding=(1, 0)), Net(padding=(0, 1)), Net(shape=(10, 11), padding=(1, 0)),
        Net(shape=(10, 10), padding=(0, 1)), Net(shape=(9, 8), padding=(1, 0)), Net(shape=(10, 10), padding=(1, 0)),
        Net(shape=(10, 10), padding=(0, 0)), Net(shape=(5, 5), padding=(2, 1)),
    ):  # fmt: skip
        yield Case("padding", net.words(2), call(net.parameters(rng), net.images(rng, 2), net.padding))
    real = Net(shape=(12, 13), kernel=5, padding=(2, 0))
    yield Case("padding", "5×5 kernels, padding as by default", call(real.parameters(rng), real.images(rng, 2)))
    part, images = "any numbers", SMALL.images(rng, 2)
    yield Case(part, "large scores", call(SMALL.parameters(rng), 100 * images, padding=(1, 1)))
    yield Case(part, "very small pixels", call(SMALL.parameters(rng), 1e-9 * images, (1, 1)))
    file = rng.integers(0, 256, images.shape).astype(np.uint8)
    yield Case(part, "pixels as a file holds them", call(SMALL.parameters(rng), file, (1, 1)))
    single = {name: array.astype(np.float32) for name, array in SMALL.parameters(rng).items()}
    yield Case(part, "single precision", call(single, images.astype(np.float32), (1, 1)), rtol=1e-4)
    yield Case(part, "not contiguous in memory", call(SMALL.parameters(rng), images, (1, 1), layout="strided"))
    yield Case(
        part, "last index first in memory", call(FLAT_NET.parameters(rng), FLAT_NET.images(rng, 2), (1, 1), layout="F")
    )


def refused():
    p, image = one_path(), np.ones((1, 1, 4, 4))
    yield Case(REFUSES, "no fc2.b", call({name: p[name] for name in p if name != "fc2.b"}, image, (0, 0)))
    yield Case(REFUSES, "images of two channels for filters of one", call(p, np.ones((1, 2, 4, 4)), (0, 0)))
    yield Case(REFUSES, "images so large that fc1 cannot take them", call(p, np.ones((1, 1, 8, 8)), (0, 0)))
    yield Case(REFUSES, "images so small that no pixel is left", call(p, image[:, :, :2], (0, 0)))
    yield Case(REFUSES, "an empty batch", call(p, image[:0], (0, 0)))
    yield Case(REFUSES, "one number as padding", call(p, image, 0))


SPEC = Spec(
    parts=(
        Part("by hand", 1),
        Part("images and channels", 1),
        Part("padding", 1),
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
        "both paddings are 0": lambda p, images, padding=(2, 0): tuple(padding) == (0, 0),
        "both paddings are alike": lambda p, images, padding=(2, 0): padding[0] == padding[1],
        "padding is as by default": lambda p, images, padding=(2, 0): tuple(padding) == (2, 0),
        "there is one image": lambda p, images, padding=(2, 0): len(images) == 1,
        "the images have one channel": lambda p, images, padding=(2, 0): images.shape[1] == 1,
        "the images are square": lambda p, images, padding=(2, 0): images.shape[2] == images.shape[3],
        "fc1 takes one number a map": lambda p, images, padding=(2, 0): p["fc1.w"].shape[1] == len(p["conv2.w"]),
    },
)
