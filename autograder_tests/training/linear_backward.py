"""Checks of linear_backward: three gradients, each with the shape of what it belongs to."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, call, laws
from autograder_tests.judging.numbers import lopsided, whole


@np.errstate(all="ignore")
def model(dy, x, w, on=frozenset()):
    """linear_backward, with switches."""
    dy, x, w = dy.astype(float), x.astype(float), w.astype(float)
    if "gradient_ignored" in on:
        dy = np.ones(dy.shape)
    if "divided_by_batch" in on:
        dy = dy / len(dy)
    if "sign" in on:
        dy = -dy
    gradients = of_images(dy, x, w, on), of_weights(dy, x, on), of_biases(dy, x, on)
    if "weights_first" in on:
        gradients = gradients[1], gradients[2], gradients[0]
    if "weights_and_images_exchanged" in on:
        gradients = gradients[1], gradients[0], gradients[2]
    return tuple(np.trunc(gradient) for gradient in gradients) if "fractions_lost" in on else gradients


def of_images(dy, x, w, on):
    """dx, with switches."""
    if "images_by_transposed_weights" in on:
        return dy @ w.T
    if "images_by_reshaped_weights" in on:
        return dy @ w.reshape(w.shape[::-1]).T
    if "images_after_step" in on:
        return dy @ (w - dy.T @ x)
    if "images_through_relu" in on:
        return dy @ w * (x > 0)
    if "images_summed" in on:
        return np.tile(dy.sum(axis=0), (len(dy), 1)) @ w
    return dy @ w


def of_weights(dy, x, on):
    """dw, with switches."""
    dw = dy.T @ x
    if "weights_transposed" in on:
        return dw.T
    if "weights_reshaped" in on:
        return dw.T.reshape(dw.shape)
    if "weights_averaged" in on:
        return dw / len(dy)
    if "weights_of_last_image" in on:
        return np.outer(dy[-1], x[-1])
    if "weights_of_sums" in on:
        return np.outer(dy.sum(axis=0), x.sum(axis=0))
    return dw


def of_biases(dy, x, on):
    """db, with switches."""
    if "bias_one_number" in on:
        return np.full(dy.shape[1], dy.sum())
    if "bias_single" in on:
        return dy.sum()
    if "bias_averaged" in on:
        return dy.mean(axis=0)
    if "bias_each_image" in on:
        return dy
    if "bias_down_the_wrong_axis" in on:
        return dy.sum(axis=1)
    if "bias_of_last_image" in on:
        return dy[-1]
    if "bias_through_images" in on:
        return (dy.T @ x).sum(axis=1)
    if "bias_axis_kept" in on:
        return dy.sum(axis=0, keepdims=True)
    return dy.sum(axis=0)


MISTAKES = (
    Mistake(
        "images_by_transposed_weights",
        "images",
        "dy met the transposed weights, which goes unnoticed where there are as many units as inputs",
        "dx has shape (N, M), dy has (N, K). Which product of dy and w has that shape?",
    ),
    Mistake(
        "images_by_reshaped_weights",
        "images",
        "the weights were given another shape before the product, which moves them about",
        "Write w with the numbers 1 to 6 in shape (2, 3). Does it need another shape to meet dy?",
    ),
    Mistake(
        "images_after_step",
        "images",
        "the weights had made their step already when dx is computed",
        "Which weights made the output whose gradient you have?",
    ),
    Mistake(
        "images_through_relu",
        "images",
        "there were a relu at the layer's entrance, which stops dx where x is not positive",
        "A linear layer begins with the product; relu has a backward of its own.",
    ),
    Mistake(
        "images_summed",
        "images",
        "dy were summed over the batch before it reaches the images",
        "Does the output of image 0 depend on image 1?",
    ),
    Mistake(
        "weights_transposed",
        "weights",
        "dw had a row for each input",
        "A gradient has the shape of what it belongs to. Which shape has w?",
    ),
    Mistake(
        "weights_reshaped",
        "weights",
        "dw were computed with a row for each input, and then reshaped",
        "Write the numbers 1 to 6 in shape (3, 2). What does reshape(2, 3) make of it, what .T?",
    ),
    Mistake(
        "weights_averaged",
        "weights",
        "dw were averaged over the batch",
        "The loss was a mean, and dy knows that already. What does the contract say of dw?",
    ),
    Mistake(
        "weights_of_last_image",
        "weights",
        "only the last image counted for dw",
        "When the next image's share of dw comes, what becomes of the shares before it?",
    ),
    Mistake(
        "weights_of_sums",
        "weights",
        "dy and x were each summed over the batch before they meet in dw",
        "Does dy of image 0 meet image 1?",
    ),
    Mistake(
        "bias_one_number",
        "biases",
        "db were one sum over images and units, the same for every unit",
        "Each unit has its own bias. Over which axis of dy is its sum?",
    ),
    Mistake(
        "bias_single",
        "biases",
        "db were a single number",
        "A gradient has the shape of what it belongs to. Which shape has b?",
    ),
    Mistake(
        "bias_averaged",
        "biases",
        "db were averaged over the batch",
        "The loss was a mean, and dy knows that already. What does the contract say of db?",
    ),
    Mistake(
        "bias_each_image",
        "biases",
        "each image had biases of its own",
        "The same bias is added to every image: how often does it reach the loss?",
    ),
    Mistake(
        "bias_down_the_wrong_axis",
        "biases",
        "db were summed over the units, with a number for each image",
        "Which axis of dy counts units, and which one goes?",
    ),
    Mistake(
        "bias_of_last_image",
        "biases",
        "only the last image counted for db",
        "When the next image's share of db comes, what becomes of the shares before it?",
    ),
    Mistake(
        "bias_through_images",
        "biases",
        "db were multiplied by the images, as dw is",
        "With what is a bias multiplied on the way forward?",
    ),
    Mistake(
        "bias_axis_kept",
        "biases",
        "db kept an axis of length 1",
        "A gradient has the shape of what it belongs to. Which shape has b?",
    ),
    Mistake(
        "gradient_ignored",
        "gradient",
        "dy were 1 everywhere",
        "Do your results change when dy is twice as large?",
    ),
    Mistake(
        "divided_by_batch",
        "gradient",
        "dy were divided by the number of images before it is used",
        "The loss was a mean, and dy knows that already. Should a layer divide once more?",
    ),
    Mistake("sign", "gradient", "the sign of dy were turned", "The step downhill is made later; what is asked here?"),
    Mistake(
        "weights_first",
        "order",
        "the gradients came in the order weights, biases, images",
        "In which order does the contract name the three?",
    ),
    Mistake(
        "weights_and_images_exchanged",
        "order",
        "the gradients came in the order weights, images, biases",
        "In which order does the contract name the three?",
    ),
    Mistake(
        "fractions_lost",
        "numbers",
        "the gradients could hold whole numbers only",
        "Which dtype have the arrays that you write into?",
    ),
)

HINTS = (
    "On paper: one image of 2 numbers, 3 units. Write y out as three sums. Which of them holds x[0], and times what?",
    "Write the shapes down: dy (N, K), x (N, M), w (K, M). Each gradient is the product whose shape is right.",
    "dx gathers over the units: dy @ w. A weight gathers over the images; so does a bias, which was added as it is.",
)


def worked():
    w = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]])
    yield Case("one image", "three numbers, two units", call(np.array([[10.0, 1.0]]), np.array([[1.0, 2.0, 3.0]]), w))
    yield Case(
        "one image",
        "two numbers, two units",
        call(np.array([[1.0, -2.0]]), np.array([[3.0, 0.5]]), np.array([[1.0, 3.0], [0.0, 4.0]])),
    )
    yield Case(
        "a batch",
        "two images",
        call(
            np.array([[1.0, 0.0, 2.0], [10.0, 20.0, 0.0]]),
            np.array([[1.0, 2.0], [3.0, 4.0]]),
            np.array([[1.0, 1.0], [2.0, 0.0], [0.0, -1.0]]),
        ),
    )


def arrays(rng, N, M, K):
    return lopsided(rng, N, K), whole(rng, N, M) + 0.5, lopsided(rng, K, M)


def normal(rng, N, M, K):
    return rng.normal(size=(N, K)), rng.normal(size=(N, M)), rng.normal(size=(K, M))


def drawn(rng):
    for part, N, M, K in (
        ("one image", 1, 4, 3), ("one image", 1, 2, 5), ("one image", 1, 3, 3), ("one image", 1, 1, 4),
        ("one image", 1, 5, 1), ("a batch", 3, 4, 2), ("a batch", 4, 2, 3), ("a batch", 2, 3, 3),
        ("a batch", 3, 3, 3), ("a batch", 4, 1, 2), ("a batch", 2, 6, 1), ("a batch", 5, 2, 4),
        ("a batch", 4, 5, 4), ("a batch", 3, 3, 5), ("a batch", 6, 2, 2),
    ):  # fmt: skip
        name = f"{N} image{'s' * (N > 1)} of {M}, {K} unit{'s' * (K > 1)}"
        yield Case(part, name, call(*arrays(rng, N, M, K)))
    part = "any numbers"
    yield Case(part, "fractions", call(*normal(rng, 3, 4, 2)))
    yield Case(part, "more fractions", call(*normal(rng, 4, 2, 3)))
    dy, x, w = normal(rng, 2, 4, 3)
    yield Case(part, "very small gradients", call(1e-9 * dy, x, w))
    yield Case(part, "hugely negative images", call(dy, x - 1e6, w))
    pixels = rng.integers(100, 256, (3, 4)).astype(np.uint8)
    yield Case(part, "pixels as a file holds them", call(lopsided(rng, 3, 2) / 4, pixels, rng.normal(size=(2, 4))))
    yield Case(part, "single precision", call(*(array.astype(np.float32) for array in normal(rng, 3, 4, 2))))
    yield Case(part, "not contiguous in memory", call(*normal(rng, 3, 4, 2), layout="strided"))
    yield Case(part, "columns first in memory", call(*normal(rng, 4, 3, 2), layout="F"))


def exact(rng):
    dy, x, w = arrays(rng, 3, 4, 2)
    up, down = (np.array([[(dy * (x @ (w + h * e).T)).sum() for e in row] for row in units(2, 4)]) for h in (1, -1))
    yield laws.equals(
        "a batch",
        "central difference: dw must be half of what the sum of dy * y changes by when a weight goes from 1 less to 1"
        " more, exactly, for y is linear in w",
        call(dy, x, w),
        (up - down) / 2,
        (1,),
    )
    up, down = (np.array([[(dy * ((x + h * e) @ w.T)).sum() for e in row] for row in units(3, 4)]) for h in (1, -1))
    yield laws.equals(
        "a batch",
        "central difference: dx must be half of what the sum of dy * y changes by when a number of an image goes from 1"
        " less to 1 more, exactly, for y is linear in x",
        call(dy, x, w),
        (up - down) / 2,
        (0,),
    )
    for output, name in enumerate(("dx", "dw", "db")):
        yield laws.cancels(
            "any numbers",
            f"linearity: three times dy must give three times {name}",
            (1.0, call(3 * dy, x, w), (output,)),
            (-3.0, call(dy, x, w), (output,)),
        )
    for output, name in ((1, "dw"), (2, "db")):
        alone = ((-1.0, call(dy[n : n + 1], x[n : n + 1], w), (output,)) for n in range(3))
        yield laws.cancels(
            "a batch",
            f"{name} of a batch must be the sum of the {name} of its images",
            (1.0, call(dy, x, w), (output,)),
            *alone,
        )


def units(rows, columns):
    """For each entry of a matrix the matrix that is 1 there, and 0 elsewhere."""
    return np.eye(rows * columns).reshape(rows, columns, rows, columns)


def refused():
    yield Case(REFUSES, "gradients of two units for three", call(np.ones((4, 2)), np.ones((4, 5)), np.ones((3, 5))))
    yield Case(REFUSES, "gradients of three images for four", call(np.ones((3, 2)), np.ones((4, 5)), np.ones((2, 5))))
    yield Case(REFUSES, "as many inputs as weights but one", call(np.ones((4, 2)), np.ones((4, 5)), np.ones((2, 4))))
    yield Case(REFUSES, "an empty batch", call(np.ones((0, 2)), np.ones((0, 5)), np.ones((2, 5))))


SPEC = Spec(
    parts=(Part("one image", 1), Part("a batch", 1), Part("any numbers", 1), Part(UNTOUCHED, 0.5), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "there is one image": lambda dy, x, w: len(x) == 1,
        "there are as many units as inputs": lambda dy, x, w: w.shape[0] == w.shape[1],
        "there are as many images as units": lambda dy, x, w: dy.shape[0] == dy.shape[1],
        "there is one unit": lambda dy, x, w: len(w) == 1,
        "an image has one number": lambda dy, x, w: x.shape[1] == 1,
        "the images are whole numbers by type": lambda dy, x, w: x.dtype.kind in "iu",
    },
)
