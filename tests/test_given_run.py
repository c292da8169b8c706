"""A training run: stopped anywhere it goes on as if it had not been, and what goes wrong is one sentence."""

import os
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from test_lab_browser import wait_for

from course_lib.given import memory
from course_lib.given.array_file import read_arrays
from course_lib.given.datasets import digits
from course_lib.given.run import Run
from solutions import training

SHAPES = {"conv1": (6, 1, 3, 3), "conv2": (16, 6, 3, 3), "fc1": (30, 64), "fc2": (20, 30), "fc3": (10, 20)}
IMAGES, LABELS = digits()[0][:400, np.newaxis].astype(np.float32) / 16, digits()[1][:400].astype(int)
TRAIN, VALID = (IMAGES[:300], LABELS[:300]), (IMAGES[300:], LABELS[300:])


def parameters(seed=0):
    weights = {f"{name}.w": training.he_init(shape, seed).astype(np.float32) for name, shape in SHAPES.items()}
    return weights | {f"{name}.b": np.zeros(shape[0], np.float32) for name, shape in SHAPES.items()}


def logits(parameters, images):
    return training.lenet5_activations(parameters, images, (1, 1))["logits"]


def make(name="digits", step=training.train_epoch, **changed):
    settings = {"parameters": parameters(), "train": TRAIN, "valid": VALID, "batch": 32, "rate": 0.02} | changed
    return Run(name, step=step, logits=logits, **settings)


def assert_same(run, other):
    """Bit for bit the same parameters and, but for the seconds, the same history."""
    for mine, others in ((run.parameters, other.parameters), (run.best, other.best)):
        assert mine.keys() == others.keys()
        assert all(np.array_equal(mine[name], others[name]) for name in mine)
    without_seconds = [[{**epoch, "seconds": 0} for epoch in each.history] for each in (run, other)]
    assert without_seconds[0] == without_seconds[1]
    assert run.best_epoch == other.best_epoch


@pytest.fixture(autouse=True)
def memory_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "FOLDER", tmp_path / ".learner")
    return memory.FOLDER


@pytest.fixture
def straight():
    """Six epochs in one go."""
    return make("straight").train(6)


@pytest.fixture
def stop_at(monkeypatch):
    """Make the learner's code raise KeyboardInterrupt at its n-th step, four steps of the trial before included."""

    def arm(n):
        calls, step = [], training.sgd_momentum_step

        def interrupted(*arguments):
            calls.append(1)
            if len(calls) == n:
                raise KeyboardInterrupt
            return step(*arguments)

        monkeypatch.setattr(training, "sgd_momentum_step", interrupted)

    return arm


def test_training_makes_it_better_and_says_so_in_one_line(straight, capsys):
    make().train(6)
    first, last = straight.history[0], straight.history[-1]
    assert last["epoch"] == 6 and last["loss"] < first["loss"] and last["valid_accuracy"] > 0.5
    assert last["rate"] == 0.02 and last["seconds"] > 0
    line = capsys.readouterr().out
    assert line.count("\n") == 1 and line.startswith("digits: 6 epochs in") and f"epoch {straight.best_epoch}" in line


def test_the_best_parameters_are_those_of_the_first_best_epoch(straight):
    accuracies = [epoch["valid_accuracy"] for epoch in straight.history]
    assert straight.best_epoch == 1 + accuracies.index(max(accuracies))
    again = make().train(straight.best_epoch)
    assert all(np.array_equal(straight.best[name], array) for name, array in again.parameters.items())


def test_of_equally_good_epochs_the_first_is_the_best():
    run = make(valid=(VALID[0][:1], VALID[1][:1])).train(12)
    accuracies = [epoch["valid_accuracy"] for epoch in run.history]
    assert accuracies.count(max(accuracies)) > 1
    assert run.best_epoch == 1 + accuracies.index(max(accuracies))


def test_numbers_lie_in_memory_as_a_file_gives_them_back_whatever_the_code_returns():
    """Matrix products round otherwise where numbers lie otherwise: going on from the file would differ."""

    def turned(parameters, velocities, *arguments, **settings):
        assert all(array.flags.c_contiguous for array in (*parameters.values(), *velocities.values()))
        *dicts, losses = training.train_epoch(parameters, velocities, *arguments, **settings)
        dicts = [{name: array.T.copy().T for name, array in arrays.items()} for arrays in dicts]
        return *dicts, losses

    make(step=turned).train(2)
    assert len(make(step=turned).train(3).history) == 3


def test_the_first_epoch_is_the_learners_train_epoch_and_nothing_else(straight):
    seen = {}

    def watched(*arguments, **settings):
        seen.update(settings)
        return training.train_epoch(*arguments, **settings)

    run = make(step=watched, momentum=0.5, decay=0.001).train(1)
    zeros = {name: np.zeros_like(array) for name, array in parameters().items()}
    expected, _, losses = training.train_epoch(parameters(), zeros, *TRAIN, **seen)
    assert all(np.array_equal(run.parameters[name], array) for name, array in expected.items())
    assert run.history[0]["loss"] == losses.mean()
    assert (seen["momentum"], seen["decay"], seen["batch"], seen["padding"]) == (0.5, 0.001, 32, (1, 1))


