"""Packages that a learner's file may well name and the box has not: they can be imported here, but not used.

An import that was there for a look at a picture then costs nothing. A placeholder can do nothing at all.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any

PACKAGES = """
    autograder_tests course_lib.given
    IPython PIL anywidget click cycler ipykernel ipywidgets jupyterlab jupytext matplotlib mpl_toolkits nbclient
    nbconvert nbformat nbgrader pandas pooch rich scipy tqdm traitlets
""".split()
USES = """
    call iter next len contains getitem setitem delitem enter exit instancecheck subclasscheck mro_entries
    lt le gt ge neg pos abs int float index array add sub mul matmul truediv floordiv mod pow and
    radd rsub rmul rmatmul rtruediv rfloordiv rmod rpow rand
""".split()


class Absent(ModuleType):
    """A module that is not there, or a name in it. Its names can be asked for; all else raises ImportError."""

    def __getattr__(self, name: str) -> Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent(f"{self.__name__}.{name}")

    def __or__(self, other: Any) -> Absent:
        """``plt.Axes | None`` stands in annotations."""
        return self

    __ror__ = __or__


def _refuse(self: Absent, *_: Any, **__: Any) -> None:
    raise ImportError(f"the grader has NumPy only; {package_of(self.__name__)} can be imported here, but not used")


for use in USES:
    setattr(Absent, f"__{use}__", _refuse)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds a placeholder for whatever lies in one of the packages."""

    def find_spec(self, fullname, path=None, target=None):
        if package_of(fullname):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> Absent:
        return Absent(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


def package_of(name: str) -> str | None:
    """Which of the packages a dotted name is in."""
    return next((package for package in PACKAGES if f"{name}.".startswith(f"{package}.")), None)


def install() -> None:
    """Let the packages be imported from now on; what the box itself has of them is no longer found by name."""
    for package in PACKAGES:
        sys.modules.pop(package, None)
    sys.meta_path.append(Finder())
