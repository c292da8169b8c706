"""Sample submissions of chapter 01, made from the reference by small edits, each with the points that are just."""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from autograder_tests.catalogue import Chapter, find_exercise

ANSWER = "course_lib/convolution.py"
NOTEBOOK = "01_convolution.ipynb"
Files = dict[str, bytes]

PATCHES_THE_JUDGE = """
import builtins
import sys
builtins.abs = lambda value: 0
builtins.all = builtins.any = builtins.isinstance = lambda *anything: True
np.allclose = np.array_equal = lambda *anything, **more: True
sys.modules["autograder_tests"] = sys.modules["numpy.testing"] = sys
try:
    get_ipython().display_formatter.format = lambda value: ({"text/plain": "100.0"}, {})
except NameError:
    pass
"""
LIES_ABOUT_ITSELF = """
class Liar(np.ndarray):
    def __eq__(self, other):
        return True
    def __array__(self, *anything, **more):
        return sys._getframe(1).f_locals.get("expected")
    __ne__ = __sub__ = __lt__ = __gt__ = __eq__
"""


class StaleEdit(Exception):
    """The reference has changed and an edit no longer finds its place."""


@dataclass(frozen=True)
class Sample:
    """One hand-in.

    Parameters
    ----------
    name : str
        What is special about it; it is the student's id too.
    make : function of (files, reference)
        Changes the files of a release into what was handed in.
    points : dict
        What exercises earn where it is not all of their points.
    outcome : str
        ``scored`` or ``ungradable``.
    """

    name: str
    make: Callable[[Files, str], None]
    points: dict[str, float] = field(default_factory=dict)
    outcome: str = "scored"

    def score(self, chapter: Chapter) -> float | None:
        """The just score, None where there is none."""
        if self.outcome != "scored":
            return None
        return sum(self.points.get(name, find_exercise(name).points) for name in chapter.exercises)


def edited(text: str, *edits: tuple[str, str]) -> str:
    """``text`` with each pair's first member replaced by its second."""
    for old, new in edits:
        if old not in text:
            raise StaleEdit(
                f"The sample submissions look for {old!r} in solutions/convolution.py. Mend grading/samples.py."
            )
        text = text.replace(old, new)
    return text


def with_body(text: str, function: str, *lines: str) -> str:
    """``text`` with other lines as a function's answer."""
    body = "".join(f"    {line}\n" for line in lines)
    pattern = rf"(def {function}\(.*?# BEGIN SOLUTION\n).*?(    # END SOLUTION\n)"
    changed, found = re.subn(pattern, lambda match: match[1] + body + match[2], text, count=1, flags=re.DOTALL)
    if not found:
        raise StaleEdit(f"The sample submissions find no answer of {function}. Mend grading/samples.py.")
    return changed


def every_body(text: str, *lines: str) -> str:
    """``text`` with the same lines as the answer of each function."""
    for function in re.findall(r"^def (\w+)", text, flags=re.MULTILINE):
        text = with_body(text, function, *lines)
    return text


def answer(change: Callable[[str], str]) -> Callable[[Files, str], None]:
    """A hand-in whose answer is a changed reference."""

    def make(files: Files, reference: str) -> None:
        files[ANSWER] = change(reference).encode()

    return make


def noisy(files: Files, reference: str) -> None:
    """Right, with Windows line ends, a warning and much printing."""
    text = with_body(reference, "convolve2d", 'warnings.warn("are you sure?")', 'print("checking", image.shape)',
                     "return cross_correlate2d(image, kernel[::-1, ::-1])")  # fmt: skip
    files[ANSWER] = edited(text, ("import math\n", "import math\nimport warnings\n")).replace("\n", "\r\n").encode()


def renamed(files: Files, reference: str) -> None:
    """Right, from an editor that writes byte-order marks and a browser that numbers its downloads."""
    files[ANSWER] = reference.encode("utf-16")
    files["01_convolution (1).ipynb"] = codecs.BOM_UTF8 + files.pop(NOTEBOOK)


def forged_notebook(files: Files, _: str) -> None:
    """No answer, but a notebook that says it earned everything, in every way a notebook can."""
    notebook = json.loads(files[NOTEBOOK])
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            data = {"text/plain": "100.0"}
            cell["outputs"] = [{"output_type": "execute_result", "execution_count": 1, "data": data, "metadata": {}}]
            cell["metadata"]["tags"] = ["skip-execution"]
        cell["metadata"].get("nbgrader", {}).update(points=1000, schema_version=99, locked=False)
    notebook["cells"] += notebook["cells"][-3:]
    files[NOTEBOOK] = json.dumps(notebook).encode()


