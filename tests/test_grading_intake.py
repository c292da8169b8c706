"""What was handed in, taken in: found, named, repaired, noted; twice the same, and replaced by a later one."""

import io
import json
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from handed_in import ANSWER, BOOK, CHAPTER, GOOD, NOTEBOOK, put, released_classroom, taken, zipped

from grading.classroom import Refused, open_or_create
from grading.intake import take_in

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def classroom(tmp_path):
    return released_classroom(tmp_path / "classroom")


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    "name, files, student",
    [
        ("inbox/jane", GOOD, "jane"),
        ("inbox/jane/01_convolution", GOOD, "jane"),
        ("submitted/jane/01_convolution", GOOD, "jane"),
        ("inbox/Jane Doe_99_assignsubmission_file_", GOOD, "Jane_Doe"),
        ("inbox/Jane Doe_99_assignsubmission_file_", {"01_convolution.zip": zipped(GOOD)}, "Jane_Doe"),
        ("inbox/jane", {"some/where/" + path: data for path, data in GOOD.items()}, "jane"),
        ("inbox/jane", {"Convolution (1).py": GOOD[ANSWER], "01_convolution-2.ipynb": NOTEBOOK}, "jane"),
        ("inbox/jane+01_convolution+2026-11-20 10:00:00 UTC", GOOD, "jane"),
    ],
)
def test_one_persons_work_is_found(classroom, tmp_path, name, files, student):
    put(tmp_path / name, files)
    found, _, _ = taken(classroom, tmp_path / name.split("/")[0])
    assert found == {student: GOOD}


@pytest.mark.parametrize(
    "name, student",
    [
        ("jane.zip", "jane"),
        ("doejane_12345_678910_01_convolution.zip", "doejane_12345"),
        ("Jane Doe_99_assignsubmission_file_01_convolution.zip", "Jane_Doe"),
    ],
)
@pytest.mark.parametrize("wrapper", ["", "01_convolution/", "my work/"])
def test_a_zip_alone_and_in_a_folder_of_many(classroom, inbox, name, student, wrapper):
    (inbox / name).write_bytes(zipped({wrapper + path: data for path, data in GOOD.items()}))
    assert taken(classroom, inbox / name)[0] == {student: GOOD}
    assert taken(classroom, inbox)[0] == {student: GOOD}


def test_a_platforms_download_as_one_zip(classroom, inbox):
    moodle = {f"Jane Doe_1_assignsubmission_file_/{path}": data for path, data in GOOD.items()}
    moodle["John Roe_2_assignsubmission_file_/work.zip"] = zipped(GOOD)
    canvas = {"doejane_11_1_convolution.py": b"x = 1\n", "doejane_11_2_01_convolution.ipynb": NOTEBOOK}
    (inbox / "moodle.zip").write_bytes(zipped(moodle))
    (inbox / "canvas.zip").write_bytes(zipped(canvas))
    assert taken(classroom, inbox / "moodle.zip")[0] == {"Jane_Doe": GOOD, "John_Roe": GOOD}
    assert taken(classroom, inbox / "canvas.zip")[0] == {"doejane_11": GOOD}


def test_how_the_student_was_found_is_said(classroom, inbox):
    put(inbox / "jane", GOOD)
    (inbox / "doejane_LATE_12345_678910_01_convolution.zip").write_bytes(zipped(GOOD))
    _, receipts, _ = taken(classroom, inbox)
    assert receipts["jane"].notes[0] == "The student is jane, found by the folder's name."
    assert receipts["doejane_12345"].notes == [
        "The student is doejane_12345, found by Canvas's name.",
        "The platform marked it late.",
    ]


def test_two_people_of_one_name_stay_two(classroom, inbox):
    for number in ("1", "2"):
        put(inbox / f"Jane Doe_{number}_assignsubmission_file_", {ANSWER: number.encode(), BOOK: NOTEBOOK})
    found, receipts, _ = taken(classroom, inbox)
    assert {student: files[ANSWER] for student, files in found.items()} == {"Jane_Doe-1": b"1", "Jane_Doe-2": b"2"}
    assert "same name" in receipts["Jane_Doe-1"].notes[-1]


def test_an_id_that_differs_in_capitals_only_gets_another(classroom, inbox):
    put(inbox / "jane", GOOD)
    taken(classroom, inbox)
    put(inbox / "b" / "JANE", GOOD)
    (student,) = taken(classroom, inbox / "b")[0]
    assert student.startswith("JANE-")


def test_the_same_twice_changes_nothing(classroom, inbox):
    put(inbox / "jane", GOOD)
    _, first, _ = taken(classroom, inbox)
    stamp = classroom.folder("submitted", "jane", CHAPTER) / "timestamp.txt"
    before = stamp.read_text()
    _, second, _ = taken(classroom, inbox)
    assert (first["jane"].outcome, second["jane"].outcome) == ("new", "unchanged")
    assert stamp.read_text() == before


def test_a_later_one_replaces_and_says_so(classroom, inbox):
    put(inbox / "jane", GOOD | {"old.png": b"1"})
    taken(classroom, inbox)
    shutil.rmtree(inbox / "jane")
    put(inbox / "jane", GOOD | {ANSWER: b"x = 2\n"})
    found, receipts, _ = taken(classroom, inbox)
    assert found["jane"] == GOOD | {ANSWER: b"x = 2\n"}
    assert receipts["jane"].outcome == "replaced"
    assert "replaces" in receipts["jane"].notes[-1]


