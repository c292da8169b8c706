"""Checks of cross_correlate2d: a window that slides down and to the right, over any image and with any kernel."""

import numpy as np

from autograder_tests.judging import REFUSES, UNTOUCHED, Case, Mistake, Part, Spec, Taps, call, laws
from autograder_tests.judging.numbers import lopsided, whole

TURNS = {
    "kernel_turned": lambda kernel: kernel[::-1, ::-1],
    "kernel_upside_down": lambda kernel: kernel[::-1],
    "kernel_mirrored": lambda kernel: kernel[:, ::-1],
    "kernel_transposed": lambda kernel: kernel.T,
    "kernel_quarter_turned": np.rot90,
}


def model(image, kernel, on=frozenset()):
    """cross_correlate2d, with switches."""
    for switch in sorted(on & TURNS.keys()):
        kernel = TURNS[switch](kernel)
    (H, W), (KH, KW) = image.shape, kernel.shape
    if KH > H or KW > W:
        raise ValueError("the kernel, once turned, is larger than the image")
    OH, OW = H - KH + 1, W - KW + 1
    if on & {"last_missed", "last_row_missed"}:
        OH -= 1
    if on & {"last_missed", "last_column_missed"}:
        OW -= 1
    if "height_for_both" in on:
        OW = OH
    if "same_size" in on:
        image, OH, OW = np.pad(image, ((KH // 2, (KH - 1) // 2), (KW // 2, (KW - 1) // 2))), H, W
    if "every_touch" in on:
        image, OH, OW = np.pad(image, ((KH - 1, KH - 1), (KW - 1, KW - 1))), H + KH - 1, W + KW - 1
    if "kernel_in_image_dtype" in on:
        kernel = kernel.astype(image.dtype)
    output = np.zeros((OH, OW), int if "integer_output" in on else float)
    for i in range(OH):
        for j in range(OW):
            output[i, j] = combined(window(image, i, j, KH, KW, on).astype(float), kernel, on)
    if "image_dtype" in on:
        output = output.astype(image.dtype).astype(float)
    if "first_row_only" in on:
        output[1:] = 0
    if "running_total" in on:
        output = output.cumsum().reshape(output.shape)
    if "output_transposed" in on:
        return output.T
    if "border_of_zeros" in on:
        frame = np.zeros((H, W))
        frame[KH // 2 : KH // 2 + OH, KW // 2 : KW // 2 + OW] = output
        return frame
    return output


def window(image, i, j, KH, KW, on):
    """The window of output [i, j]."""
    if "window_exchanged" in on:
        i, j = j, i
    if "windows_do_not_overlap" in on:
        i, j = i * KH, j * KW
    if "centred_window" in on:
        i, j = max(i - KH // 2, 0), max(j - KW // 2, 0)
    if "square_window" in on:
        KW = KH
    return image[i : i + KH, j : j + KW]


def combined(window, kernel, on):
    """The number that a window gives."""
    if "matrix_product" in on:
        return (window @ kernel).sum()
    products = window * kernel
    if "diagonal" in on:
        return np.trace(products)
    if "mean" in on:
        return products.sum() / kernel.size
    if "largest" in on:
        return products.max()
    if "absolute" in on:
        return np.abs(products).sum()
    if "no_negatives" in on:
        return max(products.sum(), 0.0)
    return products.sum()


MISTAKES = (
    Mistake(
        "kernel_turned",
        "kernel",
        "the kernel were turned by 180 degrees before it slides (the mathematician's convolution)",
        "Which kernel entry meets the top left pixel of the window?",
    ),
    Mistake(
        "kernel_upside_down",
        "kernel",
        "the kernel stood upside down",
        "Does the kernel's first row meet the window's first row?",
    ),
    Mistake(
        "kernel_mirrored",
        "kernel",
        "the kernel were mirrored, left for right",
        "Does the kernel's first column meet the window's first column?",
    ),
    Mistake(
        "kernel_transposed",
        "kernel",
        "the rows of the kernel were used as its columns",
        "Is the kernel used as it was given?",
    ),
    Mistake("kernel_quarter_turned", "kernel", "the kernel were turned by 90 degrees", "Is any turn asked for?"),
    Mistake(
        "last_missed",
        "size",
        "the last row and the last column of places were left out",
        "A kernel of 2 on 4 pixels: at how many places does it fit?",
    ),
    Mistake(
        "last_row_missed",
        "size",
        "the last row of places were left out",
        "Compare the two sizes that you compute, for rows and for columns.",
    ),
    Mistake(
        "last_column_missed",
        "size",
        "the last column of places were left out",
        "Compare the two sizes that you compute, for rows and for columns.",
    ),
    Mistake(
        "height_for_both",
        "size",
        "the output were as wide as it is high",
        "Which lengths enter the number of columns of the output?",
    ),
    Mistake(
        "same_size",
        "size",
        "zeros were put around the image, so that the output is as large as the image",
        "The kernel must lie wholly inside the image: where does your first window begin?",
    ),
    Mistake(
        "every_touch",
        "size",
        "every place counted at which the kernel touches the image at all",
        "Only places where the kernel fits whole count here.",
    ),
    Mistake(
        "window_exchanged",
        "window",
        "the window moved along columns when the output moves along rows, and the other way round",
        "Which loop variable belongs to rows: in the window and in the output?",
    ),
    Mistake(
        "windows_do_not_overlap",
        "window",
        "each window began where the one before it ended",
        "How far does the window move from one output to the next?",
    ),
    Mistake(
        "centred_window",
        "window",
        "the window were centred on [i, j] instead of beginning there",
        "For output [0, 0], which pixel is the window's top left one?",
    ),
    Mistake(
        "square_window",
        "window width",
        "the window were as wide as the kernel is high",
        "Which length of the kernel bounds the window's columns?",
    ),
    Mistake(
        "matrix_product",
        "sum",
        "window and kernel were multiplied as matrices before the sum",
        "Entry by entry: is that * or @?",
    ),
    Mistake("mean", "sum", "the mean of the products were taken in place of their sum", "Sum, or mean?"),
    Mistake(
        "diagonal",
        "sum",
        "only the products on the window's diagonal counted",
        "Which products does your sum leave out?",
    ),
    Mistake("largest", "sum", "the largest product were taken in place of the sum", "All products count."),
    Mistake("absolute", "sum", "every product lost its sign", "May a product count against the sum?"),
    Mistake(
        "no_negatives",
        "sum",
        "negative results were set to 0",
        "A feature map may be negative: where do you clip it?",
    ),
    Mistake(
        "integer_output",
        "output",
        "the output could hold whole numbers only, so that fractions are cut off",
        "Which dtype has the array that you write into?",
    ),
    Mistake(
        "image_dtype",
        "output",
        "the output had the dtype of the image",
        "An image from a file holds whole numbers. Can the output hold one half, or -1?",
    ),
    Mistake(
        "kernel_in_image_dtype",
        "kernel dtype",
        "the kernel were cut to the dtype of the image",
        "An image from a file holds whole numbers. What happens to a kernel entry of one half?",
    ),
    Mistake(
        "first_row_only",
        "end",
        "only the first row of the output were filled",
        "How often does the function reach its return?",
    ),
    Mistake(
        "running_total",
        "total",
        "the sum of one place went on at the next",
        "What must the sum be before each new window?",
    ),
    Mistake(
        "output_transposed",
        "layout",
        "rows and columns of the output were exchanged",
        "Which index of the output counts its rows?",
    ),
    Mistake(
        "border_of_zeros",
        "layout",
        "the result were put into a frame of zeros as large as the image",
        "The output has only as many entries as there are places.",
    ),
)

HINTS = (
    "On paper: a 3×4 image and a 2×2 kernel. How many places are there in a row of the output, how many in a column?",
    "Two loops, one for the rows of the output, one for its columns; the window begins at [i, j].",
    "image[i : i + KH, j : j + KW] is the window; window_sum, which you have written, gives its number.",
)


def worked():
    yield Case(
        "worked by hand",
        "a 3×3 image, a 2×2 kernel",
        call(np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [4.0, 0.0, 1.0]]), np.array([[1.0, 2.0], [0.0, 3.0]])),
    )
    edge = np.array([[0.0, 0.0, 9.0, 9.0]] * 4)
    yield Case("worked by hand", "an upright edge", call(edge, np.array([[-1.0, 0.0, 1.0]] * 3)))
    one = np.zeros((4, 4))
    one[2, 1] = 1.0
    yield Case("worked by hand", "a single 1 in the image", call(one, np.array([[1.0, 2.0], [3.0, 4.0]])))
    yield Case(
        "not square", "a low and wide image", call(np.arange(10.0).reshape(2, 5), np.array([[1.0, 0.0], [0.0, -1.0]]))
    )
    yield Case("not square", "one row", call(np.array([[1.0, 4.0, 9.0, 16.0]]), np.array([[-1.0, 2.0]])))
    yield Case("not square", "one column", call(np.array([[1.0], [4.0], [9.0]]), np.array([[-1.0], [2.0]])))
    yield Case(
        "not square",
        "the kernel as large as the image",
        call(np.arange(6.0).reshape(2, 3), np.array([[1.0, 2.0, 3.0], [0.0, 0.0, -1.0]])),
    )


def drawn(rng):
    for part, shape, kernel_shape in (
        ("worked by hand", (4, 4), (2, 2)), ("worked by hand", (5, 5), (3, 3)), ("not square", (4, 6), (2, 2)),
        ("not square", (7, 4), (3, 3)), ("not square", (5, 7), (2, 3)), ("not square", (6, 5), (4, 2)),
        ("not square", (5, 5), (1, 3)), ("not square", (6, 4), (3, 1)), ("not square", (3, 8), (3, 2)),
        ("not square", (4, 5), (1, 1)), ("not square", (7, 6), (4, 4)),
    ):  # fmt: skip
        name = f"{shape[0]}×{shape[1]} pixels, a {kernel_shape[0]}×{kernel_shape[1]} kernel"
        yield Case(part, name, call(whole(rng, *shape), lopsided(rng, *kernel_shape)))
    file = rng.integers(0, 256, (4, 5)).astype(np.uint8)
    yield Case("any numbers", "fractions", call(rng.normal(size=(5, 4)), rng.normal(size=(2, 3))))
    yield Case("any numbers", "very small numbers", call(1e-9 * rng.normal(size=(4, 5)), rng.normal(size=(3, 2))))
    yield Case("any numbers", "pixels as a file holds them", call(file, rng.normal(size=(3, 2))))
    yield Case(
        "any numbers",
        "whole pixels, a kernel of fractions",
        call(rng.integers(0, 9, (5, 4)), rng.integers(1, 8, (2, 2)) / 8),
    )
    single = rng.normal(size=(4, 6)).astype(np.float32), rng.normal(size=(2, 3)).astype(np.float32)
    yield Case("any numbers", "single precision", call(*single))
    yield Case(
        "any numbers",
        "not contiguous in memory",
        call(rng.normal(size=(5, 6)), rng.normal(size=(2, 3)), layout="strided"),
    )
    eighths = rng.integers(1, 8, (2, 2, 3)) / 8
    yield Case(
        "any numbers", "a file, eighths in the kernel", call(rng.integers(0, 256, (5, 4)).astype(np.uint8), eighths[0])
    )
    yield Case(
        "any numbers", "a file, a kernel above 1", call(rng.integers(0, 256, (4, 4)).astype(np.uint8), 1 + eighths[1])
    )
    yield Case(
        "any numbers", "columns first in memory", call(rng.normal(size=(6, 5)), rng.normal(size=(3, 2)), layout="F")
    )


def exact(rng):
    image, kernel = whole(rng, 5, 6), lopsided(rng, 2, 3)
    yield laws.linear("any numbers", (image, kernel), 0, "image", rng)
    yield laws.linear("any numbers", (image, kernel), 1, "kernel", rng)
    yield from laws.shifts("any numbers", (image, kernel), 0, "image")
    yield laws.equals(
        "any numbers", "the identity: a kernel [[1]] returns the image", call(image, np.ones((1, 1))), image
    )


def working(cell, image, kernel):
    i, j = cell
    return image[i : i + kernel.shape[0], j : j + kernel.shape[1]], kernel, cell


def refused():
    yield Case(REFUSES, "a kernel one row too tall", call(np.ones((3, 4)), np.ones((4, 2))))
    yield Case(REFUSES, "a kernel one column too wide", call(np.ones((3, 4)), np.ones((1, 5))))


SPEC = Spec(
    parts=(
        Part("worked by hand", 2),
        Part("not square", 2),
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
    laws=exact,
    features={
        "the image is square": lambda image, kernel: image.shape[0] == image.shape[1],
        "the kernel is square": lambda image, kernel: kernel.shape[0] == kernel.shape[1],
        "the kernel is a single entry": lambda image, kernel: kernel.size == 1,
        "the kernel has odd lengths": lambda image, kernel: kernel.shape[0] % 2 == kernel.shape[1] % 2 == 1,
        "the image is at least as wide as high": lambda image, kernel: image.shape[1] >= image.shape[0],
        "all numbers are whole": lambda image, kernel: bool((image % 1 == 0).all() and (kernel % 1 == 0).all()),
    },
    working=working,
    taps=Taps(0, 1, (6, 8), (3, 2)),
)
