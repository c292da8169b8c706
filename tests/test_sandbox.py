"""An honest learner's code gives in the box what it gives anywhere, at every level that this machine has."""

import os
import shutil

import numpy as np
import pytest
from sandbox_levels import LEVELS, answers_of, close_all, sandbox_at

from autograder_tests.judging.calls import Call, Failure
from grading.sandbox import Foreign, Sandbox, SandboxFailed, SandboxUnavailable
from grading.sandbox import sandbox as choosing


@pytest.fixture(params=LEVELS)
def sandbox(request):
    return sandbox_at(request.param)


@pytest.fixture(scope="module", autouse=True)
def _afterwards():
    yield
    close_all()


CORRELATE = """
import numpy as np

def f(image, kernel):
    rows, columns = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.sum(image[i:i + kernel.shape[0], j:j + kernel.shape[1]] * kernel)
    return out
"""


def test_a_result_is_bit_identical_to_the_one_made_here(sandbox):
    rng = np.random.default_rng(0)
    image, kernel = rng.normal(size=(7, 9)), rng.normal(size=(3, 2))
    here = {}
    exec(CORRELATE, here)
    (answer,) = answers_of(sandbox, CORRELATE, (image, kernel))
    assert answer.kind == "returned" and type(answer.value) is np.ndarray
    assert answer.value.tobytes() == here["f"](image, kernel).tobytes()


def test_what_it_does_to_its_arguments_is_seen_and_stays_there(sandbox):
    image = np.ones((2, 3))
    (answer,) = answers_of(sandbox, "def f(x):\n    x[0, 1] = 7\n    return x.sum()\n", (image,))
    assert answer.arguments[0][0][0, 1] == 7 and image[0, 1] == 1
    assert type(answer.value) is np.float64


def test_what_it_prints_comes_with_the_answer(sandbox):
    text = "import sys\ndef f():\n    print('x' * 10**6)\n    print('y', file=sys.stderr)\n"
    (answer,) = answers_of(sandbox, text)
    assert answer.kind == "returned" and answer.value is None and answer.printed == "x" * 2_000


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[x.tolist(), (1, 'a', None, True, 2j)]", [[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]], (1, "a", None, True, 2j)]),
        ("{'rows': x.shape[0]}", {"rows": 2}),
        ("np.float64(0.5)", np.float64(0.5)),
        ("np.longlong(-3)", np.int64(-3)),
        ("np.ulonglong(2**63)", np.uint64(2**63)),
        ("np.longdouble(0.5)", np.float64(0.5)),
        ("set()", Foreign("set")),
        ("np.ma.masked_all(3)", Foreign("MaskedArray")),
        ("np.array([None])", Foreign("ndarray of object")),
    ],
)
def test_every_kind_of_result_arrives_as_what_it_is(sandbox, expression, expected):
    text = f"import numpy as np\ndef f(x):\n    return {expression}\n"
    (answer,) = answers_of(sandbox, text, (np.arange(6.0).reshape(2, 3),))
    assert answer.value == expected and type(answer.value) is type(expected)


LAYOUTS = ["np.asfortranarray(x)", "x[:, ::-1]", "np.array(3.5)", "np.full(2, np.nan)", "x[:0]"]
LONG = {"longlong": "int64", "ulonglong": "uint64", "longdouble": "float64"}


@pytest.mark.parametrize("expression", LAYOUTS)
def test_arrays_of_every_layout_arrive(sandbox, expression):
    x = np.arange(6.0).reshape(2, 3)
    (answer,) = answers_of(sandbox, f"import numpy as np\ndef f(x):\n    return {expression}\n", (x,))
    np.testing.assert_array_equal(answer.value, eval(expression), strict=True)


@pytest.mark.parametrize("dtype", LONG)
def test_numbers_of_the_longest_types_arrive(sandbox, dtype):
    text = f"import numpy as np\ndef f(x):\n    return x.astype(np.{dtype})\n"
    (answer,) = answers_of(sandbox, text, (np.arange(3.0),))
    np.testing.assert_array_equal(answer.value, np.arange(3, dtype=LONG[dtype]), strict=True)


def test_a_long_double_beyond_doubles_arrives_as_infinite(sandbox):
    text = "import numpy as np\nnp.seterr(all='raise')\ndef f():\n    return np.longdouble('1e400')\n"
    assert answers_of(sandbox, text)[0].value == np.inf