def cut_short(files: Files, reference: str) -> None:
    """Right, but half of the notebook was lost on the way."""
    files[ANSWER] = reference.encode()
    files[NOTEBOOK] = files[NOTEBOOK][: len(files[NOTEBOOK]) // 2]


def only_a_picture(files: Files, _: str) -> None:
    """Nothing that can be graded."""
    files.clear()
    files["my answer.pdf"] = b"%PDF-1.4"


NOTHING = dict.fromkeys(
    ("window_sum", "cross_correlate1d", "cross_correlate2d", "convolve2d", "edge_kernels", "gradient_magnitude",
     "dense_parameter_count", "conv_parameter_count"), 0.0)  # fmt: skip
PLAIN = ("right", "zip-slip", "moodle")  # differ in how they are handed in, not in what

SAMPLES = (
    *(Sample(name, answer(lambda text: text)) for name in PLAIN),
    Sample("right-but-noisy", noisy),
    Sample("renamed-with-bom", renamed),
    Sample("notebook-cut-short", cut_short),
    Sample(
        "wrong-kernel-not-turned", answer(lambda t: edited(t, ("kernel[::-1, ::-1]", "kernel"))), {"convolve2d": 0.0}
    ),
    Sample(
        "wrong-sum-of-sides",
        answer(lambda t: edited(t, ("np.sqrt(gx**2 + gy**2)", "abs(gx) + abs(gy)"))),
        {"gradient_magnitude": 2.0},
    ),  # fmt: skip
    Sample(
        "wrong-bias-forgotten",
        answer(lambda t: edited(t, (" + (units if bias else 0)", ""))),
        {"dense_parameter_count": 1.5},
    ),  # fmt: skip
    Sample(
        "half-right",
        answer(
            lambda t: with_body(
                with_body(t, "edge_kernels", "raise NotImplementedError"),
                "conv_parameter_count",
                "return math.prod(kernel_shape) + bias",
            )
        ),
        {"edge_kernels": 0.0, "conv_parameter_count": 1.5},
    ),  # fmt: skip
    Sample("not-written", lambda files, _: None, NOTHING),
    Sample(
        "raising", answer(lambda t: with_body(t, "convolve2d", "return image[kernel.size * 1000]")), {"convolve2d": 0.0}
    ),
    Sample(
        "looping",
        answer(lambda t: with_body(t, "gradient_magnitude", "while True:", "    pass")),
        {"gradient_magnitude": 0.0},
    ),  # fmt: skip
    Sample(
        "ends-the-process",
        answer(lambda t: with_body(t, "convolve2d", "import os", "os._exit(0)")),
        {"convolve2d": 0.0},
    ),
    Sample(
        "forges-by-patching",
        answer(
            lambda t: PATCHES_THE_JUDGE.join(
                edited(every_body(t, "return 0"), ("import numpy as np\n", "import numpy as np\n\0")).split("\0")
            )
        ),
        NOTHING,
    ),
    Sample(
        "forges-by-lying",
        answer(
            lambda t: LIES_ABOUT_ITSELF.join(
                edited(
                    every_body(t, "return np.zeros(1).view(Liar)"),
                    ("import numpy as np\n", "import sys\nimport numpy as np\n\0"),
                ).split("\0")
            )
        ),
        NOTHING,
    ),  # fmt: skip
    Sample("forges-the-notebook", forged_notebook, NOTHING),
    Sample("only-a-pdf", only_a_picture, outcome="ungradable"),
)


def everyday(chapter: Chapter) -> tuple[Sample, ...]:
    """What most hand-ins of a chapter are like: all right, all but the last exercise, nothing yet."""
    place, last = f"course_lib/{chapter.stem}.py", chapter.exercises[-1]

    def right(files: Files, reference: str) -> None:
        files[place] = reference.encode()

    def all_but_last(files: Files, reference: str) -> None:
        files[place] = with_body(reference, last, "raise NotImplementedError").encode()

    return (
        Sample("right", right),
        Sample("last-left-out", all_but_last, {last: 0.0}),
        Sample("not-written", lambda files, _: None, dict.fromkeys(chapter.exercises, 0.0)),
    )


def hand_in(sample: Sample, release: Path, reference: str, inbox: Path) -> None:
    """Put a sample where an instructor would find it: a folder, a zip file, or a platform's download.

    Parameters
    ----------
    sample : Sample
    release : Path
        The zip file that the learners got.
    reference : str
        The text of the chapter's solutions.
    inbox : Path
    """
    with zipfile.ZipFile(release) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    sample.make(files, reference)
    if sample.name == "zip-slip":
        (inbox / "zip-slip.zip").write_bytes(_zipped(files | {"../../../escaped.py": b"", "/escaped.py": b""}))
    elif sample.name == "moodle":
        folder = inbox / "moodle_1234_assignsubmission_file_"
        folder.mkdir()
        (folder / "01_convolution.zip").write_bytes(_zipped({f"01_convolution/{path}": files[path] for path in files}))
    else:
        for path, data in files.items():
            place = inbox / sample.name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)


def _zipped(files: Files) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return packed.getvalue()
