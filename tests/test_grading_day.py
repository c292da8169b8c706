"""An instructor's day on sample submissions: release, intake, grade, nbgrader's own commands; one mark everywhere."""

import ast
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder_tests.catalogue import chapters, find_chapter, find_exercise
from grading.classroom import Classroom, Refused, open_classroom, open_or_create
from grading.grade import grade
from grading.intake import take_in
from grading.release import release
from grading.samples import SAMPLES, StaleEdit, edited, hand_in, with_body
from tools import stubs

ROOT = Path(__file__).resolve().parent.parent
CHAPTER = find_chapter("01")
BOOK = f"{CHAPTER.notebook}.ipynb"
REFERENCE = (ROOT / "solutions" / "convolution.py").read_text(encoding="utf-8")
ALL = sum(find_exercise(name).points for name in CHAPTER.exercises)
SCORED = [sample for sample in SAMPLES if sample.outcome == "scored"]


def nbgrader(classroom, *arguments, cwd=ROOT, expect=0):
    environment = os.environ | {"COURSE_CLASSROOM": str(classroom.root)}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == expect, done.stderr[-3000:]
    return done.stdout + done.stderr


def gradebook(classroom, student):
    """The marks of one student as nbgrader has them: automatic, by hand, and whether a person must look."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{classroom.root}/gradebook.db", "cnn-deep-dive") as book:
        notebook = book.find_submission_notebook(CHAPTER.notebook, CHAPTER.notebook, student)
        return {one.cell.name: (one.auto_score, one.manual_score, one.needs_manual_grade) for one in notebook.grades}


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """A classroom after a day: chapter 01 released, everything taken in, graded by two workers."""
    folder = tmp_path_factory.mktemp("day")
    classroom = open_or_create(folder / "classroom")
    zipped = release(classroom, CHAPTER, stubs)
    (folder / "inbox").mkdir()
    for sample in SAMPLES:
        hand_in(sample, zipped, REFERENCE, folder / "inbox")
    take_in(classroom, CHAPTER, [folder / "inbox"])
    records = grade(classroom, CHAPTER, jobs=2)
    return classroom, {record["student"]: record for record in records}


@pytest.fixture
def own(day, tmp_path):
    """A copy of that classroom with two submissions, for tests that change things."""
    root = tmp_path / "classroom"
    shutil.copytree(day[0].root, root, ignore=shutil.ignore_patterns("submitted", "autograded", "marks"))
    for student in ("right", "looping"):
        shutil.copytree(day[0].root / "submitted" / student, root / "submitted" / student)
    (root / "submitted" / "looping").rename(root / "submitted" / "other")
    shutil.copy(
        day[0].folder("submitted", "raising", CHAPTER) / "course_lib" / "convolution.py",
        root / "submitted" / "other" / CHAPTER.notebook / "course_lib" / "convolution.py",
    )
    return open_classroom(root)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_sample_gets_what_is_just(day, sample):
    record = day[1][sample.name]
    assert (record["outcome"], record["score"]) == (sample.outcome, sample.score(CHAPTER))
    points = {each["exercise"]: each["points"] for each in record["exercises"]}
    assert {name: points[name] for name in sample.points} == sample.points


def test_what_cannot_be_graded_names_what_came(day):
    assert "my answer.pdf" in day[1]["only-a-pdf"]["reason"]
    assert not day[0].folder("autograded", "only-a-pdf", CHAPTER).exists()


def test_the_records_keep_the_contract(day):
    record = day[1]["wrong-kernel-not-turned"]
    assert list(record) == [
        *("student", "assignment", "outcome", "reason", "score", "max_score", "level", "exercises"),
    ]
    assert record["level"] in ("strong", "kernel")
    assert [each["exercise"] for each in record["exercises"]] == list(CHAPTER.exercises)
    assert json.loads((day[0].marks(CHAPTER) / "wrong-kernel-not-turned.json").read_text()) == record
    (wrong,) = [each for each in record["exercises"] if each["verdict"] != "right"]
    assert wrong["mistake"] == "not_turned"


def test_the_number_of_workers_and_the_second_time_change_nothing(day, tmp_path):
    root = tmp_path / "again"
    shutil.copytree(day[0].root, root)
    shutil.rmtree(root / "submitted" / "looping")  # it takes its time, and is the same
    again = {record["student"]: record for record in grade(open_classroom(root), CHAPTER, jobs=1)}
    assert again == {student: record for student, record in day[1].items() if student != "looping"}
    for student in again:
        one, other = (at / "autograded" / student / CHAPTER.notebook / BOOK for at in (root, day[0].root))
        assert one.exists() == other.exists()
        assert not one.exists() or one.read_bytes() == other.read_bytes()


def test_nbgraders_own_autograde_gives_the_same_notebooks_and_marks(day, tmp_path):
    root = tmp_path / "stock"
    shutil.copytree(day[0].root, root)
    shutil.rmtree(root / "autograded")
    (root / "gradebook.db").unlink()
    fresh = open_classroom(root)
    nbgrader(fresh, "generate_assignment", CHAPTER.notebook, "--force")
    said = nbgrader(fresh, "autograde", CHAPTER.notebook, expect=1)  # because of the one that cannot be graded
    assert "course_lib/convolution.py is not in the submission" in said
    for sample in SCORED:
        one, other = (at.folder("autograded", sample.name, CHAPTER) / BOOK for at in (fresh, day[0]))
        assert one.read_bytes() == other.read_bytes(), sample.name
        assert gradebook(fresh, sample.name) == gradebook(day[0], sample.name), sample.name
        ours = json.loads((fresh.marks(CHAPTER) / f"{sample.name}.json").read_text())
        assert ours == day[1][sample.name]
    assert json.loads((fresh.marks(CHAPTER) / "only-a-pdf.json").read_text())["outcome"] == "ungradable"
    assert not fresh.folder("autograded", "only-a-pdf", CHAPTER).exists()


def test_the_formgraders_button_gives_the_same_marks(own):
    from nbgrader.apps import NbGraderAPI

    from grading.nbgrader_link import settings

    config = settings(own)
    outcome = NbGraderAPI(config=config).autograde(CHAPTER.notebook, "right")
    assert outcome["success"], outcome
    assert sum(auto or 0 for auto, _, _ in gradebook(own, "right").values()) == ALL


def test_feedback_shows_the_reports_and_the_export_has_no_number_for_what_was_not_graded(day, tmp_path):
    classroom, _ = day
    nbgrader(classroom, "generate_feedback", CHAPTER.notebook, "--force", "--student", "wrong-kernel-not-turned")
    page = (classroom.folder("feedback", "wrong-kernel-not-turned", CHAPTER) / "01_convolution.html").read_text()
    assert "convolve2d is right" not in page
    assert "gradient_magnitude is right" in page
    nbgrader(classroom, "export")
    with open(classroom.root / "grades.csv", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert (rows["only-a-pdf"]["score"], rows["only-a-pdf"]["outcome"]) == ("", "ungradable")
    assert (rows["right"]["raw_score"], rows["right"]["outcome"]) == (str(ALL), "scored")
    assert (rows["not-written"]["raw_score"], rows["not-written"]["outcome"]) == ("0.0", "scored")


def test_before_a_release_there_is_nothing_to_export_and_a_sentence_says_so(tmp_path):
    missing = Classroom(tmp_path / "my class", 0)
    said = nbgrader(missing, "export", cwd=ROOT, expect=1)
    assert "There is no classroom in" in said and "`course release 01` makes one" in said
    said = nbgrader(open_or_create(tmp_path / "other"), "export", expect=1)
    assert "Nothing has been released" in said
    assert "Traceback" not in said
    assert not list(tmp_path.rglob("*.csv"))


def test_a_persons_marks_and_comments_are_kept(own):
    from nbgrader.api import Gradebook

    grade(own, CHAPTER)
    with Gradebook(f"sqlite:///{own.root}/gradebook.db", "cnn-deep-dive") as book:
        book.find_grade("reflect-01", CHAPTER.notebook, CHAPTER.notebook, "right").manual_score = 2.0
        book.find_comment("reflect-01", CHAPTER.notebook, CHAPTER.notebook, "right").manual_comment = "Well said."
        book.db.commit()
    grade(own, CHAPTER)
    assert gradebook(own, "right")["reflect-01"][1] == 2.0
    with Gradebook(f"sqlite:///{own.root}/gradebook.db", "cnn-deep-dive") as book:
        comment = book.find_comment("reflect-01", CHAPTER.notebook, CHAPTER.notebook, "right")
        assert comment.comment == "Well said."


def test_an_answer_in_words_waits_for_a_person_and_cannot_do_harm(own):
    place = own.folder("submitted", "right", CHAPTER) / BOOK
    notebook = nbformat.read(place, as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "reflect-01"]
    cell.source = "Because <script>alert(1)</script> it slides."
    nbformat.write(notebook, place)
    grade(own, CHAPTER)
    assert gradebook(own, "right")["reflect-01"] == (None, None, True)
    assert gradebook(own, "other")["reflect-01"][0] == 0.0  # nothing was written there
    nbgrader(own, "generate_feedback", CHAPTER.notebook, "--force")
    page = (own.folder("feedback", "right", CHAPTER) / "01_convolution.html").read_text()
    assert "it slides." in page
    assert "<script>alert(1)" not in page


def test_what_a_learners_code_says_cannot_do_harm(own):
    answer = own.folder("submitted", "other", CHAPTER) / "course_lib" / "convolution.py"
    poison = 'raise ValueError("<script>alert(1)</script>\\x1b[31m")'
    answer.write_text(with_body(REFERENCE, "convolve2d", 'print("<script>alert(2)</script>")', poison))
    grade(own, CHAPTER)
    nbgrader(own, "generate_feedback", CHAPTER.notebook, "--force")
    page = (own.folder("feedback", "other", CHAPTER) / "01_convolution.html").read_text()
    assert "ValueError" in page
    assert "<script>alert(" not in page
    assert "\x1b" not in page


def test_another_seed_draws_other_cases_and_gives_the_same_marks(own):
    one, other = (grade(own, CHAPTER, seed=seed) for seed in (1, 2))
    without_convolve2d = ALL - find_exercise("convolve2d").points
    assert [record["score"] for record in one] == [record["score"] for record in other] == [without_convolve2d, ALL]


def test_a_learner_cannot_shadow_numpy_or_an_earlier_chapter(own):
    folder = own.folder("submitted", "right", CHAPTER)
    (folder / "numpy.py").write_text("raise SystemExit")
    (folder / "course_lib" / "numpy.py").write_text("raise SystemExit")
    (folder / "course_lib" / "start_here.py").write_text("raise SystemExit")
    assert {record["student"]: record["score"] for record in grade(own, CHAPTER)}["right"] == ALL


def test_a_submission_that_is_a_link_is_not_followed(own):
    folder = own.folder("submitted", "right", CHAPTER)
    (folder / "course_lib" / "convolution.py").unlink()
    (folder / "course_lib" / "convolution.py").symlink_to(own.root / "classroom.json")
    (folder / "leak.txt").symlink_to(own.root / "classroom.json")
    records = {record["student"]: record for record in grade(own, CHAPTER)}
    assert (records["right"]["outcome"], records["other"]["outcome"]) == ("ungradable", "scored")
    nbgrader(own, "autograde", CHAPTER.notebook, "--force", expect=1)
    assert not list(own.root.glob("autograded/right/*/leak.txt"))


def test_a_replaced_submission_that_cannot_be_graded_keeps_no_old_mark(own, tmp_path):
    grade(own, CHAPTER)
    (own.folder("submitted", "right", CHAPTER) / "course_lib" / "convolution.py").unlink()
    grade(own, CHAPTER)
    nbgrader(own, "export", "--to", str(tmp_path / "grades.csv"))
    with open(tmp_path / "grades.csv", newline="") as file:
        row = {row["student_id"]: row for row in csv.DictReader(file)}["right"]
    assert (row["score"], row["outcome"]) == ("", "ungradable")
    assert all(needs for _, _, needs in gradebook(own, "right").values())


def test_our_own_failure_is_no_zero_and_stops_nobody(own, monkeypatch):
    from grading.marking import Bench

    real = Bench.judge

    def fails_once(self, chapter, sources, seed):
        if "* 1000" in sources[CHAPTER.stem]:
            raise OSError("the disk is full")
        return real(self, chapter, sources, seed)

    monkeypatch.setattr(Bench, "judge", fails_once)
    records = {record["student"]: record for record in grade(own, CHAPTER)}
    assert (records["other"]["outcome"], records["other"]["score"]) == ("retry", None)
    assert "the disk is full" in records["other"]["reason"]
    assert records["right"]["score"] == ALL


def test_nothing_is_graded_under_other_points_than_were_released(own):
    path = own.released(CHAPTER)
    path.write_text(path.read_text().replace('"grade_id": "window_sum"', '"grade_id": "window_product"'))
    with pytest.raises(Refused, match="window_product, window_sum.*course release 01"):
        grade(own, CHAPTER)


def test_a_stale_edit_of_the_samples_is_noticed():
    with pytest.raises(StaleEdit):
        edited(REFERENCE, ("no such line", ""))
    with pytest.raises(StaleEdit):
        with_body(REFERENCE, "no_such_function", "pass")


# What learners get ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unzipped(day, tmp_path_factory):
    folder = tmp_path_factory.mktemp("learner")
    with zipfile.ZipFile(day[0].root / "release" / "01_convolution.zip") as archive:
        archive.extractall(folder)
    return folder / CHAPTER.notebook


def answer_lines(text):
    """The lines inside solution regions that say something."""
    regions = re.findall(r"# BEGIN SOLUTION\n(.*?)# END SOLUTION", text, flags=re.DOTALL)
    lines = {line.strip() for region in regions for line in region.splitlines()}
    return {line for line in lines if len(line) > 25}


def test_the_release_holds_no_answer(unzipped):
    texts = {path: path.read_bytes() for path in unzipped.rglob("*") if path.is_file()}
    forbidden = answer_lines(REFERENCE)
    assert len(forbidden) > 10
    specs = (ROOT / "autograder_tests" / "convolution").glob("[a-z]*.py")
    forbidden |= {line for spec in specs for line in mistake_lines(spec.read_text())}
    for path, raw in texts.items():
        found = [line for line in forbidden if line.encode() in raw]
        assert not found, f"{path}: {found}"
    for marker in (b"BEGIN SOLUTION", b"HIDDEN TESTS", b"fresh_seed"):
        assert not [path for path, raw in texts.items() if path.suffix != ".ipynb" and marker in raw]


def mistake_lines(text):
    """The lines of a spec in which a known mistake does its work."""
    return {line.strip() for line in text.splitlines() if " in on" in line}


def test_the_release_holds_nothing_that_was_not_meant_to_travel(unzipped):
    names = {path.relative_to(unzipped).as_posix() for path in unzipped.rglob("*")}
    assert {name for name in names if "/" not in name} == {BOOK, "README.md", "course_lib", "autograder_tests"}
    modules = {f"{chapter.stem}.py" for chapter in chapters() if chapter.number <= CHAPTER.number} | {"__init__.py"}
    assert {name.split("/")[1] for name in names if name.startswith("course_lib/")} == modules | {"given"}
    assert "autograder_tests/convolution" not in names
    assert not [name for name in names if name.endswith((".pyc", ".git", ".kept-1")) or "__pycache__" in name]


def test_the_page_that_travels_asks_for_all_that_the_release_imports(unzipped):
    page = (unzipped / "README.md").read_text()
    asked = set(re.findall(r'"([a-z]+)[^"]*"', page[page.index("pip install") :]))
    with_them = {"IPython", "traitlets"}  # jupyterlab and ipywidgets bring these along
    with_them |= {"torch"}  # timed beside the learner's functions where it is installed, and done without elsewhere
    imported = set()
    for path in unzipped.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            imported |= {name.split(".")[0] for name in names}
    outside = imported - sys.stdlib_module_names - {"course_lib", "autograder_tests"}
    assert {"numpy", "matplotlib", "anywidget"} <= outside <= asked | with_them
    for word in ("Python 3.11", f"course_lib/{CHAPTER.stem}.py", f"jupyter lab {BOOK}"):
        assert word in page


def test_earlier_chapters_are_solved_and_this_one_is_not(unzipped):
    assert "NotImplementedError" not in (unzipped / "course_lib" / "start_here.py").read_text()
    assert (unzipped / "course_lib" / "convolution.py").read_text() == stubs.stub(REFERENCE, "convolution")


def test_the_classrooms_secret_is_nowhere_in_the_release(day, unzipped):
    secret = str(day[0].seed).encode()
    assert not [path for path in unzipped.rglob("*") if path.is_file() and secret in path.read_bytes()]


def test_the_same_release_has_the_same_bytes(day, tmp_path):
    first = (day[0].root / "release" / "01_convolution.zip").read_bytes()
    assert release(open_or_create(tmp_path / "other"), CHAPTER, stubs).read_bytes() == first


def validate(folder):
    """nbgrader's own Validate, where nothing of the course is importable but what was released."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("COURSE", "PYTHON"))}
    command = [sys.executable, "-P", "-m", "nbgrader", "validate", BOOK]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True).stdout


