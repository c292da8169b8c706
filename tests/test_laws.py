"""Laws of functions with several outputs: the first entry of an index says which output is meant."""

import numpy as np
import pytest

from autograder_tests.judging import Answer, Law, Term, call, laws
from autograder_tests.judging.trial import Trial

TWICE = call(np.array([1.0, 2.0]))
PAIR = (np.array([2.0, 4.0]), np.zeros((3, 5)))  # of shapes that do not stack


def kept(value, *terms, constant=0.0):
    law = Law("values", "it must hold", terms, constant)
    return laws.broken(Trial(None, lambda call: Answer("returned", value)), law)


@pytest.mark.parametrize("value, key", [(PAIR, 0), (list(PAIR), 0), ({"dx": PAIR[0], "dw": PAIR[1]}, "dx")])
def test_one_of_several_outputs_enters_a_law(value, key):
    assert kept(value, Term(1.0, TWICE, (key,)), constant=np.array([2.0, 4.0])) is None
    assert kept(value, Term(1.0, TWICE, (key, 1)), constant=4.0) is None
    assert kept(value, Term(1.0, TWICE, (key,)), constant=np.array([2.0, 5.0])) == "it is off by 1"


def test_outputs_of_one_shape_can_still_be_taken_together():
    both = np.ones((2, 3)), np.zeros((2, 3))
    assert kept(both, Term(1.0, TWICE, (slice(None), 0)), constant=np.array([[1.0] * 3, [0.0] * 3])) is None


@pytest.mark.parametrize("value", [(), {}, (PAIR[0],), PAIR[0]])
def test_an_output_that_is_not_there_breaks_the_law(value):
    assert (
        kept(value, Term(1.0, TWICE, (1, 2, 3)), constant=0.0) == "one of the results has not the right type or shape"
    )
