"""A learner's file, printed from the reference: the same text, with every answer taken out."""

import re

BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"


class UnbalancedMarkers(ValueError):
    """A solution region begins twice, ends without a beginning, or never ends."""


def stub(text: str, stem: str) -> str:
    """Print the learner's file of one chapter.

    Parameters
    ----------
    text : str
        The reference, ``solutions/<stem>.py``.
    stem : str
        The chapter, for the line that says where the print comes from.

    Returns
    -------
    str
        The text with each solution region replaced by ``raise NotImplementedError`` at the region's indentation,
        and imports of ``solutions`` turned into imports of ``course_lib``.

    Raises
    ------
    UnbalancedMarkers
        If the regions do not pair up.
    """
    lines, begun = [f"# Printed from solutions/{stem}.py; write your answers here."], 0
    for number, line in enumerate(text.splitlines(), start=1):
        marker = line.strip()
        if marker == BEGIN:
            if begun:
                raise UnbalancedMarkers(f"solutions/{stem}.py, line {number}: the region of line {begun} has not ended")
            begun = number
            lines.append(line[: line.index("#")] + "raise NotImplementedError")
        elif marker == END:
            if not begun:
                raise UnbalancedMarkers(f"solutions/{stem}.py, line {number}: no region has begun")
            begun = 0
        elif not begun:
            lines.append(line)
    if begun:
        raise UnbalancedMarkers(f"solutions/{stem}.py: the region of line {begun} never ends; add {END!r}")
    return at_home("\n".join(lines) + "\n", "course_lib")


def at_home(text: str, package: str) -> str:
    """The same source with its imports of other chapters taken from ``package`` instead of ``solutions``."""
    return re.sub(r"^(\s*(?:from|import)\s+)solutions\b", rf"\g<1>{package}", text, flags=re.MULTILINE)


def solved(text: str, stem: str) -> str:
    """The learner's file of one chapter with every answer filled in: the reference without its markers."""
    kept = [line for line in text.splitlines() if line.strip() not in (BEGIN, END)]
    return at_home("\n".join([f"# Filled in from solutions/{stem}.py.", *kept]) + "\n", "course_lib")
