"""The class that every explorer is a child of."""

import contextlib
import inspect
from pathlib import Path
from typing import ClassVar

import anywidget
import numpy as np
import traitlets

from course_lib.given import memory
from course_lib.given.explorers.core import yours
from course_lib.given.explorers.core.inline import inline

CSS = Path(__file__).with_name("core.css")
MEMORY = "explorers"  # the file that remembers what the hand has made


class Explorer(anywidget.AnyWidget):
    """Something in the page that answers under the hand, computed in the browser.

    A child class gives ``says`` and, where the learner's own code takes part, ``functions``. Its script is the ``.js``
    beside its file, its traits are what the script sees.

    Attributes
    ----------
    says : str
        What one does with it, in one line: all that is shown where there is no browser.
    functions : tuple of str
        The learner's functions that its script may ask for.
    remembered : tuple of str
        Traits that are kept beside the course when the hand has changed them, and are there again another day.
    styles : tuple of Path
        Style sheets of its own, put behind the shared one.
    """

    says: ClassVar[str] = ""
    functions: ClassVar[tuple[str, ...]] = ()
    remembered: ClassVar[tuple[str, ...]] = ()
    styles: ClassVar[tuple[Path, ...]] = ()
    title = traitlets.Unicode().tag(sync=True)

    def __init_subclass__(cls, **kwargs):
        script = Path(inspect.getfile(cls)).with_suffix(".js")
        if "_esm" not in cls.__dict__ and script.exists():
            cls._esm = inline(script)
            cls._css = "\n".join(path.read_text(encoding="utf-8") for path in (CSS, *cls.styles))
        super().__init_subclass__(**kwargs)

    def __init__(self, **state):
        title = type(self).__name__
        super().__init__(title=title, **state)
        self.on_msg(self._answer)
        for name, value in memory.read(MEMORY).get(title, {}).items():
            if name in self.remembered:
                with contextlib.suppress(traitlets.TraitError, ValueError):  # what was kept no longer fits
                    setattr(self, name, value)
        if self.remembered:
            self.observe(self._remember, self.remembered)

    def _remember(self, change) -> None:
        kept = memory.read(MEMORY)
        value = change.new.tolist() if isinstance(change.new, np.ndarray) else change.new
        memory.write(MEMORY, kept | {self.title: kept.get(self.title, {}) | {change.name: value}})

    def _answer(self, _, content: dict, buffers: list) -> None:
        """Run the learner's functions that the script asks for, and send back what came of it."""
        if content.get("kind") != "yours":
            return
        calls = [call for call in content["calls"] if call["function"] in self.functions]
        answers, data = yours.answer(calls, buffers)
        self.send({"kind": "yours", "id": content["id"], "answers": answers}, data)

    def __repr__(self) -> str:
        return f"{type(self).__name__}, an explorer: {self.says}"
