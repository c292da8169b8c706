"""What travels over the wire arrives as it was; what else comes is refused before it does harm."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder_tests.judging.calls import Answer, Failure
from grading.sandbox import answers
from grading.sandbox.values import DTYPES, DoesNotFit, Foreign
from grading.sandbox.wire import HEADER_LIMIT, LENGTHS, BadFrame, encode, read_value


def from_bytes(data):
    rest = memoryview(data)

    def receive(count):
        nonlocal rest
        piece, rest = rest[:count], rest[count:]
        if len(piece) < count:
            raise EOFError
        return bytes(piece)

    return read_value(receive)


def travelled(value):
    return from_bytes(encode(value))


def frame(header, payload=b""):
    header = header if isinstance(header, bytes) else json.dumps(header).encode()
    return LENGTHS.pack(len(header), len(payload)) + header + payload


def same(a, b):
    """Equal in type, in shape and in every bit."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, (np.ndarray, np.generic)):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    return repr(a) == repr(b)


plain = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.complex_numbers()
texts = st.text(st.characters(codec="utf-8"))
arrays = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0, max_side=4))
)
values = st.recursive(
    plain | texts | arrays,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(texts, inner),
    max_leaves=8,
)


@given(values)
@settings(deadline=None)
def test_a_value_arrives_as_it_was(value):
    assert same(travelled(value), value)


@pytest.mark.parametrize("value", [np.float64(0.1), np.float32(0.1), np.int64(-3), np.bool_(True), np.complex64(1j)])
def test_a_numpy_scalar_stays_one(value):
    assert same(travelled(value), value)


def test_memory_order_and_byte_order_do_not_travel_but_values_do():
    image = np.arange(12.0).reshape(3, 4)
    for view in (np.asfortranarray(image), image[::-1, ::2], image.astype(">f8"), np.broadcast_to(image, (2, 3, 4))):
        arrived = travelled(view)
        assert arrived.dtype == np.float64 and arrived.dtype.isnative and np.array_equal(arrived, view)
        assert arrived.flags.writeable and arrived.flags.c_contiguous


class LyingFloat(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (LyingFloat(1), "LyingFloat"),
        (np.ma.masked_all(3), "MaskedArray"),
        (np.zeros(2).view(np.recarray), "recarray"),
        (np.array([None]), "ndarray of object"),
        (np.array(["a"]), "ndarray of str32"),
        ({1, 2}, "set"),
        ({1: 2}, "dict whose keys are not all strings"),
        (10**30, "int of 100 bits"),
        (len, "builtin_function_or_method"),
    ],
)
def test_what_does_not_travel_arrives_as_foreign(value, name):
    arrived = travelled([value])[0]
    assert arrived == Foreign(name)
    with pytest.raises(TypeError, match="cannot be sent into the box"):
        encode(value, foreign=False)


def test_half_a_surrogate_pair_is_replaced():
    assert travelled("a\ud800b") == "a?b"


def test_what_is_too_large_or_too_deep_is_not_sent():
    deep = []
    for _ in range(20):
        deep = [deep]
    circular = []
    circular.append(circular)
    for value in (deep, circular, "a" * HEADER_LIMIT, np.broadcast_to(0.0, (10**5, 10**5)), [np.zeros(2**18)] * 3):
        with pytest.raises(DoesNotFit):
            encode(value)


@pytest.mark.parametrize(
    "data",
    [
        LENGTHS.pack(2**32 - 1, 0),
        LENGTHS.pack(0, 2**32 - 1),
        frame(b""),
        frame(b"\xff\xfe"),
        frame(b"[" * 100_000),
        frame(b"1" * 5_000),
        frame(2**64),
        frame({"array": 1}),
        frame([]),
        frame(["pickle", "cos\nsystem"]),
        frame(["list"]),
        frame(["list", [1], [2]]),
        frame(["list", 7]),
        frame(["dict", [[["list", []], 1]]]),
        frame(["array", "object", [1]], bytes(8)),
        frame(["array", ["float64"], [1]], bytes(8)),
        frame(["array", "float64", [2]], bytes(8)),
        frame(["array", "float64", [-1]], bytes(8)),
        frame(["array", "float64", [True]], bytes(8)),
        frame(["array", "float64", [2**40, 2**40]], bytes(8)),
        frame(["array", "uint8", [0] + [2**30] * 9]),
        frame(["array", "uint8", [1] * 100], b"a"),
        frame(["array", "float64", [1]], bytes(9)),
        frame(["scalar", "float64"], bytes(7)),
        frame(["complex", "a", 0]),
        frame(["foreign", 3]),
    ],
)
def test_a_forged_frame_is_refused(data):
    with pytest.raises(BadFrame):
        from_bytes(data)


@given(st.binary(max_size=60), st.binary(max_size=20))
@settings(deadline=None)
def test_no_bytes_do_more_than_be_refused(header, payload):
    try:
        from_bytes(frame(header, payload))
    except BadFrame:
        pass


def test_a_forged_bool_is_true_or_false():
    arrived = from_bytes(frame(["array", "bool", [2]], b"\x02\x00"))
    assert arrived.tobytes() == b"\x01\x00"


ANSWER = Answer("raised", failure=Failure("E", "m", "f.py", 3, "x"), arguments=((1,), {"b": 2}), printed="hello")


def test_an_answer_arrives_as_it_was():
    assert answers.from_value(travelled(answers.to_value(ANSWER))) == ANSWER


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "too_slow"},
        {"kind": "right"},
        {"kind": np.zeros(2)},
        {"printed": 3},
        {"arguments": np.zeros(2)},
        {"arguments": ((1,),)},
        {"arguments": ([1], {})},
        {"failure": "text"},
        {"failure": None},
        {"kind": "returned"},
        {"kind": "returned", "failure": None, "arguments": ()},
        {"value": 1},
        {"points": 5},
        {"failure": {"type": "E"}},
        {"failure": {**vars(ANSWER.failure), "line": -1}},
        {"failure": {**vars(ANSWER.failure), "line": True}},
    ],
)
def test_a_forged_answer_is_refused(change):
    with pytest.raises(BadFrame):
        answers.from_value({**answers.to_value(ANSWER), **change})


@pytest.mark.parametrize("value", [None, "loaded", np.zeros(3), [], {}, 1.0])
def test_what_is_no_answer_is_refused(value):
    with pytest.raises(BadFrame):
        answers.from_value(value)


def test_long_texts_of_an_answer_are_cut():
    value = answers.to_value(Answer("raised", failure=Failure("E" * 9_999, "m" * 9_999), printed="p" * 9_999))
    cut = answers.from_value(value)
    assert (len(cut.failure.type), len(cut.failure.message), len(cut.printed)) == (100, 2_000, 2_000)
