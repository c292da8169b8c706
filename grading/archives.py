"""Look into zip files, and into zip files in them, with one allowance for all. What an archive says is not believed."""

from __future__ import annotations

import stat
import zipfile
from collections import deque
from io import BytesIO
from pathlib import Path

from .unpack import (  # fmt: skip
    JUNK,
    MAX_ARCHIVE,
    MAX_DEPTH,
    Allowance,
    CannotRead,
    Contents,
    Member,
    Refusal,
    bounded,
    few,
    limit_of,
    open_plain,
    shown,
)

MAX_LISTED = 200_000  # entries of one archive, a whole class's download for instance
MAX_FILES = 10_000  # of one delivery, over all its archives
MAX_NAME = 200  # bytes of a file's name
MAX_PATH = 1_000
LEVELS = 3  # a zip in a zip in a zip is opened, one in that is not
READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # Python unpacks the other kinds without a limit


class Damaged(CannotRead):
    """An archive, or an entry of it, is not what it should be."""


def look_into_zip(source: Path | bytes) -> Contents:
    """Every ordinary entry of a zip file; entries that would leave the folder, links and the like are refused.

    Raises
    ------
    CannotRead
        If it is no zip file, or a damaged one, or lists more than ``MAX_LISTED`` entries.
    """
    file = open_plain(source) if isinstance(source, Path) else BytesIO(source)
    if _entries(file) > MAX_LISTED:
        raise Damaged(f"it lists more than {MAX_LISTED} files")
    try:
        archive = zipfile.ZipFile(file)
        return _contents(archive)
    except Exception as error:  # a damaged archive makes zipfile raise almost anything
        raise Damaged(_said(error)) from None


def _entries(file) -> int:
    """At least as many as there are entries; zipfile would list them all before it could be asked."""
    count, tail = 0, b""
    file.seek(0)
    while block := file.read(1_000_000):
        count += (tail + block).count(b"PK\x01\x02")
        tail = block[-3:]
    return count


def _contents(archive: zipfile.ZipFile) -> Contents:
    contents, seen, folders = Contents([], []), {}, set()
    for info in archive.infolist():
        parts = tuple(part for part in info.filename.replace("\\", "/").split("/") if part != ".")
        if JUNK.intersection(parts):
            continue
        if info.is_dir():
            folders.add(parts[0])
        elif reason := _unsafe(info, parts):
            contents.refused.append(Refusal(parts, reason))
        else:
            seen[parts] = Member(parts, lambda info=info: _read(archive, info))
    contents.members.extend(seen[parts] for parts in sorted(seen))
    held = {entry.parts[0] for entry in (*contents.members, *contents.refused)}
    contents.refused.extend(Refusal((name,), "there is nothing in it") for name in sorted(folders - held))
    return contents


def _unsafe(info: zipfile.ZipInfo, parts: tuple[str, ...]) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if not all(parts) or not parts or ".." in parts or ":" in parts[0]:
        return "its path leads out of the submission"
    sizes = [len(part.encode("utf-8", "surrogatepass")) for part in parts]
    if max(sizes) > MAX_NAME or sum(sizes) > MAX_PATH or len(parts) > MAX_DEPTH or not "".join(parts).isprintable():
        return "its name cannot be a file's name"
    if kind and not stat.S_ISREG(kind):
        return "it is no ordinary file"
    if info.flag_bits & 1:
        return "it is encrypted"
    return "" if info.compress_type in READABLE else "it is packed in a way that is not read here"


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(info) as file:
            return bounded(file, info.filename, limit_of(info.filename))
    except CannotRead:
        raise
    except Exception as error:
        raise Damaged(_said(error)) from None


def _said(error: Exception) -> str:
    return f"it is damaged ({type(error).__name__}: {shown(str(error))})"


def open_archives(members: list[Member], notes: list[str]) -> list[Member]:
    """One person's files, with each archive replaced by what it holds; what could not be opened is noted.

    Where there are too many, those in the fewest folders come first: an answer lies near the top.
    """
    allowance, left_out = Allowance(MAX_ARCHIVE), []
    found, waiting = [], deque((member, LEVELS) for member in _flattest_first(members))
    while waiting and len(found) < MAX_FILES:
        member, levels = waiting.popleft()
        if not (levels and member.name.lower().endswith(".zip")):
            found.append(member)
            continue
        try:
            contents = look_into_zip(allowance.read(member))
        except CannotRead as error:
            left_out.append(f"{member.shown} could not be opened: {error}.")
            continue
        left_out += [refusal.sentence for refusal in contents.refused]
        waiting.extend((inner.below(*member.parts), levels - 1) for inner in _flattest_first(contents.members))
    notes += few(left_out)
    if waiting:
        notes.append(f"{len(waiting)} more files were not looked at; {MAX_FILES} of one submission are.")
    return found


def _flattest_first(members: list[Member]) -> list[Member]:
    return sorted(members, key=lambda member: len(member.parts))
