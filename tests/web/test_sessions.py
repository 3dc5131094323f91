"""Signing in and out, and what ends a session."""

from flask import Flask

from quizapp.store import accounts
from quizapp.store.db import db, write
from tests.client import PageClient
from tests.web.people import PASSWORD, People


def copy_cookie(page: PageClient) -> str:
    cookie = page.client.get_cookie("quizapp")
    assert cookie is not None
    return cookie.value


def with_cookie(app: Flask, value: str) -> PageClient:
    other = PageClient(app)
    other.client.set_cookie("quizapp", value)
    return other


def test_logging_out_kills_a_copied_cookie(app: Flask, page: PageClient, people: People) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    thief = with_cookie(app, copy_cookie(page))
    assert thief.get("/account").h1 == "ada"
    page.get("/account")
    page.submit(action="/logout")
    thief.get("/account", 303)


def test_the_session_changes_when_somebody_signs_in(page: PageClient, people: People) -> None:
    people.make("ada")
    page.get("/login")
    before = copy_cookie(page)
    old_token = page.last.form("/login").find("input", name="csrf_token")[0].get("value")
    people.sign_in(page, "ada")
    assert copy_cookie(page) != before
    page.get("/account")
    page.post("/language", {"language": "fr", "csrf_token": old_token}, status=400)


def test_signing_in_again_ends_the_session_before(
    app: Flask, page: PageClient, people: People
) -> None:
    people.make("ada")
    people.make("bob")
    people.sign_in(page, "ada")
    thief = with_cookie(app, copy_cookie(page))
    page.get("/account")
    page.post("/login", {"name": "bob", "password": PASSWORD})
    assert page.get("/account").h1 == "bob"
    thief.get("/account", 303)


def test_an_idle_session_ends(page: PageClient, people: People, clock) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    for _ in range(3):
        clock.forward(minutes=119)
        page.get("/account")
    clock.forward(minutes=122)
    page.get("/account", 303)


def test_a_session_in_use_ends_after_twelve_hours(page: PageClient, people: People, clock) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    for _ in range(11):
        clock.forward(hours=1)
        page.get("/account")
    clock.forward(minutes=61)
    page.get("/account", 303)


def test_reading_pages_writes_no_row(app: Flask, page: PageClient, people: People, clock) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    with app.app_context():
        before = db.session.connection().exec_driver_sql("PRAGMA data_version").scalar()
        db.session.commit()
        for _ in range(3):
            clock.forward(minutes=5)
            page.get("/account")
        after = db.session.connection().exec_driver_sql("PRAGMA data_version").scalar()
    assert after == before


def test_a_new_password_ends_the_other_sessions_only(
    app: Flask, page: PageClient, people: People
) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    other = PageClient(app)
    people.sign_in(other, "ada")
    page.get("/account")
    typed = {"current": PASSWORD, "password": "staple gun paradise"}
    page.submit(typed, action="/account")
    page.get("/account")
    other.get("/account", 303)
    people.sign_in(other, "ada", "staple gun paradise")


def test_a_wrong_present_password_changes_nothing(page: PageClient, people: People) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    page.get("/account")
    typed = {"current": "wrong", "password": "staple gun paradise"}
    page.submit(typed, action="/account", status=400)
    assert page.last.one("input", id="current").get("aria-invalid") == "true"


def test_a_deactivated_account_is_out_at_its_next_request(
    app: Flask, page: PageClient, people: People, clock
) -> None:
    ada = people.make("ada", ["teacher"])
    people.sign_in(page, "ada")
    with app.app_context():
        session = db.session()
        with write(session):
            accounts.set_active(session, ada, False, clock())
    page.get("/account", 303)
    people.sign_in(page, "ada", status=401)


def test_a_forged_or_broken_cookie_is_nobody(app: Flask) -> None:
    for value in ("", "x", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "é" * 10, "a" * 3000):
        with_cookie(app, value).get("/account", 303)


def test_signing_out_leaves_nothing_of_the_person_in_the_browser(app, people, client_of) -> None:
    people.make("lynx")
    page = client_of("lynx")
    page.get("/account")
    page.submit({"language": "fr"}, action="/language")
    assert page.client.get_cookie("language") is not None
    page.get("/account")
    assert page.last.response.headers["Cache-Control"] == "no-store"
    page.submit(action="/logout")
    page.get("/")
    assert page.client.get_cookie("language") is None
    with page.client.session_transaction() as left:
        assert set(left) <= {"csrf_token"}
