"""A class itself: its name, who comes in, its teachers, copies, archive, deletion, moving away."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from quizapp.store.assignments import list_assignments
from quizapp.store.db import db
from quizapp.store.models import Account, Attempt, AuditEntry, SchoolClass
from tests.client import PageClient
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import Room


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


def act(room: Room, tail: str, page: str = "settings", **fields: str) -> str:
    """Send a form of the settings and return the page after it."""
    room.page.get(f"{room.url}/{page}")
    return room.page.follow(room.page.submit(fields, action=room.url + tail)).text


def second_class(room: Room, name: str = "3e C") -> Room:
    """Return another class of the same teacher."""
    other = object.__new__(Room)
    other.__dict__ |= room.__dict__
    other.id, other.code = room.people.make_class(room.teacher, name)
    other.url = f"/teach/classes/{other.id}"
    return other


def test_a_class_is_renamed_and_a_bad_name_is_kept_to_correct(room: Room) -> None:
    act(room, "/name", name="<i>5e</i>")
    assert room.page.last is not None
    assert room.page.last.h1 == "<i>5e</i> – Settings"
    page = room.page.submit({"name": "x" * 81}, action=f"{room.url}/name", status=422)
    assert page.one("input", id="name").get("value") == "x" * 81
    page = room.page.submit({"name": " \u200b "}, action=f"{room.url}/name", status=422)
    assert "Give the class a name" in page.text


def test_who_comes_in_is_chosen(room: Room) -> None:
    act(room, "/joining", how="roster")
    assert room.page.last is not None
    assert "checked" in room.page.last.one("input", id="how-roster").attributes
    visitor = PageClient(room.app)
    assert "slip" in visitor.get(f"/join/{room.code}").text
    room.page.post(f"{room.url}/joining", {"how": "everybody"}, status=404)


def test_a_colleague_teaches_too_until_the_class_is_taken_from_them(room: Room) -> None:
    colleague = room.people.make("Monsieur", ["teacher"])
    theirs = PageClient(room.app)
    room.people.sign_in(theirs, "Monsieur")
    theirs.get(room.url, 404)
    assert "Monsieur" in act(room, "/teachers", teacher=" monsieur ")
    theirs.get(f"{room.url}/settings")
    act(room, f"/teachers/{colleague}/remove")
    theirs.get(room.url, 404)


def test_a_name_of_nobody_and_one_of_no_teacher_are_answered_alike(room: Room) -> None:
    room.people.make("author", ["author"])
    room.learner("lynx-sage-13")
    answers = set()
    for name in ("nobody", "author", "lynx-sage-13", ""):
        room.page.get(f"{room.url}/settings")
        page = room.page.submit({"teacher": name}, action=f"{room.url}/teachers", status=422)
        assert page.one("input", id="teacher").get("value") == name
        answers.add(page.one("p", id="teacher-error").text)
    assert len(answers) == 1


def test_the_last_teacher_stays(room: Room) -> None:
    room.page.get(f"{room.url}/settings")
    path = f"{room.url}/teachers/{room.teacher}/remove"
    assert "at least one teacher" in room.page.follow(room.page.post(path)).text
    room.page.get(room.url)
    stranger = room.people.make("monsieur", ["teacher"])
    learner = room.learner("lynx-sage-13")
    for account in (stranger, learner):
        room.page.get(f"{room.url}/settings")
        room.page.post(f"{room.url}/teachers/{account}/remove", status=404)


def test_a_class_that_a_teacher_leaves_is_out_of_their_reach(room: Room) -> None:
    room.people.make("monsieur", ["teacher"])
    act(room, "/teachers", teacher="monsieur")
    text = act(room, f"/teachers/{room.teacher}/remove")
    assert "3e B" not in text
    room.page.get(room.url, 404)


def test_an_archived_class_is_put_away_and_taken_out_again(room: Room) -> None:
    room.learner("lynx-sage-13")
    text = act(room, "/archive")
    assert "1 archived class" in text
    learner = PageClient(room.app)
    room.people.sign_in(learner, "lynx-sage-13")
    assert "over" in PageClient(room.app).get(f"/join/{room.code}", 400).text
    assert "archived" in room.page.get(f"{room.url}/roster").text
    room.page.get("/teach")
    room.page.follow(room.page.submit(action=f"{room.url}/unarchive"))
    PageClient(room.app).get(f"/join/{room.code}")


def test_a_copy_keeps_weekday_and_hour_of_every_date(room: Room) -> None:
    room.assign(due_at=room.clock() + timedelta(days=4))
    room.assign("mots-charges-1", due_at=room.clock() + timedelta(days=30))
    page = room.page.get(f"{room.url}/copy")
    assert page.one("input", id="first").get("value") == "2027-10-08"
    room.page.follow(room.page.submit({"name": "3e B 2027"}, action=f"{room.url}/copy"))
    with room.app.app_context():
        made = db.session.scalars(select(SchoolClass).order_by(SchoolClass.id.desc())).first()
        assert made is not None
        old, new = (list_assignments(db.session(), each) for each in (room.id, made.id))
        dates = [(a.due_at, b.due_at) for a, b in zip(old, new, strict=True)]
    # Both lie 52 weeks on; the second crosses from summer into winter time on either side.
    for before, after in dates:
        assert before is not None
        assert after is not None
        assert after - before == timedelta(weeks=52)


@pytest.mark.parametrize("day", ["", "demain", "2026-10-05", "2040-01-01", "2026-13-01"])
def test_a_copy_needs_a_day_to_come(room: Room, day: str) -> None:
    room.assign()
    room.page.get(f"{room.url}/copy")
    page = room.page.submit({"first": day}, action=f"{room.url}/copy", status=422)
    assert page.one("input", id="first").get("value") == day
    with room.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SchoolClass)) == 1


def test_the_clock_on_the_wall_shows_the_same_hour_after_a_copy(room: Room) -> None:
    """From winter time to summer time: 23:59 stays 23:59."""
    room.clock.time = room.clock.time.replace(month=1, day=11, hour=8)
    room.sign_in()
    due = room.clock().replace(day=22, hour=22, minute=59)  # 23:59 in Paris in winter
    room.assign(due_at=due)
    room.page.get(f"{room.url}/copy")
    room.page.follow(room.page.submit({"first": "2026-06-12"}, action=f"{room.url}/copy"))
    with room.app.app_context():
        made = db.session.scalar(select(func.max(SchoolClass.id)))
        (copied,) = list_assignments(db.session(), made or 0)
    assert copied.due_at == due.replace(month=6, day=12, hour=21)


def test_a_class_is_deleted_once_its_name_is_typed(room: Room) -> None:
    learner = room.learner("lynx-sage-13")
    room.answer(learner, room.assign(), finish=True)
    page = room.page.get(f"{room.url}/delete")
    room.page.get(page.one("main").find("a", class_="button")[0].get("href"))
    room.page.get(f"{room.url}/delete")
    room.page.submit({"name": "3e C"}, action=f"{room.url}/delete", status=422)
    room.page.get(room.url)
    text = act(room, "/delete", "delete", name=" 3E b")
    assert "is deleted" in text
    room.page.get(room.url, 404)
    with room.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0
        assert db.session.get(Account, learner) is not None


def test_a_learner_is_moved_after_seeing_what_goes_along(room: Room) -> None:
    other = second_class(room)
    learner = room.learner("lynx-sage-13", "Zoé")
    first, second = room.assign(title="Un"), room.assign("mots-charges-1", title="Deux")
    other.assign(title="Un aussi")
    room.answer(learner, first)
    room.answer(learner, second, finish=True)
    page = room.page.get(f"{room.url}/learners/{learner}/move")
    assert [each.get("value") for each in page.all("input", type="radio")] == [str(other.id)]
    page = room.page.get(f"{room.url}/learners/{learner}/move?to={other.id}")
    rows = {row.find("th")[0].text: row.find("td")[0].text for row in page.all("tr")[1:]}
    assert rows == {"Un": "goes along", "Deux": "stays: 3e C does not have this quiz"}
    moved = room.page.submit(action=f"{room.url}/learners/{learner}/move")
    assert "Zoé is in 3e C now" in room.page.follow(moved).text
    room.page.get(f"{room.url}/learners/{learner}", 404)
    assert "Un aussi" in room.page.get(f"{other.url}/learners/{learner}").text


def test_a_moved_learner_signs_in_again(room: Room) -> None:
    other = second_class(room)
    learner = room.learner("lynx-sage-13")
    page = PageClient(room.app)
    room.people.sign_in(page, "lynx-sage-13")
    room.page.get(f"{room.url}/learners/{learner}/move?to={other.id}")
    room.page.submit(action=f"{room.url}/learners/{learner}/move")
    page.get("/account", 303)
    room.people.sign_in(page, "lynx-sage-13")


def test_nobody_is_moved_into_a_class_of_others(room: Room) -> None:
    learner, stranger = (
        room.learner("lynx-sage-13"),
        Room(room.app, room.people, room.clock, teacher="monsieur"),
    )
    archived = second_class(room, "old")
    act(archived, "/archive")
    path = f"{room.url}/learners/{learner}/move"
    for to in (stranger.id, room.id, archived.id, 999, 0, "x"):
        room.page.get(f"{path}?to={to}", 404)
        room.page.get(f"{room.url}/settings")
        room.page.post(path, {"to": str(to)}, status=404)
    room.page.get(f"{room.url}/learners/{learner}")


def test_every_change_of_a_class_leaves_an_audit_row(room: Room) -> None:
    other = second_class(room)
    learner = room.learner("lynx-sage-13")
    colleague = room.people.make("monsieur", ["teacher"])
    for tail, fields in (
        ("/name", {"name": "x"}),
        ("/joining", {"how": "roster"}),
        ("/joining", {"open": "0"}),
        ("/teachers", {"teacher": "monsieur"}),
        (f"/teachers/{colleague}/remove", {}),
        (f"/learners/{learner}/move", {"to": str(other.id)}),
        ("/copy", {"name": "y"}),
        ("/archive", {}),
        ("/unarchive", {}),
        ("/delete", {"name": "x"}),
    ):
        room.page.get(f"{room.url}/settings")
        room.page.post(room.url + tail, fields)
    with room.app.app_context():
        rows = list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    assert [row.action.partition(".")[2] for row in rows] == [
        *("rename", "joining", "joining", "add_teacher", "remove_teacher", "move"),
        *("copy", "archive", "restore", "delete"),
    ]
    assert {row.account_id for row in rows} == {room.teacher}
