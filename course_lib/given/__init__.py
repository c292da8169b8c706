"""What the course gives you to use: data, figures, explorers, predictions, quizzes, and the cell magic ``%%yours``.

The parts load when they are first asked for, so that a check in a terminal does not wait for matplotlib.
"""

import importlib
import sys

__all__ = ["datasets", "explore", "plots", "predict", "quiz", "reveal", "selftest"]

# Functions, and the files that they live in.
_HOME = {"explore": "explorers", "predict": "forms", "quiz": "forms", "reveal": "forms", "selftest": "selftest"}


def __getattr__(name: str):
    if name not in __all__:
        raise AttributeError(f"course_lib.given has no {name!r}; it has {', '.join(__all__)}")
    home = importlib.import_module(f"{__name__}.{_HOME.get(name, name)}")
    value = globals()[name] = getattr(home, name) if name in _HOME else home
    return value


if "IPython" in sys.modules and (shell := sys.modules["IPython"].get_ipython()) is not None:
    from course_lib.given.magic import load_ipython_extension

    load_ipython_extension(shell)
