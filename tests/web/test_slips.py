"""A class of slips: the name and PIN that the teacher gave let each learner in, once."""

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.store import accounts, classes
from quizapp.store.accounts import Secret
from quizapp.store.db import db, write
from quizapp.store.models import Account, Joining, Membership, SchoolClass, SecretKind
from quizapp.web.passwords import hash_secret
from tests.client import PageClient
from tests.web.people import PASSWORD, People

SLIP = {"name": "lynx", "password": "042 917"}


class Roster:
    """A class of slips with one slip in it."""

    def __init__(self, app: Flask, people: People) -> None:
        self.app, self.people = app, people
        self.id, self.code = people.make_class(people.make("madame", ["teacher"]), "3e B")
        self.path = f"/join/{self.code}"
        with app.app_context():
            session = db.session()
            with write(session):
                session.get_one(SchoolClass, self.id).joining = Joining.ROSTER
        self.lynx = self.add("lynx", self.id)

    def add(self, name: str, class_id: int) -> int:
        """Make a slip, as the teacher's page does: an account with a PIN, and its place."""
        method = self.app.config["HASH_METHOD"]
        with self.app.app_context():
            session = db.session()
            with write(session):
                secret = Secret(SecretKind.PIN, hash_secret("042917", method))
                made = accounts.create_account(session, name, secret, self.people.clock())
                classes.join_class(session, class_id, made, self.people.clock())
        return made

    def claimed(self) -> bool:
        with self.app.app_context():
            place = select(Membership).where(Membership.account_id == self.lynx)
            return db.session.scalars(place).one().claimed_at is not None


@pytest.fixture
def roster(app: Flask, people: People) -> Roster:
    return Roster(app, people)


def test_from_home_it_takes_two_screens_and_two_submits(page: PageClient, roster: Roster) -> None:
    page.get("/")
    page.follow(page.submit({"code": roster.code.lower()}, action="/join"))
    assert page.last.h1 == "3e B"
    home = page.follow(page.submit(SLIP, action=roster.path))
    assert "You are in the class 3e B." in home.text
    assert home.response.request.path == "/learn"
    assert roster.claimed()


def test_from_the_link_it_takes_one(page: PageClient, roster: Roster) -> None:
    page.get(roster.path)
    assert page.last.all("input", name="shown") == []
    page.follow(page.submit(SLIP | {"name": " LYNX "}, action=roster.path))


def test_a_slip_lets_in_once_then_the_log_in_does(page: PageClient, roster: Roster) -> None:
    page.get(roster.path)
    page.submit(SLIP, action=roster.path)
    second = PageClient(roster.app)
    second.get(roster.path)
    login = second.follow(second.submit(SLIP, action=roster.path))
    assert "This slip is in use already" in login.text
    second.get("/account", 303)
    roster.people.sign_in(second, "lynx", "042917")


def test_the_log_in_claims_a_slip_too(page: PageClient, roster: Roster) -> None:
    assert not roster.claimed()
    roster.people.sign_in(page, "lynx", "042917")
    assert roster.claimed()
    assert "You are in this class already" in page.get(roster.path).text


@pytest.mark.parametrize(
    ("name", "pin"), [("lynx", "042918"), ("nobody", "042917"), ("elsewhere", "042917"), ("", "")]
)
def test_what_is_no_slip_of_the_class_is_refused_alike(
    app: Flask, page: PageClient, roster: Roster, name: str, pin: str
) -> None:
    other, _ = roster.people.make_class(roster.people.make("monsieur", ["teacher"]), "3e C")
    roster.add("elsewhere", other)
    page.get(roster.path)
    page.submit({"name": name, "password": pin}, action=roster.path, status=422)
    assert "are on no slip of this class" in page.last.text
    assert page.last.one("input", id="name").get("value") == name
    assert page.last.one("input", id="password").get("value") == ""
    page.get("/account", 303)


def test_guessing_the_pin_locks_the_slip_for_a_while(page: PageClient, roster: Roster) -> None:
    page.get(roster.path)
    for guess in range(10):
        page.submit({"name": "lynx", "password": f"{guess:06}"}, action=roster.path, status=422)
    page.submit(SLIP, action=roster.path, status=429)
    assert not roster.claimed()


def test_a_removed_learner_does_not_come_in_with_the_slip(page: PageClient, roster: Roster) -> None:
    with roster.app.app_context():
        session = db.session()
        with write(session):
            classes.remove_learner(session, roster.id, roster.lynx, roster.people.clock())
    page.get(roster.path)
    page.submit(SLIP, action=roster.path, status=422)


def test_nobody_makes_an_account_in_a_class_of_slips(page: PageClient, roster: Roster) -> None:
    page.get(roster.path)
    fields = {
        "shown": "otter-calm-42",
        "name": "otter-calm-42",
        "secret": "password",
        "password": PASSWORD,
    }
    page.submit(fields, action=roster.path, status=422)
    with roster.app.app_context():
        assert "otter-calm-42" not in set(db.session.scalars(select(Account.login_name)))


def test_who_is_signed_in_is_told_to_sign_out_first(page: PageClient, roster: Roster) -> None:
    roster.people.make("otter")
    roster.people.sign_in(page, "otter")
    assert "sign out first" in page.get(roster.path).text
    page.submit(action="/logout", number=1)
    page.get(roster.path)
    page.submit(SLIP, action=roster.path)


def test_joining_a_class_of_slips_can_be_closed(page: PageClient, roster: Roster) -> None:
    with roster.app.app_context():
        session = db.session()
        with write(session):
            classes.set_join_open(session, roster.id, False)
    assert "takes nobody in" in page.get(roster.path, 400).text
