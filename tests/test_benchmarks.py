"""The benchmarks measure what they say: right numbers on both sides, honest ratios, a table that cannot flatter."""

import gzip
import json
import math
import time

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks import accuracy, against_pytorch
from benchmarks.peers import layers, memory, nets, report
from benchmarks.peers.pairs import Ratio, compare, summarize


def test_a_ratio_is_the_median_of_pairs_not_of_sums():
    ratio = summarize([1.0, 2.0, 30.0], [2.0, 4.0, 10.0])  # a slow spell falls on both sides of the last pair
    assert ratio.median == 0.5
    assert ratio.low <= 0.5 <= ratio.high
    assert (ratio.ours, ratio.theirs) == (2.0, 4.0)


def test_something_slower_is_seen_to_be_slower():
    ratio = compare(lambda: time.sleep(0.004), lambda: time.sleep(0.001), pairs=5)
    assert ratio.median > 1.5


def test_without_a_peer_only_our_seconds_are_known():
    ratio = compare(lambda: None, None, pairs=3)
    assert math.isnan(ratio.median) and ratio.theirs is None and ratio.ours > 0


def test_layers_that_differ_are_not_timed():
    numbers = np.ones(4)
    layers.agree("equal", numbers, numbers, "float64")
    with pytest.raises(AssertionError, match="differ by"):
        layers.agree("not equal", numbers, numbers + 1e-6, "float64")


def row(ratio: float, reach=0.6, stretch=0.45) -> dict:
    return report.row("a work", "float32", Ratio(ratio, ratio - 0.1, ratio + 0.1, 0.001, 0.002), reach, stretch)


@pytest.mark.parametrize("ratio, word", [(0.4, "stretch"), (0.5, "reached"), (0.7, "MISSED")])
def test_the_table_says_what_was_reached_and_what_was_missed(ratio, word):
    text = report.markdown([row(ratio)], [], {"processor": "one"})
    assert f"{ratio:.2f} ({word})" in text
    assert "- processor: one" in text


def test_the_json_has_a_row_for_each_work(tmp_path):
    alone = report.row("alone", "float64", Ratio(math.nan, math.nan, math.nan, 0.5, None), None, None)
    paths = report.write(tmp_path, [row(0.5), alone], memory=[], machine={})
    kept = json.loads((tmp_path / "ratios.json").read_text(encoding="utf-8"))
    assert [path.name for path in paths] == ["ratios.md", "ratios.json", "ratios.png"]
    wanted = {"work", "dtype", "ratio", "low", "high", "reach", "stretch"}
    assert all(wanted <= set(each) for each in kept)
    assert kept[0]["ratio"] == 0.5 and kept[1]["ratio"] is None


def test_the_rows_method_needs_at_most_kw_copies_of_the_padded_input():
    for each in memory.table():
        assert 0 < each["rows"] <= each["limit"] * 1.01 < each["im2col"] * 1.5, each


def test_the_measuring_process_has_one_thread_and_the_kernels_of_the_processor(monkeypatch):
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    assert against_pytorch.surroundings(as_set=False)["OPENBLAS_NUM_THREADS"] == "1"
    assert "OPENBLAS_CORETYPE" not in against_pytorch.surroundings(as_set=False)
    assert against_pytorch.surroundings(as_set=True)["OPENBLAS_CORETYPE"] == "Haswell"


def test_the_small_network_learns():
    few = nets.Settings(epochs=4)
    _, epochs, reached = nets.train(0, None, nets.SMALL, nets.held_out_fifth(), few)
    assert epochs == 4
    assert 0.6 < reached < 1.0


def test_training_stops_at_the_goal():
    spent, epochs, reached = nets.train_small(0, 0.5)
    assert epochs < 10 and reached >= 0.5 and spent > 0


def test_mnist_that_is_not_there_or_not_whole_is_said(tmp_path):
    missing = CliRunner().invoke(accuracy.main, ["--mnist", str(tmp_path), "--seeds", "1"])
    assert missing.exit_code == 1 and "t10k-images-idx3-ubyte.gz" in missing.output
    for name, header, count in (("images-idx3", 16, 784 * 3), ("labels-idx1", 8, 3)):
        with gzip.open(tmp_path / f"t10k-{name}-ubyte.gz", "wb") as file:
            file.write(bytes(header + count))
    partly = CliRunner().invoke(accuracy.main, ["--mnist", str(tmp_path), "--seeds", "1"])
    assert partly.exit_code == 1 and "3 images and 3 labels" in partly.output
