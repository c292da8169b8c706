"""The gate, for every exercise; and that it closes on a toy exercise that breaks each of its rules."""

import importlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from autograder_tests import catalogue, gate
from autograder_tests.judging import Case, Mistake, Part, Spec, call
from autograder_tests.judging.live import draw
from tools.stubs import stub

ROOT = Path(__file__).resolve().parent.parent


def stub_of(exercise):
    """The exercise's function as printed for a learner, whatever stands in course_lib."""
    source = (ROOT / "solutions" / f"{exercise.chapter.stem}.py").read_text(encoding="utf-8")
    namespace = {}
    exec(stub(source, exercise.chapter.stem), namespace)
    return namespace[exercise.name]


@pytest.mark.parametrize("name", catalogue.exercise_names())
def test_every_exercise_passes_the_gate(name):
    exercise = catalogue.find_exercise(name)
    assert gate.complaints(exercise, exercise.reference, stub_of(exercise)) == []


def test_every_exercise_of_the_solutions_has_checks():
    for chapter in catalogue.chapters():
        module = importlib.import_module(f"solutions.{chapter.stem}")
        public = [name for name, item in vars(module).items() if getattr(item, "__module__", "") == module.__name__]
        assert sorted(name for name in public if not name.startswith("_")) == sorted(chapter.exercises)


# A toy: double every number.


def double(x):
    return 2.0 * x


def unwritten(x):
    raise NotImplementedError


def toy_model(x, on=frozenset()):
    factors = {"kept": 1.0, "tripled": 3.0, "negative": -2.0, "halved": 0.5, "same_as_halved": 0.5}
    for name in on & factors.keys():
        return factors[name] * x
    if "squared" in on:
        return x**2
    if "plus_two" in on:
        return x + 2
    return 2.0 * x


NAMES = ("kept", "tripled", "negative", "halved", "squared", "plus_two")
MISTAKES = tuple(Mistake(name, "all", f"it were {name}", "Look again.") for name in NAMES)


def numbers(rng):
    for length in (2, 3, 5):
        yield Case("values", f"{length} numbers", call(rng.normal(size=length)))


TOY = Spec(
    parts=(Part("values", 1),),
    worked=lambda: [Case("values", "one and two", call(np.array([1.0, 3.0])))],
    drawn=numbers,
    model=toy_model,
    mistakes=MISTAKES,
    hints=("Think.", "Multiply."),
)


def complaints(spec, reference=double, unwritten=unwritten):
    exercise = SimpleNamespace(
        name="double",
        chapter=SimpleNamespace(number="99", stem="toy"),
        spec=spec,
        reference=reference,
        sheet=lambda seed: draw("double", spec, reference, seed),
    )
    return gate.complaints(exercise, reference, unwritten)


def test_the_toy_passes():
    assert complaints(TOY) == []


def only_zeros(rng):
    for length in (2, 3, 5):
        yield Case("values", f"{length} zeros", call(np.zeros(length)))


def fixed(rng):
    yield Case("values", "the same for every seed", call(np.array([4.0, 5.0])))
    yield Case("values", "and this", call(np.array([7.0, 5.0])))


def one_number(rng):
    yield Case("values", "one number", call(rng.normal(size=1)))


NEVER_RIGHT = replace(TOY, model=lambda x, on=frozenset(): 5.0 * x)
TWINS = (*MISTAKES, Mistake("same_as_halved", "all", "it were halved, too", "Look again."))
HARMLESS = (*MISTAKES, Mistake("harmless", "all", "nothing were wrong", "Look again."))


@pytest.mark.parametrize(
    "broken, complaint",
    [
        ({"spec": replace(TOY, drawn=lambda rng: ())}, "has no drawn case"),
        ({"spec": replace(TOY, mistakes=MISTAKES[:3])}, "only 3 known mistakes"),
        ({"spec": replace(TOY, hints=("Think.",))}, "only 1 hints"),
        ({"spec": NEVER_RIGHT}, "the copy without mistakes does not pass"),
        ({"spec": TOY, "unwritten": double}, "the stub is not told as not written"),
        ({"spec": replace(TOY, worked=list, drawn=only_zeros)}, "zeros of the right shape earn"),
        ({"spec": replace(TOY, worked=list, drawn=fixed)}, "learned by heart"),
        ({"spec": replace(TOY, mistakes=HARMLESS)}, "mistake harmless passes"),
        ({"spec": replace(TOY, mistakes=TWINS)}, "mistake halved is named None"),
        ({"spec": replace(TOY, mistakes=TWINS)}, "only 0 case(s) tell halved from same_as_halved"),
        ({"spec": TOY, "reference": lambda x: x}, "the input itself passes"),
        ({"spec": TOY, "reference": lambda x: np.full(x.shape, 3.0)}, "a constant of the right shape earn"),
        ({"spec": TOY, "reference": lambda x: np.full(x.shape, np.nan)}, "the solution does not pass"),
    ],
)
def test_the_gate_closes_on_each_broken_rule(broken, complaint):
    assert any(complaint in found for found in complaints(**broken))
