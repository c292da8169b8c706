"""Judge many submissions, one after the other or several at once. The verdicts do not depend on how many."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait

from autograder_tests.catalogue import Chapter

from .classroom import Classroom
from .marking import Bench, Judged
from .sources import Ungradable, gather


@dataclass(frozen=True)
class Task:
    """What is judged, from which seed, and how the learners' code is confined."""

    classroom: Classroom
    chapter: Chapter
    seed: int
    level: str
    allow_weak: bool


@dataclass(frozen=True)
class Verdict:
    """What came of one submission: ``scored``, ``ungradable``, or ``retry`` where the fault is ours."""

    student: str
    outcome: str
    reason: str = ""
    judged: list[Judged] = field(default_factory=list)


def judge_one(bench: Bench, task: Task, student: str) -> Verdict:
    """One submission. Whatever goes wrong on our side is said to be ours."""
    try:
        sources = gather(task.classroom, task.chapter, student)
        return Verdict(student, "scored", judged=bench.judge(task.chapter, sources, task.seed))
    except Ungradable as error:
        return Verdict(student, "ungradable", str(error))
    except Exception as error:
        return Verdict(student, "retry", f"The grader failed: {type(error).__name__}: {error}. Grade again.")


def judge_here(bench: Bench, task: Task, students: list[str]) -> Iterator[Verdict]:
    """Verdicts one after the other, in this process."""
    for student in students:
        yield judge_one(bench, task, student)


def judge_by_workers(task: Task, students: list[str], jobs: int) -> Iterator[Verdict]:
    """Verdicts as they come, from several processes, which begin at once."""
    return _collect(task, jobs, *_start(task, students, jobs))


def _start(task: Task, students: list[str], jobs: int) -> tuple[ProcessPoolExecutor, dict[Future, str]]:
    pool = ProcessPoolExecutor(min(jobs, len(students)), get_context("spawn"), _begin, (task,))
    return pool, {pool.submit(_work, student): student for student in students}


def _collect(
    task: Task, jobs: int, pool: ProcessPoolExecutor, futures: dict[Future, str], attempts: int = 2
) -> Iterator[Verdict]:
    """Where a worker dies, what it leaves is tried once more by new ones."""
    unfinished = []
    with pool:
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                unfinished.append(futures[future])
    if unfinished and attempts > 1:
        yield from _collect(task, jobs, *_start(task, unfinished, jobs), attempts - 1)
    else:
        for student in unfinished:
            yield Verdict(student, "retry", "The grader's worker died twice. Grade again.")


_mine: dict = {}  # a worker's own bench and task, for as long as it lives


def _begin(task: Task) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    bench = Bench(task.level, task.allow_weak)
    atexit.register(bench.close)
    _mine.update(bench=bench, task=task)


def _end_with_parent() -> None:
    """Without it, a worker whose coordinator was killed would wait for work forever, and its box with it."""
    wait([parent_process().sentinel])
    os._exit(1)


def _work(student: str) -> Verdict:
    return judge_one(_mine["bench"], _mine["task"], student)
