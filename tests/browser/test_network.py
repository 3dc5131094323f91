"""Answers over a network that fails: each is stored once, and nothing is called saved before."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from quizapp.store.db import db, write
from quizapp.store.models import Attempt
from tests.browser.axe import find_faults
from tests.browser.learning import SUBMIT
from tests.browser.person import Person
from tests.browser.quizzes import MARKING, get_quiz
from tests.browser.waiting import (
    OUTBOX,
    answer_as_a_portal,
    cut,
    lose_reply,
    payloads,
    press_submit,
    refuse,
    spoil,
    stored,
)

VERDICT = "h2#verdict"
GONE = [exercise.id for exercise in get_quiz(MARKING, "en").exercises[:1]]
OFFLINE = "Offline, 1 answer waiting"
IN_DIALOGUE = 10
"""Rules that a page passes of which a dialogue alone can be reached."""
BUSY = "The server is busy, 1 answer waiting"


@pytest.fixture
def person(unlucky: Person) -> Person:
    """Somebody at the first exercise of a quiz, in a bad network."""
    return unlucky


def expect_saved(person: Person) -> None:
    """The verdict has the focus, the page says saved, and nothing waits any more."""
    expect(person.find(VERDICT)).to_be_focused()
    expect(person.find(OUTBOX)).to_have_text("Answer saved")
    assert stored(person) == []


def test_an_answer_given_offline_waits_and_is_sent_by_itself(person, site):
    person.page.context.set_offline(True)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    assert len(stored(person)) == 1
    assert payloads(site, person) == []
    person.page.context.set_offline(False)

    expect_saved(person)
    assert len(payloads(site, person)) == 1


def test_while_an_answer_waits_it_cannot_be_changed(person, site):
    spoil(person, 1, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)

    expect(person.find("#answer input:not([type=hidden]):enabled")).to_have_count(0)
    expect(person.find(SUBMIT)).to_be_focused()
    expect_saved(person)
    assert len(payloads(site, person)) == 1


@pytest.mark.parametrize("times", [1, 2])
def test_lost_requests_are_sent_again(person, site, times):
    seen = spoil(person, times, cut)
    press_submit(person)

    expect_saved(person)
    assert len(seen) == times + 1
    assert len(payloads(site, person)) == 1


@pytest.mark.parametrize("status", [503, 429])
def test_a_busy_server_is_asked_again_when_it_says_so(person, site, status):
    seen = spoil(person, 1, refuse(status, 3))
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(BUSY)
    person.find(SUBMIT).click()
    assert payloads(site, person) == []

    expect_saved(person)
    first, second = seen
    assert 3 <= second - first < 8
    assert len(payloads(site, person)) == 1


def test_an_answer_whose_reply_is_lost_is_stored_once(person, site):
    seen = spoil(person, 1, lose_reply)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    (before,) = payloads(site, person)

    expect_saved(person)
    assert len(seen) == 2
    assert payloads(site, person) == [before]


def test_a_page_reloaded_after_a_lost_reply_shows_the_stored_answer(person, site):
    spoil(person, 1, lose_reply)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    person.page.reload()

    expect(person.find(VERDICT)).to_be_visible()
    person.page.wait_for_function("() => localStorage.length === 0")
    assert len(payloads(site, person)) == 1


def test_the_page_of_a_public_network_is_no_reply(person, site):
    spoil(person, 1, answer_as_a_portal)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    assert payloads(site, person) == []

    expect_saved(person)
    assert len(payloads(site, person)) == 1


def test_the_page_says_that_it_sends_when_that_takes_long(person, site):
    waiting = []
    spoil(person, 1, waiting.append)
    press_submit(person)
    expect(person.find(OUTBOX)).to_have_text("Sending your answer…")
    waiting[0].continue_()

    expect_saved(person)


def test_an_answer_that_waits_survives_a_reload_as_it_was_given(person, site):
    spoil(person, 2, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    given = person.find("#answer input:checked").evaluate_all("boxes => boxes.map(b => b.value)")
    person.page.reload()
    again = person.find("#answer input:checked").evaluate_all("boxes => boxes.map(b => b.value)")

    assert again == given
    assert given
    expect_saved(person)
    assert len(payloads(site, person)) == 1


def test_an_answer_that_waits_is_sent_from_any_page(person, site):
    spoil(person, 1, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    person.page.goto("/learn")

    expect(person.find(OUTBOX)).to_have_text("The answer that was waiting is saved.")
    assert stored(person) == []
    assert len(payloads(site, person)) == 1


def test_answers_of_two_exercises_wait_and_are_both_sent(person, site):
    spoil(person, 4, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    attempt = person.page.url.split("/exercises/")[0]
    person.page.goto(f"{attempt}/finish")
    with person.page.expect_navigation():
        person.find(".exercise-list a").nth(1).click()
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text("Offline, 2 answers waiting")

    expect(person.find(VERDICT)).to_be_focused()
    expect(person.find(OUTBOX)).to_contain_text("saved")
    assert stored(person) == []
    assert len(payloads(site, person)) == 2


def test_a_full_storage_loses_no_answer_of_an_open_page(person, site):
    person.page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error(); }; }")
    spoil(person, 1, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)

    expect_saved(person)
    assert len(payloads(site, person)) == 1


def test_the_second_of_two_tabs_without_network_keeps_the_first_answer(person, site):
    tab = person.page.context.new_page()
    tab.goto(person.page.url)
    person.page.context.set_offline(True)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    tab.locator("#answer button[name=unsure]").click()
    expect(tab.locator(OUTBOX)).to_contain_text("Another tab has an answer waiting")
    assert len(stored(person)) == 1
    person.page.context.set_offline(False)

    for page in (person.page, tab):
        expect(page.locator(VERDICT)).to_be_visible()
        expect(page.locator(OUTBOX)).to_have_text("Answer saved")
    assert stored(person) == []
    (payload,) = payloads(site, person)
    assert "unsure" not in payload


def test_another_answer_from_elsewhere_is_shown_as_stored(person, site):
    tab = person.page.context.new_page()
    tab.goto(person.page.url)
    tab.locator("#answer button[name=unsure]").click()
    expect(tab.locator(VERDICT)).to_be_visible()
    press_submit(person)

    expect(person.find("main [role=alert]")).to_contain_text("already answered")
    expect(person.find(OUTBOX)).to_have_text("Answer saved")
    assert payloads(site, person) == [{"unsure": True}]
    assert stored(person) == []


def test_an_answer_after_the_end_is_shown_as_not_stored(person, site):
    tab = person.page.context.new_page()
    tab.goto(person.page.url.split("/exercises/")[0] + "/finish")
    with tab.expect_navigation():
        tab.locator("form[data-asks=before-handing-in] button").click()
    press_submit(person)

    expect(person.find("main [role=alert]")).to_contain_text("already handed in")
    expect(person.find(".answered mark")).not_to_have_count(0)
    assert stored(person) == []
    assert payloads(site, person) == []


def test_an_answer_whose_exercise_is_gone_is_given_up_in_words(person, site):
    spoil(person, 1, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    attempt = int(person.page.url.split("/attempts/")[1].split("/")[0])
    with site.app.app_context(), write(db.session()):
        db.session.execute(update(Attempt).where(Attempt.id == attempt).values(excluded=GONE))
    person.page.goto("/learn")

    expect(person.find(OUTBOX)).to_contain_text("its exercise is not there any more")
    assert stored(person) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_said_while_an_answer_waits_passes_axe(unlucky_with, width, scheme):
    person = unlucky_with(width=width, scheme=scheme)
    spoil(person, 99, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    assert find_faults(person.page) == []
    assert person.page.evaluate("document.documentElement.scrollWidth") == width
    person.find(".site-header form[action='/logout'] button").click()
    expect(person.find("#before-sign-out")).to_be_visible()
    assert find_faults(person.page, least=IN_DIALOGUE) == []
