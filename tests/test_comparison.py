"""The strict comparison: what NumPy's own helpers would let pass does not pass here."""

import numpy as np
import pytest

from autograder_tests.judging.compare import Demand, difference, same

MAP = np.array([[1.0, -2.0, 3.0], [0.5, 0.0, 4.0]])


@pytest.mark.parametrize(
    "value",
    [
        MAP.copy(),
        np.asfortranarray(MAP),
        MAP.astype(np.float32),
        MAP[::-1][::-1],
        MAP + 1e-9,
        np.lib.stride_tricks.as_strided(MAP, MAP.shape, MAP.strides),
    ],
    ids=["equal", "columns first", "single precision", "a view", "rounding", "strided"],
)
def test_the_same_numbers_pass(value):
    assert difference(value, MAP) is None


@pytest.mark.parametrize(
    "value, expected, kind",
    [
        (None, MAP, "type"),
        (MAP.tolist(), MAP, "type"),
        (MAP.view(np.recarray), MAP, "type"),
        (np.ma.masked_all(MAP.shape), MAP, "type"),
        (MAP.astype(complex), MAP, "type"),
        (MAP.astype(object), MAP, "type"),
        (MAP > 0, MAP, "type"),
        (MAP.T, MAP, "shape"),
        (MAP[None], MAP, "shape"),
        (np.zeros((0, 3)), MAP, "shape"),
        (np.float64(2.0), np.full((2, 2), 2.0), "type"),
        (np.array([2.0]), np.full((2, 2), 2.0), "shape"),
        (np.full(MAP.shape, np.nan), MAP, "values"),
        (np.full(MAP.shape, np.inf), MAP, "values"),
        (np.zeros(3), np.full(3, 1e-9), "values"),
        (np.array([1, 0, 2]), np.array([1.5, 0.5, 2.5]), "values"),
        (2.0, 2, "type"),
        (True, 1, "type"),
        (np.array([1.0, 2.0]), 3.0, "type"),
        ("3", 3.0, "type"),
        (np.nan, 3.0, "values"),
        (3.1, 3.0, "values"),
        (3.0, np.inf, "values"),
        (1, True, "type"),
        ([1, 2, 3], (1, 2), "type"),
        ((1, 3), (1, 2), "values"),
        ({"a": 1}, {"a": 1, "b": 2}, "type"),
        ({"a": 1, "b": 3}, {"a": 1, "b": 2}, "values"),
        ([{"a": 1}], [{"a": 1}, {"a": 2}], "type"),
        ([{"a": 1}, {"a": 3}], [{"a": 1}, {"a": 2}], "values"),
        (MAP, [1, 2], "type"),
    ],
)
def test_other_things_do_not(value, expected, kind):
    assert difference(value, expected).kind == kind


@pytest.mark.parametrize("value", [3.0, 3, np.float64(3), np.float32(3), np.array(3.0), np.array([[3.0]])])
def test_one_number_may_come_in_many_forms(value):
    assert difference(value, 3.0) is None


def test_the_first_differing_cell_is_named_with_both_numbers():
    wrong = MAP.copy()
    wrong[1, 0] = 7.0
    found = difference(wrong, MAP)
    assert found.cell == (1, 0) and found.says == "7; expected 0.5"


def test_the_way_into_a_tuple_is_told():
    assert difference((MAP, MAP + 1), (MAP, MAP)).path == (1,)


def test_an_index_must_be_whole_where_the_case_says_so():
    index = np.array([3, 1])
    assert difference(index.astype(float), index) is None
    assert difference(index.astype(float), index, Demand(whole=True)).kind == "type"
    assert difference(index.astype(np.int32), index, Demand(whole=True)) is None


def test_more_than_was_asked_for_may_stand_in_a_dict():
    assert difference([{"a": 1, "name": "mine"}], [{"a": 1}]) is None


@pytest.mark.parametrize("one", [np.nan, np.array([1.0, np.nan])])
def test_a_nan_is_never_right_but_like_another_nan(one):
    assert difference(one, one).kind == "values"
    assert same(one, one) and not same(one, np.nan_to_num(one))
