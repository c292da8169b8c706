"""What is handed in to mislead: links, borrowed names, bombs, broken archives. The others' work is taken."""

import os
import shutil
import struct
import zipfile
from datetime import UTC, datetime

import pytest
from handed_in import ANSWER, BOOK, CHAPTER, GOOD, NOTEBOOK, below, put, released_classroom, taken, zipped

from grading import archives, arrange, unpack
from grading.classroom import Refused
from grading.intake import take_in


@pytest.fixture
def classroom(tmp_path):
    return released_classroom(tmp_path / "classroom")


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def other(text):
    return GOOD | {ANSWER: text}


# Links ---------------------------------------------------------------------------------------------------------------


def test_a_link_is_nobodys_in_an_inbox_and_on_the_command_line(classroom, inbox, tmp_path):
    put(tmp_path / "bob", GOOD)
    (tmp_path / "bob.zip").write_bytes(zipped(GOOD))
    (inbox / "eve").symlink_to("../bob")
    (inbox / "mallory.zip").symlink_to("../bob.zip")
    put(inbox / "jane", GOOD)
    for paths in ([inbox], [inbox / "eve", inbox / "mallory.zip", inbox / "jane"]):
        found, _, nobodys = taken(classroom, *paths)
        assert set(found) == {"jane"}
        assert len(nobodys) == 2
        assert all("symbolic link" in sentence for sentence in nobodys)


def test_a_pipe_is_refused_without_being_opened(classroom, inbox):
    os.mkfifo(inbox / "jane.zip")
    _, _, (sentence,) = taken(classroom, inbox / "jane.zip")
    assert "no ordinary file" in sentence


def test_a_link_in_the_place_of_a_submission_is_not_followed(classroom, inbox):
    from grading.export import outcome_of
    from grading.sources import Ungradable, gather

    put(inbox / "bob", GOOD)
    taken(classroom, inbox)
    submitted = classroom.root / "submitted"
    (submitted / "eve").symlink_to("bob")
    (submitted / "mallory").mkdir()
    (submitted / "mallory" / CHAPTER.notebook).symlink_to(f"../bob/{CHAPTER.notebook}")
    assert classroom.students(CHAPTER) == ["bob", "eve", "mallory"]
    for student in ("eve", "mallory"):
        with pytest.raises(Ungradable, match="a link, not a folder"):
            gather(classroom, CHAPTER, student)
        assert outcome_of(classroom, CHAPTER.notebook, student) == "ungradable"
    put(inbox / "eve", GOOD)
    receipts, _ = take_in(classroom, CHAPTER, [inbox / "eve"])
    assert receipts[0].outcome == "failed"
    assert "a link, not a folder" in receipts[0].notes[-1]


# Whose is it ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, student",
    [
        ("Anna Lee_1234_assignsubmission_file_conv+v2+final.py", "Anna_Lee"),
        ("leeanna_77_88_conv+v2+final.py", "leeanna_77"),
    ],
)
def test_plus_signs_in_a_learners_own_name_mean_nothing(classroom, inbox, name, student):
    (inbox / name).write_bytes(b"x = 1\n")
    assert set(taken(classroom, inbox)[0]) == {student}


def test_another_chapters_hand_in_is_named_and_left(classroom, inbox):
    name = "jane+00_start_here+2026-11-20 10:00:00 UTC"
    put(inbox / name, GOOD)
    for path in (inbox, inbox / name):
        found, _, (sentence,) = taken(classroom, path)
        assert found == {}
        assert "was handed in for 00_start_here" in sentence


@pytest.mark.parametrize("stray", ["convolution.py", "01_convolution/convolution.py", "course_lib/convolution.py"])
def test_a_stray_answer_does_not_make_a_class_one_student(classroom, inbox, stray):
    put(inbox, {stray: b"x = 0\n"} | below("anna", GOOD) | {"bob.zip": zipped(GOOD)})
    found, _, (sentence,) = taken(classroom, inbox)
    assert found == {"anna": GOOD, "bob": GOOD}
    assert sentence.startswith(stray.split("/")[0]) and "nobody's" in sentence


def test_a_class_in_a_zip_is_a_class(classroom, inbox):
    (inbox / "class.zip").write_bytes(zipped(below("all/anna", GOOD) | below("all/bob", GOOD)))
    assert set(taken(classroom, inbox / "class.zip")[0]) == {"anna", "bob"}


def test_one_person_may_hand_in_older_versions_too(classroom, inbox):
    put(inbox / "anna", GOOD | below("old", other(b"x = 0\n")))
    found, _, _ = taken(classroom, inbox / "anna")
    assert set(found) == {"anna"}
    assert found["anna"][ANSWER] == b"x = 1\n"


def test_a_file_with_plus_signs_makes_nobody_else(classroom, inbox):
    put(inbox / "anna", GOOD | {"a+b+c.txt": b""})
    assert set(taken(classroom, inbox / "anna")[0]) == {"anna"}


