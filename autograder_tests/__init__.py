"""The checks: what a right answer does, how wrong ones go wrong, and the engine that tells them apart."""

from typing import Any


def __getattr__(name: str) -> Any:
    if name == "check":  # only a notebook needs the learner's files; graders import this package without them
        from .checking import check

        return check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
