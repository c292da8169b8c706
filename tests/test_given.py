"""What the course gives to learners: memory, data, figures, and the sentences of the self-test."""

import hashlib
import os

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_lib import given
from course_lib.given import datasets, memory, plots, selftest

DIGITS_SHA256 = "b2dab7b501728c22e9119ad76740b2e17c77a231e42d1e592380d90886f1a05e"


@pytest.fixture
def memory_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "FOLDER", tmp_path / ".learner")
    return memory.FOLDER


def test_memory_gives_back_what_was_kept(memory_folder):
    assert memory.read("hints") == {}
    assert memory.write("hints", {"conv": 2})
    assert memory.read("hints") == {"conv": 2}
    assert [path.name for path in memory_folder.iterdir()] == ["hints.json"]


@pytest.mark.parametrize("text", ["", "{", "[1]", "\x00"])
def test_memory_that_cannot_be_read_is_empty(memory_folder, text):
    memory_folder.mkdir()
    (memory_folder / "hints.json").write_text(text)
    assert memory.read("hints") == {}


def test_memory_that_cannot_be_written_keeps_nothing_and_says_so(memory_folder):
    memory_folder.write_text("a file where the folder should be")
    assert not memory.write("hints", {"conv": 2})
    assert memory.read("hints") == {}


def test_a_write_that_fails_leaves_the_old_memory_whole(memory_folder, monkeypatch):
    memory.write("hints", {"conv": 1})

    def fail(*_):
        raise OSError

    monkeypatch.setattr(os, "replace", fail)
    assert not memory.write("hints", {"conv": 2})
    assert memory.read("hints") == {"conv": 1}
    assert len(list(memory_folder.iterdir())) == 1


def test_the_digits_are_the_committed_ones():
    assert hashlib.sha256(datasets.DIGITS.read_bytes()).hexdigest() == DIGITS_SHA256
    images, labels = datasets.digits()
    assert images.shape == (1797, 8, 8) and images.min() == 0 and images.max() == 16
    assert sorted(set(labels.tolist())) == list(range(10))


def test_the_digits_equal_scikit_learns():
    theirs = pytest.importorskip("sklearn.datasets", reason="scikit-learn is not installed").load_digits()
    images, labels = datasets.digits()
    np.testing.assert_array_equal(images, theirs.images)
    np.testing.assert_array_equal(labels, theirs.target)


def test_the_seven_is_a_seven_from_0_to_1():
    assert datasets.digits()[1][datasets.SEVEN] == 7
    assert datasets.seven().shape == (8, 8) and datasets.seven().min() == 0 and datasets.seven().max() == 1


def test_the_photograph_shrinks_by_whole_blocks():
    full, small = datasets.photograph_rgb(shrink=1), datasets.photograph_rgb(shrink=3)
    assert full.shape == (600, 512, 3) and small.shape == (200, 170, 3)
    np.testing.assert_allclose(small[1, 2], full[3:6, 6:9].mean(axis=(0, 1)))
    grey = datasets.photograph()
    assert grey.shape == (200, 170) and 0 <= grey.min() < grey.max() <= 1


def test_each_film_has_a_partner_that_is_the_film_backwards():
    videos, directions = datasets.moving_digits(pairs=4, seed=1)
    assert videos.shape == (8, 9, 16, 16) and videos.min() == 0 and videos.max() == 1
    np.testing.assert_array_equal(videos[1::2], videos[0::2, ::-1])
    np.testing.assert_array_equal(videos[1::2, 4], videos[0::2, 4])
    assert directions.tolist() == ["right", "left", "down", "up"] * 2


def test_a_film_moves_by_one_pixel_a_frame_in_its_direction():
    videos, directions = datasets.moving_digits(pairs=4)
    for film, direction in zip(videos, directions):
        for before, after in zip(film, film[1:]):
            np.testing.assert_array_equal(after, np.roll(before, datasets.DIRECTIONS[direction], axis=(0, 1)))


def test_the_seed_makes_the_films():
    (one, _), (same, _), (other, _) = (datasets.moving_digits(seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(one, same) and not np.array_equal(one, other)
    with pytest.raises(ValueError, match="pairs is 0"):
        datasets.moving_digits(pairs=0)


def test_the_eeg_has_four_channels_and_ten_seconds():
    signals, rate = datasets.eeg()
    assert signals.shape == (800, 4) and len(signals) / rate == 10 and np.isfinite(signals).all()


def test_a_figure_carries_its_words_and_stays_within_the_page():
    picture = plots.images([np.eye(3)], ["one"], alt='a "cross" & more')
    assert 'alt="a &quot;cross&quot; &amp; more"' in picture._repr_html_()
    assert "max-width:100%" in picture._repr_html_()
    assert repr(picture) == '[figure: a "cross" & more]'


def test_a_figure_without_words_is_refused():
    with pytest.raises(ValueError, match="alt is empty"):
        plots.show(Figure(), " ")


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("shape", [(8, 8), (200, 170), (3, 40)])
def test_no_figure_is_wider_than_its_page(count, shape):
    picture = plots.images([np.zeros(shape)] * count, [""] * count, alt="zeros")
    assert picture.width <= 100 * plots.PAGE


def test_the_signed_colours_read_in_greyscale():
    lightness = plots.SIGNED(np.linspace(0, 1, 64))[:, :3] @ [0.299, 0.587, 0.114]
    assert (np.diff(lightness) > 0).all()
    red, green, blue, _ = plots.SIGNED(0.5)
    assert abs(red - green) < 0.02 and abs(green - blue) < 0.02


@pytest.mark.parametrize(
    "value, text", [(0.0, "0"), (-0.0, "0"), (-0.001, "0"), (-2.5, "−2.5"), (1.0, "1"), (0.4375, "0.44")]
)
def test_numbers_in_cells_are_short(value, text):
    assert plots._written(value) == text


def test_every_name_given_is_there_and_no_other():
    for name in given.__all__:
        assert getattr(given, name)
    with pytest.raises(AttributeError, match="datasets, explore, plots"):
        given.__getattr__("nothing")


def test_the_self_test_is_content_with_this_machine(memory_folder):
    assert all(line.startswith("✓") for line in selftest().splitlines())
    assert not memory_folder.exists()


def test_the_self_test_says_what_to_do_about_missing_data(memory_folder, monkeypatch, tmp_path):
    monkeypatch.setattr(datasets, "DIGITS", tmp_path / "gone.npz")
    assert [line for line in selftest().splitlines() if line.startswith("✗")][0].endswith("fetch the course anew.")