def test_nothing_in_ones_own_archive_speaks_for_somebody_else(classroom, inbox):
    put(inbox / "bob", GOOD)
    taken(classroom, inbox)
    forged = below("bob+01_convolution+2030-01-01", other(b"x = 2\n"))
    (inbox / "eve.zip").write_bytes(zipped(forged))
    for paths in ([inbox], [inbox / "eve.zip"]):
        found, receipts, _ = taken(classroom, *paths)
        assert found["eve"][ANSWER] == b"x = 2\n"
        assert found.get("bob", GOOD) == GOOD
        assert any("named as if" in note for note in receipts["eve"].notes)
    (inbox / "eve.zip").unlink()
    shutil.rmtree(inbox / "bob")
    put(inbox / "eve", forged)
    assert set(taken(classroom, inbox)[0]) == {"eve"}


def test_what_is_replaced_is_kept_and_its_place_is_said(classroom, inbox):
    for number in (1, 2, 3):
        put(inbox / "jane", other(f"x = {number}\n".encode()))
        _, receipts, _ = taken(classroom, inbox)
    kept = sorted(classroom.root.glob(f"kept/*/*/{ANSWER}"))
    assert [path.read_text() for path in kept] == ["x = 1\n", "x = 2\n"]
    assert str(kept[1].parent.parent) in receipts["jane"].notes[-1]


def test_an_empty_folder_is_named(classroom, inbox):
    (inbox / "jane" / ".git").mkdir(parents=True)
    (inbox / "john").mkdir()
    found, _, nobodys = taken(classroom, inbox)
    assert found == {}
    assert len(nobodys) == 2


# Sizes ---------------------------------------------------------------------------------------------------------------


def test_an_archive_in_an_inbox_may_be_as_large_as_an_archive(classroom, inbox):
    (inbox / "jane.zip").write_bytes(zipped(GOOD | {"photo.png": os.urandom(4_000_000), "two.png": bytes(4_000_000)}))
    assert taken(classroom, inbox)[0]["jane"].items() >= GOOD.items()


def test_a_notebook_that_is_too_large_is_called_so_and_the_answer_stays(classroom, inbox):
    from grading.rebuild import Unreadable, parse

    put(inbox / "jane", GOOD | {BOOK: NOTEBOOK + bytes(6_000_000)})
    found, receipts, _ = taken(classroom, inbox)
    assert found["jane"][ANSWER] == GOOD[ANSWER]
    assert any("larger than 5 MB" in note for note in receipts["jane"].notes)
    assert not any("empty" in note or "No notebook" in note for note in receipts["jane"].notes)
    with pytest.raises(Unreadable, match="too large"):
        parse(found["jane"][BOOK])


def test_many_large_helpers_do_not_fill_the_disk(classroom, inbox):
    files = GOOD | {f"course_lib/a{number}.py": bytes(4_900_000) for number in range(200)}
    (inbox / "jane.zip").write_bytes(zipped(files, zipfile.ZIP_DEFLATED))
    found, receipts, _ = taken(classroom, inbox)
    assert found["jane"].items() >= GOOD.items()
    assert sum(map(len, found["jane"].values())) < arrange.MAX_BYTES
    assert len(receipts["jane"].notes) < 30


def test_archives_in_archives_share_one_allowance(classroom, inbox, monkeypatch):
    bomb = zipped({"zeros.zip": bytes(40_000_000)}, zipfile.ZIP_DEFLATED)
    (inbox / "john.zip").write_bytes(zipped({f"{number}.zip": bomb for number in range(20)}))
    put(inbox / "anna", GOOD)
    seen = []

    def counting(*more):
        data = unpack.bounded(*more)
        seen.append(len(data))
        return data

    monkeypatch.setattr(archives, "bounded", counting)
    found, receipts, _ = taken(classroom, inbox)
    assert found["anna"] == GOOD
    assert sum(seen) < 2 * unpack.MAX_ARCHIVE
    assert any("more came than is read" in note for note in receipts["john"].notes)


def test_a_hundred_thousand_bad_entries_are_told_in_a_few_lines(classroom, inbox):
    (inbox / "jane.zip").write_bytes(zipped(GOOD | {f"../{number}": b"" for number in range(20_000)}))
    found, receipts, _ = taken(classroom, inbox)
    assert found["jane"] == GOOD
    assert len(receipts["jane"].notes) < 15
    assert any("19995 more" in note for note in receipts["jane"].notes)


# Places --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    ["00_start_here/01_convolution/", "00_start_here/", "02_stride_and_padding/01_convolution/", "a/b/c/d/", "given/"],
)
def test_an_answer_is_found_wherever_it_lies(classroom, inbox, place):
    put(inbox / "jane", {place + path: data for path, data in GOOD.items()})
    assert taken(classroom, inbox)[0]["jane"].items() >= GOOD.items()


