"""Chapter 04 refuses what it cannot pool, in the solutions and in the learner's stubs, and says which values it got."""

import re

import numpy as np
import pytest
from stub_functions import stubs_of

from solutions import pooling

IMAGES = np.ones((2, 3, 4, 5))
PLACES = np.zeros((1, 1, 2, 2), int)
VALUES = np.ones((1, 1, 2, 2))

WINDOWED = ("max_pool2d", "avg_pool2d", "max_pool2d_with_argmax", "shift_sensitivity")
BAD_WINDOWS = (
    ((np.ones((4, 5)), 2), {}, "(4, 5)"),
    ((np.ones((3, 4, 5)), 2), {}, "(3, 4, 5)"),
    ((np.ones((1, 2, 3, 4, 5)), 2), {}, "(1, 2, 3, 4, 5)"),
    ((np.ones((0, 3, 4, 5)), 2), {}, "(0, 3, 4, 5)"),
    ((np.ones((2, 0, 4, 5)), 2), {}, "(2, 0, 4, 5)"),
    ((np.ones((2, 3, 0, 5)), 2), {}, "(2, 3, 0, 5)"),
    ((IMAGES, 0), {}, "window is 0"),
    ((IMAGES, (2, -1)), {}, "window is (2, -1)"),
    ((IMAGES, 1.5), {}, "window is 1.5"),
    ((IMAGES, (2, 2, 2)), {}, "window is (2, 2, 2)"),
    ((IMAGES, 2, 0), {}, "stride is 0"),
    ((IMAGES, 2, (1, 0)), {}, "stride is (1, 0)"),
    ((IMAGES, 2, -1), {}, "stride is -1"),
    ((IMAGES, 2, 0.5), {}, "stride is 0.5"),
    ((IMAGES, (5, 1)), {}, "window (5, 1) does not fit on 4 × 5 pixels"),
    ((IMAGES, (1, 6)), {}, "window (1, 6) does not fit on 4 × 5 pixels"),
)
BAD_PADDINGS = (
    ((IMAGES, 2), {"padding": -1}, "padding is -1"),
    ((IMAGES, 2), {"padding": (0, -2)}, "padding is (0, -2)"),
    ((IMAGES, 2), {"padding": 2}, "padding 2 is more than half the window 2"),
    ((IMAGES, (4, 3)), {"padding": (1, 2)}, "padding (1, 2) is more than half the window (4, 3)"),
    ((IMAGES, 9), {"padding": 2}, "window 9 does not fit on 4 × 5 pixels with padding 2"),
)
CALLS = [
    *((name, *call) for name in WINDOWED for call in BAD_WINDOWS),
    *((name, *call) for name in ("max_pool2d", "avg_pool2d") for call in BAD_PADDINGS),
    ("global_avg_pool2d", (np.ones((3, 4, 5)),), {}, "(3, 4, 5)"),
    ("global_avg_pool2d", (np.ones((0, 3, 4, 5)),), {}, "(0, 3, 4, 5)"),
    ("global_avg_pool2d", (np.ones((2, 3, 4, 0)),), {}, "(2, 3, 4, 0)"),
    ("average_kernel", (0, 2), {}, "window is 0"),
    ("average_kernel", ((2, 0), 2), {}, "window is (2, 0)"),
    ("average_kernel", (2, 0), {}, "channels is 0"),
    ("average_kernel", (2, 1.5), {}, "channels is 1.5"),
    ("max_unpool2d", (VALUES, PLACES[:, :, :1], (4, 4)), {}, "argmax (1, 1, 1, 2)"),
    ("max_unpool2d", (VALUES[0], PLACES[0], (4, 4)), {}, "y (1, 2, 2)"),
    ("max_unpool2d", (VALUES[:0], PLACES[:0], (4, 4)), {}, "y (0, 1, 2, 2)"),
    ("max_unpool2d", (VALUES, PLACES.astype(float), (4, 4)), {}, "argmax holds float64"),
    ("max_unpool2d", (VALUES, PLACES, (4, 0)), {}, "shape is (4, 0)"),
    ("max_unpool2d", (VALUES, PLACES, (4, 4, 4)), {}, "shape is (4, 4, 4)"),
    ("max_unpool2d", (VALUES, PLACES + 16, (4, 4)), {}, "from 16 to 16; an image of 4 × 4"),
    ("max_unpool2d", (VALUES, PLACES - 1, (4, 4)), {}, "from -1 to -1; an image of 4 × 4"),
]


@pytest.fixture(scope="module")
def stubs():
    """The learner's functions before anything is written."""
    return vars(stubs_of("pooling"))


@pytest.mark.parametrize("name, args, kwargs, says", CALLS)
def test_bad_input_is_refused_with_its_values(name, args, kwargs, says, stubs):
    for function in (getattr(pooling, name), stubs[name]):
        with pytest.raises(ValueError, match=re.escape(says)):
            function(*args, **kwargs)


def test_a_map_of_zeros_has_no_sensitivity():
    with pytest.raises(ValueError, match="0 everywhere"):
        pooling.shift_sensitivity(np.zeros((1, 1, 4, 4)), 2)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int64, np.float32, bool])
def test_every_dtype_is_promoted(dtype):
    x = np.random.default_rng(0).integers(0, 120, (2, 3, 5, 6)).astype(dtype)
    largest, places = pooling.max_pool2d_with_argmax(x, 2)
    results = {
        "max_pool2d": (pooling.max_pool2d(x, 3, 2, 1), pooling.max_pool2d(x.astype(float), 3, 2, 1)),
        "avg_pool2d": (pooling.avg_pool2d(x, 3, 2, 1), pooling.avg_pool2d(x.astype(float), 3, 2, 1)),
        "global_avg_pool2d": (pooling.global_avg_pool2d(x), pooling.global_avg_pool2d(x.astype(float))),
        "max_pool2d_with_argmax": (largest, pooling.max_pool2d(x.astype(float), 2)),
        "max_unpool2d": (
            pooling.max_unpool2d(largest.astype(dtype), places, (5, 6)),
            pooling.max_unpool2d(largest, places, (5, 6)),
        ),
    }
    for name, (given, wanted) in results.items():
        assert given.dtype == np.float64, name
        assert np.array_equal(given, wanted), name
    assert pooling.shift_sensitivity(x, 2) == pooling.shift_sensitivity(x.astype(float), 2)


def test_values_that_meet_in_one_pixel_do_not_wrap_around():
    y = np.full((1, 1, 2, 2), 200, np.uint8)
    assert pooling.max_unpool2d(y, PLACES, (2, 2))[0, 0, 0, 0] == 800.0
