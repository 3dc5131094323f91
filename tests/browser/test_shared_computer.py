"""The next pupil at the same computer finds nothing of the one before; own pages and axe."""

import pytest
from playwright.sync_api import expect

from tests.browser.learning import fill_in
from tests.browser.quizzes import SOURCE, find_exercise, right

SIGN_OUT = ".site-header form[action='/logout'] button"
LEARNER_PAGES = ("/learn", "/quizzes", "/progress", "/account", "/account/data")
WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.mark.parametrize("width", [320, 1280])
def test_signing_out_is_one_tap_away_on_every_page(begin, width):
    person = begin(width=width)
    exercise = person.page.url.removeprefix(person.url)
    for address in (*LEARNER_PAGES, exercise):
        person.page.goto(address)
        expect(person.find(SIGN_OUT)).to_be_in_viewport()


@WITH_AND_WITHOUT
def test_after_signing_out_the_way_back_shows_nothing(begin, scripts):
    person = begin(scripts=scripts)
    name = person.find(".site-tools > a").inner_text()
    exercise = person.page.url
    person.press_through(fill_in(person, right(find_exercise(_exercise_of(exercise), "en"))))
    person.page.goto("/account/data")
    person.press_through(SIGN_OUT)
    for _ in range(3):
        person.page.go_back(wait_until="load")
        assert name not in person.page.content()
        expect(person.find("h2#verdict")).to_have_count(0)
    person.page.goto(exercise)
    expect(person.find("h1")).to_have_text("Sign in")
    assert SOURCE not in person.find("main").inner_text()
    kept = {each["name"] for each in person.page.context.cookies()}
    assert kept <= {"quizapp"}
    stored = person.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert stored == "[{},{}]"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_own_pages_have_no_fault(begin, width, scheme, language):
    person = begin(width=width, scheme=scheme, language=language)
    for address in ("/account", "/account/data", "/account/delete", "/privacy"):
        person.page.goto(address)
        person.inspect(person.find("h1").inner_text())


@WITH_AND_WITHOUT
def test_an_account_is_deleted_by_keyboard(register, scripts):
    person = register(scripts=scripts)
    person.page.goto("/account/delete")
    person.find("#current").focus()
    person.page.keyboard.type("not the PIN")
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    expect(person.find(".error-summary")).to_be_focused()
    expect(person.find("#current")).to_have_attribute("aria-invalid", "true")


def _exercise_of(address: str) -> str:
    return address.split("/exercises/")[1].split("#")[0]
