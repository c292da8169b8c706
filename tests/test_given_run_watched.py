"""What a run lets one see and change between two epochs: looks, watchers, and a learning rate set by hand."""

import numpy as np
import pytest
from test_given_run import TRAIN, VALID, assert_same, logits, make, parameters

from course_lib.given import memory
from course_lib.given.curves import rate_changes
from course_lib.given.looks import look
from solutions import training


@pytest.fixture(autouse=True)
def memory_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "FOLDER", tmp_path / ".learner")


def test_there_is_a_look_before_the_first_epoch_and_after_each():
    run = make()
    assert run.looks == {}
    run.train(3)
    filters, confusion = run.looks["filters"], run.looks["confusion"]
    assert filters.shape == (4, 6, 1, 3, 3) and confusion.shape == (4, 10, 10)
    assert np.array_equal(filters[0], parameters()["conv1.w"])
    assert np.array_equal(filters[3], run.parameters["conv1.w"])
    right = [epoch["valid_accuracy"] for epoch in run.history]
    assert right == [np.trace(one) / len(VALID[1]) for one in confusion[1:]]


def test_a_row_of_the_confusion_is_what_it_is_and_a_column_what_was_read():
    answered = logits(parameters(), VALID[0]).argmax(axis=1)
    ((confusion,), right) = look(logits, parameters(), *VALID)[0]["confusion"], look(logits, parameters(), *VALID)[1]
    for row, column in np.ndindex(10, 10):
        assert confusion[row, column] == np.count_nonzero((VALID[1] == row) & (answered == column))
    assert right == np.mean(answered == VALID[1])


@pytest.mark.parametrize("labels", [VALID[1] + 5, VALID[1].astype(float), VALID[1] - 1])
def test_where_labels_are_no_classes_there_is_no_confusion_but_still_a_share(labels):
    seen, right = look(logits, parameters(), VALID[0], labels)
    assert seen["confusion"].shape == (1, 0, 0) and 0 <= right <= 1


def test_a_network_without_filters_and_one_with_very_many():
    few = {"w": np.ones((10, 64))}
    scores = lambda p, images: images.reshape(len(images), -1) @ p["w"].T  # noqa: E731
    assert look(scores, few, *VALID)[0]["filters"].shape == (1, 0, 1, 1, 1)
    many = few | {"conv": np.ones((100, 3, 5, 5))}
    assert look(scores, many, *VALID)[0]["filters"].shape == (1, 32, 3, 5, 5)


def test_looks_are_kept_and_go_on_as_if_never_stopped():
    make("parted").train(2)
    parted, straight = make("parted").train(5), make("straight").train(5)
    for name, array in straight.looks.items():
        assert len(array) == 6 and np.array_equal(parted.looks[name], array)


def test_a_rate_set_by_hand_acts_from_the_next_epoch_on_and_the_history_says_so():
    run = make().train(2)
    run.hold(0.005)
    run.train(4)
    run.hold(None)
    run.train(5)
    assert [epoch["rate"] for epoch in run.history] == [0.02, 0.02, 0.005, 0.005, 0.02]
    assert [epoch.get("by_hand", False) for epoch in run.history] == [False, False, True, True, False]
    assert rate_changes(run.history) == [{"epoch": 3, "text": "rate 0.005"}, {"epoch": 5, "text": "as planned"}]
    planned = make("planned", rate=lambda epoch: 0.005 if epoch in (2, 3) else 0.02).train(5)
    assert all(np.array_equal(run.parameters[name], array) for name, array in planned.parameters.items())


def test_a_run_with_a_rate_set_by_hand_goes_on_in_a_new_kernel_with_the_same_numbers(monkeypatch):
    straight = make("straight").train(2)
    straight.hold(0.005)
    straight.train(6)

    parted = make("parted").train(2)
    parted.hold(0.005)
    parted.train(3)
    again = make("parted")
    assert again.held == 0.005
    calls, step = [], training.sgd_momentum_step

    def interrupted(*arguments):
        calls.append(1)
        if len(calls) == 4 + 15:
            raise KeyboardInterrupt
        return step(*arguments)

    monkeypatch.setattr(training, "sgd_momentum_step", interrupted)
    again.train(6)
    assert again.stopped == "by hand" and len(again.history) == 4
    assert_same(make("parted").train(6), straight)


def test_a_planned_rate_that_differs_is_still_another_run():
    run = make().train(1)
    run.hold(0.005)
    run.train(2)
    with pytest.raises(ValueError, match="rate was 0.02 and is 0.03 in epoch 1"):
        make(rate=0.03).train(3)


@pytest.mark.parametrize("rate", [0, -0.1, float("nan"), float("inf"), "fast"])
def test_what_is_no_rate_is_refused(rate):
    run = make()
    with pytest.raises(ValueError, match="it must be a number above 0, or None for the planned one"):
        run.hold(rate)
    assert run.held is None


def test_forgetting_forgets_the_hand():
    run = make().train(1)
    run.hold(0.005)
    assert run.forget().held is None and run.looks == {}


def test_a_watcher_hears_of_every_epoch_and_of_the_end_and_nothing_is_printed(capsys):
    run, heard = make(), []
    run.watch(lambda history, best_epoch, state: heard.append((len(history), best_epoch, state)))
    run.advance(2)
    assert [done for done, *_ in heard] == [0, 1, 2, 2] and [state for *_, state in heard][-1] == "done"
    assert capsys.readouterr().out == ""
    assert_same(run.train(3), make("straight").train(3))
    assert heard[-1][0] == 3


def test_a_diverging_run_can_go_on_with_a_lower_rate():
    run = make(train=TRAIN).train(1)
    run.hold(1e20)
    run.advance(3)
    assert "the loss is" in run.stopped and len(run.history) == 1
    run.hold(0.01)
    run.advance(3)
    assert run.stopped == "" and [epoch["rate"] for epoch in run.history] == [0.02, 0.01, 0.01]


def test_a_run_is_trained_by_one_at_a_time():
    run, said = make(), []

    def again(history, best_epoch, state):
        for attempt in (lambda: run.advance(3), run.forget):
            with pytest.raises(ValueError, match="digits is training already, in a cell or an explorer") as refused:
                attempt()
            said.append(refused)

    run.watch(again)
    run.advance(1)
    assert said and len(run.history) == 1
