"""Whole quizzes with Tab, Space and Enter alone, and a focus that is never hidden."""

import pytest
from playwright.sync_api import expect

from tests.browser.learning import NEXT, SUBMIT
from tests.browser.quizzes import LABELS, MARKING, NUMBERS, get_quiz
from tests.browser.test_answering import WITH_AND_WITHOUT

MANY = 150
"""Times that Tab is pressed before a control counts as out of reach."""
FIRST_CHOICES = {
    MARKING: "#none",
    LABELS: "#answer input[type=radio]",
    NUMBERS: "#verdict, #error, #no_figure",
}
# How many pixels of what has the focus, its label or its whole word, lie under the sticky bar.
HIDDEN = """() => {
    const focused = document.activeElement;
    const bar = document.querySelector(".answer-bar");
    if (!bar || bar.contains(focused) || getComputedStyle(bar).position !== "sticky") return 0;
    const here = (focused.closest("[data-word]") ?? focused).getBoundingClientRect();
    const there = bar.getBoundingClientRect();
    const overlap = Math.min(here.bottom, there.bottom) - Math.max(here.top, there.top);
    return here.width && overlap > 1 ? Math.round(overlap) : 0;
}"""


def walk_to(person, selector: str) -> None:
    """Press Tab until the focus is on what the selector finds."""
    for _ in range(MANY):
        person.page.keyboard.press("Tab")
        if person.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def press_enter(person) -> None:
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")


def answer_by_keyboard(person, quiz: str) -> None:
    """Choose something in every group and submit, without a look at what it is."""
    groups = "set => new Set(set.map((input) => input.name)).size"
    for _ in range(person.find(FIRST_CHOICES[quiz]).evaluate_all(groups)):
        walk_to(person, FIRST_CHOICES[quiz])
        person.page.keyboard.press("Space")
    walk_to(person, SUBMIT)
    press_enter(person)
    expect(person.find("h2#verdict")).to_be_focused()


@pytest.mark.timeout(300)
@WITH_AND_WITHOUT
@pytest.mark.parametrize("quiz", [MARKING, LABELS, NUMBERS])
def test_a_whole_quiz_can_be_done_by_keyboard(begin, quiz, scripts):
    person = begin(quiz, scripts=scripts)
    for _ in get_quiz(quiz, "en").exercises:
        answer_by_keyboard(person, quiz)
        walk_to(person, NEXT)
        press_enter(person)

    assert person.page.url.endswith("/results")
    expect(person.find(".result-score")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
@WITH_AND_WITHOUT
@pytest.mark.parametrize("quiz", [MARKING, LABELS, NUMBERS])
def test_the_focus_is_never_under_the_bar(begin, quiz, width, scripts):
    person = begin(quiz, width=width, scripts=scripts)
    hidden = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(MANY):
            person.page.keyboard.press(key)
            pixels = person.page.evaluate(HIDDEN)
            focused = person.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
            hidden += [f"{key}: {pixels} of {focused}"] if pixels else []
            if focused.startswith("<body"):
                break
    assert not hidden
