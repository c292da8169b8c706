"""What a diagnosis says: one true sentence and, where there is one, the hint that goes with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``mistake`` is the name (or names, joined by "+") of known mistakes; None for any other statement."""

    sentence: str
    mistake: str | None = None
    hints: tuple[str, ...] = ()


def counted(right: int, what: str) -> str:
    """``3 cases``, ``1 case``."""
    return f"{right} {what}" if right == 1 else f"{right} {what}s"
