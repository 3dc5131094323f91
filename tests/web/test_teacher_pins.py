"""New PINs for learners: in slices, for whom they are meant, never for another class."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from quizapp.store.db import db, write
from quizapp.store.models import Account, AuditEntry, SchoolClass, SecretKind
from tests.client import PageClient
from tests.web.conftest import Clock
from tests.web.enrolling import LIST, confirm, show, slips
from tests.web.people import People
from tests.web.teaching import Room


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


def hashes(room: Room) -> dict[str, str | None]:
    with room.app.app_context():
        rows = db.session.execute(select(Account.login_name, Account.password_hash))
        return {row.login_name: row.password_hash for row in rows}


def test_pins_are_made_in_slices_and_an_interruption_loses_none(room: Room) -> None:
    room.app.config["PIN_SLICE"] = 0.0
    show(room, "Ada\nIda\nZoé")
    progress = confirm(room, 200)
    assert "1 of 3" in progress.text
    action = f"{room.url}/roster/pins"
    with room.app.app_context():
        kinds = select(func.count()).where(Account.secret_kind == SecretKind.PIN)
        assert db.session.scalar(kinds) == 1
    page = room.page.submit(action=action, status=200)
    before = hashes(room)
    room.page.last = progress  # the answer was lost: the first form is sent again
    made = slips(room.page.follow(room.page.submit(action=action)))
    assert set(made) == {"Ada", "Ida", "Zoé"}
    after = hashes(room)
    assert sum(before[name] == after[name] for name in before) == len(before) - 1
    for login, pin in made.values():
        room.people.sign_in(PageClient(room.app), login, pin)
    assert page.status == 200


def test_the_batch_that_was_done_gives_nobody_a_pin_again(room: Room) -> None:
    room.app.config["PIN_SLICE"] = 0.0
    show(room, "Ada\nIda")
    progress = confirm(room, 200)
    action = f"{room.url}/roster/pins"
    made = slips(room.page.follow(room.page.submit(action=action)))
    login, pin = made["Ada"]
    learner = PageClient(room.app)
    room.people.sign_in(learner, login, pin)
    before = hashes(room)
    room.page.last = progress
    room.page.submit(action=action)
    assert hashes(room) == before
    learner.get("/account")


def test_new_pins_go_to_all_to_those_ticked_or_to_those_who_never_came(room: Room) -> None:
    came, other = room.learner("lynx-sage-13", "Came"), room.learner("lynx-sage-14", "Other")
    room.people.sign_in(PageClient(room.app), "lynx-sage-13")
    action = f"{room.url}/roster/pins"
    for fields, names in (
        ({"who": "waiting"}, {"Other"}),
        ({"who": "ticked", "learner": [str(came)]}, {"Came"}),
        ({"who": "ticked", "learner": [str(came), str(other)]}, {"Came", "Other"}),
        ({"who": "all"}, {"Came", "Other"}),
    ):
        room.page.get(f"{room.url}/roster")
        made = slips(room.page.follow(room.page.submit(fields, action=action)))
        assert set(made) == names
    room.page.get(f"{room.url}/roster")
    text = room.page.follow(room.page.submit({"who": "ticked"}, action=action)).text
    assert "Tick the learners" in text


def test_pins_of_another_class_are_out_of_reach(room: Room) -> None:
    other = Room(room.app, room.people, room.clock, teacher="monsieur")
    theirs, mine = other.learner("lynx-sage-13"), room.learner("lynx-sage-14")
    before = hashes(room)
    action = f"{room.url}/roster/pins"
    room.page.get(f"{room.url}/roster")
    for ids in ([theirs], [mine, theirs], [room.teacher], ["0"], ["01"], ["x"], ["9" * 30]):
        fields = {"who": "ticked", "learner": [str(each) for each in ids]}
        room.page.post(action, fields, status=404)
        room.page.get(f"{room.url}/roster")
    for who in ("", "everybody"):
        room.page.post(action, {"who": who}, status=404)
        room.page.get(f"{room.url}/roster")
    show(other, "Ada")
    other.app.config["PIN_SLICE"] = 0.0
    assert hashes(room) == before


def test_a_batch_of_another_class_or_a_forged_one_does_nothing(room: Room) -> None:
    other = Room(room.app, room.people, room.clock, teacher="monsieur")
    room.app.config["PIN_SLICE"] = 0.0
    show(other, "Ada\nIda")
    batch = confirm(other, 200).one("input", name="batch").get("value")
    before = hashes(room)
    for sealed in (batch, "x", batch[:-2]):
        room.page.get(f"{room.url}/roster")
        room.page.post(f"{room.url}/roster/pins", {"batch": sealed})
    assert hashes(room) == before


def test_every_pin_and_every_list_is_in_the_audit_without_secrets(room: Room) -> None:
    show(room, LIST)
    made = slips(room.page.follow(confirm(room)))
    with room.app.app_context():
        rows = list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    assert [row.action for row in rows] == ["class.enrol", "learner.secret", "learner.secret"]
    assert rows[0].detail == {"learners": 2}
    assert {row.account_id for row in rows} == {room.teacher}
    text = " ".join(f"{row.object} {row.detail}" for row in rows)
    assert not any(part in text for pair in made.values() for part in pair)


def test_the_class_of_simulated_learners_takes_nobody_in(room: Room) -> None:
    room.page.get(f"{room.url}/roster")
    with room.app.app_context(), write(db.session()):
        db.session.get_one(SchoolClass, room.id).is_demo = True
    for path in ("roster/add", "roster/slips", "copy"):
        room.page.get(f"{room.url}/{path}", 404)
    room.page.get(f"{room.url}/settings")
    for path in ("roster/learners", "roster/pins", "copy", "code"):
        room.page.post(f"{room.url}/{path}", {"who": "all", "name": "x"}, status=404)
