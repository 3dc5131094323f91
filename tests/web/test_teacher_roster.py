"""The people of a class: names, new PINs, locks, leaving and coming back; the door."""

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.store.db import db
from quizapp.store.models import AuditEntry, Membership
from tests.client import PageClient
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import Room


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


def act(room: Room, tail: str, **fields: str) -> str:
    """Send a form of the roster and return the page after it."""
    room.page.get(f"{room.url}/roster")
    return room.page.follow(room.page.submit(fields, action=room.url + tail)).text


def label_of(room: Room, account: int) -> str | None:
    with room.app.app_context():
        return db.session.scalar(select(Membership.label).where(Membership.account_id == account))


def fail_to_sign_in(room: Room, name: str, times: int = 10) -> None:
    client = PageClient(room.app)
    for _ in range(times):
        room.people.sign_in(client, name, "wrong password", status=401)


def test_a_label_is_set_tidied_and_taken_away(room: Room) -> None:
    account = room.learner("lynx-sage-13")
    act(room, f"/learners/{account}/label", label="  Zoé \u202e B. ")
    assert label_of(room, account) == "Zoé B."
    act(room, f"/learners/{account}/label", label="")
    assert label_of(room, account) is None
    text = act(room, f"/learners/{account}/label", label="x" * 61)
    assert "too long" in text
    assert label_of(room, account) is None


def test_a_new_pin_is_shown_once_and_opens_the_account(room: Room) -> None:
    account = room.learner("lynx-sage-13")
    learner = PageClient(room.app)
    room.people.sign_in(learner, "lynx-sage-13")
    text = act(room, f"/learners/{account}/secret")
    assert room.page.last is not None
    pin = room.page.last.one("strong", class_="pin").text
    assert len(pin) == 6
    assert "lynx-sage-13" in text
    for path in ("roster/slips", "roster"):
        assert pin not in room.page.get(f"{room.url}/{path}").html
    learner.get("/account", 303)
    room.people.sign_in(PageClient(room.app), "lynx-sage-13", pin)


def test_a_teacher_cannot_reset_who_has_a_role(room: Room) -> None:
    other = Room(room.app, room.people, room.clock, teacher="monsieur")
    other.page.get(f"/join/{room.code}")
    other.page.submit(action=f"/join/{room.code}")
    page = room.page.get(f"{room.url}/roster")
    assert "monsieur" in page.text
    path = f"{room.url}/learners/{other.teacher}"
    assert not [form for form in page.all("form") if form.get("action") == f"{path}/secret"]
    room.page.post(f"{path}/secret", status=404)


def test_a_lock_after_wrong_tries_is_shown_and_lifted(room: Room) -> None:
    account = room.learner("lynx-sage-13")
    fail_to_sign_in(room, "lynx-sage-13")
    assert "locked until" in room.page.get(f"{room.url}/roster").text
    text = act(room, f"/learners/{account}/unlock")
    assert "locked until" not in text
    room.people.sign_in(PageClient(room.app), "lynx-sage-13")


def test_a_removed_learner_can_be_taken_back(room: Room) -> None:
    account = room.learner("lynx-sage-13", "Zoé")
    text = act(room, f"/learners/{account}/remove")
    assert "Nobody has joined yet" in text
    room.page.get(f"{room.url}/learners/{account}", 404)
    room.page.post(f"{room.url}/learners/{account}/secret", status=404)
    text = act(room, f"/learners/{account}/restore")
    assert "1 learner" in text


def test_a_renewed_code_ends_the_old_one(room: Room) -> None:
    act(room, "/code")
    assert room.page.last is not None
    shown = room.page.last.one("p", class_="code-display").text
    assert shown.replace(" ", "") != room.code
    assert shown[3] == " "
    assert room.page.last.one("a", class_="join-link").text.endswith(shown.replace(" ", ""))


def test_joining_is_closed_and_opened(room: Room) -> None:
    assert "lets nobody in" in act(room, "/joining", open="0")
    assert "lets nobody in" not in act(room, "/joining", open="1")


def test_every_change_leaves_an_audit_row_without_secrets(room: Room) -> None:
    account = room.learner("lynx-sage-13")
    for tail in ("secret", "label", "unlock", "remove", "restore"):
        room.page.get(f"{room.url}/roster")
        room.page.post(f"{room.url}/learners/{account}/{tail}")
    with room.app.app_context():
        found = list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    assert [each.action for each in found] == [
        f"learner.{word}" for word in ("secret", "label", "unlock", "remove", "restore")
    ]
    assert {each.object for each in found} == {f"account:{account}"}
    assert {each.account_id for each in found} == {room.teacher}
