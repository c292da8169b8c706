"""The drawn report: a picture where one can be drawn, and otherwise the sum in words."""

import pytest

from autograder_tests import catalogue
from autograder_tests.judging import judge
from autograder_tests.judging.draw import drawn
from autograder_tests.mistakes import model_caller


@pytest.mark.parametrize(
    "name, mistake, pictured",
    [
        ("cross_correlate2d", "mean", True),
        ("conv2d_one_filter", "channels_averaged", False),
        ("conv3d_single", "mean", False),
    ],
)
def test_the_sum_is_shown_once_in_a_picture_or_in_words(name, mistake, pictured):
    exercise = catalogue.find_exercise(name)
    page = drawn(judge(exercise, model_caller(exercise, mistake)))
    assert ('role="img"' in page) is pictured
    assert (">there<" in page) is not pictured
