"""A sheet whose truth is a reference that runs: what maintainers, instructors and the whole course have."""

from __future__ import annotations

import inspect
import itertools
import warnings
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from .calls import Call, lay_out
from .sheet import REFUSED, UNDEFINED, Question, Sheet, Switches, Working
from .spec import Case, Spec

FRESH = 8  # cases drawn besides, on which a diagnosis must hold too


class LiveKey:
    """Runs the parametrised copy, once for each question and set of switches."""

    def __init__(self, spec: Spec):
        self.spec = spec
        self._known: dict[tuple[str, Switches], Any] = {}

    def outcome(self, question: Question, switches: Switches) -> Any:
        place = question.label, switches
        if place not in self._known:
            try:
                with np.errstate(all="ignore"), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    self._known[place] = run(self.spec.model, question.call, on=switches)
            except Exception:
                self._known[place] = UNDEFINED
        return self._known[place]

    def working(self, question: Question, cell: tuple[int, ...]) -> Working | None:
        if self.spec.working is None:
            return None
        return Working(*self.spec.working(cell, *question.call.args, **question.call.kwargs))

    def combinations(self, size: int) -> Iterator[Switches]:
        for chosen in itertools.combinations(self.spec.mistakes, size):
            if len({mistake.slot for mistake in chosen}) == size:
                yield frozenset(mistake.name for mistake in chosen)


def draw(exercise: str, spec: Spec, reference: Callable, seed: int) -> Sheet:
    """The sheet of an exercise at a seed; the same seed gives the same sheet.

    Parameters
    ----------
    exercise : str
    spec : Spec
    reference : callable
        The solution.
    seed : int
    """

    def generator(purpose: str) -> np.random.Generator:
        return np.random.default_rng([seed, zlib.crc32(f"{exercise} {purpose}".encode())])

    def questions(prefix: str, worked: list[Case], drawn: list[Case]) -> tuple[Question, ...]:
        worked, drawn = ([replace(c, whole=c.whole or spec.whole) for c in cases] for cases in (worked, drawn))
        cases = sorted([(case, False) for case in worked] + [(case, True) for case in drawn], key=place)
        return tuple(
            Question(f"{prefix}{i:02}", case, run(reference, case.call), features(spec, case.call), fresh)
            for i, (case, fresh) in enumerate(cases)
        )

    def place(case: tuple[Case, bool]) -> int:
        return [part.name for part in spec.parts].index(case[0].part)

    rng = generator("fresh")
    again = [case for _ in range(FRESH) for case in spec.drawn(rng)]
    again = again[:: max(len(again) // FRESH // FRESH, 1)][:FRESH]  # of every kind, not of the first only
    return Sheet(
        exercise=exercise,
        seed=seed,
        arguments=tuple(inspect.signature(reference).parameters),
        parts=spec.parts,
        hints=spec.hints,
        mistakes={mistake.name: mistake for mistake in spec.mistakes},
        questions=questions("c", list(spec.worked()), list(spec.drawn(generator("cases")))),
        refused=tuple(
            Question(f"r{i:02}", case, refusal(reference, case), {}, False) for i, case in enumerate(spec.refused())
        ),
        fresh=questions("f", [], again),
        laws=tuple(spec.laws(generator("laws"))),
        taps=spec.taps,
        tapped=questions("t", list(tap_cases(spec)), []),
        key=LiveKey(spec),
    )


def run(function: Callable, call: Call, **more: Any) -> Any:
    """Call one of our own functions on copies."""
    return function(*lay_out(call.args, call.layout), **lay_out(call.kwargs, call.layout), **more)


def refusal(reference: Callable, case: Case) -> Any:
    """REFUSED, as the reference must say.

    Raises
    ------
    AssertionError
        If the reference takes the call: the spec or the solution is wrong.
    """
    try:
        run(reference, case.call)
    except ValueError:
        return REFUSED
    raise AssertionError(f"the solution does not refuse {case.name!r}")


def features(spec: Spec, call: Call) -> dict[str, bool]:
    """The simple properties of a call, by their wording."""
    return {words: bool(holds(*call.args, **call.kwargs)) for words, holds in spec.features.items()}


def tap_cases(spec: Spec) -> Iterator[Case]:
    """Numbered pixels, and a kernel with a single 1 that moves."""
    taps = spec.taps
    if taps is None:
        return
    pixels = np.arange(1.0, np.prod(taps.shape) + 1).reshape(taps.shape)
    for weight in np.ndindex(taps.kernel_shape):
        kernel = np.zeros(taps.kernel_shape)
        kernel[weight] = 1.0
        args: list[Any] = [None, None]
        args[taps.values], args[taps.weights] = pixels, kernel
        yield Case(spec.parts[0].name, f"a single 1 at {list(weight)}", Call(tuple(args), taps.kwargs))