def test_ones_own_chapter_goes_before_another(classroom, inbox):
    put(inbox / "jane", below("00_start_here", other(b"x = 0\n")) | below("some/where/01_convolution", GOOD))
    assert taken(classroom, inbox)[0]["jane"][ANSWER] == GOOD[ANSWER]


def test_the_solved_copy_in_a_later_chapters_folder_is_no_answer(classroom, inbox):
    put(inbox / "jane", below("02_stride_and_padding", {ANSWER: b"x = 9\n"}) | {BOOK: NOTEBOOK})
    found, receipts, _ = taken(classroom, inbox)
    assert ANSWER not in found["jane"]
    assert any("02_stride_and_padding/course_lib/convolution.py" in note for note in receipts["jane"].notes)


def test_what_came_is_named_even_where_it_is_another_chapters(classroom, inbox):
    put(inbox / "jane", {"00_start_here/course_lib/start_here.py": b""})
    _, receipts, _ = taken(classroom, inbox)
    assert any("00_start_here/course_lib/start_here.py" in note for note in receipts["jane"].notes)


# Broken archives -----------------------------------------------------------------------------------------------------


def test_a_file_where_another_has_a_folder(classroom, inbox):
    (inbox / "jane.zip").write_bytes(zipped(GOOD | {"a": b"1", "a/b": b"2", "course_lib": b"3"}))
    found, receipts, _ = taken(classroom, inbox)
    assert found["jane"].items() >= GOOD.items()
    assert any("left out" in note for note in receipts["jane"].notes)


def test_a_name_longer_than_any_file_system_takes(classroom, inbox):
    (inbox / "jane.zip").write_bytes(zipped(GOOD | {"\N{CJK UNIFIED IDEOGRAPH-6F22}" * 150 + ".png": b"1"}))
    assert taken(classroom, inbox)[0]["jane"] == GOOD


def bad_utf8(raw):
    """A zip that says its names are UTF-8 where they are not."""
    return raw.replace(b"\xc3\xa9", b"\xff\xff")


def test_a_zip_with_names_that_are_no_utf8(classroom, inbox):
    (inbox / "eve.zip").write_bytes(bad_utf8(zipped(GOOD | {"\N{LATIN SMALL LETTER E WITH ACUTE}.png": b"1"})))
    put(inbox / "jane", GOOD)
    found, receipts, _ = taken(classroom, inbox)
    assert found["jane"] == GOOD
    assert any("eve.zip could not be opened" in note for note in receipts["eve"].notes)
    assert set(taken(classroom, inbox / "eve.zip", inbox / "jane")[0]) == {"eve", "jane"}


@pytest.mark.parametrize("kind", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_kind_of_packing_that_cannot_be_read_in_small_pieces(classroom, inbox, kind):
    (inbox / "eve.zip").write_bytes(zipped(GOOD, kind))
    put(inbox / "jane", GOOD)
    found, receipts, _ = taken(classroom, inbox)
    assert found["jane"] == GOOD
    assert any("packed in a way" in note for note in receipts["eve"].notes)


def test_no_damage_to_one_archive_stops_the_others(classroom, inbox, tmp_path):
    raw = zipped(GOOD, zipfile.ZIP_DEFLATED)
    directory = struct.unpack("<L", raw[-6:-2])[0]
    for place in (*range(0, 80), *range(directory, len(raw))):
        folder = tmp_path / "mutated" / str(place)
        mutated = bytearray(raw)
        mutated[place] ^= 0xFF
        put(folder, {"eve.zip": bytes(mutated), "jane.py": b"x = 1\n"})
        assert "jane" in taken(classroom, folder)[0], place
        take_in(classroom, CHAPTER, [folder / "eve.zip", folder / "jane.py"])


def test_whatever_goes_wrong_with_one_is_said_of_that_one(classroom, inbox, monkeypatch):
    from grading import intake

    def fails(members, *more):
        if any(member.name == "bad.txt" for member in members):
            raise ZeroDivisionError("no such thing")
        return arrange.arrange(members, *more)

    monkeypatch.setattr(intake, "arrange", fails)
    put(inbox / "eve", {"bad.txt": b""})
    put(inbox / "jane", GOOD)
    receipts, _ = take_in(classroom, CHAPTER, [inbox])
    assert [(one.student, one.outcome) for one in receipts] == [("eve", "failed"), ("jane", "new")]
    assert "no such thing" in receipts[0].notes[-1]
    assert classroom.students(CHAPTER) == ["jane"]


def test_a_path_that_is_missing_is_refused_before_anything_is_taken(classroom, inbox):
    put(inbox / "jane", GOOD)
    with pytest.raises(Refused, match="There is nothing at"):
        take_in(classroom, CHAPTER, [inbox, inbox / "nowhere"], datetime.now(UTC))
    assert classroom.students(CHAPTER) == []
