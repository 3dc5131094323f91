"""What answering an exercise is like: focus, complaints, one answer for good, a way out."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from quizapp.store.db import db
from quizapp.store.models import Response
from tests.browser.learning import NEXT, SUBMIT, fill_in
from tests.browser.quizzes import (
    LABELS,
    MARKING,
    NUMBERS,
    QUIZZES,
    find_exercise,
    get_quiz,
    right,
)

RING = """(element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, parseFloat(style.outlineWidth)];
}"""
WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def exercise_of(person):
    """Return the exercise of the page."""
    name = person.page.url.split("/exercises/")[1].split("#")[0]
    return find_exercise(name, person.look.language)


def answer(person) -> None:
    """Give the right answer to the exercise of the page."""
    person.press_through(fill_in(person, right(exercise_of(person))))


def count_responses(site, attempt_url: str) -> int:
    """Return how many answers the attempt of an address has in the database."""
    attempt = int(attempt_url.split("/attempts/")[1].split("/")[0])
    with site.app.app_context():
        statement = select(func.count()).where(Response.attempt_id == attempt)
        return db.session.execute(statement.select_from(Response)).scalar_one()


@WITH_AND_WITHOUT
@pytest.mark.parametrize("quiz", QUIZZES)
def test_after_an_answer_the_verdict_has_a_visible_focus(begin, quiz, scripts):
    person = begin(quiz, scripts=scripts)
    answer(person)

    expect(person.find("#verdict")).to_be_focused()
    style, width = person.find("#verdict").evaluate(RING)
    assert (style, width >= 2) == ("solid", True)
    expect(person.find("#verdict")).to_be_in_viewport()


@WITH_AND_WITHOUT
@pytest.mark.parametrize(("quiz", "points"), [(MARKING, 1), (LABELS, 3), (NUMBERS, 3)])
def test_an_empty_answer_is_explained_and_links_to_its_fields(begin, quiz, points, scripts):
    person = begin(quiz, scripts=scripts)
    person.press_through(SUBMIT)

    expect(person.find(".error-summary")).to_be_focused()
    expect(person.find(".error-summary a")).to_have_count(points)
    expect(person.find("#answer [aria-invalid=true]")).to_have_count(points)
    person.find(".error-summary a").last.click()
    person.page.keyboard.press("Tab")
    expect(person.find("#answer :focus")).to_have_count(1)


def test_what_was_chosen_is_still_there_after_a_refusal(begin):
    person = begin(NUMBERS)
    person.find("#verdict").check()
    person.press_through(SUBMIT)

    expect(person.find("#verdict")).to_be_checked()


def test_a_double_click_on_submit_stores_one_answer(begin, site):
    person = begin()
    person.find(fill_in(person, right(exercise_of(person)))).dblclick()

    expect(person.find("h2#verdict")).to_be_visible()
    assert count_responses(site, person.page.url) == 1


@WITH_AND_WITHOUT
def test_going_back_shows_the_stored_answer(begin, site, scripts):
    person = begin(scripts=scripts)
    first = person.page.url
    answer(person)
    person.press_through(NEXT)
    person.page.go_back(wait_until="load")

    assert person.page.url == f"{first}#verdict"
    expect(person.find("h2#verdict")).to_be_visible()
    expect(person.find(SUBMIT)).to_have_count(0)
    assert count_responses(site, person.page.url) == 1


@WITH_AND_WITHOUT
def test_reloading_shows_the_stored_answer(begin, site, scripts):
    person = begin(scripts=scripts)
    answer(person)
    shown = person.find("h2#verdict").inner_text()
    person.page.reload()

    expect(person.find("h2#verdict")).to_have_text(shown)
    assert count_responses(site, person.page.url) == 1


def test_another_answer_from_a_second_tab_shows_the_stored_one(begin, site):
    person = begin()
    other = person.page.context.new_page()
    other.goto(person.page.url)
    answer(person)
    with other.expect_navigation():
        other.locator("#answer button[name=unsure]").click()

    expect(other.locator("[role=alert]")).to_be_visible()
    expect(other.locator(".score-line")).to_contain_text("100")
    assert count_responses(site, person.page.url) == 1


def test_digits_pick_options_and_enter_goes_on(begin):
    person = begin(LABELS)
    for key in ("1", "2", "Tab", "1", "Tab", "1"):
        person.page.keyboard.press(key)
    expect(person.find("#answer input:checked")).to_have_count(3)
    for _ in ("validates", "goes on"):
        with person.page.expect_navigation():
            person.page.keyboard.press("Enter")

    assert person.page.url.endswith(get_quiz(LABELS, "en").exercises[1].id)


def test_no_single_key_does_anything_once_shortcuts_are_off(begin):
    person = begin(LABELS)
    exercise = person.page.url
    person.page.goto("/account")
    person.press_through("form[action='/account/shortcuts'] button")
    person.page.goto(exercise)
    for key in ("1", "2", "Tab", "1"):
        person.page.keyboard.press(key)

    expect(person.find("#answer input:checked")).to_have_count(0)


def test_digits_in_a_text_field_are_only_text(begin):
    person = begin(NUMBERS)
    person.find("#figure").press_sequentially("123")

    expect(person.find("#figure")).to_have_value("123")
    expect(person.find("#answer input:checked")).to_have_count(0)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(chromium, register, site):
    person = register()
    thief = chromium.new_context(base_url=site.url)
    thief.add_cookies(person.page.context.cookies())
    page = thief.new_page()
    page.goto("/learn")
    assert page.url.endswith("/learn")
    person.press_through(".site-header form[action='/logout'] button")
    page.goto("/learn")

    assert "/login" in page.url
    thief.close()
