"""Weights in files: what comes back, and one clear sentence for each file that will not do."""

import os
import random

import numpy as np
import pytest

from course_lib.given import memory
from course_lib.given.weights import about_weights, differences, load_weights, save_weights

PARAMETERS = {
    "conv1.w": np.random.default_rng(0).standard_normal((6, 1, 3, 3)).astype(np.float32),
    "conv1.b": np.arange(6.0),
}


@pytest.fixture(autouse=True)
def memory_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "FOLDER", tmp_path / ".learner")
    return memory.FOLDER


def test_parameters_come_back_bit_for_bit_with_what_they_are_for():
    path = save_weights("lenet5_digits", PARAMETERS, padding=(1, 1), accuracy=0.986, data="digits")
    assert path == memory.FOLDER / "weights" / "lenet5_digits.npz"
    loaded = load_weights("lenet5_digits", expected=PARAMETERS)
    assert list(loaded) == list(PARAMETERS)
    for name, array in PARAMETERS.items():
        np.testing.assert_array_equal(loaded[name], array)
        assert loaded[name].dtype == array.dtype
    assert about_weights("lenet5_digits") == {"padding": [1, 1], "accuracy": 0.986, "data": "digits"}


def test_a_path_is_taken_as_it_stands(tmp_path):
    path = tmp_path / "new folder" / "mine.npz"
    assert save_weights(path, PARAMETERS) == path == save_weights(str(path), PARAMETERS)
    assert load_weights(str(path)).keys() == PARAMETERS.keys()
    assert not memory.FOLDER.exists()


def test_a_file_by_numpys_own_savez_will_do(tmp_path):
    np.savez(tmp_path / "plain.npz", **PARAMETERS)
    assert load_weights(tmp_path / "plain.npz", PARAMETERS).keys() == PARAMETERS.keys()
    assert about_weights(tmp_path / "plain.npz") == {}


def test_missing_weights_say_how_to_get_them():
    with pytest.raises(
        ValueError, match=r"no weights at .*gone\.npz; train the network and keep them with save_weight"
    ):
        load_weights("gone")


@pytest.mark.parametrize("content", [b"", b"PK", b"not an npz at all", b"\x93NUMPY"])
def test_what_is_no_npz_is_refused(tmp_path, content):
    (tmp_path / "strange.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"strange\.npz is damaged, or is no \.npz file.*; train again"):
        load_weights(tmp_path / "strange.npz")


def test_a_single_array_is_refused(tmp_path):
    with open(tmp_path / "one.npz", "wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(ValueError, match=r"one\.npz is damaged, or is no \.npz file"):
        load_weights(tmp_path / "one.npz")


def test_a_pickle_is_never_opened(tmp_path):
    class Trap:
        def __reduce__(self):
            return (os.mkdir, (str(tmp_path / "sprung"),))

    np.savez(tmp_path / "trap.npz", w=np.array([Trap()], dtype=object))
    with pytest.raises(ValueError, match="damaged"):
        load_weights(tmp_path / "trap.npz")
    assert not (tmp_path / "sprung").exists()


def test_a_damaged_file_is_refused_or_read_rightly_never_read_wrongly(tmp_path):
    raw = save_weights("whole", PARAMETERS).read_bytes()
    draw, path, refused = random.Random(1), tmp_path / "damaged.npz", 0
    for _ in range(300):
        damaged = bytearray(raw)
        damaged[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
        path.write_bytes(damaged)
        try:
            loaded = load_weights(path)
        except ValueError:
            refused += 1
        else:
            assert loaded.keys() == PARAMETERS.keys()
            assert all(np.array_equal(loaded[name], array) for name, array in PARAMETERS.items())
    assert refused > 150


def test_weights_of_another_architecture_are_refused_with_every_difference():
    save_weights("small", PARAMETERS)
    expected = {"conv1.w": np.zeros((6, 1, 5, 5)), "fc1.w": (120, 400)}
    with pytest.raises(ValueError, match="another architecture") as told:
        load_weights("small", expected)
    for part in (
        "fc1.w (120, 400) is missing",
        "conv1.b (6,) belongs to no layer",
        "conv1.w is (6, 1, 3, 3) where (6, 1, 5, 5) is expected",
        "Load weights of this one",
    ):
        assert part in str(told.value)
    assert differences(PARAMETERS, PARAMETERS) == []


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_weights_that_went_wrong_do_not_replace_good_ones(number):
    save_weights("good", PARAMETERS)
    with pytest.raises(ValueError, match=r"conv1\.b holds 1 numbers that are not finite"):
        save_weights("good", PARAMETERS | {"conv1.b": np.array([number, 1.0])})
    np.testing.assert_array_equal(load_weights("good")["conv1.b"], PARAMETERS["conv1.b"])


def test_a_write_that_fails_leaves_the_old_weights_whole(monkeypatch, memory_folder):
    save_weights("good", PARAMETERS)

    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        save_weights("good", {"conv1.w": np.zeros(1)})
    assert load_weights("good").keys() == PARAMETERS.keys()
    assert [path.name for path in (memory_folder / "weights").iterdir()] == ["good.npz"]


def test_no_parameters_are_no_weights():
    with pytest.raises(ValueError, match="no parameters"):
        save_weights("empty", {})
