"""The instructor's commands on bad input: a sentence with the next step, a non-zero exit, nothing half-written."""

import json

import pytest
from click.testing import CliRunner

from autograder_tests.catalogue import find_chapter
from grading import cli, release
from grading.classroom import Classroom, command, open_classroom, open_or_create
from grading.workers import Task, judge_by_workers
from tools import stubs

CHAPTER = find_chapter("01")


def run(command, *arguments):
    return CliRunner().invoke(command, list(map(str, arguments)), obj=stubs)


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def looks_released(classroom: Classroom) -> None:
    path = classroom.root / "release" / CHAPTER.notebook / f"{CHAPTER.notebook}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes((release.COURSE / "notebooks" / path.name).read_bytes())


@pytest.mark.parametrize("command", [cli.release, cli.intake, cli.grade], ids=lambda command: command.name)
def test_an_unknown_chapter(command, tmp_path):
    more = [tmp_path] if command is cli.intake else []
    said = run(command, "99", *more, "--classroom", tmp_path / "c")
    assert said.exit_code == 1
    assert "There is no chapter '99'. There are: 00_start_here, 01_convolution" in said.output
    assert files(tmp_path) == []


@pytest.mark.parametrize("command", [cli.intake, cli.grade], ids=lambda command: command.name)
def test_no_classroom_and_nothing_released(command, tmp_path):
    more = [tmp_path] if command is cli.intake else []
    said = run(command, "01", *more, "--classroom", tmp_path / "c")
    assert said.exit_code == 1
    assert f"`course release 01 --classroom {tmp_path / 'c'}` makes one" in said.output
    open_or_create(tmp_path / "c")
    said = run(command, "01", *more, "--classroom", tmp_path / "c")
    assert said.exit_code == 1
    assert "Chapter 01 has not been released" in said.output
    assert files(tmp_path / "c") == ["classroom.json"]


@pytest.mark.parametrize("command", [cli.release, cli.intake, cli.grade], ids=lambda command: command.name)
def test_a_classroom_of_another_version(command, tmp_path):
    open_or_create(tmp_path)
    path = tmp_path / "classroom.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 7}))
    more = [tmp_path] if command is cli.intake else []
    said = run(command, "01", *more, "--classroom", tmp_path)
    assert said.exit_code == 1
    assert "has format 7; this version of the course works with format 1. Use the version" in said.output
    assert files(tmp_path) == ["classroom.json"]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 1, "seed": "x"}'])
def test_a_classroom_that_lost_its_secret(content, tmp_path):
    (tmp_path / "classroom.json").write_text(content)
    said = run(cli.grade, "01", "--classroom", tmp_path)
    assert said.exit_code == 1
    assert "Restore it from a backup" in said.output


def test_a_folder_with_other_things_is_not_made_a_classroom(tmp_path):
    (tmp_path / "thesis.tex").write_text("")
    said = run(cli.release, "01", "--classroom", tmp_path)
    assert said.exit_code == 1
    assert "is not a classroom. Name an empty folder" in said.output
    assert files(tmp_path) == ["thesis.tex"]


def test_a_path_that_is_not_there(tmp_path):
    looks_released(open_or_create(tmp_path))
    said = run(cli.intake, "01", tmp_path / "nowhere.zip", "--classroom", tmp_path)
    assert said.exit_code == 1
    assert "There is nothing at" in said.output
    assert not (tmp_path / "submitted").exists()


def test_a_command_in_a_message_can_be_pasted(tmp_path, monkeypatch):
    root = (tmp_path / "my class").resolve()
    assert command(root, "grade", "01") == f"`course grade 01 --classroom '{root}'`"
    monkeypatch.setenv("COURSE_CLASSROOM", str(root))
    assert command(root, "grade", "01") == "`course grade 01`"


def test_nothing_taken_in_is_a_bad_exit(tmp_path):
    looks_released(open_or_create(tmp_path / "c"))
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "eve").symlink_to(tmp_path)
    said = run(cli.intake, "01", tmp_path / "inbox", "--classroom", tmp_path / "c")
    assert said.exit_code == 1
    assert "Nobody's: eve was left out: it is a symbolic link." in said.output
    assert "Error: Nothing was taken in." in said.output


def test_nobody_handed_in(tmp_path):
    looks_released(open_or_create(tmp_path))
    said = run(cli.grade, "01", "--classroom", tmp_path)
    assert said.exit_code == 1
    assert "Nobody has handed in chapter 01" in said.output
    assert "course intake 01 PATH" in said.output


def test_no_solutions_to_release_from(tmp_path):
    course = tmp_path / "course"
    for name in ("notebooks", "course_lib/given"):
        (course / name).mkdir(parents=True)
    (course / "course_lib" / "__init__.py").write_text("")
    (course / "notebooks" / f"{CHAPTER.notebook}.ipynb").write_text("{}")
    (tmp_path / "new").mkdir()
    with pytest.raises(release.Refused, match="start_here.py is missing. A release is made where the solutions are"):
        release.assemble(CHAPTER, tmp_path / "new", stubs, course)


def test_no_confinement(tmp_path, monkeypatch):
    from grading import marking
    from grading.sandbox import SandboxUnavailable

    def unavailable(level, allow_weak):
        raise SandboxUnavailable("Install bubblewrap.")

    classroom = open_or_create(tmp_path)
    looks_released(classroom)
    (classroom.folder("submitted", "jane", CHAPTER)).mkdir(parents=True)
    monkeypatch.setattr(marking, "Sandbox", unavailable)
    said = run(cli.grade, "01", "--classroom", tmp_path)
    assert said.exit_code == 1
    assert "Error: Install bubblewrap." in said.output
    assert not (tmp_path / "marks").exists()


def test_json_is_all_that_is_printed_and_our_fault_is_a_bad_exit(tmp_path, monkeypatch):
    from grading import marking

    classroom = open_or_create(tmp_path)
    looks_released(classroom)
    for student in ("jane", "john"):
        classroom.folder("submitted", student, CHAPTER).mkdir(parents=True)
    said = run(cli.grade, "01", "--classroom", tmp_path, "--json", "--jobs", "1")
    assert [(one["student"], one["outcome"], one["score"]) for one in json.loads(said.stdout)] == [
        ("jane", "ungradable", None),
        ("john", "ungradable", None),
    ]
    assert said.exit_code == 0
    course = classroom.folder("submitted", "john", CHAPTER) / "course_lib"
    course.mkdir()
    (course / "convolution.py").write_text("")
    released = classroom.released(CHAPTER).parent / "course_lib"
    released.mkdir()
    monkeypatch.setattr(marking.Bench, "judge", lambda *_: 1 / 0)
    said = run(cli.grade, "01", "--classroom", tmp_path, "--json", "--jobs", "1")
    assert [one["outcome"] for one in json.loads(said.stdout)] == ["ungradable", "retry"]
    assert said.exit_code == 1


def test_workers_that_die_lose_nobodys_submission(tmp_path):
    task = Task(open_or_create(tmp_path), CHAPTER, 0, "no such level", False)
    verdicts = {verdict.student: verdict.outcome for verdict in judge_by_workers(task, ["jane", "john"], 2)}
    assert verdicts == {"jane": "retry", "john": "retry"}


def test_two_classrooms_have_two_secrets_and_each_keeps_its_own(tmp_path):
    one, other = open_or_create(tmp_path / "a"), open_or_create(tmp_path / "b")
    assert one.seed != other.seed
    assert open_classroom(tmp_path / "a") == one
    assert (tmp_path / "a" / "classroom.json").stat().st_mode & 0o077 == 0