def test_validate_says_the_right_thing_of_stub_and_solution(unzipped, tmp_path):
    folder = tmp_path / CHAPTER.notebook
    shutil.copytree(unzipped, folder)
    said = validate(folder)
    assert f"VALIDATION FAILED ON {len(CHAPTER.exercises) + 1} CELL(S)" in said
    assert "window_sum is not written yet" in said
    assert said.count("You did not provide a response") == 1
    notebook = nbformat.read(folder / BOOK, as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "reflect-01"]
    cell.source = "Because it slides."
    nbformat.write(notebook, folder / BOOK)
    solved = re.sub(r" *# (BEGIN|END) SOLUTION\n", "", REFERENCE)
    (folder / "course_lib" / "convolution.py").write_text(solved)
    assert "Success! Your notebook passes all the tests." in validate(folder)


def test_a_released_check_gives_half_marks_for_half_an_answer(unzipped, tmp_path):
    folder = tmp_path / CHAPTER.notebook
    shutil.copytree(unzipped, folder)
    half = with_body(REFERENCE, "dense_parameter_count", "return math.prod(image_shape) * units")
    (folder / "course_lib" / "convolution.py").write_text(half)
    code = (
        "import sys; sys.path[:0] = [r'{}']; from autograder_tests import check; import autograder_tests as a; "
        "assert a.__file__.startswith(sys.path[0]); print(repr(check('dense_parameter_count')))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code.format(folder)], cwd=folder, capture_output=True, text=True)
    assert done.stdout.split()[-1] == "1.5", done.stdout + done.stderr
    assert find_exercise("dense_parameter_count").points > 1.5
