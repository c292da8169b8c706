"""nbgrader's settings: run `nbgrader`, and JupyterLab with the formgrader, from this folder.

The classroom is ./classroom, or the folder named by the environment variable COURSE_CLASSROOM.
"""

import os
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

# nbgrader runs alembic by name when it makes a gradebook; without an activated environment it would not find it.
os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])

from autograder_tests.catalogue import chapters  # noqa: E402

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "cnn-deep-dive"
c.CourseDirectory.root = str(Path(os.environ.get("COURSE_CLASSROOM") or HERE / "classroom").resolve())

# A release holds no solutions: they live in solutions/ and never travel. What a person grades keeps its question.
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
]

# No cell of a submission is executed. The released cells are put back, the judge's reports become their outputs.
c.Autograde.exporter_class = "grading.nbgrader_link.SubmissionExporter"
c.Autograde.pre_convert_hook = "grading.nbgrader_link.drop_links"
c.Autograde.sanitize_preprocessors = ["grading.nbgrader_link.Rebuild"]
c.Autograde.autograde_preprocessors = [
    "grading.nbgrader_link.Judge",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# nbgrader replaces all of a submission's other files with the released ones; this one is the learner's.
c.Autograde.exclude_overwriting = {chapter.notebook: [f"course_lib/{chapter.stem}.py"] for chapter in chapters()}

# An ungraded submission is exported as such, not as 0.0; the table is grades.csv in the classroom.
c.ExportApp.plugin_class = "grading.export.MarksExport"
