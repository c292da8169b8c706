"""Grade a chapter: workers judge, one coordinator writes. One bad submission never stops the others."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable

from autograder_tests.catalogue import Chapter

from .classroom import Classroom, Refused, command, write_json
from .marking import Bench, record_of, record_without
from .rebuild import released_notebook
from .workers import Task, Verdict, judge_by_workers, judge_here

log = logging.getLogger(__name__)


def grade(
    classroom: Classroom,
    chapter: Chapter,
    jobs: int = 1,
    seed: int | None = None,
    allow_weak: bool = False,
    on_each: Callable[[dict], None] = lambda record: None,
) -> list[dict]:
    """Judge every submission of a chapter and write marks, autograded notebooks and the gradebook.

    Parameters
    ----------
    classroom : Classroom
    chapter : Chapter
    jobs : int
        How many submissions are judged at once. The marks do not depend on it.
    seed : int, optional
        Where the hidden cases come from; the classroom's own secret, if not said.
    allow_weak : bool
        Whether to go on where nothing confines the learners' code.
    on_each : callable
        Called with each record once it is written.

    Returns
    -------
    list of dict
        One record a submission, in order of the students' ids.

    Raises
    ------
    Refused
        If the chapter is not released, or nobody handed it in.
    SandboxUnavailable
        If this machine has no confinement that deserves the name.
    """
    released_notebook(classroom, chapter)
    students = classroom.students(chapter)
    if not students:
        first = command(classroom.root, "intake", chapter.number, "PATH")
        raise Refused(f"Nobody has handed in chapter {chapter.number} in {classroom.root}. Run {first} first.")
    _clear_unfinished(classroom)
    with Bench(allow_weak=allow_weak) as bench:
        task = Task(classroom, chapter, classroom.seed if seed is None else seed, bench.level, allow_weak)
        several = jobs > 1 and len(students) > 1
        verdicts = judge_by_workers(task, students, jobs) if several else judge_here(bench, task, students)
        from .autograded import Writer  # it loads nbgrader, which takes a while: the workers judge meanwhile

        records = []
        with Writer(task) as writer:
            for verdict in verdicts:
                records.append(_settle(task, writer, verdict))
                on_each(records[-1])
    return sorted(records, key=lambda record: record["student"])


def _clear_unfinished(classroom: Classroom) -> None:
    """Remove what a run left that was killed while it wrote."""
    for folder in (*classroom.root.glob("autograded/*/.new-*"), *classroom.root.glob("autograded/*/.old-*")):
        shutil.rmtree(folder, ignore_errors=True)


def _settle(task: Task, writer, verdict: Verdict) -> dict:
    """Write all that a verdict entails; last of all its record, so that what has a record is whole."""
    for trouble in filter(None, (one.trouble for one in verdict.judged)):
        log.error("%s: %s", verdict.student, trouble)
    try:
        if verdict.outcome == "scored":
            writer.write(verdict.student, verdict.judged)
        elif verdict.outcome == "ungradable":
            shutil.rmtree(task.classroom.folder("autograded", verdict.student, task.chapter), ignore_errors=True)
            writer.gradebook.without_mark(verdict.student, task.chapter)
    except Exception as error:
        reason = f"The marks could not be written: {type(error).__name__}: {error}. Grade again."
        verdict = Verdict(verdict.student, "retry", reason)
    if verdict.outcome == "scored":
        record = record_of(verdict.student, task.chapter, task.level, verdict.judged)
    else:
        record = record_without(verdict.student, task.chapter, task.level, verdict.outcome, verdict.reason)
    write_json(task.classroom.marks(task.chapter) / f"{verdict.student}.json", record)
    return record
