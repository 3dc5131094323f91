"""The own account: a new secret, shortcuts, the own data to read and keep, and its deletion."""

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.store.db import db
from quizapp.store.models import Account, AuditEntry, SchoolClass
from tests.client import PageClient
from tests.web.classroom import Classroom
from tests.web.people import PASSWORD, People

DELETE = "/account/delete"
DATA = "/account/data"


@pytest.fixture
def learner(people: People, client_of: Callable[[str], PageClient]) -> PageClient:
    people.make("ada-root", ["admin"])
    people.make("lynx")
    return client_of("lynx")


def names(app: Flask) -> set[str]:
    with app.app_context():
        return set(db.session.scalars(select(Account.login_name)))


def test_a_learner_takes_a_new_pin_that_signs_in(learner, people: People, client_of) -> None:
    elsewhere = client_of("lynx")
    pin = re.sub(r"\D", "", learner.get("/account").one("strong", class_="pin").text)
    learner.submit({"current": PASSWORD, "secret": "pin"}, action="/account")
    learner.get("/account")
    elsewhere.get("/account", 303)
    learner.submit(action="/logout")
    people.sign_in(learner, "lynx", pin)


def test_only_a_pin_of_ours_is_taken(learner: PageClient, people: People) -> None:
    learner.get("/account")
    forged = {"current": PASSWORD, "secret": "pin", "offer": "123456"}
    learner.submit(forged, action="/account", status=400)
    assert "too old" in learner.last.text
    people.sign_in(PageClient(learner.app), "lynx")


def test_staff_have_passwords_only(people: People, client_of) -> None:
    people.make("madame", ["teacher"])
    page = client_of("madame")
    assert page.get("/account").all("input", name="secret") == []
    page.submit({"current": PASSWORD, "secret": "pin"}, action="/account", status=400)
    assert page.last.one("input", id="password").get("aria-invalid") == "true"


def test_shortcuts_are_switched_off_and_on(app: Flask, learner: PageClient) -> None:
    for wanted, said in (
        (False, "One-key shortcuts are off."),
        (True, "One-key shortcuts are on."),
    ):
        learner.get("/account")
        assert said in learner.follow(learner.submit(action="/account/shortcuts")).text
        with app.app_context():
            account = select(Account.shortcuts).where(Account.login_name == "lynx")
            assert db.session.scalar(account) is wanted


def test_the_own_data_can_be_read_and_kept(app: Flask) -> None:
    room = Classroom(app)
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign())
    pupil.answer_all(attempt)
    page = pupil.page.get(DATA)
    assert "3e B" in page.text
    assert "Devoir mots-charges-1" in page.text
    assert len(page.all("tr")) > 4
    file = pupil.page.get(f"{DATA}.json").response
    assert (
        file.headers["Content-Disposition"] == "attachment; filename=quizapp-lynx-2025-03-03.json"
    )
    data = json.loads(file.text)
    assert data["accounts"][0]["login_name"] == "lynx"
    assert len(data["responses"]) == len(room.exercises(attempt))
    assert PASSWORD not in file.text
    assert "password_hash" not in file.text


def test_a_deleted_account_is_gone_at_once(
    app: Flask, learner: PageClient, people, client_of
) -> None:
    elsewhere = client_of("lynx")
    learner.get(DELETE)
    home = learner.follow(learner.submit({"current": PASSWORD}, action=DELETE))
    assert "are deleted" in home.text
    assert names(app) == {"ada-root"}
    learner.get("/account", 303)
    elsewhere.get("/account", 303)
    people.sign_in(PageClient(app), "lynx", status=401)
    with app.app_context():
        [entry] = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "account.delete")
        )
        assert re.fullmatch(r"account:-\d+", entry.object)


def test_a_wrong_secret_deletes_nothing_and_counts_as_a_wrong_try(
    app: Flask, learner: PageClient
) -> None:
    for _ in range(10):
        learner.get(DELETE)
        learner.submit({"current": "a wrong one"}, action=DELETE, status=422)
        assert "This is not the present password" in learner.last.text
    learner.get(DELETE)
    learner.submit({"current": PASSWORD}, action=DELETE, status=429)
    assert "lynx" in names(app)


def test_a_teacher_is_asked_about_each_class_that_nobody_else_teaches(
    app: Flask, people: People, client_of
) -> None:
    madame = people.make("madame", ["teacher"])
    kept, _ = people.make_class(people.make("monsieur", ["teacher"]), "3e A")
    first, second = (people.make_class(madame, name)[0] for name in ("3e B", "3e C"))
    page = client_of("madame")
    assert "3e B" in page.get(DELETE).text
    typed = {"current": PASSWORD, "classes": [str(first), str(kept)]}
    page.submit(typed, action=DELETE, status=422)
    assert "Nobody else teaches this class" in page.last.text
    ticked = [
        box.get("value")
        for box in page.last.all("input", name="classes")
        if "checked" in box.attributes
    ]
    assert ticked == [str(first)]
    assert "madame" in names(app)
    page.submit({"current": PASSWORD, "classes": [str(first), str(second)]}, action=DELETE)
    with app.app_context():
        assert db.session.scalars(select(SchoolClass.id)).all() == [kept]
    assert names(app) == {"monsieur"}


def test_the_last_administrator_is_told_why_not(app: Flask, people: People, client_of) -> None:
    people.make("root", ["admin"])
    page = client_of("root")
    assert "Nobody else administers" in page.get(DELETE).text
    assert page.last.all("input", name="current") == []
    token = page.last.form("/logout").find("input", name="csrf_token")[0].get("value")
    page.post(DELETE, {"current": PASSWORD, "csrf_token": token}, status=422)
    assert names(app) == {"root"}
