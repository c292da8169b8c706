"""Choose what counts from somebody's files, and give it the names that it should have."""

from __future__ import annotations

import contextlib
import json

from autograder_tests.catalogue import Chapter, chapters

from .naming import tidy
from .rebuild import LEFT_OUT, Unreadable, parse
from .unpack import Allowance, CannotRead, Member, TooLarge, few

MAX_READ = 60_000_000  # bytes that are read of one submission, whether they are kept or not
MAX_BYTES = 20_000_000  # of all that is kept
MAX_OTHERS = 50  # files that do not count, a learner's pictures for instance
MAX_HELPERS = 16  # Python files beside the answer, which it may import
MAX_HELPERS_BYTES = 1_000_000


class Arranged:
    """A submission while it is put together: its files by path, and what there is to say about them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.notes: list[str] = []
        self.left_out: list[str] = []
        self.taken: set[tuple[str, ...]] = set()
        self._allowance = Allowance(MAX_READ)

    def read(self, member: Member) -> bytes:
        """The bytes of a member, while the allowance lasts."""
        return self._allowance.read(member)

    def take(self, member: Member, path: str, room: int) -> None:
        """Put a member at a path; where it cannot be read, has no place or more than ``room`` bytes, leave it out."""
        self.taken.add(member.parts)
        try:
            data = self.read(member)
            if len(data) > room:
                raise TooLarge("there is no more room for it")
            if any(path.startswith(f"{other}/") or other.startswith(f"{path}/") for other in self.files):
                raise CannotRead("a file and a folder have the same name")
        except CannotRead as error:
            self.left_out.append(f"{member.shown} was left out: {error}.")
        else:
            self.files[path] = data
            if member.parts[-path.count("/") - 1 :] != tuple(path.split("/")):
                self.notes.append(f"{member.shown} was taken as {path}.")


def arrange(members: list[Member], chapter: Chapter, notes: list[str]) -> dict[str, bytes]:
    """Choose what counts from a delivery and give it the names that it should have.

    The answer is ``course_lib/<chapter>.py``, or the file of that name nearest to it; the notebook is the one with the
    assignment's name, or the only one. A later chapter's folder does not count: it has this chapter's solutions in
    it. Whatever was repaired or left out is added to ``notes``.

    Returns
    -------
    dict of str to bytes
        File contents by path in the submission.
    """
    arranged = Arranged()
    later = {other.notebook for other in chapters()[chapters().index(chapter) + 1 :]}
    own = [member for member in members if not _is_ours(member)]
    members = [member for member in own if _home(member) not in later]
    answer = _take_answer(members, chapter, arranged)
    if answer is None:
        came = ", ".join(sorted(member.shown for member in own)[:8]) or "nothing"
        more = f" and {len(own) - 8} more" if len(own) > 8 else ""
        arranged.notes.append(f"There is no {chapter.stem}.py in it; what came is: {came}{more}.")
    _take_notebook(members, chapter, arranged)
    if answer:
        _take_helpers(members, answer, arranged)
    _take_others([member for member in own if member.parts not in arranged.taken], chapter, arranged)
    notes += [*arranged.notes, *few(arranged.left_out)]
    return arranged.files


def _is_ours(member: Member) -> bool:
    """Whether a file belongs to the course, and is never the learner's."""
    given = ("course_lib", "given") in zip(member.parts, member.parts[1:])
    return given or "autograder_tests" in member.parts or member.name == "timestamp.txt"


def _home(member: Member) -> str:
    """The chapter's folder that a file lies in, the innermost; empty if it lies in none."""
    names = {chapter.notebook for chapter in chapters()}
    return next((part for part in reversed(member.parts[:-1]) if part in names), "")


def _nearest(members: list[Member], name: str, parent: str, chapter: Chapter, notes: list[str]) -> Member | None:
    def far(member: Member) -> tuple:
        foreign = _home(member) not in ("", chapter.notebook)
        return foreign, parent not in member.parts[-2:-1], member.name != name, len(member.parts), member.parts

    found = sorted((member for member in members if tidy(member.name) == name), key=far)
    if len(found) > 1:
        notes.append(f"{len(found)} files are called {name}; {found[0].shown} counts.")
    return found[0] if found else None


