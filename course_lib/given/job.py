"""One convolution to be timed: its shapes, its numbers, and what it takes in multiply-adds and bytes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

import numpy as np


@dataclass(frozen=True)
class Task:
    """Something to call, and how many multiply-adds of a plain convolution it stands for, if it stands for one."""

    call: Callable[[], object]
    multiply_adds: int = 0


@dataclass(frozen=True)
class Job:
    """A convolution with stride 1, filled with random numbers that are the same every time.

    Parameters
    ----------
    x_shape : tuple of int
        ``(N, C, H, W)``.
    w_shape : tuple of int
        ``(F, C, KH, KW)``.
    padding : int
    dtype : str
    """

    x_shape: tuple[int, int, int, int]
    w_shape: tuple[int, int, int, int]
    padding: int = 0
    dtype: str = "float32"

    @cached_property
    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """Images ``(N, C, H, W)`` and filters ``(F, C, KH, KW)``."""
        rng = np.random.default_rng(6)
        return tuple(rng.normal(size=shape).astype(self.dtype) for shape in (self.x_shape, self.w_shape))

    @property
    def output_shape(self) -> tuple[int, int, int, int]:
        """``(N, F, OH, OW)``."""
        (N, _, H, W), (F, _, KH, KW) = self.x_shape, self.w_shape
        return N, F, H + 2 * self.padding - KH + 1, W + 2 * self.padding - KW + 1

    @property
    def multiply_adds(self) -> int:
        """One for each output and each number of a filter."""
        return prod(self.output_shape) * prod(self.w_shape[1:])

    def copies(self, method: str) -> int:
        """How many numbers a method writes down between input and output, in the memory outside the cache.

        Parameters
        ----------
        method : str
            ``"im2col"``, ``"rows"`` or ``"FFT"``; any other has none.
        """
        (N, C, H, W), (F, _, KH, KW) = self.x_shape, self.w_shape
        _, _, OH, OW = self.output_shape
        height, width = H + 2 * self.padding, W + 2 * self.padding
        return {
            "im2col": N * C * KH * KW * OH * OW,
            "rows": N * C * KW * height * OW,
            "FFT": (N * C + F * C + N * F) * height * (width + 2),
        }.get(method, 0)

    def traffic(self, method: str) -> int:
        """Bytes that a method has to move: the input, the filters and the output once, its copies out and back."""
        ends = prod(self.x_shape) + prod(self.w_shape) + prod(self.output_shape)
        return (ends + 2 * self.copies(method)) * np.dtype(self.dtype).itemsize

    def first(self, conv: Callable) -> Task:
        """The job for a function whose images lie batch first, ``(N, C, H, W)``."""
        x, w = self.arrays
        return Task(lambda: conv(x, w, padding=self.padding), self.multiply_adds)

    def last(self, conv: Callable) -> Task:
        """The job for a function whose images lie batch last, ``(H, C, W, N)``."""
        x, w = self.arrays
        moved = np.ascontiguousarray(x.transpose(2, 1, 3, 0))
        return Task(lambda: conv(moved, w, padding=self.padding), self.multiply_adds)

    def within(self, seconds: float, conv: Callable) -> Task:
        """As :meth:`first`, or only a corner of the job, of 3 × 6 places, where the whole would take longer."""
        (N, C, _, _), (_, _, KH, KW) = self.x_shape, self.w_shape
        corners = (replace(self, x_shape=(images, C, KH + 2, KW + 5), padding=0) for images in (1, N))
        task = next(corners).first(conv)
        for larger in (*corners, self):
            begun = time.perf_counter()
            task.call()
            if (time.perf_counter() - begun) * larger.multiply_adds / task.multiply_adds > seconds:
                return task
            task = larger.first(conv)
        return task
