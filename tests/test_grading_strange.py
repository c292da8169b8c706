"""Strange hand-ins and killed graders: each costs its own exercise or submission, and nothing is left behind."""

import logging
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from handed_in import CHAPTER, NOTEBOOK, released_classroom
from sandbox_levels import close_all, descendants, sandbox_at, still_alive

from autograder_tests.judging import trial
from grading import grade as grading_day
from grading import sources
from grading.marking import Bench, judge_all
from grading.sandbox import SandboxFailed
from grading.sources import Ungradable, gather
from grading.workers import Task, judge_one

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = (ROOT / "solutions" / "convolution.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def _afterwards():
    yield
    close_all()


@pytest.fixture
def classroom(tmp_path):
    made = released_classroom(tmp_path / "classroom")
    (made.released(CHAPTER).parent / "course_lib").mkdir()
    return made


@pytest.fixture
def folder(classroom):
    """Jane's ``course_lib``."""
    return hand_in(classroom, "jane", REFERENCE)


def hand_in(classroom, student, text):
    folder = classroom.folder("submitted", student, CHAPTER) / "course_lib"
    folder.mkdir(parents=True)
    (folder / "convolution.py").write_text(text, encoding="utf-8")
    (folder.parent / f"{CHAPTER.notebook}.ipynb").write_bytes(NOTEBOOK)
    return folder


def verdicts_of(judged):
    return {one.exercise: one.record["verdict"] for one in judged}


# What is read --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["# coding: rot13", "# coding: undefined", "# coding: none", "# coding: utf-8\n\xff"])
def test_a_file_that_nobody_can_decode_is_the_learners_and_is_scored(classroom, folder, line):
    (folder / "convolution.py").write_bytes(f"{line}\n{REFERENCE}".encode("latin-1", "replace"))
    judged = judge_all(sandbox_at("process"), CHAPTER, gather(classroom, CHAPTER, "jane"), 0)
    assert set(verdicts_of(judged).values()) == {"raised"}
    assert "SyntaxError" in judged[0].text


def test_a_folder_in_the_place_of_the_answer_is_ungradable(classroom, folder):
    (folder / "convolution.py").unlink()
    (folder / "convolution.py").mkdir()
    with pytest.raises(Ungradable, match=r"convolution\.py"):
        gather(classroom, CHAPTER, "jane")


def test_an_answer_of_a_megabyte_is_ungradable(classroom, folder):
    (folder / "convolution.py").write_text("#" * 1_000_001)
    with pytest.raises(Ungradable, match=r"convolution\.py has more than 1,000,000 bytes"):
        gather(classroom, CHAPTER, "jane")


def test_helper_files_are_taken_as_far_as_they_fit_and_the_rest_is_noted(classroom, folder, caplog):
    for number in range(17):
        (folder / f"h{number:02}.py").write_text("\x01" * 990_000)  # six times as long in a frame
    (folder / "small.py").write_text("x = 1\n")
    texts = gather(classroom, CHAPTER, "jane")
    assert {stem for stem in texts if stem != "convolution"} == {"h00", "small"}
    assert "jane: a helper file was left out: h01.py has more than 10,000 bytes" in caplog.text
    assert caplog.text.count("left out") == 16
    judged = judge_all(sandbox_at("process"), CHAPTER, texts, 0)
    assert set(verdicts_of(judged).values()) == {"right"}


def test_so_many_helper_files_are_taken(classroom, folder, monkeypatch, caplog):
    monkeypatch.setattr(sources, "MAX_HELPERS", 3)
    for name in "abcde":
        (folder / f"{name}.py").write_text("")
    assert sorted(gather(classroom, CHAPTER, "jane")) == ["a", "b", "c", "convolution"]
    assert "jane: 5 helper files; the first 3 were taken" in caplog.text


def test_an_answer_with_pictures_and_the_courses_own_tools_beside_it_is_right(classroom, folder):
    beside = "import matplotlib.pyplot as plt\nfrom course_lib.given import datasets, plots\n"
    (folder / "convolution.py").write_text(
        REFERENCE.replace("import math\n", f"import math\n{beside}"), encoding="utf-8"
    )
    judged = judge_all(sandbox_at("strong"), CHAPTER, gather(classroom, CHAPTER, "jane"), 0)
    assert set(verdicts_of(judged).values()) == {"right"}


# What comes back -----------------------------------------------------------------------------------------------------


def trip_over(monkeypatch, error):
    """Let the judge fail on whatever is not an array where one is due."""
    real = trial.difference

    def difference(value, expected, *more):
        if isinstance(expected, np.ndarray) and type(value) is not np.ndarray:
            raise error
        return real(value, expected, *more)

    monkeypatch.setattr(trial, "difference", difference)


STRANGE = REFERENCE + "\n\ndef convolve2d(image, kernel):\n    return {'strange': 'value'}\n"


def test_a_value_that_the_judge_cannot_read_costs_its_own_exercise(monkeypatch):
    trip_over(monkeypatch, TypeError("no\x1b[31m way"))
    judged = judge_all(sandbox_at("process"), CHAPTER, {"convolution": STRANGE}, 0)
    (strange,) = [one for one in judged if one.exercise == "convolve2d"]
    assert strange.points == 0 and "the checks could not read what your function returned" in strange.text
    assert (
        strange.trouble.startswith("convolve2d earns nothing") and "no\N{REPLACEMENT CHARACTER}[31m" in strange.trouble
    )
    others = {name: verdict for name, verdict in verdicts_of(judged).items() if name != "convolve2d"}
    assert set(others.values()) == {"right"}
    assert not [one.trouble for one in judged if one is not strange and one.trouble]


def test_the_instructor_is_told_who_it_was(classroom, folder, monkeypatch, caplog):
    (folder / "convolution.py").write_text(STRANGE, encoding="utf-8")
    trip_over(monkeypatch, TypeError("no way"))

    class Silent:
        def write(self, student, judged):
            pass

    with Bench("process", allow_weak=True) as bench:
        task = Task(classroom, CHAPTER, 0, bench.level, True)
        record = grading_day._settle(task, Silent(), judge_one(bench, task, "jane"))
    assert record["outcome"] == "scored"
    assert "jane: convolve2d earns nothing" in caplog.text and caplog.records[0].levelno == logging.ERROR


@pytest.mark.parametrize("error", [SandboxFailed("gone"), OSError("the disk is full"), MemoryError()], ids=repr)
def test_our_own_failure_stays_ours(classroom, folder, monkeypatch, error):
    (folder / "convolution.py").write_text(STRANGE, encoding="utf-8")
    trip_over(monkeypatch, error)
    with Bench("process", allow_weak=True) as bench:
        assert judge_one(bench, Task(classroom, CHAPTER, 0, bench.level, True), "jane").outcome == "retry"


def test_a_judge_that_fails_on_everything_is_our_failure(classroom, folder, monkeypatch):
    monkeypatch.setattr("grading.marking.judge", lambda *anything, **more: 1 / 0)
    with Bench("process", allow_weak=True) as bench:
        assert judge_one(bench, Task(classroom, CHAPTER, 0, bench.level, True), "jane").outcome == "retry"


LARGE = "import numpy as np\n" + "".join(
    f"def {name}(*args, **kwargs):\n    return np.zeros((8192, 8191), np.int8)\n" for name in CHAPTER.exercises
)


def test_large_results_everywhere_take_little_of_our_memory():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    judged = judge_all(sandbox_at("strong"), CHAPTER, {"convolution": LARGE}, 0)
    assert not sum(one.points for one in judged) and "ResultTooLarge" in judged[0].text
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


# Graders that are killed ---------------------------------------------------------------------------------------------

COORDINATOR = """
import sys
from autograder_tests.catalogue import find_chapter
from grading.classroom import open_classroom
from grading.workers import Task, judge_by_workers
task = Task(open_classroom(sys.argv[1]), find_chapter("01"), 0, sys.argv[2], True)
for verdict in judge_by_workers(task, ["quick", "slow-1", "slow-2"], 2):
    print(verdict.student, flush=True)
"""
SLOW = "while True:\n    pass\n"


@pytest.mark.parametrize("level", ["strong", "process"])
def test_workers_end_with_a_coordinator_that_is_killed(classroom, level):
    sandbox_at(level)
    for student, text in {"quick": "", "slow-1": SLOW, "slow-2": SLOW}.items():
        hand_in(classroom, student, text)
    command = [sys.executable, "-c", COORDINATOR, str(classroom.root), level]
    coordinator = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert coordinator.stdout.readline() == b"quick\n"
        family = descendants(coordinator.pid)
        assert len(family) >= 4  # two workers with a nursery each
    finally:
        coordinator.kill()
        coordinator.wait()
        coordinator.stdout.close()
    assert not still_alive(family)


def test_what_a_killed_run_left_is_removed_by_the_next(classroom, folder):
    kept = classroom.folder("autograded", "jane", CHAPTER)
    for leftover in (kept, kept.parent / ".new-x1", kept.parent / ".old-x2"):
        (leftover / "course_lib").mkdir(parents=True)
        (leftover / "course_lib" / "convolution.py").write_text("")
        (leftover / "course_lib" / "convolution.py").chmod(0o444)
    grading_day._clear_unfinished(classroom)
    assert [path.name for path in kept.parent.iterdir()] == [CHAPTER.notebook]
