"""Hostile code costs its own exercise and nothing else: its neighbour is served, and the time is bounded."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from sandbox_levels import LEVELS, answers_of, assert_works, close_all, descendants, sandbox_at, still_alive

import grading
from autograder_tests.judging.calls import Call
from grading.sandbox import submission
from grading.sandbox.inside.confinement import LIMITS

COURSE = Path(grading.__file__).resolve().parents[1]
CONFINED = ("strong", "kernel")


@pytest.fixture(params=LEVELS)
def sandbox(request):
    sandbox = sandbox_at(request.param)
    yield sandbox
    assert_works(sandbox)


@pytest.fixture(params=CONFINED)
def confined(request):
    sandbox = sandbox_at(request.param)
    yield sandbox
    assert_works(sandbox)


@pytest.fixture(scope="module", autouse=True)
def _afterwards():
    yield
    close_all()


def body(*lines):
    """A chapter file whose function ``f`` has these lines."""
    return "import ctypes, os, signal, socket, sys, threading, time\nimport numpy as np\ndef f(*args):\n" + "".join(
        f"    {line}\n" for line in lines
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["while True: pass"],
        ["while True:", "    try:", "        while True: pass", "    except BaseException: pass"],
        ["time.sleep(10**6)"],
        ["return 9 ** (9 ** 9)"],
        [
            "for n in range(1, 65):",
            "    try: signal.signal(n, signal.SIG_IGN)",
            "    except Exception: pass",
            "while True: pass",
        ],
    ],
)
def test_endless_code_takes_too_long_twice_and_is_not_asked_again(sandbox, lines):
    start = time.monotonic()
    answers = answers_of(sandbox, body(*lines), *[()] * 10, seconds=0.1)
    assert [answer.kind for answer in answers] == ["too_slow"] * 10
    assert time.monotonic() - start < 2


SLOW_DRIPS = {
    "at every load": "import os, time\ntime.sleep(0.2)\ndef f():\n    os._exit(0)\n",
    "at every call": "import time\ndef f():\n    time.sleep(0.2)\n",
}


@pytest.mark.parametrize("text", SLOW_DRIPS.values(), ids=SLOW_DRIPS)
def test_an_exercise_has_so_much_time_in_all(sandbox, monkeypatch, text):
    monkeypatch.setattr(submission, "EXERCISE_SECONDS", 1.0)
    start = time.monotonic()
    answers = answers_of(sandbox, text, *[()] * 40, seconds=0.5)
    assert answers[0].kind != "too_slow" and {answer.kind for answer in answers[10:]} == {"too_slow"}
    assert time.monotonic() - start < 4


def test_a_slow_call_does_not_cost_the_next_one(sandbox):
    slow, right = answers_of(sandbox, "def f(x):\n    while x: pass\n    return 3\n", (True,), (False,), seconds=0.1)
    assert slow.kind == "too_slow" and right.value == 3


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["os._exit(0)"], "your code ended the process (exit status 0)"),
        (["os._exit(3)"], "your code ended the process (exit status 3)"),
        (["for fd in range(64):", "    try: os.close(fd)", "    except OSError: pass"], "your code ended the process"),
        (["ctypes.string_at(8)"], "your code crashed the process (SIGSEGV)"),
    ],
)
def test_a_process_that_ends_says_so_and_the_next_call_has_a_new_one(sandbox, lines, message):
    ended, again = answers_of(sandbox, body("if not args: return 1", *lines), (True,), ())
    assert ended.kind == "ended" and ended.failure.message.startswith(message)
    assert again.value == 1


def test_a_file_that_ends_the_process_when_loaded_says_so(sandbox):
    (answer,) = answers_of(sandbox, "import os\nos._exit(0)\n")
    assert answer.kind == "ended"


@pytest.mark.parametrize(
    "garbage",
    [
        "os.urandom(4096)",
        "bytes(8)",
        "b'\\xff' * 8",
        "b'\\x02\\0\\0\\0\\0\\0\\0\\0{}'",
        "b'\\x06\\0\\0\\0\\0\\0\\0\\0\"right'",
    ],
)
def test_garbage_on_the_result_socket_is_refused(sandbox, garbage):
    text = body("for fd in range(3, 64):", f"    try: os.write(fd, {garbage})", "    except OSError: pass", "return 1")
    (answer,) = answers_of(sandbox, text)
    assert answer.kind == "ended" and "sent something that is no answer" in answer.failure.message


FORGES_ANSWERS = """
import sys

def f(answer):
    sys.modules["grading.sandbox.inside.box"].to_value = lambda real: answer