def test_every_epoch_has_an_order_of_its_own_and_a_rate_of_its_own():
    seen = []

    def watched(*arguments, **settings):
        seen.append((settings["seed"], settings["rate"]))
        return training.train_epoch(*arguments, **settings)

    make("one", step=watched, rate=lambda epoch: 0.02 / (epoch + 1), seed=1).train(3)
    make("two", step=watched, seed=2).train(3)
    one, two = seen[1:4], seen[5:]
    assert [rate for _, rate in one] == [0.02, 0.01, 0.02 / 3]
    assert len({seed for seed, _ in one + two}) == 6


@pytest.mark.parametrize("at", [1, 5, 17, 24, 33, 47, 63])
def test_a_stop_at_any_step_loses_at_most_the_running_epoch(at, straight, stop_at, capsys):
    capsys.readouterr()
    stop_at(at)
    run = make().train(6)
    done = max(0, (at - 5) // 10)
    assert len(run.history) == done and run.stopped == "by hand"
    line = capsys.readouterr().out
    assert line.count("\n") == 1 and f"digits stopped in epoch {done + 1} of 6: by hand" in line
    assert "run.train(6) goes on" in line
    assert_same(run.train(6), straight)


def test_a_restarted_kernel_goes_on_from_the_file(straight, stop_at):
    stop_at(40)
    make().train(6)
    again = make()
    assert len(again.history) == 3 and again.best_epoch
    assert_same(again.train(6), straight)


def test_code_that_writes_into_its_arguments_spoils_nothing(straight, stop_at):
    def in_place(parameters, velocities, *arguments, **settings):
        moved, new, losses = training.train_epoch(parameters, velocities, *arguments, **settings)
        for old, array in ((parameters, moved), (velocities, new)):
            for name in old:
                old[name][...] = array[name]
        training.sgd_momentum_step(parameters, velocities, velocities, 0.1)  # where the stop may come
        return parameters, velocities, losses

    stop_at(4 + 1 + 2 * 11)  # after the second epoch has written everything
    run = make(step=in_place).train(6)
    assert len(run.history) == 1
    assert_same(run.train(6), straight)


CHILD = """
import sys, time
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from course_lib.given import memory
memory.FOLDER = Path({folder!r})
import test_given_run as here

def slow(*arguments, **settings):
    time.sleep(0.1)
    return here.training.train_epoch(*arguments, **settings)

here.make(step=slow).train(200)
"""


def test_a_killed_process_goes_on_from_the_file(memory_folder):
    code = CHILD.format(root=str(ROOT), tests=str(ROOT / "tests"), folder=str(memory_folder))
    child = subprocess.Popen([sys.executable, "-c", code])
    kept = memory_folder / "runs" / "digits.npz"
    try:
        wait_for(lambda: child.poll() is None and kept.exists() and len(read_arrays(kept)[1]["history"]) >= 2)
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait(30)
    run = make()
    done = len(run.history)
    assert 2 <= done < 200
    assert_same(run.train(done + 2), make("straight").train(done + 2))


def test_what_is_done_is_not_done_again(straight, capsys):
    before = straight.path.read_bytes()
    capsys.readouterr()
    assert_same(make("straight").train(4), straight)
    assert "nothing was left to do for 4" in capsys.readouterr().out
    assert straight.path.read_bytes() == before


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"rate": 0.01}, "rate was 0.02 and is 0.01 in epoch 1"),
        ({"rate": lambda epoch: 0.02 if epoch < 4 else 0.01}, "rate was 0.02 and is 0.01 in epoch 5"),
        ({"decay": 0.1}, "decay was 0.0 and is 0.1"),
        ({"batch": 16}, "batch was 32 and is 16"),
        ({"seed": 1}, "seed was 0 and is 1"),
        ({"padding": (1, 0)}, "padding was [1, 1] and is [1, 0]"),
        ({"parameters": parameters(seed=1)}, "other initial parameters"),
        (
            {"parameters": parameters() | {"fc1.w": np.zeros((30, 400))}},
            "fc1.w is (30, 400) where (30, 64) is expected",
        ),
        ({"train": (IMAGES[:299], LABELS[:299])}, "other training images"),
        ({"valid": (IMAGES[300:], LABELS[300:] * 0)}, "other validation labels"),
    ],
)
def test_another_run_under_the_same_name_is_said_and_the_kept_one_stays(straight, changed, said):
    before = straight.path.read_bytes()
    other = make("straight", **changed)
    with pytest.raises(ValueError, match=r"another run is kept under the name 'straight'.*run\.forget\(\)") as told:
        other.train(2)
    assert said in str(told.value) and "\n" not in str(told.value)
    assert other.history == [] and straight.path.read_bytes() == before


