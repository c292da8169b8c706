"""Look into what somebody handed in as files and folders, without letting it do anything."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MAX_FILE = 5_000_000  # bytes; a chapter's notebook with pictures has a tenth of that
MAX_ARCHIVE = 50_000_000
MAX_DEPTH = 50  # folders in folders
JUNK = {"__MACOSX", "__pycache__", ".git", ".ipynb_checkpoints", ".learner", ".venv", "node_modules", ".DS_Store"}


class CannotRead(Exception):
    """Something that was handed in cannot be read. The message is the reason."""


class TooLarge(CannotRead):
    """A file is larger than any that counts."""


class NotPlain(CannotRead):
    """Not an ordinary file: a link, a pipe, a device."""


@dataclass(frozen=True)
class Member:
    """One file that may be taken; nothing is read until ``read`` is called, and then a limited number of bytes."""

    parts: tuple[str, ...]
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def shown(self) -> str:
        """Its path, fit for a screen."""
        return shown("/".join(self.parts))

    @property
    def limit(self) -> int:
        """The most bytes that it may have."""
        return limit_of(self.name)

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


@dataclass
class Allowance:
    """How many bytes may still be read of one delivery. What fails to be read costs as much as it could have held."""

    left: int

    def read(self, member: Member) -> bytes:
        """The bytes of a member.

        Raises
        ------
        CannotRead
            If the allowance is used up, or the member cannot be read.
        """
        if self.left <= 0:
            raise TooLarge("more came than is read of one submission")
        cost = member.limit
        try:
            data = member.read()
            cost = len(data)
        finally:
            self.left -= cost
        return data


def limit_of(name: str) -> int:
    """The most bytes that a file of this name may have."""
    return MAX_ARCHIVE if name.lower().endswith(".zip") else MAX_FILE


def look_into_folder(folder: Path) -> Contents:
    """Every ordinary file below ``folder``. Links are not followed; pipes and devices are never opened."""
    contents = Contents([], [])

    def visit(place: Path, parts: tuple[str, ...]) -> None:
        before = len(contents.members), len(contents.refused)
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            contents.refused.append(Refusal(parts, f"it cannot be opened: {error.strerror}"))
            return
        for entry in entries:
            if entry.name in JUNK:
                continue
            path, below = Path(entry.path), (*parts, entry.name)
            if not entry.is_dir(follow_symlinks=False):
                if reason := unsafe(path):
                    contents.refused.append(Refusal(below, f"it is {reason}"))
                else:
                    contents.members.append(Member(below, lambda path=path: read_plain(path, limit_of(path.name))))
            elif len(below) > MAX_DEPTH:
                contents.refused.append(Refusal(below, "it lies too deep"))
            else:
                visit(path, below)
        if len(parts) == 1 and before == (len(contents.members), len(contents.refused)):
            contents.refused.append(Refusal(parts, "there is nothing in it"))

    visit(folder, ())
    return contents


def unsafe(path: Path) -> str:
    """Why a path is no ordinary file or folder; empty if it is one. Nothing is opened."""
    status = path.lstat()
    return "" if stat.S_ISDIR(status.st_mode) else _unsafe_file(status)


def _unsafe_file(status: os.stat_result) -> str:
    if stat.S_ISLNK(status.st_mode):
        return "a symbolic link"
    if not stat.S_ISREG(status.st_mode):
        return "no ordinary file"
    return "a second name of another file (a hard link)" if status.st_nlink > 1 else ""


def open_plain(path: Path) -> BinaryIO:
    """An ordinary file, opened.

    Raises
    ------
    NotPlain
        If the last part of the path is a link, or no ordinary file.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise NotPlain(f"{path.name} cannot be opened: {error.strerror}") from None
    file = open(handle, "rb")
    if reason := _unsafe_file(os.fstat(handle)):
        file.close()
        raise NotPlain(f"{path.name} is {reason}")
    return file


def read_plain(path: Path, limit: int = MAX_FILE) -> bytes:
    """The bytes of an ordinary file.

    Raises
    ------
    NotPlain
        As :func:`open_plain`.
    TooLarge
        If there are more than ``limit`` bytes.
    """
    with open_plain(path) as file:
        return bounded(file, path.name, limit)


def bounded(file: BinaryIO, name: str, limit: int) -> bytes:
    """All bytes of an open file, of which no more than ``limit`` and one are read."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(f"{shown(name)} is larger than {limit // 1_000_000} MB")
    return data


def shown(text: str) -> str:
    """A name from outside, fit for a screen and a report: no control characters, not endless."""
    printable = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return printable if len(printable) <= 120 else printable[:117] + "..."


def few(sentences: Iterable[str], limit: int = 5) -> list[str]:
    """The first sentences, and how many more there are."""
    sentences = list(sentences)
    return sentences if len(sentences) <= limit else [*sentences[:limit], f"And {len(sentences) - limit} more."]
