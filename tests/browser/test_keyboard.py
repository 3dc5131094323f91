"""Whole quizzes with Tab, Space and Enter alone, and a focus that is never hidden."""

import uuid
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.learning import NEXT, SUBMIT
from tests.browser.person import Look, people
from tests.browser.quizzes import LABELS, MARKING, NUMBERS, get_quiz
from tests.browser.test_answering import WITH_AND_WITHOUT
from tests.web.people import PASSWORD, People

MANY = 150
"""Times that Tab is pressed before a control counts as out of reach."""
FIRST_CHOICES = {
    MARKING: "#none",
    LABELS: "#answer input[type=radio]",
    NUMBERS: "#verdict, #error, #no_figure",
}
# How many pixels of what has the focus, or of its whole word, lie under the sticky bar; and what.
HIDDEN = """() => {
    const focused = document.activeElement;
    const bar = document.querySelector(".answer-bar");
    const here = (focused.closest("[data-word]") ?? focused).getBoundingClientRect();
    const there = bar.getBoundingClientRect();
    const free = focused === document.body || bar.contains(focused) || !here.width;
    const overlap = Math.min(here.bottom, there.bottom) - Math.max(here.top, there.top);
    return [free ? 0 : Math.max(0, Math.round(overlap)), focused.outerHTML.slice(0, 120)];
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


@pytest.mark.slow
@pytest.mark.timeout(300)
@WITH_AND_WITHOUT
def test_a_whole_quiz_can_be_done_by_keyboard(begin, scripts):
    person = begin(MARKING, scripts=scripts)
    for _ in get_quiz(MARKING, "en").exercises:
        answer_by_keyboard(person, MARKING)
        walk_to(person, NEXT)
        press_enter(person)

    assert person.page.url.endswith("/results")
    expect(person.find(".result-score")).to_be_visible()


@WITH_AND_WITHOUT
@pytest.mark.parametrize("quiz", [LABELS, NUMBERS])
def test_the_other_kinds_are_answered_by_keyboard_too(begin, quiz, scripts):
    person = begin(quiz, scripts=scripts)
    answer_by_keyboard(person, quiz)
    walk_to(person, NEXT)
    press_enter(person)

    expect(person.find("#answer")).to_be_visible()


@pytest.mark.parametrize(
    ("quiz", "width", "scripts"),
    [
        (MARKING, 360, True),
        (MARKING, 360, False),
        (MARKING, 1280, False),
        (LABELS, 360, False),
        (NUMBERS, 360, True),
        (NUMBERS, 1280, False),
    ],
)
def test_the_focus_is_never_under_the_bar(begin, quiz, width, scripts):
    person = begin(quiz, width=width, scripts=scripts)
    hidden = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(MANY):
            person.page.keyboard.press(key)
            pixels, focused = person.page.evaluate(HIDDEN)
            hidden += [f"{key}: {pixels} of {focused}"] if pixels else []
            if focused.startswith("<body"):
                break
    assert not hidden


@pytest.fixture
def madame(site):
    """The name of a teacher of the site, and the id and code of their class."""
    name = f"madame-{uuid.uuid4().hex[:8]}"
    everybody = People(site.app, lambda: datetime.now(UTC))
    return name, *everybody.make_class(everybody.make(name, ["teacher"]), "3e B")


@WITH_AND_WITHOUT
def test_a_class_is_joined_by_keyboard(chromium, site, madame, scripts):
    _, _, code = madame
    with people(chromium, site.url, Look(scripts=scripts)) as meet:
        person = meet()
        person.page.goto("/")
        walk_to(person, "#code")
        person.page.keyboard.type(code.lower())
        press_enter(person)
        walk_to(person, "[name=name]")
        walk_to(person, "main form .actions button:not([name])")
        press_enter(person)

        assert person.page.url.endswith("/learn")


@WITH_AND_WITHOUT
def test_a_quiz_is_assigned_by_keyboard(chromium, site, madame, scripts):
    name, class_id, _ = madame
    with people(chromium, site.url, Look(scripts=scripts)) as meet:
        person = meet()
        person.page.goto(f"/login?next=/teach/classes/{class_id}/assignments")
        walk_to(person, "#name")
        person.page.keyboard.type(name)
        walk_to(person, "#password")
        person.page.keyboard.type(PASSWORD)
        press_enter(person)
        walk_to(person, "input[name=quiz]")
        person.page.keyboard.press("Space")
        walk_to(person, "main form .actions button:not([name])")
        press_enter(person)

        expect(person.find(".notice-good")).to_have_text("The quiz is assigned.")
