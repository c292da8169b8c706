"""``environment.yml`` for conda, printed from ``pyproject.toml``."""

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

HEADER = "# Printed from pyproject.toml by `make print`; edit that file instead."


def render(root: Path) -> str:
    """The text of ``environment.yml``.

    conda-forge carries every dependency of the course under the name that it has on PyPI, so names pass unchanged.

    Parameters
    ----------
    root : Path
        The folder that holds ``pyproject.toml``.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = [f"python{project['requires-python']}", *map(_conda, project["dependencies"]), "pip"]
    lines = [HEADER, f"name: {project['name']}", "channels: [conda-forge, nodefaults]", "dependencies:"]
    lines += [f'  - "{package}"' for package in packages]
    lines += ["  - pip: [--editable .]  # the course itself; what it needs is above"]
    return "\n".join(lines) + "\n"


def _conda(dependency: str) -> str:
    requirement = Requirement(dependency)
    return f"{requirement.name}{requirement.specifier}"
