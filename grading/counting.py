"""One submission or many? The rule by which a folder or zip file of one person is told from a class's.

At its top, what carries the chapter's own names is looked for (the answer, the notebook, ``course_lib``), and what
could be others' work: a zip file, a name from a platform, a folder with an answer or a notebook in it.

- With the chapter's own at the top, it is one person's; unless something of another's lies beside it. (Beside both
  an answer and a notebook, one such thing is an old version; from two on it is a class.)
- Without, a folder is a class's. A zip file is a class's from two such things on.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from autograder_tests.catalogue import Chapter

from .naming import read_label, tidy
from .unpack import Contents


def is_chapters(name: str, chapter: Chapter) -> bool:
    """Whether a name is one that everybody's work has, so that it says nothing about whose it is."""
    return tidy(name) in {
        *("course_lib", chapter.notebook, f"{chapter.notebook}.zip"),
        *_wanted(chapter),
    }


def _wanted(chapter: Chapter) -> set[str]:
    return {f"{chapter.stem}.py", f"{chapter.notebook}.ipynb"}


def by_top(contents: Contents) -> dict[str, Contents]:
    """What was found, by the first part of its path."""
    tops: dict[str, Contents] = defaultdict(lambda: Contents([], []))
    for member in contents.members:
        tops[member.parts[0]].members.append(member)
    for refusal in contents.refused:
        tops[refusal.parts[0]].refused.append(refusal)
    return tops


def holds_many(contents: Contents, chapter: Chapter, path: Path) -> bool:
    """Whether what lies at a path is several people's work."""
    if not path.is_dir() and len(contents.members) == 1 and len(contents.members[0].parts) == 1:
        return False
    others = _others(contents, chapter)
    at_top = [member for member in contents.members if is_chapters(member.parts[0], chapter)]
    if at_top:
        return others > (1 if _wanted(chapter) <= {tidy(member.name) for member in at_top} else 0)
    if is_chapters(path.name, chapter):
        return others > 0
    return path.is_dir() or others > 1


def _others(contents: Contents, chapter: Chapter) -> int:
    """How many things at the top could be somebody's work each."""
    return sum(
        read_label(top) is not None
        or top.lower().endswith(".zip")
        or any(tidy(member.name) in _wanted(chapter) for member in share.members if len(member.parts) > 1)
        for top, share in by_top(contents).items()
        if not is_chapters(top, chapter)
    )


def wrapper(contents: Contents, chapter: Chapter, is_folder: bool) -> Contents | None:
    """What lies in the one folder around a whole class, where there is such a folder.

    In a folder on disk it must hold several names from a platform: other folders in it may be one person's.
    """
    tops = {entry.parts[0] for entry in (*contents.members, *contents.refused)}
    if len(tops) != 1 or read_label(*tops) or is_chapters(*tops, chapter):
        return None
    inner = Contents([member.beyond(1) for member in contents.members if len(member.parts) > 1], contents.refused)
    labelled = sum(read_label(top) is not None for top in by_top(Contents(inner.members, [])))
    at_top = any(is_chapters(member.parts[0], chapter) for member in inner.members)
    many = labelled > 1 or not (is_folder or at_top) and _others(Contents(inner.members, []), chapter) > 1
    return inner if many else None
