"""Checks without their truth: sheets written down when a release is made, and read again by the learner's copy.

What is written are arguments, right results, and what each known mistake (and each pair) makes of them: data, from
which nobody reads an answer's code. Arrays lie end to end in one ``.npz`` an exercise, each only once; everything else
is JSON.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .catalogue import Chapter, NoReference, find_exercise
from .judging.calls import Call
from .judging.sheet import REFUSED, UNDEFINED, Question, Sheet, Switches, Working
from .judging.spec import Case, Law, Mistake, Part, Taps, Term, View
from .judging.trial import behaves

SEED = 0
TOGETHER = 2  # mistakes recorded together; with the reference present three are tried
DRAWN_CELLS = 80  # results of at most so many cells have the products behind each cell recorded

INDEX = "chapters.json"
RIGHT = "right"  # in place of an outcome that is the right one


class Packer:
    """Turns values into JSON, with the numbers of each different array kept once beside it."""

    def __init__(self) -> None:
        self._kept: dict[str, list[np.ndarray]] = {}
        self._lengths: dict[str, int] = {}
        self._places: dict[tuple, list] = {}

    def pack(self, value: Any) -> Any:
        """JSON for a value made of numbers, texts, arrays, slices, ellipses, tuples and dicts."""
        if isinstance(value, np.ndarray):
            return {"array": self._place(value)}
        if isinstance(value, np.generic):
            return {"scalar": self._place(np.asarray(value))}
        if isinstance(value, tuple):
            return {"tuple": [self.pack(item) for item in value]}
        if isinstance(value, list):
            return {"list": [self.pack(item) for item in value]}
        if isinstance(value, slice):
            return {"slice": [value.start, value.stop, value.step]}
        if value is ...:
            return {"ellipsis": True}
        if isinstance(value, dict):
            return {"dict": {key: self.pack(item) for key, item in value.items()}}
        if value is UNDEFINED or value is REFUSED:
            return {"undefined" if value is UNDEFINED else "refused": True}
        return value

    def _place(self, array: np.ndarray) -> list:
        """Where an array lies: dtype, first number, shape."""
        identity = array.dtype.str, array.shape, array.tobytes()
        if identity not in self._places:
            begin = self._lengths.get(array.dtype.str, 0)
            self._kept.setdefault(array.dtype.str, []).append(np.ravel(array))
            self._lengths[array.dtype.str] = begin + array.size
            self._places[identity] = [array.dtype.str, begin, list(array.shape)]
        return self._places[identity]

    def numbers(self) -> dict[str, np.ndarray]:
        """All numbers, end to end, by dtype."""
        return {dtype: np.concatenate(arrays) for dtype, arrays in self._kept.items()}


def unpack(value: Any, numbers: dict[str, np.ndarray]) -> Any:
    """The value that :meth:`Packer.pack` was given."""
    if not isinstance(value, dict):
        return value
    [(kind, body)] = value.items()
    if kind in ("array", "scalar"):
        dtype, begin, shape = body
        array = numbers[dtype][begin : begin + math.prod(shape)].reshape(shape)
        return array if kind == "array" else array[()]
    if kind == "tuple":
        return tuple(unpack(item, numbers) for item in body)
    if kind == "list":
        return [unpack(item, numbers) for item in body]
    if kind == "slice":
        return slice(*body)
    if kind == "ellipsis":
        return ...
    if kind == "dict":
        return {key: unpack(item, numbers) for key, item in body.items()}
    return REFUSED if kind == "refused" else UNDEFINED


def record(chapter: Chapter, folder: Path) -> None:
    """Write the checks of a chapter's exercises into ``folder``, without the reference or the mistakes' code.

    Parameters
    ----------
    chapter : Chapter
    folder : Path
        Made if it is not there; in a release ``autograder_tests/recorded``.

    Raises
    ------
    NoReference
        If the solutions are missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in chapter.exercises:
        record_exercise(name, folder)
    index = [{"number": chapter.number, "stem": chapter.stem, "exercises": list(chapter.exercises)}]
    (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")


def record_exercise(name: str, folder: Path) -> None:
    """Write the checks of one exercise into a folder that is there."""
    packer = Packer()
    page = _write(find_exercise(name).sheet(SEED), packer)
    (folder / f"{name}.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
    np.savez_compressed(folder / f"{name}.npz", **packer.numbers())


def recorded_chapters(folder: Path) -> tuple[Chapter, ...]:
    """The chapters that were recorded in a folder."""
    index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    return tuple(Chapter(entry["number"], entry["stem"], tuple(entry["exercises"])) for entry in index)


@dataclass(frozen=True)
class RecordedExercise:
    """An exercise whose checks were recorded."""

    name: str
    chapter: Chapter
    folder: Path

    @functools.cached_property
    def _sheet(self) -> Sheet:
        page = json.loads((self.folder / f"{self.name}.json").read_text(encoding="utf-8"))
        with np.load(self.folder / f"{self.name}.npz", allow_pickle=False) as kept:
            numbers = {dtype: kept[dtype] for dtype in kept.files}
        return _read(page, numbers)

    @property
    def parts(self) -> tuple[Part, ...]:
        return self._sheet.parts

    @property
    def hints(self) -> tuple[str, ...]:
        return self._sheet.hints

    @property
    def points(self) -> float:
        return float(sum(part.points for part in self.parts))

    def sheet(self, seed: int) -> Sheet:
        """The recorded sheet.

        Raises
        ------
        NoReference
            For any seed but the recorded one: fresh cases need the reference.
        """
        if seed != SEED:
            raise NoReference(
                f"This release holds the cases of seed {SEED} only; for seed {seed} take the whole course."
            )
        return self._sheet


class RecordedKey:
    """Looks up what was recorded; an outcome is unpacked when it is asked for, since most never are."""

    def __init__(
        self,
        outcomes: dict[str, dict[Switches, Any]],
        workings: dict[str, dict[tuple, Working]],
        numbers: dict[str, np.ndarray],
    ):
        self._outcomes, self._workings, self._numbers = outcomes, workings, numbers
        self._sets = tuple(next(iter(outcomes.values()), {}))

    def outcome(self, question: Question, switches: Switches) -> Any:
        known = self._outcomes[question.label][switches]
        return question.expected if known == RIGHT else unpack(known, self._numbers)

    def working(self, question: Question, cell: tuple[int, ...]) -> Working | None:
        return self._workings.get(question.label, {}).get(cell)

    def combinations(self, size: int) -> Iterator[Switches]:
        return (switches for switches in self._sets if len(switches) == size)


def _write(sheet: Sheet, packer: Packer) -> dict:
    pack = packer.pack
    sets = [switches for size in range(1, TOGETHER + 1) for switches in sheet.key.combinations(size)]
    judged = (*sheet.questions, *sheet.fresh)
    return {
        "exercise": sheet.exercise,
        "arguments": sheet.arguments,
        "parts": [[part.name, part.points] for part in sheet.parts],
        "hints": sheet.hints,
        "mistakes": [[m.name, m.slot, m.sentence, m.hint] for m in sheet.mistakes.values()],
        "questions": [_question(question, pack) for question in sheet.questions],
        "refused": [_question(question, pack) for question in sheet.refused],
        "fresh": [_question(question, pack) for question in sheet.fresh],
        "tapped": [_question(question, pack) for question in sheet.tapped],
        "laws": [_law(law, pack) for law in sheet.laws],
        "taps": sheet.taps and pack(astuple(sheet.taps)),
        "sets": [sorted(switches) for switches in sets],
        "outcomes": {q.label: [_outcome(sheet, q, switches, pack) for switches in sets] for q in judged},
        "workings": {q.label: _workings(sheet, q, pack) for q in sheet.questions},
    }


def _outcome(sheet: Sheet, question: Question, switches: Switches, pack) -> Any:
    outcome = sheet.key.outcome(question, switches)
    if outcome is not UNDEFINED and behaves(question.case, outcome, question.expected):
        return RIGHT
    return pack(outcome)


def _question(question: Question, pack) -> dict:
    case, view = question.case, question.case.view
    return {
        "label": question.label,
        "part": case.part,
        "name": case.name,
        "call": _call(case.call, pack),
        "view": view and [view.kind, pack(view.data), view.sentence],
        "rtol": case.rtol,
        "whole": case.whole,
        "expected": pack(question.expected),
        "features": question.features,
        "drawn": question.drawn,
    }


def _call(call: Call, pack) -> list:
    return [pack(call.args), pack(call.kwargs), call.layout]


def _law(law: Law, pack) -> dict:
    terms = [[term.weight, _call(term.call, pack), pack(term.index)] for term in law.terms]
    return {
        "part": law.part,
        "sentence": law.sentence,
        "terms": terms,
        "constant": pack(law.constant),
        "rtol": law.rtol,
    }


def _workings(sheet: Sheet, question: Question, pack) -> list:
    expected = question.expected
    if not isinstance(expected, np.ndarray) or expected.size > DRAWN_CELLS:
        return []
    kept = []
    for cell in np.ndindex(expected.shape):
        working = sheet.key.working(question, cell)
        if working is not None:
            kept.append([cell, pack(working.window), pack(working.weights), working.corner])
    return kept


def _read(page: dict, numbers: dict[str, np.ndarray]) -> Sheet:
    def call(kept: list) -> Call:
        args, kwargs, layout = kept
        return Call(unpack(args, numbers), unpack(kwargs, numbers), layout)

    def question(kept: dict) -> Question:
        view = kept["view"] and View(kept["view"][0], unpack(kept["view"][1], numbers), kept["view"][2])
        case = Case(kept["part"], kept["name"], call(kept["call"]), view, kept["rtol"], kept["whole"])
        return Question(kept["label"], case, unpack(kept["expected"], numbers), kept["features"], kept["drawn"])

    def law(kept: dict) -> Law:
        terms = tuple(Term(weight, call(of), unpack(index, numbers)) for weight, of, index in kept["terms"])
        return Law(kept["part"], kept["sentence"], terms, unpack(kept["constant"], numbers), kept["rtol"])

    def working(kept: list) -> tuple[tuple, Working]:
        cell, window, weights, corner = kept
        return tuple(cell), Working(unpack(window, numbers), unpack(weights, numbers), tuple(corner))

    sets = [frozenset(names) for names in page["sets"]]
    outcomes = {label: dict(zip(sets, kept)) for label, kept in page["outcomes"].items()}
    workings = {label: dict(map(working, kept)) for label, kept in page["workings"].items()}
    taps = page["taps"] and Taps(*unpack(page["taps"], numbers))
    return Sheet(
        exercise=page["exercise"],
        seed=SEED,
        arguments=tuple(page["arguments"]),
        parts=tuple(Part(*kept) for kept in page["parts"]),
        hints=tuple(page["hints"]),
        mistakes={kept[0]: Mistake(*kept) for kept in page["mistakes"]},
        questions=tuple(map(question, page["questions"])),
        refused=tuple(map(question, page["refused"])),
        fresh=tuple(map(question, page["fresh"])),
        laws=tuple(map(law, page["laws"])),
        taps=taps,
        tapped=tuple(map(question, page["tapped"])),
        key=RecordedKey(outcomes, workings, numbers),
    )
