"""The questions of the chapters, one TOML file each: what is asked, the options, and a word on every option."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen, and what is said to somebody who chose it."""

    text: str
    because: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """A question with its options; exactly one of them is right."""

    id: str
    ask: str
    options: tuple[Option, ...]

    @property
    def right(self) -> int:
        """The index of the right option."""
        return [option.right for option in self.options].index(True)


class UnknownQuestion(LookupError):
    """No chapter asks a question of this name."""


@cache
def questions() -> dict[str, Question]:
    """Every question of the course by its id, for instance ``"convolution/flat-wall"``."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for name, asked in tomllib.loads(path.read_text(encoding="utf-8")).items():
            options = tuple(Option(**option) for option in asked["options"])
            found[f"{path.stem}/{name}"] = Question(f"{path.stem}/{name}", asked["ask"], options)
    return found


def find_question(id: str) -> Question:
    """The question of that id.

    Raises
    ------
    UnknownQuestion
        If there is none.
    """
    if id not in questions():
        raise UnknownQuestion(f"there is no question {id!r}; there are {', '.join(questions())}")
    return questions()[id]
