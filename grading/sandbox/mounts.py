"""What of this machine is mounted in the strong box: a Python, its standard library, NumPy, and what they link to."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

import numpy

COURSE = Path(__file__).resolve().parents[2]


def packages() -> Path:
    """The folder that NumPy is installed in."""
    return Path(numpy.__file__).resolve().parents[1]


def numpy_folders() -> list[Path]:
    """NumPy, and the libraries that its wheel brings along."""
    return [path for path in (packages() / "numpy", packages() / "numpy.libs") if path.exists()]


def shown() -> set[Path]:
    """What is mounted, for reading."""
    library, python = Path(sysconfig.get_path("stdlib")), Path(os.path.realpath(sys.executable))
    linked = {Path("/usr/lib"), Path("/usr/lib64"), Path("/etc/ld.so.cache"), Path(sys.base_prefix, "lib")}
    linked |= {path for path in (Path("/lib"), Path("/lib64")) if not path.is_symlink()}
    return {path for path in {library, python, *linked, *numpy_folders()} if path.exists()}


def hidden(trees: set[Path]) -> set[Path]:
    """What lies within those trees and is not to be seen: the course itself, and every installed package."""
    found = {COURSE}
    for tree in trees:
        found |= {*tree.glob("*-packages"), *tree.glob("python3*/*-packages")}
    return {path for path in found if path.is_dir() and _within(path, trees)}


def arguments() -> list[str]:
    """For bwrap, from the outside in: one mount may hide a part of another, and a third be shown within that."""
    trees = shown()
    masks = hidden(trees)
    parents = {parent for tree in trees for parent in tree.parents} - trees - masks
    words = []
    for path in (Path("/lib"), Path("/lib64")):
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()), str(path)]
    for path in sorted(trees | masks | parents):
        if path in masks:
            words += ["--tmpfs", str(path)]
        elif path in trees:
            words += ["--ro-bind", str(path), str(path)]
        elif not _within(path, trees) or _within(path, masks):  # left to itself, bwrap makes it for its own user only
            words += ["--dir", str(path)]
    for path in sorted(masks):
        words += ["--remount-ro", str(path)]
    return [*words, "--remount-ro", "/"]


def _within(path: Path, trees: set[Path]) -> bool:
    return any(path.is_relative_to(tree) for tree in trees)