"""
HONEST_FORM = {"kind": "returned", "value": 1, "failure": None, "arguments": ((), {}), "printed": ""}


def test_an_answer_in_the_right_form_may_lie_about_itself(sandbox):
    assert answers_of(sandbox, FORGES_ANSWERS, (HONEST_FORM,))[0].value == 1


@pytest.mark.parametrize(
    "change", [{"kind": "too_slow"}, {"kind": "raised"}, {"arguments": ()}, {"points": 5}, {"failure": {}}], ids=str
)
def test_an_answer_in_a_form_that_no_answer_has_is_refused(sandbox, change):
    (answer,) = answers_of(sandbox, FORGES_ANSWERS, (HONEST_FORM | change,))
    assert answer.kind == "ended" and "sent something that is no answer" in answer.failure.message


@pytest.mark.parametrize(
    "expression",
    [
        "np.zeros(5 * 10**6, np.uint8)",
        "np.zeros(10**8, np.uint8)",
        "np.broadcast_to(0.0, (10**6, 10**6))",
        "'x' * 10**7",
        "list(range(10**6))",
    ],
)
def test_a_result_that_is_too_large_is_named(sandbox, expression):
    (answer,) = answers_of(sandbox, body(f"return {expression}"))
    assert answer.kind == "raised" and answer.failure.type == "ResultTooLarge"
    assert "the result cannot be handed back" in answer.failure.message


def test_memory_is_limited(confined):
    """First one allocation that is never touched; only where it is refused, the hog."""
    (refused,) = answers_of(confined, body("np.empty(2**31, np.uint8)"))
    assert refused.failure.type in ("MemoryError", "_ArrayMemoryError"), refused
    assert LIMITS["RLIMIT_AS"] < 2**31
    (hog,) = answers_of(
        confined, body("kept = []", "while True: kept.append(np.empty(64 << 20, np.uint8))"), seconds=10
    )
    assert hog.kind == "raised" and hog.failure.type in ("MemoryError", "_ArrayMemoryError")


def test_processes_and_threads_are_refused(confined):
    """First one fork, whose child would end at once; only where it is refused, more."""
    fork = ["pid = os.fork()", "if pid == 0: os._exit(0)"]
    (once,) = answers_of(confined, body(*fork))
    assert once.failure.type == "PermissionError", once
    (bomb,) = answers_of(
        confined, body("while True:", "    try: os.fork()", "    except PermissionError: pass"), seconds=0.3
    )
    assert bomb.kind == "too_slow"
    (thread,) = answers_of(confined, body("threading.Thread(target=print).start()"))
    assert "can't start new thread" in thread.failure.message


@pytest.mark.parametrize(
    "line",
    [
        "socket.socket()",
        "socket.socketpair()",
        "socket.socket(fileno=3)",
        "os.execv(sys.executable, ['python', '-c', ''])",
        "__import__('subprocess').run(['true'])",
        "os.kill(os.getppid(), signal.SIGKILL)",
        "os.kill(os.getppid(), signal.SIGSTOP)",
        "os.kill(-1, signal.SIGKILL)",
        "os.killpg(0, signal.SIGKILL)",
        "__import__('fcntl').fcntl(1, 8, os.getppid())",
        "__import__('resource').prlimit(os.getppid(), 7, (0, 0))",
        "os.setsid()",
        "os.setuid(0)",
        "os.chmod('/', 0o777)",
        "os.symlink('/etc/passwd', 'here')",
        "os.mkdir('/tmp/here')",
        "os.mkfifo('/tmp/here')",
        "os.chdir('/tmp')",
        "os.memfd_create('hidden')",
        "os.nice(-5)",
        "os.pidfd_open(os.getppid())",
    ],
)
def test_what_a_computation_does_not_need_is_refused(confined, line):
    (answer,) = answers_of(confined, body(line))
    assert answer.kind == "raised" and answer.failure.type == "PermissionError", answer


def test_raw_system_calls_are_refused_too(confined):
    numbers = [101, 317, 425, 435, 272, 0x40000000 + 41]  # ptrace, seccomp, io_uring_setup, clone3, unshare; x32 socket
    lines = [
        "libc = ctypes.CDLL(None, use_errno=True)",
        f"return [(libc.syscall(n, 0, 0, 0, 0), ctypes.get_errno()) for n in {numbers}]",
    ]
    (answer,) = answers_of(confined, body(*lines))
    assert answer.value == [(-1, 1)] * len(numbers)


FILES = [
    "/etc/passwd",
    "/etc/hostname",
    "/proc/self/environ",
    "/proc/self/mem",
    "/dev/null",
    str(COURSE / "pyproject.toml"),
    __file__,
]


@pytest.mark.parametrize("path", [*FILES, "../etc/passwd"])
def test_files_cannot_be_read(confined, path):
    (answer,) = answers_of(confined, body(f"return open({path!r}, 'rb').read()"))
    assert answer.failure.type in ("PermissionError", "FileNotFoundError"), answer


@pytest.mark.parametrize("folder", [str(COURSE), "/etc", "/tmp", "..", "."])
def test_folders_cannot_be_listed(confined, folder):
    (answer,) = answers_of(confined, body(f"return os.listdir({folder!r})"))
    assert answer.failure.type in ("PermissionError", "FileNotFoundError"), answer


@pytest.mark.parametrize("path", ["here", "/tmp/here", "/dev/shm/here", "/here", np.__file__, os.__file__])
def test_nothing_can_be_written(confined, path):
    (answer,) = answers_of(confined, body(f"open({path!r}, 'a').write('x')"))
    assert answer.failure.type in ("PermissionError", "FileNotFoundError", "OSError"), answer


def test_the_course_is_not_mounted_in_the_strong_box():
    present = [str(COURSE / "grading"), str(COURSE / "solutions"), "/etc/passwd", "/proc/self", "/dev/shm", "/home"]
    (answer,) = answers_of(sandbox_at("strong"), body(f"return [path for path in {present} if os.path.exists(path)]"))
    assert answer.value == []


def test_the_grader_is_not_run_as_root(confined):
    (answer,) = answers_of(confined, body("return os.getuid(), os.geteuid()"))
    assert 0 not in answer.value


def test_open_files_are_limited(confined):
    (answer,) = answers_of(confined, body("return [open(np.__file__) for _ in range(10**4)]"))
    assert answer.failure.type in ("OSError", "PermissionError")


def test_a_false_numpy_deceives_only_its_author(sandbox):
    text = body(
        "class False_:",
        "    def __getattr__(self, name): return lambda *a, **k: True",
        "sys.modules['numpy'] = False_()",
        "return 5",
    )
    first, second = answers_of(sandbox, text, (), ())
    assert (first.value, second.value) == (5, 5)


def test_replaced_builtins_deceive_only_their_author(sandbox):
    lines = ["import builtins", "builtins.len = lambda x: 0", "builtins.isinstance = lambda *a: True", "return 1"]
    for answer in answers_of(sandbox, body(*lines), (), (), seconds=0.5):
        assert answer.kind in ("returned", "raised", "ended", "too_slow")


def test_no_secret_lies_in_memory(confined):
    """Neither the trusted side's modules, nor another submission that went through the same nursery."""
    secret = "the_neighbours_own_words"
    with confined.submission({"convolution": f"def f():\n    return '{secret}'\n"}) as neighbour:
        assert neighbour.caller("convolution", "f")(Call()).value == secret
        halves = secret[:9], secret[9:]
        text = body(
            f"secret = {halves[0]!r} + {halves[1]!r}",
            "import gc",
            "containers = [thing for thing in gc.get_objects() if type(thing) in (dict, list)]",
            "found = [thing for thing in containers if thing is not containers and secret in repr(thing)]",
            "return sorted(name for name in sys.modules if name.startswith(('solutions', 'nbgrader'))), len(found)",
        )
        modules, found = answers_of(confined, text, seconds=10)[0].value
    assert modules == [] and found == 0