def test_a_timestamp_of_the_learners_is_not_believed(classroom, inbox):
    put(inbox / "jane", GOOD | {"timestamp.txt": b"2000-01-01 00:00:00 UTC"})
    take_in(classroom, CHAPTER, [inbox], datetime(2026, 11, 20, 10, 30, tzinfo=UTC))
    stamp = classroom.folder("submitted", "jane", CHAPTER) / "timestamp.txt"
    assert stamp.read_text() == "2026-11-20 10:30:00.000000 UTC\n"


def test_unsafe_entries_are_refused_and_the_rest_taken(classroom, inbox):
    (inbox / "jane.zip").write_bytes(zipped(GOOD | {"../../escaped.py": b"", "/abs.py": b""}))
    put(inbox / "john", GOOD)
    (inbox / "john" / "secret").symlink_to("/etc/passwd")
    found, receipts, _ = taken(classroom, inbox)
    assert found == {"jane": GOOD, "john": GOOD}
    assert sum("leads out" in note for note in receipts["jane"].notes) == 2
    assert "secret was left out: it is a symbolic link." in receipts["john"].notes[1]
    assert not list(classroom.root.parent.rglob("escaped.py"))


def test_a_bomb_costs_nobody_but_its_own(classroom, inbox):
    put(inbox / "jane", GOOD)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(ANSWER, bytes(50_000_000))
        for number in range(2_000):
            archive.writestr(f"data/{number}.txt", b"x")
    (inbox / "bomber.zip").write_bytes(packed.getvalue())
    found, receipts, _ = taken(classroom, inbox)
    assert found["jane"] == GOOD
    assert ANSWER not in found["bomber"]
    assert len(found["bomber"]) < 60
    assert any("larger than 5 MB" in note for note in receipts["bomber"].notes)


def test_a_damaged_notebook_is_mended_or_named(classroom, inbox):
    put(inbox / "bom", GOOD | {BOOK: b"\xef\xbb\xbf" + NOTEBOOK})
    put(inbox / "wide", GOOD | {BOOK: NOTEBOOK.decode().encode("utf-16"), ANSWER: "x = 1\n".encode("utf-16")})
    put(inbox / "cut", GOOD | {BOOK: NOTEBOOK[:1000]})
    found, receipts, _ = taken(classroom, inbox)
    for student in ("bom", "wide"):
        assert json.loads(found[student][BOOK]) == json.loads(NOTEBOOK)
        assert any("written anew" in note for note in receipts[student].notes)
    assert any("answer was saved in another encoding" in note for note in receipts["wide"].notes)
    assert found["cut"][BOOK] == NOTEBOOK[:1000]
    assert any("cannot be read" in note for note in receipts["cut"].notes)


def test_another_chapters_notebook_is_not_taken_for_this_one(classroom, inbox):
    other = (ROOT / "notebooks" / "00_start_here.ipynb").read_bytes()
    put(inbox / "jane", {ANSWER: b"x = 1\n", "homework.ipynb": other})
    found, receipts, _ = taken(classroom, inbox)
    assert found["jane"] == GOOD  # the released one stands in
    assert any("another chapter" in note for note in receipts["jane"].notes)


def test_an_answer_that_is_missing_is_said_with_what_came(classroom, inbox):
    put(inbox / "jane", {"essay.pdf": b"%PDF"})
    _, receipts, _ = taken(classroom, inbox)
    assert any("no convolution.py in it; what came is: essay.pdf" in note for note in receipts["jane"].notes)


def test_the_nearest_of_several_answers_counts_and_is_named(classroom, inbox):
    put(inbox / "jane", GOOD | {"old/convolution.py": b"x = 0\n"})
    found, receipts, _ = taken(classroom, inbox)
    assert found["jane"] == GOOD
    assert "2 files are called convolution.py; course_lib/convolution.py counts." in receipts["jane"].notes


def test_what_is_the_courses_own_is_never_taken_from_a_learner(classroom, inbox):
    put(inbox / "jane", GOOD | {"autograder_tests/check.py": b"evil", "course_lib/given/loader.py": b"evil"})
    assert taken(classroom, inbox)[0]["jane"] == GOOD


def test_a_missing_path_is_refused_before_anything_is_taken(classroom, inbox):
    put(inbox / "jane", GOOD)
    with pytest.raises(Refused, match="There is nothing at"):
        take_in(classroom, CHAPTER, [inbox, inbox / "nowhere"])
    assert classroom.students(CHAPTER) == []


def test_a_broken_zip_is_refused_by_name(classroom, inbox):
    put(inbox / "jane", {"work.zip": b"PK\x03\x04 not really"})
    _, receipts, _ = taken(classroom, inbox)
    assert any("work.zip could not be opened" in note for note in receipts["jane"].notes)


def test_intake_waits_for_the_release(tmp_path, inbox):
    put(inbox / "jane", GOOD)
    with pytest.raises(Refused, match="course release 01"):
        take_in(open_or_create(tmp_path / "new"), CHAPTER, [inbox])
