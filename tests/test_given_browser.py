"""The form's script in a real browser: keyboard, lock, and text that stays text."""

import pytest
from conftest import ROOT

pytestmark = pytest.mark.browser

SCRIPT = (ROOT / "course_lib" / "given" / "forms.js").read_text(encoding="utf-8")
STATE = {
    "kind": "Prediction",
    "ask": "What is `1 + 1`? <b>bold</b>",
    "options": ["two", "`three`"],
    "button": "Commit",
    "chosen": -1,
    "locked": False,
    "reply": "",
}
# A stand-in for the widget's model: it keeps what was set, and tells its listeners.
MODEL = """
async ([script, state]) => {
  const module = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const listeners = [];
  window.saved = [];
  window.model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    save_changes: () => window.saved.push(state.chosen),
    on: (names, listener) => names.split(" ").forEach((name) => listeners.push([name, listener])),
    off: () => {},
    change: (name, value) => {
      state[name] = value;
      listeners.filter(([on]) => on === `change:${name}`).forEach(([, listener]) => listener());
    },
  };
  module.default.render({ model: window.model, el: document.body });
}
"""


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.evaluate(MODEL, [SCRIPT, STATE])
    yield page
    page.close()


def test_the_form_is_worked_by_keyboard_alone(page):
    assert page.locator("button").is_disabled()
    page.locator("input").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("window.saved") == [1]


def test_nothing_is_sent_before_a_hand_commits(page):
    page.locator("input").first.check()
    assert page.evaluate("window.saved") == []


def test_every_focusable_element_keeps_its_keys_from_the_notebook(page):
    focusable = page.locator("input, button, a, select, textarea, [tabindex]")
    assert focusable.count() == 3
    for index in range(focusable.count()):
        assert focusable.nth(index).get_attribute("data-lm-suppress-shortcuts") == "true"


def test_a_locked_form_cannot_be_changed_and_says_its_reply_aloud(page):
    page.evaluate("model.change('chosen', 1); model.change('locked', true); model.change('reply', 'Committed.')")
    assert page.locator("input:disabled").count() == 2 and page.locator("input").nth(1).is_checked()
    assert page.locator("button").is_hidden()
    assert page.locator("[aria-live=polite]").inner_text() == "Committed."


def test_text_is_text_and_backticks_are_code(page):
    assert page.locator("legend b").count() == 0 and "<b>bold</b>" in page.locator("legend").inner_text()
    assert page.locator("code").all_inner_texts() == ["1 + 1", "three"]


def test_two_questions_in_one_page_do_not_disturb_each_other(page):
    page.locator("input").nth(0).check()
    page.evaluate(MODEL, [SCRIPT, STATE])
    page.locator("input").nth(3).check()
    assert page.locator("input").nth(0).is_checked()


def test_enter_on_an_option_neither_commits_nor_leaves_the_page(page):
    page.locator("input").first.check()
    page.keyboard.press("Enter")
    assert page.evaluate("window.saved") == []