ORPHANS = """
import sys
from autograder_tests.judging.calls import Call
from grading.sandbox import Sandbox
sandbox = Sandbox(sys.argv[1], allow_weak=True)
submission = sandbox.submission({"convolution": "def f(x):\\n    while x: pass\\n"})
caller = submission.caller("convolution", "f", 60)
caller(Call((False,)))
print("ready", flush=True)
caller(Call((True,)))
"""


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_outlives_a_grader_that_is_killed(level):
    sandbox_at(level)
    grader = subprocess.Popen([sys.executable, "-c", ORPHANS, level], cwd=COURSE, stdout=subprocess.PIPE)
    try:
        assert grader.stdout.readline() == b"ready\n"
        family = descendants(grader.pid)
        assert len(family) >= 2  # the nursery and a box; with bubblewrap its own as well
    finally:
        grader.send_signal(signal.SIGKILL)
        grader.wait()
        grader.stdout.close()
    assert not still_alive(family)


def test_a_submission_leaves_no_process_behind():
    sandbox = sandbox_at("process")
    before = len(descendants(os.getpid()))
    with sandbox.submission({"convolution": "def f(x):\n    while x: pass\n"}) as submission:
        caller = submission.caller("convolution", "f", 0.2)
        caller(Call((False,)))
        assert len(descendants(os.getpid())) == before + 1
        submission.caller("convolution", "f", 0.2)(Call((True,)))
    assert len(descendants(os.getpid())) == before