def test_a_rate_that_gives_the_same_numbers_is_the_same_run(straight):
    assert_same(make("straight", rate=lambda epoch: 0.02).train(6), straight)


def test_code_that_computes_something_else_does_not_pass_for_the_old(straight, monkeypatch):
    def forgets_a_bias(*arguments):
        loss, gradients = gradients_of(*arguments)
        return loss, gradients | {"fc3.b": gradients["fc3.b"] * 0}

    gradients_of = training.lenet5_gradients
    monkeypatch.setattr(training, "lenet5_gradients", forgets_a_bias)
    with pytest.raises(ValueError, match=r"trained by code that gave other losses.*run\.forget\(\)"):
        make("straight").train(6)


def test_code_that_adds_up_in_another_order_is_the_same_code(straight):
    def through_float64(parameters, velocities, images, *arguments, **settings):
        moved, new, losses = training.train_epoch(parameters, velocities, images.astype(float), *arguments, **settings)
        return moved, new, losses

    assert_same(make("straight", step=through_float64).train(6), straight)


def test_forgetting_starts_anew(straight):
    other = make("straight", decay=0.1)
    assert other.forget() is other and not other.path.exists()
    assert len(other.train(1).history) == 1


def test_a_damaged_file_is_said_and_left_alone(straight):
    straight.path.write_bytes(straight.path.read_bytes()[:-100])
    with pytest.raises(ValueError, match=r"straight\.npz is damaged.*run\.forget\(\)"):
        make("straight").train(6)
    assert len(make("straight").forget().train(1).history) == 1


def test_a_rate_that_is_too_high_ends_in_one_sentence_and_the_best_weights_stay(capsys):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = make(rate=lambda epoch: 0.02 if epoch < 2 else 1e20).train(6)
    assert len(run.history) == 2
    assert_same(run, make("two").train(2))
    line = capsys.readouterr().out.splitlines()[0]
    for part in ("digits stopped in epoch 3 of 6: the loss is", "rate 1e+20 is too high", "epochs 1 to 2 are kept"):
        assert part in line


def test_code_that_lets_a_lost_loss_pass_is_stopped_all_the_same(monkeypatch):
    monkeypatch.setattr(training, "_check_loss", lambda *_: None)
    run = make(rate=1e30).train(3)
    assert run.history == [] and "the loss is" in run.stopped and "is too high" in run.stopped


@pytest.mark.parametrize("where", [3, 290], ids=["in the first steps", "later"])
def test_images_that_are_not_finite_are_named_with_the_step(where, capsys):
    images = TRAIN[0].copy()
    images[where, 0, 2, 2] = np.nan
    run = make(train=(images, TRAIN[1])).train(6)
    assert run.history == [] and not run.path.exists()
    line = capsys.readouterr().out
    assert "the loss is nan at step" in line and " pixels are not finite" in line
    assert line.count("\n") == 1


def test_other_errors_of_the_learners_code_are_not_hidden(straight):
    labels = TRAIN[1].copy()
    labels[0] = 10
    with pytest.raises(ValueError, match="labels run from 0 to 10; there are 10 classes"):
        make(train=(TRAIN[0], labels)).train(1)

    def unwritten(*_, **__):
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        make("other", step=unwritten).train(1)


def test_where_nothing_can_be_kept_training_goes_on_and_says_so(memory_folder, straight, monkeypatch, capsys):
    monkeypatch.setattr(memory, "FOLDER", Path(os.devnull) / "nowhere")
    capsys.readouterr()
    assert_same(make().train(6), straight)
    assert "not kept" in capsys.readouterr().out


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"name": "../escape"}, "name is '../escape'"),
        ({"train": (IMAGES[:, 0], LABELS)}, "train is images (400, 8, 8)"),
        ({"valid": (IMAGES, LABELS[:3])}, "valid is images (400, 1, 8, 8) and labels (3,)"),
        ({"valid": (IMAGES * np.nan, LABELS)}, "valid has 25600 pixels that are not finite"),
    ],
)
def test_what_makes_no_run_is_refused(changed, said):
    with pytest.raises(ValueError) as told:
        make(**changed)
    assert said in str(told.value)


@pytest.mark.parametrize("part, shape", [(0, r"\(10,\)"), (slice(5), r"\(5, 10\)")])
def test_logits_of_another_shape_are_refused(part, shape):
    run = Run("digits", training.train_epoch, lambda p, x: logits(p, x)[part], parameters(), TRAIN, VALID)
    with pytest.raises(ValueError, match=rf"logits gave shape {shape} for 32 images"):
        run.train(1)


@pytest.mark.parametrize("epochs", [0, -1, 2.5, "3"])
def test_no_epochs_are_refused(epochs):
    with pytest.raises(ValueError, match=f"epochs is {epochs!r}"):
        make().train(epochs)
