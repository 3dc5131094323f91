"""Assigning quizzes: the shortest way, terms, dates of the school, removing and bringing back."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.store.db import db
from quizapp.store.models import Assignment, AuditEntry, Feedback
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import LABELS, MARKING, SOURCE, Room


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


def given(room: Room) -> list[Assignment]:
    with room.app.app_context():
        return list(db.session.scalars(select(Assignment).order_by(Assignment.id)))


def actions(room: Room) -> list[str]:
    with room.app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def choose(room: Room, **terms: object) -> str:
    """Open the form and send it for one quiz; return the page that comes back."""
    path = f"{room.url}/assignments"
    room.page.get(path)
    fields = {"quiz": f"{SOURCE}/{LABELS}", **terms}
    return room.page.submit(fields, action=path, status=400).text


def test_from_sign_in_to_a_shareable_code_takes_three_forms(room: Room) -> None:
    page = room.page
    page.get("/teach")
    page.follow(page.submit({"name": " 4e   A\u200b "}, action="/teach"))
    assert page.last is not None
    assert page.last.h1 == "4e A – Assignments"
    action = page.last.form(f"{room.url[:-1]}{room.id + 1}/assignments").get("action")
    result = page.follow(page.submit({"quiz": f"{SOURCE}/{LABELS}"}, action=action))
    assert result.one("p", class_="code-display").text
    assert len(result.all("svg", role="img")) == 1
    assert actions(room) == ["class.create", "assignment.create"]


def test_the_default_is_due_in_a_week_at_the_end_of_the_day_at_school(room: Room) -> None:
    path = f"{room.url}/assignments"
    page = room.page.get(path)
    assert page.one("input", name="due").get("value") == "2026-10-12T23:59"
    quizzes = [f"{SOURCE}/{LABELS}", f"{SOURCE}/{MARKING}"]
    room.page.submit({"quiz": quizzes}, action=path)
    found = given(room)
    assert [each.quiz_id for each in found] == [LABELS, MARKING]
    assert {each.due_at for each in found} == {datetime(2026, 10, 12, 21, 59, tzinfo=UTC)}
    assert found[0].feedback is Feedback.AT_ONCE
    assert (found[0].attempts_limit, found[0].language) == (1, None)
    assert found[0].title.startswith("Fact or opinion 1")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2027-03-28T02:30", "The clocks are put forward over this time"),
        ("2026-10-05T09:59", "This date has passed"),
        ("9999-12-31T23:59", "This date is too far away"),
        ("0001-01-01T00:00", "Type a date and a time"),
        ("2026-02-30T10:00", "Type a date and a time"),
        ("tomorrow", "Type a date and a time"),
        ("٢٠٢٦-١٠-١٢T10:00", "Type a date and a time"),
        ("x" * 10_000, "Type a date and a time"),
    ],
)
def test_a_date_that_cannot_be_is_said_on_the_field(room: Room, typed: str, message: str) -> None:
    assert message in choose(room, due=typed, attempts="2", feedback="at_end")
    page = room.page.last
    assert page is not None
    assert page.one("input", name="due").get("value") == typed
    assert page.one("input", name="attempts").get("value") == "2"
    assert "checked" in page.one("input", value="at_end").attributes
    assert "checked" in page.one("input", value=f"{SOURCE}/{LABELS}").attributes
    assert given(room) == []


def test_a_time_that_comes_twice_is_the_later(room: Room) -> None:
    path = f"{room.url}/assignments"
    room.page.get(path)
    room.page.submit({"quiz": f"{SOURCE}/{LABELS}", "due": "2026-10-25T02:30"}, action=path)
    assert given(room)[0].due_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"quiz": []}, "Choose at least one quiz"),
        ({"quiz": "no/such"}, "is not there any more"),
        ({"feedback": "never"}, "Choose when the answers are explained"),
        ({"feedback": "after_due", "due": ""}, "needs a due date"),
        ({"attempts": "0"}, "from 1 to 9"),
        ({"attempts": "²"}, "from 1 to 9"),
        ({"attempts": "9" * 5000}, "from 1 to 9"),
        ({"attempts": "1e999"}, "from 1 to 9"),
    ],
)
def test_terms_that_cannot_be_are_refused(
    room: Room, fields: dict[str, object], message: str
) -> None:
    assert message in choose(room, **fields)
    assert given(room) == []


def test_a_quiz_is_assigned_once(room: Room) -> None:
    room.assign(LABELS)
    assert "assigned to this class already" in choose(room)
    assert len(given(room)) == 1


def test_what_was_typed_survives_a_stale_token(room: Room) -> None:
    path = f"{room.url}/assignments"
    room.page.get(path)
    fields = {"csrf_token": "stale", "quiz": f"{SOURCE}/{LABELS}", "due": "2026-12-24T18:00"}
    room.page.post(path, fields, 400)
    page = room.page.last
    assert page is not None
    assert page.one("input", name="due").get("value") == "2026-12-24T18:00"
    assert given(room) == []
    room.page.submit(action=path)
    assert given(room)[0].due_at == datetime(2026, 12, 24, 17, tzinfo=UTC)


def test_a_quiz_leads_to_the_form_with_its_box_ticked(room: Room) -> None:
    links = [link.get("href") for link in room.page.get(f"/quizzes/{SOURCE}/{MARKING}").all("a")]
    home = next(link for link in links if link.startswith("/teach?"))
    card = room.page.get(home).one("li", class_="class-card")
    page = room.page.get(card.find("a")[1].get("href"))
    ticked = [box for box in page.all("input", name="quiz") if "checked" in box.attributes]
    assert [box.get("value") for box in ticked] == [f"{SOURCE}/{MARKING}"]


def test_the_terms_of_an_assignment_can_be_changed(room: Room) -> None:
    path = f"{room.url}/assignments/{room.assign()}/terms"
    assert room.page.get(path).one("input", name="due").get("value") == "2026-10-06T10:00"
    room.page.submit({"due": "2026-10-20T12:00", "feedback": "after_due"}, action=path)
    assert given(room)[0].due_at == datetime(2026, 10, 20, 10, tzinfo=UTC)
    assert given(room)[0].feedback is Feedback.AFTER_DUE
    room.page.get(path)
    page = room.page.submit({"due": ""}, action=path, status=400)
    assert "needs a due date" in page.text


def test_a_removed_assignment_comes_back_with_its_answers(room: Room) -> None:
    assignment = room.assign(title="Devoir")
    room.answer(room.learner("lynx-sage-13"), assignment)
    path = f"{room.url}/assignments"
    room.page.get(path)
    room.page.submit(action=f"{path}/{assignment}/remove")
    room.page.get(f"{path}/{assignment}", 404)
    room.page.get(path)
    room.page.submit(action=f"{path}/{assignment}/restore")
    assert "100" in room.page.get(room.url).one("tbody").text
    assert actions(room) == ["assignment.remove", "assignment.restore"]
    room.page.post(f"{path}/{assignment}/restore", status=404)


def test_an_assignment_shows_each_exercise_and_who_is_missing(room: Room) -> None:
    assignment = room.assign()
    zoe, ali = room.learner("loutre-calme-10", "Zoé"), room.learner("lynx-agile-11", "Ali")
    room.learner("cygne-sage-12", "Éva")
    room.answer(zoe, assignment, ["right", "wrong", "unsure"], finish=True)
    room.answer(ali, assignment, ["right"])
    page = room.page.get(f"{room.url}/assignments/{assignment}")
    waiting = page.one("ul", class_="people-list").text
    assert "Ali in progress, 1 of 6" in waiting
    assert "Éva" in waiting
    assert "Zoé" not in waiting
    cards = page.all("article", class_="asked")
    assert len(cards) == 6
    assert "100%" in cards[0].text
    assert "1 of 1" in cards[2].text
    assert all(card.find("table") for card in cards)
