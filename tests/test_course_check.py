"""``course check`` and its neighbours in a terminal."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder_tests import catalogue
from course import main
from course_lib.given import loader
from tools.stubs import solved, stub

ROOT = Path(__file__).resolve().parent.parent


def course(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def answers(tmp_path):
    """A folder of learner modules with every answer filled in."""
    for chapter in catalogue.chapters():
        source = (ROOT / "solutions" / f"{chapter.stem}.py").read_text(encoding="utf-8")
        (tmp_path / f"{chapter.stem}.py").write_text(solved(source, chapter.stem), encoding="utf-8")
    return tmp_path


def edit(folder, old, new, stem="convolution"):
    path = folder / f"{stem}.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_right_answers_exit_with_0(answers):
    result = course("check", "--using", answers)
    assert result.exit_code == 0, result.output


def test_stubs_are_not_written(tmp_path):
    source = (ROOT / "solutions/start_here.py").read_text(encoding="utf-8")
    (tmp_path / "start_here.py").write_text(stub(source, "start_here"), encoding="utf-8")
    result = course("check", "normalize_pixels", "--using", tmp_path)
    assert result.exit_code == 1 and "not written yet" in result.output


def test_json_keeps_its_contract(answers):
    edit(answers, "image[i : i + KH, j : j + KW], kernel)", "image[i : i + KH, j : j + KW], kernel[::-1, ::-1])")
    result = course("check", "cross_correlate2d", "window_sum", "--using", answers, "--json")
    wrong, right = json.loads(result.stdout)
    assert result.exit_code == 1
    assert set(wrong) == {"exercise", "chapter", "verdict", "points", "max_points", "parts", "mistake", "message"}
    assert (wrong["exercise"], wrong["chapter"], wrong["verdict"]) == ("cross_correlate2d", "01", "wrong_values")
    assert wrong["mistake"] == "kernel_turned" and right["mistake"] is None
    assert (right["verdict"], right["points"]) == ("right", right["max_points"])
    assert all(set(part) == {"name", "points", "max_points", "verdict"} for part in wrong["parts"])


def test_the_same_seed_prints_the_same(answers):
    edit(answers, "return float(np.sum(patch.astype(float) * kernel))", "return int(np.sum(patch * kernel))")
    one, other = (course("check", "--chapter", "1", "--using", answers, "--seed", 4, "--json") for _ in range(2))
    assert one.stdout == other.stdout and "truncated" in one.stdout


def test_a_syntax_error_is_the_result(answers):
    edit(answers, "def window_sum(patch, kernel):", "def window_sum(patch, kernel:")
    result = course("check", "convolve2d", "--using", answers)
    assert result.exit_code == 1 and "SyntaxError" in result.output and "convolution.py, line" in result.output


def test_an_edit_is_seen_at_once_even_within_a_second(answers):
    assert course("check", "window_sum", "--using", answers).exit_code == 0
    edit(answers, "np.sum(patch.astype(float) * kernel)", "np.max(patch.astype(float) * kernel)")
    assert "largest product" in course("check", "window_sum", "--using", answers).output
    edit(answers, "np.max(patch.astype(float) * kernel)", "np.sum(patch.astype(float) * kernel)")
    assert course("check", "window_sum", "--using", answers).exit_code == 0


def test_a_file_that_loops_for_ever_when_loaded_is_stopped(answers):
    edit(answers, '"""Chapter 00', 'while True:\n    pass\n"""Chapter 00', stem="start_here")
    result = course("check", "normalize_pixels", "--using", answers)
    assert result.exit_code == 1 and "took too long" in result.output


def test_a_function_that_calls_an_unwritten_one_says_so(answers):
    edit(answers, "return float(np.sum(patch.astype(float) * kernel))", "raise NotImplementedError")
    result = course("check", "cross_correlate2d", "--using", answers)
    assert "it calls window_sum, which is not written yet" in result.output


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"\x80\x81 nothing", b"\x00\x01\x02"])
def test_a_file_that_is_not_python(answers, raw):
    (answers / "convolution.py").write_bytes(raw)
    result = course("check", "window_sum", "--using", answers)
    assert result.exit_code == 1 and "SyntaxError" in result.output and "Traceback" not in result.output


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_any_editor_s_encoding_will_do(answers, encoding):
    path = answers / "convolution.py"
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding))
    assert course("check", "--chapter", "01", "--using", answers).exit_code == 0


@pytest.mark.parametrize(
    "args, says",
    [
        (["check", "conv"], "There is no exercise 'conv'"),
        (["check", "windowsum"], "Did you mean window_sum?"),
        (["check", "--chapter", "77"], "There is no chapter '77'. There are: 00_start_here"),
        (["check", "--using", "no/such/folder"], "There is no folder no/such/folder"),
        (["check", "window_sum", "--seed", "-1"], "take 0 or more"),
        (["hint", "conv"], "There is no exercise 'conv'"),
        (["solve", "77"], "There is no chapter '77'"),
        (["reset", "77"], "There is no chapter '77'"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(args, says):
    result = course(*args)
    assert result.exit_code not in (0, 1) and says in result.stderr and "Traceback" not in result.output


def test_a_folder_without_the_module_is_named(tmp_path):
    result = course("check", "window_sum", "--using", tmp_path)
    assert result.exit_code == 2 and "has no convolution.py" in result.stderr


def test_solve_and_reset_keep_what_was_there(fresh_clone):
    (fresh_clone / "course_lib/convolution.py").write_text("# my own work\n", encoding="utf-8")
    run = subprocess.run
    command = [sys.executable, "course.py"]
    work = fresh_clone / "course_lib/convolution.py"
    for verb, kept in (("solve", 1), ("reset", 2)):
        work.write_text(f"# my own work before {verb}\n", encoding="utf-8")
        result = run([*command, verb, "01"], cwd=fresh_clone, capture_output=True, text=True, timeout=60)
        assert result.returncode == 0, result.stderr
        assert f"kept as course_lib/convolution.py.kept-{kept}" in result.stdout
        kept = fresh_clone / f"course_lib/convolution.py.kept-{kept}"
        assert kept.read_text(encoding="utf-8") == f"# my own work before {verb}\n"
    for verb in ("reset", "solve", "reset"):  # nothing of the learner's is in the file: nothing to keep
        run([*command, verb, "01"], cwd=fresh_clone, capture_output=True, text=True, timeout=60)
    assert not (fresh_clone / "course_lib/convolution.py.kept-3").exists()


def test_a_misspelt_function_is_found(answers):
    edit(answers, "def window_sum(", "def windows_sum(")
    result = course("check", "window_sum", "--using", answers)
    assert "there is windows_sum: is its name misspelt?" in result.output


def test_a_file_that_cannot_be_run_is_told_once(answers):
    edit(answers, "def window_sum(patch, kernel):", "def window_sum(patch, kernel:")
    result = course("check", "--chapter", "01", "--using", answers)
    assert result.output.count("SyntaxError") == 1 and "Hint" not in result.output


def test_a_function_with_other_arguments_is_located_in_its_own_file(answers):
    edit(answers, "def window_sum(patch, kernel):", "def window_sum():")
    result = course("check", "window_sum", "--using", answers)
    assert "takes 0 positional arguments" in result.output and "calls.py" not in result.output


def test_progress_and_mistakes_show_their_tables():
    assert "cross_correlate2d" in course("progress").output
    assert "kernel_turned" in course("mistakes").output


def test_chapters_that_import_one_another_are_fresh_together(tmp_path):
    (tmp_path / "one.py").write_text("NUMBER = 1\n")
    (tmp_path / "two.py").write_text("from course_lib.one import NUMBER\n")
    assert loader.load("two", loader.read_sources(tmp_path)).NUMBER == 1
    (tmp_path / "one.py").write_text("NUMBER = 2\n")
    assert loader.load("two", loader.read_sources(tmp_path)).NUMBER == 2
    shutil.rmtree(tmp_path)


def test_a_chapter_may_be_named_in_place_of_its_exercises(answers):
    reports = json.loads(course("check", "01_convolution", "--using", answers, "--json").stdout)
    assert [report["exercise"] for report in reports] == list(catalogue.find_chapter("01").exercises)
