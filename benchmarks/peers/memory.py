"""What the rows method needs beside its input and output."""

import math
import tracemalloc

import numpy as np

from solutions.fast_convolution import conv2d_im2col, conv2d_rows, to_batch_first, to_batch_last

from .layers import SHAPES


def copies_of_the_input(method, x: np.ndarray, w: np.ndarray, padding: int) -> float:
    """The most memory in use during a call, less the output, in sizes of the padded input."""
    method(x, w, padding=padding)
    tracemalloc.start()
    output = method(x, w, padding=padding)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    rows, columns = (0, 2) if method is conv2d_rows else (2, 3)
    lengths = list(x.shape)
    lengths[rows] += 2 * padding
    lengths[columns] += 2 * padding
    return (peak - output.nbytes) / (math.prod(lengths) * x.itemsize)


def table() -> list[dict]:
    """For each shape the copies of both methods, and the columns of the kernel, which the rows method stays below."""
    found = []
    for name, (N, C, side, F, k, padding) in SHAPES.items():
        rng = np.random.default_rng(0)
        x, w = rng.standard_normal((N, C, side, side), "float32"), rng.standard_normal((F, C, k, k), "float32")
        rows = copies_of_the_input(conv2d_rows, to_batch_last(x), w, padding)
        columns = copies_of_the_input(conv2d_im2col, to_batch_first(to_batch_last(x)), w, padding)
        found.append({"shape": name, "rows": rows, "im2col": columns, "limit": k})
    return found
