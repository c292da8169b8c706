"""Whose submission is it, and what may be read of it: names from learning platforms, ids, unsafe entries."""

import os
import stat
import zipfile

import pytest

from grading import unpack
from grading.archives import look_into_zip
from grading.naming import read_label, safe_id, tidy
from grading.unpack import MAX_FILE, NotPlain, TooLarge, look_into_folder, read_plain, shown


@pytest.mark.parametrize(
    "name, student, by",
    [
        ("Jane Doe_12345_assignsubmission_file_", "Jane Doe", "Moodle's name"),
        ("Jane Doe_12345_assignsubmission_file_convolution.py", "Jane Doe", "Moodle's name"),
        ("doejane_12345_678910_01_convolution.zip", "doejane_12345", "Canvas's name"),
        ("doejane_LATE_12345_678910_01_convolution.zip", "doejane_12345", "Canvas's name"),
        ("jane+01_convolution+2026-11-20 10:00:00 UTC", "jane", "nbgrader's exchange"),
    ],
)
def test_a_platforms_name_is_read(name, student, by):
    label = read_label(name)
    assert (label.student, label.by) == (student, by)


def test_what_a_label_says_besides():
    assert read_label("doejane_LATE_12345_678910_01_convolution.zip").late
    assert not read_label("doejane_12345_678910_01_convolution.zip").late
    assert read_label("doejane_12345_678910_01_convolution.zip").rest == "01_convolution.zip"
    assert read_label("jane+00_start_here+2026-11-20 10:00:00 UTC").assignment == "00_start_here"


@pytest.mark.parametrize("name", ["jane", "01_convolution", "jane_doe", "group_7_late.zip", "a+b+c.txt", ""])
def test_a_plain_name_is_no_label(name):
    assert read_label(name) is None


@pytest.mark.parametrize("name", ["jane", "jane.doe@example.org", "s-123_4"])
def test_a_safe_id_stays(name):
    assert safe_id(name) == name


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "", ".", "..", "CON", "con.txt", "x" * 300, "José", "a\nb", "-rf", "*"]
)
def test_another_becomes_one_that_any_file_system_holds(name):
    made = safe_id(name)
    assert made != name
    assert made == safe_id(made)
    assert len(made) < 80


def test_two_names_never_become_one_id():
    names = ["x", "../x", "/x", "x/", "José", "Jose", "王小明", "王小红", "x" * 300, "x" * 301]
    assert len({safe_id(name) for name in names}) == len(names)
    assert safe_id("Jos\N{LATIN SMALL LETTER E WITH ACUTE}") == safe_id("Jose\N{COMBINING ACUTE ACCENT}")


@pytest.mark.parametrize(
    "name",
    ["convolution.py", "Convolution.py", "convolution (1).py", "convolution-2.py", "convolution copy.py",
     "convolution.py.txt", "convolution (1) copy 2.PY"],
)  # fmt: skip
def test_what_browsers_add_to_a_name_is_taken_off(name):
    assert tidy(name) == "convolution.py"


def test_what_a_person_named_otherwise_stays_so():
    assert tidy("my_convolution.py") != "convolution.py"


def zipped(path, entries):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("name", ["../evil.py", "a/../../evil.py", "/evil.py", "C:/evil.py", "a\\..\\..\\evil.py"])
def test_an_entry_that_would_leave_the_folder_is_refused_and_the_rest_taken(tmp_path, name):
    contents = look_into_zip(zipped(tmp_path / "a.zip", [(name, b"x"), ("good.py", b"y")]))
    assert [(member.name, member.read()) for member in contents.members] == [("good.py", b"y")]
    assert "leads out" in contents.refused[0].sentence


def test_a_link_and_a_device_in_a_zip_are_refused(tmp_path):
    entries = []
    for name, kind in (("link", stat.S_IFLNK), ("device", stat.S_IFCHR)):
        entries.append((zipfile.ZipInfo(name), b"/etc/passwd"))
        entries[-1][0].external_attr = (kind | 0o777) << 16
    contents = look_into_zip(zipped(tmp_path / "a.zip", entries))
    assert contents.members == []
    assert len(contents.refused) == 2


def test_a_bomb_is_read_up_to_the_limit_only(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.py", bytes(MAX_FILE + 1))
    (member,) = look_into_zip(path).members
    with pytest.raises(TooLarge, match=r"bomb\.py is larger than 5 MB"):
        member.read()


def test_junk_is_not_even_mentioned(tmp_path):
    entries = [
        ("__MACOSX/a.py", b""),
        (".git/config", b""),
        ("a/__pycache__/b.pyc", b""),
        (".ipynb_checkpoints/x", b""),
    ]
    contents = look_into_zip(zipped(tmp_path / "a.zip", entries))
    assert contents == unpack.Contents([], [])


def test_links_and_pipes_in_a_folder_are_left_out_and_never_opened(tmp_path):
    (tmp_path / "good.py").write_text("x")
    (tmp_path / "link.py").symlink_to("/etc/passwd")
    (tmp_path / "up").symlink_to("/")
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "twin-1").write_text("y")
    os.link(tmp_path / "twin-1", tmp_path / "twin-2")
    contents = look_into_folder(tmp_path)
    assert [member.name for member in contents.members] == ["good.py"]
    assert len(contents.refused) == 5


def test_a_file_that_became_a_link_is_not_read(tmp_path):
    (tmp_path / "a.py").symlink_to("/etc/passwd")
    with pytest.raises(NotPlain):
        read_plain(tmp_path / "a.py")


def test_a_name_is_shown_without_what_steers_a_terminal():
    assert "\x1b" not in shown("\x1b[31mred")
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown("a\N{RIGHT-TO-LEFT OVERRIDE}b")
    assert len(shown("x" * 1000)) == 120
