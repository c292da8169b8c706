"""JupyterLab on one chapter: its notebook on the left, the learner's file on the right.

``python -m tools.lab [CHAPTER] [options of jupyter lab]``; ``make lab`` runs it inside the environment.
What JupyterLab keeps (its layout and settings) goes to ``.learner/lab``; nothing is written to the reader's
home configuration, and a layout that is there already is left alone.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from jupyterlab_server.workspaces_handler import WorkspacesManager

from autograder_tests.catalogue import Chapter, chapters, find_chapter

CONFIG = Path(__file__).parent / "lab_config"


def layout(chapter: Chapter) -> dict:
    """JupyterLab's description of the two panes, side bars folded away."""
    notebook, answers = f"notebooks/{chapter.notebook}.ipynb", f"course_lib/{chapter.stem}.py"
    left, right = f"notebook:{notebook}", f"editor:{answers}"
    panes = [{"type": "tab-area", "currentIndex": 0, "widgets": [widget]} for widget in (left, right)]
    folded = {"collapsed": True, "widgets": []}
    return {
        "data": {
            "layout-restorer:data": {
                "main": {
                    "dock": {
                        "type": "split-area",
                        "orientation": "horizontal",
                        "sizes": [0.55, 0.45],
                        "children": panes,
                    },
                    "current": left,
                },
                "left": folded,
                "right": folded,
                "relativeSizes": [0, 1, 0],
            },
            left: {"data": {"path": notebook, "factory": "Notebook"}},
            right: {"data": {"path": answers, "factory": "Editor"}},
        },
        "metadata": {"id": workspace_name(chapter)},
    }


def workspace_name(chapter: Chapter) -> str:
    """The last part of the address under which JupyterLab keeps this chapter's layout."""
    return f"chapter-{chapter.number}"


def kept_layouts(folder: Path) -> dict[str, float]:
    """Names of the layouts that JupyterLab has kept, with the time of their last change; broken ones are dropped."""
    kept = {}
    for path in folder.glob("*.jupyterlab-workspace"):
        try:
            name = json.loads(path.read_text(encoding="utf-8"))["metadata"]["id"].strip("/")
        except (ValueError, KeyError):
            path.unlink()
        else:
            kept[name] = path.stat().st_mtime
    return kept


def last_chapter(kept: dict[str, float]) -> Chapter:
    """The chapter that was open last; the first one for a newcomer."""
    return max(chapters(), key=lambda chapter: kept.get(workspace_name(chapter), 0))


def has_display() -> bool:
    """Whether a browser could show anything here; without one, Jupyter prints the address to open."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def command(chapter: Chapter, root: Path, options: list[str]) -> list[str]:
    """The command line of JupyterLab; ``options`` come last, so that the reader's own win."""
    line = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--log-level=ERROR",
        "--LabApp.log_level=ERROR",
        "--LabApp.extension_manager=readonly",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--LabApp.default_url=/lab/workspaces/{workspace_name(chapter)}",
        f"--ServerApp.root_dir={root}",
        "--ServerApp.answer_yes=True",
    ]
    if Path(os.environ.get("SHELL", "")).name == "bash":
        terminal = {"shell_command": [shutil.which("bash"), "--rcfile", str(CONFIG / "terminal.bashrc")]}
        line.append(f"--ServerApp.terminado_settings={terminal}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        line.append("--allow-root")
    if not has_display():
        line.append("--no-browser")
    return line + options


def environment(state: Path) -> dict[str, str]:
    """This process's environment, with the course's Python first and JupyterLab's own files under ``state``."""
    config = [str(CONFIG), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    return os.environ | {
        "VIRTUAL_ENV": sys.prefix,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_CONFIG_PATH": os.pathsep.join(config),
        "JUPYTERLAB_SETTINGS_DIR": str(state / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(state / "workspaces"),
    }


def main(arguments: list[str], root: Path) -> None:
    """Replace this process by JupyterLab on the chapter asked for."""
    state = root / ".learner" / "lab"
    kept = kept_layouts(state / "workspaces")
    asked = arguments[:1] if arguments and not arguments[0].startswith("-") else []
    try:
        chapter = find_chapter(asked[0]) if asked else last_chapter(kept)
    except LookupError as error:
        sys.exit(str(error))
    if workspace_name(chapter) not in kept:
        manager = WorkspacesManager(str(state / "workspaces"))
        manager.save(workspace_name(chapter), json.dumps(layout(chapter)))
    print(f"Opening chapter {chapter.number}. Ctrl+C here stops JupyterLab.", flush=True)
    os.execve(sys.executable, command(chapter, root, arguments[len(asked) :]), environment(state))


if __name__ == "__main__":
    main(sys.argv[1:], Path(__file__).resolve().parents[1])
