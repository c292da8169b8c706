"""``make env``: what it does the first time, the second time, and after an accident.

A stand-in for uv writes down how it was called, so that nothing is installed here.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FAKE_UV = f"""#!/bin/sh
echo "$@" >> uv.log
case "$1" in venv) mkdir -p .venv/bin; ln -sf "{sys.executable}" .venv/bin/python ;; esac
case "$*" in *requirements.txt*) [ ! -e no-network ] ;; esac
"""


@pytest.fixture
def course(tmp_path):
    """The files that ``tools/env.sh`` reads, in a folder with a space in its name."""
    folder = tmp_path / "a course"
    for name in ("tools/env.sh", "pyproject.toml", "requirements.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def bin_folder(tmp_path):
    """A PATH with the few tools that the script uses, and no Python and no uv."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "cat", "cksum", "touch", "rm", "mkdir", "ln"):
        (folder / tool).symlink_to(shutil.which(tool))
    return folder


def program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def make_env(course: Path, bin_folder: Path) -> tuple[subprocess.CompletedProcess, list[str]]:
    """Run the script; what came of it, and how uv was called in this run."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHON"}
    done = subprocess.run(
        ["sh", "tools/env.sh"], cwd=course, env=clean | {"PATH": str(bin_folder)}, capture_output=True, text=True
    )
    log = course / "uv.log"
    calls = log.read_text().splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return done, calls


def test_the_first_run_installs_and_the_second_does_nothing(course, bin_folder):
    program(bin_folder / "uv", FAKE_UV)
    first, calls = make_env(course, bin_folder)
    assert first.returncode == 0 and "ready" in first.stdout
    assert [call.split()[0] for call in calls] == ["venv", "pip", "pip"]
    assert "--require-hashes -r requirements.txt" in calls[1] and "--no-deps" in calls[2]
    second, calls = make_env(course, bin_folder)
    assert (second.returncode, second.stdout, calls) == (0, "", [])


def test_a_changed_lock_is_installed_into_the_same_environment(course, bin_folder):
    program(bin_folder / "uv", FAKE_UV)
    make_env(course, bin_folder)
    (course / "requirements.txt").write_text("")
    _, calls = make_env(course, bin_folder)
    assert [call.split()[0] for call in calls] == ["pip", "pip"]


def test_an_interrupted_run_is_repaired_by_the_next(course, bin_folder):
    program(bin_folder / "uv", FAKE_UV)
    (course / "no-network").touch()
    assert make_env(course, bin_folder)[0].returncode != 0
    (course / "no-network").unlink()
    done, calls = make_env(course, bin_folder)
    assert done.returncode == 0 and calls[0].startswith("venv") and "--clear" in calls[0]
    assert make_env(course, bin_folder)[1] == []


def test_an_environment_that_was_moved_is_made_again(course, bin_folder):
    program(bin_folder / "uv", FAKE_UV)
    make_env(course, bin_folder)
    moved = course.rename(course.with_name("elsewhere"))
    assert [call.split()[0] for call in make_env(moved, bin_folder)[1]] == ["venv", "pip", "pip"]


def test_an_old_python_gets_a_sentence(course, bin_folder):
    program(bin_folder / "python3", '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2\n')
    done, _ = make_env(course, bin_folder)
    assert done.returncode != 0
    assert "needs Python 3.11 or newer, and found Python 3.9.2." in done.stderr
    assert not (course / ".venv").exists()


def test_a_python_that_makes_no_environments_gets_a_sentence(course, bin_folder):
    program(bin_folder / "python3", '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\n')
    done, _ = make_env(course, bin_folder)
    assert done.returncode != 0 and "apt install python3-venv" in done.stderr
