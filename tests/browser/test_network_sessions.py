"""Answers that outlive a session, and what a browser that several people share keeps of each."""

import pytest
from playwright.sync_api import expect

from tests.browser.learning import SUBMIT
from tests.browser.person import Person
from tests.browser.test_network import OFFLINE, VERDICT, expect_saved
from tests.browser.waiting import (
    OUTBOX,
    cut,
    end_session,
    payloads,
    press_submit,
    set_password,
    sign_in,
    spoil,
    stored,
)

LOGOUT = ".site-header form[action='/logout'] button"
UNSENT = "Your answer was not sent yet"
STAY, LEAVE = ("#before-sign-out button[value=stay]", "#before-sign-out button[value=leave]")


@pytest.fixture
def person(unlucky: Person) -> Person:
    """Somebody at the first exercise of a quiz, in a bad network."""
    return unlucky


def test_an_answer_goes_through_after_the_session_ended(person, site):
    name = set_password(site, person)
    end_session(site, person)
    press_submit(person)
    expect(person.find("main [role=alert]")).to_contain_text("nothing was saved yet")
    assert payloads(site, person) == []
    sign_in(person, name)
    expect(person.find("#answer input:checked")).not_to_have_count(0)
    person.find(SUBMIT).click()

    expect_saved(person)
    assert "/exercises/" in person.page.url
    assert len(payloads(site, person)) == 1


def test_an_answer_is_filled_in_again_after_another_way_to_sign_in(person, site):
    name = set_password(site, person)
    end_session(site, person)
    press_submit(person)
    expect(person.find("#name")).to_be_visible()
    exercise = person.page.url
    person.page.goto("/login")
    sign_in(person, name)
    expect(person.find(OUTBOX)).to_contain_text("One of your answers is not sent yet.")
    with person.page.expect_navigation():
        person.find(f"{OUTBOX} a").click()
    assert person.page.url == exercise
    expect(person.find(OUTBOX)).to_contain_text(UNSENT)
    person.find(SUBMIT).click()

    expect_saved(person)
    assert len(payloads(site, person)) == 1


def test_a_token_that_died_brings_the_form_back_filled_in(person, site):
    name = set_password(site, person)
    tab = person.page.context.new_page()
    person.page.context.clear_cookies()
    tab.goto("/login")
    tab.locator("#name").fill(name)
    tab.locator("#password").fill("lire entre les lignes")
    with tab.expect_navigation():
        tab.locator("main form button:not([name])").click()
    press_submit(person)
    expect(person.find("main [role=alert]")).to_contain_text("nothing was saved yet")
    assert payloads(site, person) == []
    person.find(SUBMIT).click()

    expect_saved(person)
    assert len(payloads(site, person)) == 1


def test_the_answer_of_another_account_waits_for_that_account(person, site, register):
    name = set_password(site, person)
    spoil(person, 1, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    person.page.context.clear_cookies()
    first = person.page.url
    person.page.goto("/register")
    person.press_through("main form .actions button:not([name])")
    person.page.wait_for_load_state("networkidle")
    expect(person.find(OUTBOX)).to_be_empty()
    assert len(stored(person)) == 1
    person.press_through(LOGOUT)
    person.page.goto("/login")
    sign_in(person, name)

    expect(person.find(OUTBOX)).to_have_text("The answer that was waiting is saved.")
    person.page.goto(first)
    expect(person.find(VERDICT)).to_be_visible()
    assert len(payloads(site, person)) == 1


def test_a_page_that_is_still_open_sends_nothing_for_somebody_else(person, site):
    tab = person.page.context.new_page()
    spoil(person, 1, cut)
    person.page.context.clear_cookies()
    tab.goto("/register")
    with tab.expect_navigation():
        tab.locator("main form .actions button:not([name])").click()
    press_submit(person)

    expect(person.find(OUTBOX)).to_contain_text("Somebody else is signed in now")
    assert len(stored(person)) == 1
    assert payloads(site, person) == []


def test_signing_out_asks_first_while_an_answer_waits(person, site):
    spoil(person, 99, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    person.find(LOGOUT).click()
    expect(person.find("#before-sign-out")).to_contain_text("1 answer is not sent yet.")
    person.find(STAY).click()
    expect(person.find("#before-sign-out")).to_be_hidden()
    assert len(stored(person)) == 1
    person.find(LOGOUT).click()
    person.press_through(LEAVE)

    expect(person.find(".notice-good")).to_contain_text("signed out")
    assert person.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_signing_out_with_nothing_unsent_asks_nothing_and_leaves_nothing(person, site):
    press_submit(person)
    expect_saved(person)
    person.press_through(LOGOUT)

    expect(person.find(".notice-good")).to_contain_text("signed out")
    assert person.page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("choice", ["stay", "leave"])
def test_handing_in_asks_first_while_an_answer_waits(person, site, choice):
    spoil(person, 99, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    person.page.goto(person.page.url.split("/exercises/")[0] + "/finish")
    person.find("form[data-asks=before-handing-in] button").click()
    person.find(f"#before-handing-in button[value={choice}]").click()
    if choice == "leave":
        person.page.wait_for_url("**/results")

    assert person.page.url.endswith("/finish" if choice == "stay" else "/results")
    assert len(stored(person)) == (choice == "stay")
    assert payloads(site, person) == []


def test_what_is_kept_names_nobody(person, site):
    spoil(person, 99, cut)
    press_submit(person)
    expect(person.find(OUTBOX)).to_contain_text(OFFLINE)
    kept = person.page.evaluate("JSON.stringify(localStorage)")

    assert person.find(".site-tools a[href='/account']").inner_text() not in kept
    assert "csrf" not in kept
