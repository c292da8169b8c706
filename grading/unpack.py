"""Look into what somebody handed in, a folder or a zip file, without letting it do anything."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

MAX_FILE = 5_000_000  # bytes; a chapter's notebook with pictures has a tenth of that
MAX_ARCHIVE = 50_000_000
JUNK = {"__MACOSX", "__pycache__", ".git", ".ipynb_checkpoints", ".learner", ".venv", "node_modules", ".DS_Store"}


class TooLarge(Exception):
    """A file is larger than any that counts."""


class NotPlain(Exception):
    """Not an ordinary file: a link, a pipe, a device."""


@dataclass(frozen=True)
class Member:
    """One file that may be taken; nothing is read until ``read`` is called, and then MAX_FILE bytes at most."""

    parts: tuple[str, ...]
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        return self.parts[-1]

    def below(self, *parents: str) -> Member:
        """The same file, seen from a folder further up."""
        return Member((*parents, *self.parts), self.read)

    def beyond(self, count: int) -> Member:
        """The same file, seen from ``count`` folders further down."""
        return Member(self.parts[count:], self.read)


@dataclass(frozen=True)
class Refusal:
    """One entry that may not be taken, and why."""

    parts: tuple[str, ...]
    reason: str

    @property
    def sentence(self) -> str:
        return f"{shown('/'.join(self.parts))} was left out: {self.reason}."


@dataclass(frozen=True)
class Contents:
    """What was found: the files that may be taken, and the entries that may not."""

    members: list[Member]
    refused: list[Refusal]


def look_into_folder(folder: Path) -> Contents:
    """Every ordinary file below ``folder``. Links are not followed; pipes and devices are never opened."""
    contents = Contents([], [])

    def visit(place: Path, parts: tuple[str, ...]) -> None:
        for entry in sorted(os.scandir(place), key=lambda entry: entry.name):
            if entry.name in JUNK:
                continue
            path, below = Path(entry.path), (*parts, entry.name)
            if entry.is_dir(follow_symlinks=False):
                visit(path, below)
            elif reason := _unsafe(entry.stat(follow_symlinks=False)):
                contents.refused.append(Refusal(below, f"it is {reason}"))
            else:
                contents.members.append(Member(below, lambda path=path: read_plain(path)))

    visit(folder, ())
    return contents


def read_plain(path: Path, limit: int = MAX_FILE) -> bytes:
    """The bytes of an ordinary file.

    Raises
    ------
    NotPlain
        If the last part of the path is a link, or no ordinary file.
    TooLarge
        If there are more than ``limit`` bytes.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise NotPlain(f"{path.name} cannot be opened: {error.strerror}") from None
    with open(handle, "rb") as file:
        if reason := _unsafe(os.fstat(file.fileno())):
            raise NotPlain(f"{path.name} is {reason}")
        return _bounded(file, path.name, limit)


def _unsafe(status: os.stat_result) -> str:
    if stat.S_ISLNK(status.st_mode):
        return "a symbolic link"
    if not stat.S_ISREG(status.st_mode):
        return "no ordinary file"
    return "a second name of another file (a hard link)" if status.st_nlink > 1 else ""


def _bounded(file, name: str, limit: int) -> bytes:
    data = file.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(f"{name} is larger than {limit // 1_000_000} MB")
    return data


def look_into_zip(source: Path | bytes) -> Contents:
    """Every ordinary entry of a zip file; entries that would leave the folder, links and the like are refused.

    Raises
    ------
    zipfile.BadZipFile
        If it is no zip file.
    """
    archive = zipfile.ZipFile(source if isinstance(source, Path) else BytesIO(source))
    contents, seen = Contents([], []), {}
    for info in archive.infolist():
        if info.is_dir():
            continue
        parts = tuple(part for part in info.filename.replace("\\", "/").split("/") if part != ".")
        if JUNK.intersection(parts):
            continue
        if reason := _unsafe_entry(info, parts):
            contents.refused.append(Refusal(parts, reason))
            continue
        seen[parts] = Member(parts, lambda info=info: _read_entry(archive, info))
    contents.members.extend(seen[parts] for parts in sorted(seen))
    return contents


def _unsafe_entry(info: zipfile.ZipInfo, parts: tuple[str, ...]) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if not all(parts) or ".." in parts or ":" in parts[0]:
        return "its path leads out of the submission"
    if any(len(part) > 200 or not part.isprintable() for part in parts):
        return "its name cannot be a file's name"
    if kind and not stat.S_ISREG(kind):
        return "it is no ordinary file"
    if info.flag_bits & 1:
        return "it is encrypted"
    return ""


def _read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    limit = MAX_ARCHIVE if info.filename.lower().endswith(".zip") else MAX_FILE
    with archive.open(info) as file:
        return _bounded(file, info.filename, limit)


def shown(text: str) -> str:
    """A name from outside, fit for a screen and a report: no control characters, not endless."""
    printable = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return printable if len(printable) <= 120 else printable[:117] + "..."