def _take_answer(members: list[Member], chapter: Chapter, arranged: Arranged) -> Member | None:
    path = f"course_lib/{chapter.stem}.py"
    answer = _nearest(members, f"{chapter.stem}.py", "course_lib", chapter, arranged.notes)
    if answer:
        arranged.take(answer, path, MAX_BYTES)
    if path in arranged.files and not _is_plain(arranged.files[path]):
        arranged.notes.append("The answer was saved in another encoding than plain UTF-8; it is read as it was meant.")
    return answer


def _is_plain(raw: bytes) -> bool:
    with contextlib.suppress(UnicodeDecodeError):
        return not raw.decode("utf-8").startswith("\ufeff")
    return False


def _take_notebook(members: list[Member], chapter: Chapter, arranged: Arranged) -> None:
    name = f"{chapter.notebook}.ipynb"
    notebook = _find_notebook(members, chapter, arranged)
    if notebook is None:
        arranged.notes.append("No notebook came with it.")
        return
    arranged.take(notebook, name, MAX_BYTES)
    if name in arranged.files:
        arranged.files[name] = _mended(arranged.files[name], arranged.notes)
    else:
        arranged.files[name] = LEFT_OUT
        arranged.notes.append("The notebook was not taken. The code counts; answers in words need a person's eye.")


def _mended(raw: bytes, notes: list[str]) -> bytes:
    """A notebook as plain UTF-8; the bytes as they came, where they are no notebook."""
    try:
        content = parse(raw)
    except Unreadable as error:
        notes.append(f"The notebook cannot be read: {error}. The code counts; answers in words need a person's eye.")
        return raw
    try:
        json.loads(raw.decode("utf-8"))
    except ValueError:
        notes.append("The notebook was saved in another encoding than plain UTF-8; it was written anew.")
        return json.dumps(content, indent=1).encode("utf-8")
    return raw


def _find_notebook(members: list[Member], chapter: Chapter, arranged: Arranged) -> Member | None:
    by_name = _nearest(members, f"{chapter.notebook}.ipynb", chapter.notebook, chapter, arranged.notes)
    if by_name:
        return by_name
    found = [member for member in members if tidy(member.name).endswith(".ipynb")]
    own = [member for member in found if _chapter_of(member, arranged) in ("", chapter.number)]
    if found and not own:
        arranged.notes.append(f"{found[0].shown} is the notebook of another chapter.")
    if len(own) > 1:
        arranged.notes.append(f"{len(own)} notebooks came; {own[0].shown} counts.")
    return own[0] if own else None


def _chapter_of(member: Member, arranged: Arranged) -> str:
    """The chapter that a notebook says it belongs to; empty if it does not say."""
    try:
        return str(parse(arranged.read(member))["metadata"]["course"]["chapter"])
    except (CannotRead, Unreadable, KeyError, TypeError):
        return ""


def _take_helpers(members: list[Member], answer: Member, arranged: Arranged) -> None:
    """Python files that lie in one folder with the answer, which it may import."""
    room, beside = MAX_HELPERS_BYTES, answer.parts[:-1]
    helpers = [m for m in members if m.parts[:-1] == beside != () and m.name.endswith(".py") and m is not answer]
    for helper in helpers[:MAX_HELPERS]:
        path = f"course_lib/{helper.name}"
        if path not in arranged.files:
            arranged.take(helper, path, room)
            room -= len(arranged.files.get(path, b""))


def _take_others(members: list[Member], chapter: Chapter, arranged: Arranged) -> None:
    """Pictures and the like come along while there is room; further notebooks and Python files do not."""
    left_out = 0
    room = MAX_BYTES - sum(map(len, arranged.files.values()))
    for member in members:
        path = "/".join(_from_home(member, chapter))
        foreign = _home(member) not in ("", chapter.notebook)
        code = tidy(member.name).endswith((".ipynb", ".py"))
        if foreign or code or path in arranged.files or len(arranged.files) >= MAX_OTHERS:
            left_out += 1
        else:
            arranged.take(member, path, room)
            room -= len(arranged.files.get(path, b""))
    if left_out:
        what = "file was left out; it does" if left_out == 1 else "files were left out; they do"
        arranged.notes.append(f"{left_out} further {what} not count.")


def _from_home(member: Member, chapter: Chapter) -> tuple[str, ...]:
    """A file's path from the chapter's folder, or from the archive that it came in."""
    around = [place for place, part in enumerate(member.parts[:-1]) if _is_around(part, chapter)]
    return member.parts[around[-1] + 1 if around else 0 :]


def _is_around(part: str, chapter: Chapter) -> bool:
    return part == chapter.notebook or part.lower().endswith(".zip")
