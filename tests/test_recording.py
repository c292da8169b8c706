"""What a release keeps of a call comes back as it was."""

import json

import numpy as np
import pytest

from autograder_tests.recording import Packer, unpack


@pytest.mark.parametrize(
    "value",
    [[(3, 1, 0), (2, 2, 0)], (1, [2.5, None]), {"padding": (1, 2), "value": -np.inf}, slice(0, None, 2), (..., 0), []],
)
def test_lists_and_tuples_are_told_apart_after_a_recording(value):
    packer = Packer()
    kept = json.loads(json.dumps(packer.pack(value)))
    assert repr(unpack(kept, packer.numbers())) == repr(value)


def test_arrays_within_lists_survive_a_recording():
    packer = Packer()
    kept = json.loads(json.dumps(packer.pack([np.arange(3.0), "x"])))
    [numbers, text] = unpack(kept, packer.numbers())
    assert numbers.tolist() == [0.0, 1.0, 2.0] and text == "x"