@pytest.mark.parametrize("layout", ["C", "F", "strided"])
def test_arguments_lie_in_memory_as_asked(sandbox, layout):
    text = "def f(x):\n    return x.flags.c_contiguous, x.flags.f_contiguous\n"
    with sandbox.submission({"convolution": text}) as submission:
        answer = submission.caller("convolution", "f")(Call((np.ones((2, 3)),), layout=layout))
    assert answer.value == (layout == "C", layout == "F")


NUMPY_AND_LIBRARY = """
import collections, dataclasses, functools, itertools, math, typing
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from . import stride_and_padding
from course_lib.stride_and_padding import output_size

def f(x):
    np.testing.assert_allclose(np.fft.irfft(np.fft.rfft(x)), x)
    np.linalg.svd(np.outer(x, x)), np.polynomial.Polynomial([1]), np.random.default_rng(0), np.einsum("i,i", x, x)
    return sliding_window_view(x, output_size(4, 3)).shape
"""


def test_numpy_the_standard_library_and_other_chapters_can_be_imported(sandbox):
    sources = {"convolution": NUMPY_AND_LIBRARY, "stride_and_padding": "def output_size(n, k):\n    return n - k + 1\n"}
    with sandbox.submission(sources) as submission:
        answer = submission.caller("convolution", "f")(Call((np.arange(4.0),)))
    assert answer.value == (3, 2), answer


def test_modules_that_were_not_loaded_beforehand_can_be_imported(sandbox):
    (answer,) = answers_of(sandbox, "import sched, wave, numpy.f2py\ndef f():\n    return sched.__name__\n")
    if sandbox.level == "kernel" and os.geteuid() == 0 and answer.kind == "raised":
        pytest.skip("run by root, whose Python nobody else may read: only what is loaded beforehand is there")
    assert answer.value == "sched", answer


FILE = "course_lib/convolution.py"
PLACEHOLDERS = """
import matplotlib.pyplot as plt, PIL.Image
from autograder_tests import check
from course_lib.given import datasets, plots
from . import given
from .given.plots import show
from IPython.display import display
from scipy.signal import convolve2d
from tqdm.auto import *

def draw(axes: plt.Axes | None = None):
    plots.whatever(axes)

def f(use):
    if use:
        exec(use)
    return 5
"""


def test_what_the_courses_environment_has_can_be_imported(sandbox):
    assert answers_of(sandbox, PLACEHOLDERS, ("",))[0].value == 5


USES = {
    "plt.figure()": "matplotlib",
    "import mpl_toolkits.mplot3d as m; m.x[0]": "mpl_toolkits",
    "draw()": "course_lib.given",
    "datasets.seven().sum()": "course_lib.given",
    "check('f')": "autograder_tests",
    "class Figure(plt.Figure): pass": "matplotlib",
    "1 + plt.pi": "matplotlib",
    "isinstance(3, PIL.Image.Image)": "PIL",
    "[*convolve2d]": "scipy",
    "with plt.style: pass": "matplotlib",
}


@pytest.mark.parametrize("use", USES)
def test_what_can_be_imported_cannot_be_used(sandbox, use):
    answer, after = answers_of(sandbox, PLACEHOLDERS, (use,), ("",))
    assert answer.failure.type == "ImportError" and answer.failure.file == FILE and answer.failure.line
    said = f"the grader has NumPy only; {USES[use]} can be imported here, but not used"
    assert answer.failure.message == said and after.value == 5


@pytest.mark.parametrize("module", ["torch", "pytest", "solutions.convolution", "grading.gradebook"])
def test_nothing_else_can_be_imported(sandbox, module):
    (answer,) = answers_of(sandbox, f"import {module}\n")
    assert answer.failure.type == "ModuleNotFoundError" and answer.failure.line == 1


FAILURES = {
    "def f():\n    return 1 +\n": Failure("SyntaxError", "invalid syntax", FILE, 2, "return 1 +"),
    "x = 1\ny = x / 0\n": Failure("ZeroDivisionError", "division by zero", FILE, 2, "y = x / 0"),
    "def f():\n    raise KeyError('k')\n": Failure("KeyError", "'k'", FILE, 2, "raise KeyError('k')"),
}


