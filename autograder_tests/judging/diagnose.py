"""From all answers together to at most one name or two facts, and a contrast; silence where nothing is certain."""

from __future__ import annotations

from . import laws
from .contrast import contrast
from .findings import Finding
from .naming import named
from .readings import read
from .sizes import sizes
from .tapmap import tapped
from .trial import Trial

FACTS = 2


def diagnose(trial: Trial) -> tuple[Finding, ...]:
    """What can truly be said of a wrong implementation, strongest first.

    Parameters
    ----------
    trial : Trial
        Of an implementation that is wrong in at least one case or law.
    """
    name = named(trial)
    if name is not None:
        return (name,)
    facts = [*sizes(trial)]
    reading = read(trial)
    facts += [reading] if reading else tapped(trial)
    facts = facts[:FACTS] or kept_and_broken(trial)
    closing = contrast(trial)
    return tuple(facts) + ((closing,) if closing else ())


def kept_and_broken(trial: Trial) -> list[Finding]:
    """The first law that the function breaks, where it keeps others: the function against itself."""
    found = [(law, laws.broken(trial, law)) for law in trial.sheet.laws]
    broken = [law for law, how in found if how and how.startswith("it is off")]
    if not broken or not any(how is None for _, how in found):
        return []
    return [Finding(f"It breaks a law that it should keep: {broken[0].sentence}.")]
