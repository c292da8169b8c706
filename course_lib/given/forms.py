"""Predictions and quizzes: small forms in a notebook, remembered beside the course.

A form does nothing until a hand touches it: where a notebook runs without a browser it neither waits nor writes,
and shows its question as one line.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import anywidget
import traitlets

from course_lib.given import memory
from course_lib.given.questions import Question, find_question

MEMORY = "questions"  # the file that remembers what was chosen
Reply = Callable[[Question, int], tuple[bool, str]]  # (question, index or -1) -> (locked?, what to say)


class Choice(traitlets.HasTraits):
    """What the learner has chosen for one question: an option's index, or -1. Remembered when it changes."""

    index = traitlets.Int(-1)

    def __init__(self, question: Question):
        remembered = memory.read(MEMORY).get(question.id, -1)
        known = isinstance(remembered, int) and 0 <= remembered < len(question.options)
        super().__init__(index=remembered if known else -1)
        self.question = question
        self.observe(self._remember, "index")

    def _remember(self, change) -> None:
        memory.write(MEMORY, memory.read(MEMORY) | {self.question.id: change.new})


@cache
def choice(id: str) -> Choice:
    """The one choice that every form about this question shares."""
    return Choice(find_question(id))


class Form(anywidget.AnyWidget):
    """A question in the browser: ``chosen`` comes from there, ``reply`` and ``locked`` go there.

    Parameters
    ----------
    kind : str
        What stands above the question.
    button : str
        What stands on the button.
    shared : Choice
    """

    _esm = Path(__file__).with_name("forms.js")
    _css = Path(__file__).with_name("forms.css")
    kind = traitlets.Unicode().tag(sync=True)
    question = traitlets.Unicode().tag(sync=True)
    ask = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    button = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)
    locked = traitlets.Bool(False).tag(sync=True)
    reply = traitlets.Unicode().tag(sync=True)

    def __init__(self, kind: str, button: str, shared: Choice):
        asked = shared.question
        options = [option.text for option in asked.options]
        super().__init__(kind=kind, button=button, question=asked.id, ask=asked.ask, options=options)
        self._shared = shared
        self._show()
        self.observe(self._take, "chosen")
        shared.observe(self._show, "index")

    def _take(self, change) -> None:
        if not self.locked and 0 <= change.new < len(self.options):
            self._shared.index = change.new
        self.chosen = self._shared.index

    def _show(self, change=None) -> None:
        self.chosen = self._shared.index
        self.locked, self.reply = RULES[self.kind](self._shared.question, self._shared.index)

    def __repr__(self) -> str:
        return f"{self.kind}: {self.ask}"


def predict(id: str) -> Form:
    """Ask for a prediction, for instance ``predict("convolution/flat-wall")``: chosen once, then locked."""
    return Form("Prediction", "Commit", choice(id))


def reveal(id: str) -> Form:
    """Say what became of a prediction."""
    return Form("Your prediction", "", choice(id))


def quiz(id: str) -> Form:
    """Ask a question; each choice is answered at once, and another may be tried."""
    return Form("Question", "Answer", choice(id))


def _committed(question: Question, index: int) -> tuple[bool, str]:
    return (False, "") if index < 0 else (True, "Committed. Further down you will see whether it holds.")


def _answered(question: Question, index: int) -> tuple[bool, str]:
    if index < 0:
        return False, ""
    option = question.options[index]
    return False, f"{'Right.' if option.right else 'Not so.'} {option.because}"


def _revealed(question: Question, index: int) -> tuple[bool, str]:
    right = question.options[question.right]
    if index < 0:
        return True, f"You have not predicted anything. It is “{right.text}”: {right.because}"
    _, said = _answered(question, index)
    return True, said if index == question.right else f"{said} It is “{right.text}”: {right.because}"


RULES: dict[str, Reply] = {"Prediction": _committed, "Your prediction": _revealed, "Question": _answered}


def replies(kind: str, id: str) -> list[tuple[bool, str]]:
    """What a form of this kind says, and whether it is locked: before a choice, then after each option, in order.

    A saved page has no Python side, so what it would say is written down beforehand.
    """
    question = find_question(id)
    return [RULES[kind](question, index) for index in range(-1, len(question.options))]
