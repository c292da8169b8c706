"""Whose submission is this? The name of a file or folder, read as a learning platform would have written it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from autograder_tests.catalogue import chapters

ID_LENGTH = 60
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")

PATTERNS = (
    ("nbgrader's exchange", re.compile(r"(?P<name>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>[^+]+)(\+.*)?")),
    ("Moodle's name", re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+_?(?P<rest>.*)")),
    ("Canvas's name", re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)_(?P<hand_in>\d+)_(?P<rest>.+)")),
)


@dataclass(frozen=True)
class Label:
    """What a name says.

    Parameters
    ----------
    student : str
        As written, not yet fit for a folder.
    by : str
        How the student was found, for the report.
    rest : str
        The name that the learner gave the file, where the platform put its own in front.
    number : str
        What tells two people of one name apart on Moodle. It changes with every assignment, so it is no id.
    assignment : str
        What it was handed in for, where the name says so.
    order : str
        Sorts several deliveries of one person, where the name tells.
    late : bool
        Whether the platform marked it late.
    """

    student: str
    by: str
    rest: str = ""
    number: str = ""
    assignment: str = ""
    order: str = ""
    late: bool = False


def read_label(name: str) -> Label | None:
    """The platform's label in a file's or folder's name, or None where no pattern fits.

    Plus signs are nbgrader's only where an assignment of this course stands between them.
    """
    assignments = {chapter.notebook for chapter in chapters()}
    for by, pattern in PATTERNS:
        if found := pattern.fullmatch(name):
            said = {key: text or "" for key, text in found.groupdict().items()}
            if "assignment" in said and said["assignment"] not in assignments:
                continue
            student = f"{said['name']}_{said['id']}" if "id" in said else said["name"]
            return Label(
                student,
                by,
                rest=said.get("rest", ""),
                number=said.get("number", ""),
                assignment=said.get("assignment", ""),
                order=said.get("time", said.get("hand_in", "")),
                late=bool(said.get("late")),
            )
    return None


def safe_id(name: str) -> str:
    """A student's id that any file system can hold.

    Spaces become ``_``. Where anything else had to change, a few digits made from the whole name are added, so that
    two names never become one id.
    """
    wanted = unicodedata.normalize("NFC", name).strip().replace(" ", "_")
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._@-]", "", plain).lstrip(".-")[:ID_LENGTH]
    if plain and plain == wanted and not RESERVED.fullmatch(plain):
        return plain
    return f"{'student' if RESERVED.fullmatch(plain) else plain[: ID_LENGTH - 7] or 'student'}-{fingerprint(wanted)}"


def fingerprint(name: str) -> str:
    """Six digits that stand for a name."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def tidy(name: str) -> str:
    """A file's name without what browsers and platforms add: ``Convolution (1).py`` is ``convolution.py``."""
    name = re.sub(r"(?i)(\.(?:py|ipynb))\.(?:txt|json)$", r"\1", name.strip())
    return re.sub(r"(?i)(?:[ _-]*\(\d+\)|[ _-]+copy[ _-]*\d*|-\d+)+(?=\.(?:py|ipynb)$)", "", name).lower()
