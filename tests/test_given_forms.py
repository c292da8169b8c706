"""Predictions and quizzes: what they remember, what they say, and that they do nothing by themselves."""

import pytest

from course_lib.given import forms, memory
from course_lib.given.questions import UnknownQuestion, find_question, questions

ID = "convolution/sign"
QUESTION = find_question(ID)
WRONG = 0


@pytest.fixture(autouse=True)
def fresh_start(tmp_path, monkeypatch):
    """Nothing remembered, and no form open."""
    monkeypatch.setattr(memory, "FOLDER", tmp_path / ".learner")
    forms.choice.cache_clear()


@pytest.mark.parametrize("question", questions().values(), ids=lambda question: question.id)
def test_one_option_is_right_and_every_option_is_explained(question):
    assert [option.right for option in question.options].count(True) == 1
    assert len(question.options) >= 3
    assert len({option.text for option in question.options}) == len(question.options)
    assert all(option.because.endswith(".") for option in question.options)


def test_an_unknown_question_is_named_with_those_that_exist():
    with pytest.raises(UnknownQuestion, match="convolution/sign"):
        forms.predict("convolution/sing")


def test_showing_forms_writes_nothing_and_falls_back_to_one_line():
    for make in (forms.predict, forms.reveal, forms.quiz):
        plain = make(ID)._repr_mimebundle_()[0]["text/plain"]
        assert "\n" not in plain and QUESTION.ask[:40] in plain
    assert not memory.FOLDER.exists()


def test_a_prediction_is_locked_once_committed_and_says_nothing_of_the_answer():
    form = forms.predict(ID)
    form.chosen = WRONG
    assert form.locked and "Committed" in form.reply
    form.chosen = QUESTION.right
    assert form.chosen == WRONG


def test_a_prediction_survives_a_restart():
    forms.predict(ID).chosen = WRONG
    forms.choice.cache_clear()
    again = forms.predict(ID)
    assert again.locked and again.chosen == WRONG


def test_an_open_reveal_follows_the_prediction():
    reveal = forms.reveal(ID)
    assert reveal.reply.startswith("You have not predicted anything.")
    forms.predict(ID).chosen = WRONG
    assert reveal.reply.startswith("Not so.") and QUESTION.options[QUESTION.right].text in reveal.reply


def test_a_right_prediction_is_called_right():
    forms.predict(ID).chosen = QUESTION.right
    assert forms.reveal(ID).reply == f"Right. {QUESTION.options[QUESTION.right].because}"


def test_a_quiz_answers_each_choice():
    form = forms.quiz(ID)
    for index, option in enumerate(QUESTION.options):
        form.chosen = index
        assert not form.locked and option.because in form.reply


@pytest.mark.parametrize("remembered", [99, -7, "1", None])
def test_a_memory_that_fits_no_option_is_forgotten(remembered):
    memory.write(forms.MEMORY, {ID: remembered})
    assert forms.predict(ID).chosen == -1


def test_a_choice_that_does_not_exist_is_not_taken():
    form = forms.quiz(ID)
    form.chosen = 99
    assert form.chosen == -1 and not memory.FOLDER.exists()


def test_what_else_was_remembered_stays():
    memory.write(forms.MEMORY, {"another/question": 1})
    forms.quiz(ID).chosen = WRONG
    assert memory.read(forms.MEMORY) == {"another/question": 1, ID: WRONG}
