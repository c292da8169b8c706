"""The house: one source of dependencies, a true list of rooms, targets that exist."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import course
from tools import environment, readme

ROOT = Path(__file__).resolve().parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def dependencies(pyproject: str) -> list[str]:
    project = tomllib.loads(pyproject)["project"]
    return project["dependencies"] + project["optional-dependencies"]["dev"]


def lock_faults(pyproject: str, lock: str) -> list[str]:
    """What is wrong with a lock: a dependency left out or too old, a version without a hash, an address."""
    entries = re.findall(r"^([\w.-]+)==(\S+)(.*(?:\n +.*)*)", lock, flags=re.M)
    versions: dict[str, list[str]] = {}
    faults = [f"an address: {line}" for line in lock.splitlines() if "://" in line or line.startswith("-")]
    for name, version, rest in entries:
        versions.setdefault(canonicalize_name(name), []).append(version)
        if "--hash=sha256:" not in rest:
            faults.append(f"no hash: {name}")
    for text in dependencies(pyproject):
        wanted = Requirement(text)
        locked = versions.get(canonicalize_name(wanted.name), [])
        if not locked or not all(wanted.specifier.contains(version) for version in locked):
            faults.append(f"not locked: {text}")
    return faults


def test_every_dependency_is_locked_with_a_hash_and_no_address():
    assert lock_faults(read("pyproject.toml"), read("requirements.txt")) == [], "Run `make lock`."


@pytest.mark.parametrize(
    "spoil, fault",
    [
        (lambda project, lock: (project.replace('"click>=8.1"', '"unheard-of>=1"'), lock), "not locked: unheard-of>=1"),
        (lambda project, lock: (project.replace('"click>=8.1"', '"click>=99"'), lock), "not locked: click>=99"),
        (lambda project, lock: (project, lock + "\nbare==1.0\n"), "no hash: bare"),
        (lambda project, lock: (project, "--index-url https://example.org\n" + lock), "an address"),
    ],
)
def test_a_spoilt_lock_is_found_out(spoil, fault):
    project, lock = spoil(read("pyproject.toml"), read("requirements.txt"))
    assert any(fault in found for found in lock_faults(project, lock))


def test_environment_yml_names_what_pyproject_names(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "toy"\nrequires-python = ">=3.12"\ndependencies = ["numpy>=2.0", "rich>=13,<16"]\n'
    )
    text = environment.render(tmp_path)
    assert text.startswith("# Printed from pyproject.toml by `make print`")
    assert '- "python>=3.12"' in text
    assert '- "numpy>=2.0"' in text
    assert '- "rich<16,>=13"' in text


def rooms(page: str) -> set[str]:
    """The names at the top level, as the maintainers' page lists them."""
    block = page.split("## If you maintain it")[1].split("```")[1]
    first_line, *others = block.strip().splitlines()
    return set(first_line.split()) | {line.split()[0].rstrip("/") for line in others}


def test_the_list_of_rooms_is_true():
    listing = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("this is not a git checkout, so nobody can say which files belong")
    files = [Path(line) for line in listing.stdout.splitlines() if (ROOT / line).exists()]
    assert rooms(read("README.md")) == {file.parts[0] for file in files} - {".gitignore"}


def targets() -> dict[str, str]:
    return dict(re.findall(r"^([a-z]+):[^#\n]*## (.+)$", read("Makefile"), flags=re.M))


def test_make_alone_lists_every_target():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    declared = set(re.search(r"\.PHONY: (.+)", read("Makefile")).group(1).split())
    assert declared == set(targets())
    assert all(f"make {target}" in listed and says in listed for target, says in targets().items())


def test_the_readme_names_only_targets_that_exist():
    named = set(re.findall(r"(?:`|CI=true |^)make ([a-z]+)", read("README.md"), flags=re.M))
    assert named and named <= set(targets())


def test_the_readme_names_only_commands_that_exist():
    named = set(re.findall(r"`course ([a-z]+)", read("README.md")))
    assert named and named <= set(course.COMMANDS)


def test_the_table_of_exercises_goes_between_its_markers(tmp_path):
    (tmp_path / "README.md").write_text(f"before\n{readme.BEGIN}\nold\n{readme.END}\nafter\n")
    text = readme.render(tmp_path)
    assert text.startswith(f"before\n{readme.BEGIN}\n| chapter") and text.endswith(f"|\n{readme.END}\nafter\n")
    assert "old" not in text and "`cross_correlate2d`" in text


def test_a_readme_without_markers_is_refused(tmp_path):
    (tmp_path / "README.md").write_text("nothing to fill in")
    with pytest.raises(ValueError, match="needs the lines"):
        readme.render(tmp_path)