@pytest.mark.parametrize("text", FAILURES)
def test_each_failure_names_the_learners_own_line(sandbox, text):
    (answer,) = answers_of(sandbox, text)
    assert (answer.kind, answer.failure) == ("raised", FAILURES[text])


@pytest.mark.parametrize("text", ["def f():\n    raise NotImplementedError\n", "def g():\n    pass\n", ""])
def test_a_stub_or_no_function_is_not_written(sandbox, text):
    assert answers_of(sandbox, text)[0].kind == "not_written"


@pytest.mark.parametrize("leaving", ["raise SystemExit(0)", "raise KeyboardInterrupt", "raise GeneratorExit"])
def test_an_exception_that_ends_programs_ends_only_the_call(sandbox, leaving):
    first, second = answers_of(sandbox, f"def f(x):\n    if x:\n        {leaving}\n    return 1\n", (True,), (False,))
    assert first.kind == "raised" and second.value == 1


def test_a_missing_file_is_not_written(sandbox):
    with sandbox.submission({}) as submission:
        assert submission.caller("convolution", "f")(Call()).kind == "not_written"


LEAVES_SETTINGS = """
import numpy as np, warnings

def f(x):
    y = 1 / x
    np.seterr(all="raise")
    warnings.simplefilter("error")
    return y
"""


def test_settings_left_behind_do_not_reach_the_next_call(sandbox):
    for answer in answers_of(sandbox, LEAVES_SETTINGS, (np.zeros(1),), (np.zeros(1),)):
        assert np.isinf(answer.value)


def test_draws_without_a_seed_are_the_same_in_every_box(sandbox):
    text = "import random, numpy as np\ndef f():\n    return random.random(), np.random.rand(), hash('a')\n"
    assert answers_of(sandbox, text)[0].value == answers_of(sandbox, text)[0].value


KEEPS_STATE = """
import numpy as np
seen = []

def f():
    seen.append(1)
    np.leaked = True
    return len(seen)

def g():
    return len(seen), hasattr(np, "leaked")
"""


def test_nothing_carries_over_to_another_exercise(sandbox):
    with sandbox.submission({"convolution": KEEPS_STATE}) as submission:
        caller = submission.caller("convolution", "f")
        assert [caller(Call()).value, caller(Call()).value] == [1, 2]
        assert submission.caller("convolution", "g")(Call()).value == (0, False)
        assert caller(Call()).value == 1


def test_the_environment_tells_nothing(sandbox):
    text = "import os\ndef f():\n    return sorted(os.environ), os.getcwd()\n"
    names, folder = answers_of(sandbox, text)[0].value
    assert folder == "/" and not [name for name in names if "GRADER" in name or "COURSE" in name or "USER" in name]


def test_an_argument_that_cannot_travel_is_our_mistake_and_said_so(sandbox):
    with pytest.raises(SandboxFailed, match="a value of type set cannot be sent into the box"):
        answers_of(sandbox, "def f(x):\n    pass\n", ({1},))


def test_a_nursery_that_ends_is_the_graders_failure_not_the_learners():
    sandbox = sandbox_at("process").__class__("process", allow_weak=True)
    submission = sandbox.submission({"convolution": "def f():\n    return 1\n"})
    sandbox.close()
    with pytest.raises(SandboxFailed, match="no box could be started"):
        submission.caller("convolution", "f")(Call())


def test_the_weak_level_is_refused_unless_asked_for():
    with pytest.raises(SandboxUnavailable, match="--allow-weak-sandbox"):
        Sandbox("process")


def test_an_unknown_level_is_named_with_those_that_exist():
    with pytest.raises(ValueError, match="'strongest'.*strong, kernel, process"):
        Sandbox("strongest")


def test_without_confinement_the_reasons_and_the_next_step_are_said(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(choosing, "_leak", lambda nursery, level: "code in the box could read /etc/passwd")
    with pytest.raises(SandboxUnavailable) as caught:
        Sandbox()
    said = str(caught.value)
    assert "strong: bubblewrap (bwrap) is not installed; kernel: code in the box could read /etc/passwd" in said
    assert "Install bubblewrap" in said


def test_the_proof_notices_a_box_that_confines_nothing():
    sandbox = sandbox_at("process")
    assert "make a process" in choosing._leak(sandbox._nursery, "kernel")


def test_the_strongest_level_is_taken():
    strongest = sandbox_at("strong").level
    with Sandbox() as sandbox:
        assert sandbox.level == strongest
