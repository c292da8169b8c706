"""What the course remembers for a learner: small JSON files in ``.learner/`` beside the course.

Memory is a convenience. Where the folder cannot be written nothing is kept, and nothing stops.
"""

import json
import os
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / ".learner"


def read(name: str) -> dict:
    """What was kept under ``name``; an empty dict if nothing was, or if it cannot be read."""
    try:
        content = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write(name: str, content: dict) -> bool:
    """Keep ``content`` under ``name``, whole or not at all.

    Parameters
    ----------
    name : str
        A plain word; the file is ``.learner/<name>.json``.
    content : dict
        Anything that JSON can hold.

    Returns
    -------
    bool
        Whether it was kept; False where the folder cannot be written.
    """
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    try:
        FOLDER.mkdir(exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=FOLDER, prefix=f"{name}.")
    except OSError:
        return False
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(unfinished, FOLDER / f"{name}.json")
    except OSError:
        Path(unfinished).unlink(missing_ok=True)
        return False
    return True


def writable() -> bool:
    """Whether :func:`write` would keep anything. Nothing is left behind by asking."""
    place = FOLDER if FOLDER.exists() else FOLDER.parent
    return os.access(place, os.W_OK)
